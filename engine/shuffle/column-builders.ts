import type { ArrowColumn } from '../arrow/batch.ts';
import { FabricError } from '../errors.ts';
import type { RowsByPartition } from './rows-by-partition.ts';
import type { Nullable } from './validity.ts';

/** One growing column for each partition. The allocated memory doubles when it is full. */
export interface ColumnBuilders {
  /** Appends the rows of a batch to their partitions. */
  scatter(source: ArrowColumn, rows: RowsByPartition): void;
  /** Appends rows `[start, end)` of a batch to one partition, in bulk. */
  append(partition: number, source: ArrowColumn, start: number, end: number): void;
  /** Returns the rows of a partition as views over the builder's memory. */
  view(partition: number): ArrowColumn;
  /**
   * Empties a partition. With `give away`, its memory now belongs to the holder of the views. With `reuse`, later rows
   * overwrite it.
   */
  clear(partition: number, memory: 'give away' | 'reuse'): void;
}

/** The number of bytes in each partition. Builders increase it, and the writer resets it to 0 when it empties the partition. */
export type PartitionSizes = Float64Array;

/** The number of rows for which a builder allocates memory at its first row. */
export const FIRST_ROWS = 256;

/** An empty buffer. */
export const NO_BYTES = new Uint8Array(0);

/** Returns the number of rows to allocate memory for, after memory for `rows` rows was given away. */
export function roomAfter(rows: number): number {
  return Math.max(FIRST_ROWS, rows >> 2);
}

/** Returns an element that must exist. Throws `INTERNAL` if it does not. */
export function at<T>(list: readonly T[], index: number): T {
  const element = list[index];
  if (element === undefined) throw new FabricError('INTERNAL', `Partition or buffer ${index} does not exist.`);
  return element;
}

/** Returns the column of a partition's rows and validity, with the buffers and children of its type. */
export function columnOf(
  part: Nullable,
  buffers: readonly Uint8Array[],
  children: readonly ArrowColumn[],
): ArrowColumn {
  const { rows, validity } = part;
  return validity === undefined ? { rows, buffers, children } : { rows, validity, buffers, children };
}

/** Adds to the number of bytes in a partition. */
export function grow(sizes: PartitionSizes, partition: number, bytes: number): void {
  sizes[partition] = (sizes[partition] ?? 0) + bytes;
}

/** Returns the bytes, or a copy if their address is not a multiple of `alignment`. */
export function alignedTo(alignment: number, bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % alignment === 0 ? bytes : new Uint8Array(bytes);
}
