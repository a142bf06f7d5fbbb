import { crc32 } from 'node:zlib';
import { FabricError } from '../errors.ts';
import type { CombineGrid } from '../plan/blocks.ts';
import type { ByteRange } from '../store/object-store.ts';
import type { TaskInput } from '../task/task.ts';
import { checkFooter, lost } from './decode-footer.ts';
import {
  ENTRY_BYTES,
  FOOTER_HEADER_BYTES,
  FORMAT_VERSION,
  type PartitionRange,
  RANGE_BYTES,
  readRange,
} from './object-layout.ts';

/**
 * The shuffle index of a stage consists of the footers of its producers' objects, transposed. The reader of a partition
 * can therefore read all entries of the partition as one range of bytes. All integers are little-endian:
 *
 *     header       16 bytes   magic, format version (u16), flags (u16), producers (u32), partitions (u32)
 *     rows         one per partition: a 32-byte entry per producer, in task order (as in `object-layout.ts`), then
 *                  the CRC-32 of the header, the partition number and the entries (u32), and 4 zero bytes
 */
const INDEX_MAGIC = 0x4948_5356; // "VSHI"
const HEADER_BYTES = 16;
const ROW_TAIL_BYTES = 8;

/**
 * Encodes the index object of a stage from its producers' footers, in task order. With a grid, the producers are
 * combiners. A row then has an entry for each block of producers, and the footers of one block of partitions form that
 * block's rows. Entries are copied as bytes, since a large stage has millions of them. Throws `SHUFFLE_LOST` if a
 * footer is corrupt.
 */
export function encodeIndex(footers: readonly Uint8Array[], grid?: CombineGrid): Uint8Array {
  const rowBlocks = grid?.partitionBlocks ?? 1;
  const producers = footers.length / rowBlocks;
  const starts = rowStarts(footers.slice(0, rowBlocks));
  const partitions = starts.at(-1) ?? 0;
  const header = encodeHeader(producers, partitions);
  const rowBytes = sizeOfRow(producers);
  const index = new Uint8Array(HEADER_BYTES + partitions * rowBytes);
  index.set(header);
  for (const [task, footer] of footers.entries()) {
    const { view, count, stride } = checkFooter(footer, `of task ${task}`);
    const firstRow = starts[task % rowBlocks] ?? 0;
    if (count !== (starts[(task % rowBlocks) + 1] ?? 0) - firstRow) {
      throw new FabricError('INTERNAL', 'The tasks of one stage wrote different numbers of partitions.');
    }
    const column = HEADER_BYTES + Math.floor(task / rowBlocks) * ENTRY_BYTES;
    for (let at = 0; at < count; at++) {
      const entry = view.byteOffset + FOOTER_HEADER_BYTES + at * stride;
      index.set(new Uint8Array(view.buffer, entry, RANGE_BYTES), column + (firstRow + at) * rowBytes);
    }
  }
  const view = new DataView(index.buffer);
  for (let partition = 0; partition < partitions; partition++) {
    const start = HEADER_BYTES + partition * rowBytes;
    const tail = start + rowBytes - ROW_TAIL_BYTES;
    view.setUint32(tail, checksumOf(header, partition, index.subarray(start, tail)), true);
  }
  return index;
}

/** Returns the index row of each footer's first partition, followed by the total number of rows. */
function rowStarts(footers: readonly Uint8Array[]): readonly number[] {
  const starts = [0];
  for (const [task, footer] of footers.entries()) {
    starts.push((starts.at(-1) ?? 0) + checkFooter(footer, `of task ${task}`).count);
  }
  return starts;
}

/**
 * Reads a partition's row of an index and returns the partition's range in each of the stage's objects, in task order.
 * With combiners, returns its range in each object that contains the partition. Calls `get` once, with the range of the
 * index to read. Throws `SHUFFLE_LOST` if the index is corrupt or has a different number of producers.
 */
export async function readIndexRow(
  get: (range: ByteRange) => Promise<Uint8Array>,
  index: NonNullable<TaskInput['index']>,
  producers: number,
  partition: number,
): Promise<readonly PartitionRange[]> {
  const rowBytes = sizeOfRow(producers);
  const partitions = (index.identity.sizeBytes - HEADER_BYTES) / rowBytes;
  if (!Number.isInteger(partitions) || partition >= partitions) {
    throw lost(index.key, `is not an index with ${producers} producers and a partition ${partition}`);
  }
  const start = HEADER_BYTES + partition * rowBytes;
  const row = await get({ start, end: start + rowBytes });
  const view = new DataView(row.buffer, row.byteOffset, row.byteLength);
  const tail = rowBytes - ROW_TAIL_BYTES;
  if (
    view.getUint32(tail, true) !== checksumOf(encodeHeader(producers, partitions), partition, row.subarray(0, tail))
  ) {
    throw lost(index.key, `is corrupt at partition ${partition}`);
  }
  return Array.from({ length: producers }, (_, at) => readRange(view, at * ENTRY_BYTES));
}

function sizeOfRow(producers: number): number {
  return producers * ENTRY_BYTES + ROW_TAIL_BYTES;
}

function encodeHeader(producers: number, partitions: number): Uint8Array {
  const header = new Uint8Array(HEADER_BYTES);
  const view = new DataView(header.buffer);
  view.setUint32(0, INDEX_MAGIC, true);
  view.setUint16(4, FORMAT_VERSION, true);
  view.setUint32(8, producers, true);
  view.setUint32(12, partitions, true);
  return header;
}

/** The checksum also covers the header, which readers compute instead of reading. */
function checksumOf(header: Uint8Array, partition: number, entries: Uint8Array): number {
  return crc32(entries, crc32(new Uint8Array(Uint32Array.of(partition).buffer), crc32(header)));
}
