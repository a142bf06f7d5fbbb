/**
 * The layout of a shuffle object, all integers little-endian:
 *
 *     partition 0, partition 1, ...   each a complete Arrow IPC stream, padded with zeros to 64 bytes; a partition without rows is nothing at all
 *     footer header    16 bytes       magic, format version (u16), flags (u16), partitions (u32), bytes of one entry (u32)
 *     footer entries   32 bytes each  offset (u64), length without padding (u64), rows (u64), CRC-32 of the stream (u32), key range (u32)
 *     tail             12 bytes       CRC-32 of header and entries (u32), bytes of the whole footer with this tail (u32), magic
 *
 * `key range` is where in the footer the least and greatest keys of the partition stand, 0 for nowhere. Version 1 writes no key
 * ranges; a reader skips what stands between the entries and the tail, and what it does not know of longer entries.
 *
 * With `BLOCKS_FLAG` the object is for a combining stage: what its footer calls partitions are blocks, each a shuffle object with some of
 * the stage's partitions and a footer of its own (without rows: nothing at all). A block's checksum is the CRC-32 of its footer.
 */
export const FOOTER_MAGIC = 0x4648_5356; // "VSHF"
/** The version of shuffle objects and indexes that this code writes, and the only one it reads. */
export const FORMAT_VERSION = 1;
/** In a footer's flags: its partitions are blocks of partitions. */
export const BLOCKS_FLAG = 1;
/** Bytes of what stands before a footer's entries. */
export const FOOTER_HEADER_BYTES = 16;
/** Bytes of an entry, in a footer and in an index. */
export const ENTRY_BYTES = 32;
/** Bytes of an entry that mean the same in both: all but where the footer has the key range. */
export const RANGE_BYTES = 28;
/** Bytes of what every object ends with, however long its footer is. */
export const FOOTER_TAIL_BYTES = 12;

/** Partitions start at multiples of this, so that the buffers in them are aligned in the object too. */
const PARTITION_ALIGNMENT = 64;

/** Where one partition is in its object. A partition without rows has no bytes. */
export interface PartitionRange {
  readonly offset: number;
  readonly sizeBytes: number;
  readonly rows: number;
  /** CRC-32 (as zlib computes it) of the partition's bytes. */
  readonly checksum: number;
}

/** A length with the padding behind it. */
export function padded(sizeBytes: number): number {
  return Math.ceil(sizeBytes / PARTITION_ALIGNMENT) * PARTITION_ALIGNMENT;
}

/** Where partitions lie that stand one after another. */
export function layOut(partitions: readonly Omit<PartitionRange, 'offset'>[]): readonly PartitionRange[] {
  let offset = 0;
  return partitions.map(({ sizeBytes, rows, checksum }) => {
    const range = { offset, sizeBytes, rows, checksum };
    offset += padded(sizeBytes);
    return range;
  });
}

/** Writes the fields that an entry of a footer and one of an index have in common. */
export function writeRange(view: DataView, at: number, range: PartitionRange): void {
  view.setBigUint64(at, BigInt(range.offset), true);
  view.setBigUint64(at + 8, BigInt(range.sizeBytes), true);
  view.setBigUint64(at + 16, BigInt(range.rows), true);
  view.setUint32(at + 24, range.checksum, true);
}

/** The mirror of `writeRange`. */
export function readRange(view: DataView, at: number): PartitionRange {
  return {
    offset: Number(view.getBigUint64(at, true)),
    sizeBytes: Number(view.getBigUint64(at + 8, true)),
    rows: Number(view.getBigUint64(at + 16, true)),
    checksum: view.getUint32(at + 24, true),
  };
}
