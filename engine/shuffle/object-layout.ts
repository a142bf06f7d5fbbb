/**
 * The layout of a shuffle object. All integers are little-endian:
 *
 *     partition 0, partition 1, ...   each a complete Arrow IPC stream, zero-padded to 64 bytes; an empty partition has no bytes
 *     footer header    16 bytes       magic, format version (u16), flags (u16), partitions (u32), bytes of one entry (u32)
 *     footer entries   32 bytes each  offset (u64), length without padding (u64), rows (u64), CRC-32 of the stream (u32), key range (u32)
 *     tail             12 bytes       CRC-32 of header and entries (u32), bytes of the whole footer including this tail (u32), magic
 *
 * `key range` is the position of the partition's minimum and maximum keys within the footer, or 0. Version 1 writes no
 * key ranges. Readers skip bytes between the entries and the tail, and the unknown bytes of longer entries.
 *
 * An object with `BLOCKS_FLAG` is the input of a combining stage. Its footer lists blocks instead of partitions. Each block
 * is a shuffle object that contains some of the stage's partitions and has its own footer. An empty block has no bytes.
 * The checksum of a block is the CRC-32 of its footer.
 */
export const FOOTER_MAGIC = 0x4648_5356; // "VSHF"
/** The version of shuffle objects and indexes that this code writes. It reads no other version. */
export const FORMAT_VERSION = 1;
/** The footer flag of an object that consists of blocks of partitions. */
export const BLOCKS_FLAG = 1;
/** Size of the header before a footer's entries. */
export const FOOTER_HEADER_BYTES = 16;
/** Size of an entry, in a footer and in an index. */
export const ENTRY_BYTES = 32;
/** Size of the fields that footer entries and index entries share: everything before the footer's key range. */
export const RANGE_BYTES = 28;
/** Size of the tail that ends every object. It does not depend on the length of the footer. */
export const FOOTER_TAIL_BYTES = 12;

/** Alignment of partitions. It keeps their buffers aligned within the object. */
const PARTITION_ALIGNMENT = 64;

/** The range of one partition in its object. An empty partition has no bytes. */
export interface PartitionRange {
  readonly offset: number;
  readonly sizeBytes: number;
  readonly rows: number;
  /** CRC-32 (as zlib computes it) of the partition's bytes. */
  readonly checksum: number;
}

/** Returns a length including its padding. */
export function padded(sizeBytes: number): number {
  return Math.ceil(sizeBytes / PARTITION_ALIGNMENT) * PARTITION_ALIGNMENT;
}

/** Assigns offsets to consecutive partitions. */
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

/** Reads the fields that `writeRange` wrote. */
export function readRange(view: DataView, at: number): PartitionRange {
  return {
    offset: Number(view.getBigUint64(at, true)),
    sizeBytes: Number(view.getBigUint64(at + 8, true)),
    rows: Number(view.getBigUint64(at + 16, true)),
    checksum: view.getUint32(at + 24, true),
  };
}
