import type { ArrowColumn } from '../arrow/batch.ts';
import { FabricError } from '../errors.ts';
import type { RowsByPartition } from './rows-by-partition.ts';
import type { Nullable } from './validity.ts';

/** One growing column for every partition. Memory grows by doubling. */
export interface ColumnBuilders {
  /** Appends the rows of a batch to their partitions. */
  scatter(source: ArrowColumn, rows: RowsByPartition): void;
  /** Appends rows `[start, end)` of a batch to one partition, in bulk. */
  append(partition: number, source: ArrowColumn, start: number, end: number): void;
  /** The rows of a partition, as views over the builder's memory. */
  view(partition: number): ArrowColumn;
  /** Empties a partition. `give away`: its memory now belongs to the holder of the views; `reuse`: later rows overwrite it. */
  clear(partition: number, memory: 'give away' | 'reuse'): void;
}

/** The bytes in each partition. Builders increase them; the writer sets them to 0 when it empties a partition. */
export type PartitionSizes = Float64Array;

/** The rows a builder allocates memory for at its first row. */
export const FIRST_ROWS = 256;

/** An empty buffer. */
export const NO_BYTES = new Uint8Array(0);

/** The rows to allocate memory for initially, after giving away memory that held `rows` rows. */
export function roomAfter(rows: number): number {
  return Math.max(FIRST_ROWS, rows >> 2);
}

/** An element that must exist. */
export function at<T>(list: readonly T[], index: number): T {
  const element = list[index];
  if (element === undefined) throw new FabricError('INTERNAL', `Partition or buffer ${index} does not exist`);
  return element;
}

/** A column of a partition's rows and validity, with the buffers and children of its type. */
export function columnOf(
  part: Nullable,
  buffers: readonly Uint8Array[],
  children: readonly ArrowColumn[],
): ArrowColumn {
  const { rows, validity } = part;
  return validity === undefined ? { rows, buffers, children } : { rows, validity, buffers, children };
}

/** Adds to the bytes in a partition. */
export function grow(sizes: PartitionSizes, partition: number, bytes: number): void {
  sizes[partition] = (sizes[partition] ?? 0) + bytes;
}

/** The bytes, or a copy if their address is not a multiple of `alignment`. */
export function alignedTo(alignment: number, bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % alignment === 0 ? bytes : new Uint8Array(bytes);
}

/** Offsets are int32, so one batch of a partition can hold at most 2 GiB (or 2^31 elements) of a column. */
export function checkEnd(end: number): number {
  if (end <= 0x7fffffff) return end;
  throw new FabricError(
    'OUT_OF_MEMORY',
    'A batch of rows has more than 2 GiB in one column. Use shorter values or smaller lists',
  );
}
