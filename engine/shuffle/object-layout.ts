/**
 * The layout of a shuffle object. All integers are little-endian:
 *
 *     partition 0, partition 1, ...   each a complete Arrow IPC stream, zero-padded to 64 bytes; an empty partition has no bytes
 *     footer header    16 bytes       magic, format version (u16), flags (u16), partitions (u32), bytes of one entry (u32)
 *     footer entries   32 bytes each  offset (u64), length without padding (u64), rows (u64), CRC-32 of the stream (u32), key range (u32)
 *     tail             12 bytes       CRC-32 of header and entries (u32), bytes of the whole footer including this tail (u32), magic
 *
 * `key range` is the position in the footer of the partition's minimum and maximum keys, or 0. Version 1 writes no key ranges; a reader
 * skips bytes between the entries and the tail, and unknown bytes of longer entries.
 *
 * With `BLOCKS_FLAG` the object is for a combining stage: its footer lists blocks instead of partitions. Each block is a shuffle object
 * with some of the stage's partitions and a footer of its own; an empty block has no bytes. A block's checksum is the CRC-32 of its
 * footer.
 */
export const FOOTER_MAGIC = 0x4648_5356; // "VSHF"
/** The version of shuffle objects and indexes that this code writes, and the only one it reads. */
export const FORMAT_VERSION = 1;
/** A footer flag: the footer lists blocks of partitions. */
export const BLOCKS_FLAG = 1;
/** Size of the header before a footer's entries. */
export const FOOTER_HEADER_BYTES = 16;
/** Size of an entry, in a footer and in an index. */
export const ENTRY_BYTES = 32;
/** Size of the part of an entry that both share: everything before the footer's key range. */
export const RANGE_BYTES = 28;
/** Size of the tail that ends every object, whatever the length of its footer. */
export const FOOTER_TAIL_BYTES = 12;

/** Alignment of partitions, so that their buffers are aligned in the object too. */
const PARTITION_ALIGNMENT = 64;

/** The range of one partition in its object. An empty partition has no bytes. */
export interface PartitionRange {
  readonly offset: number;
  readonly sizeBytes: number;
  readonly rows: number;
  /** CRC-32 (as zlib computes it) of the partition's bytes. */
  readonly checksum: number;
}

/** A length including padding. */
export function padded(sizeBytes: number): number {
  return Math.ceil(sizeBytes / PARTITION_ALIGNMENT) * PARTITION_ALIGNMENT;
}

/** The offsets of consecutive partitions. */
export function layOut(partitions: readonly Omit<PartitionRange, 'offset'>[]): readonly PartitionRange[] {
  let offset = 0;
  return partitions.map(({ sizeBytes, rows, checksum }) => {
    const range = { offset, sizeBytes, rows, checksum };
    offset += padded(sizeBytes);
    return range;
  });
}

/** Writes the fields that footer entries and index entries share. */
export function writeRange(view: DataView, at: number, range: PartitionRange): void {
  view.setBigUint64(at, BigInt(range.offset), true);
  view.setBigUint64(at + 8, BigInt(range.sizeBytes), true);
  view.setBigUint64(at + 16, BigInt(range.rows), true);
  view.setUint32(at + 24, range.checksum, true);
}

/** Reads what `writeRange` writes. */
export function readRange(view: DataView, at: number): PartitionRange {
  return {
    offset: Number(view.getBigUint64(at, true)),
    sizeBytes: Number(view.getBigUint64(at + 8, true)),
    rows: Number(view.getBigUint64(at + 16, true)),
    checksum: view.getUint32(at + 24, true),
  };
}
