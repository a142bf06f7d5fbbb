import { FabricError } from '../errors.ts';
import type { ByteRange } from '../store/object-store.ts';
import { PERMISSIVE_BLOOM_FILTER } from './bloom-filter.ts';
import type { ColumnChunk, ParquetFile } from './parquet-file.ts';

/** How ranges are combined into reads. A read includes gaps of up to `gapBytes`, and no read exceeds `maxReadBytes`. */
export interface ReadShape {
  readonly gapBytes: number;
  readonly maxReadBytes: number;
}

/** Read sizes that use an object store's full bandwidth with few requests. */
export const DEFAULT_READ_SHAPE: ReadShape = { gapBytes: 1 << 20, maxReadBytes: 16 << 20 };

/** Readers read this far past the end of a chunk, because old writers omitted a page header from its size (PARQUET-816). */
const CHUNK_SLACK_BYTES = 128;

/**
 * The columns and rows of a Parquet file to read. `rows` is a range `[start, end)` of the file's rows that covers whole
 * row groups. If absent, all rows are read.
 */
export interface ColumnRead {
  readonly columns: ReadonlySet<string>;
  readonly rows?: { readonly start: number; readonly end: number };
}

/** The bytes of a Parquet file that a set of reads needs, without the footer. */
export interface NeededBytes {
  /** Sorted and disjoint. */
  readonly ranges: readonly ByteRange[];
  /**
   * Offsets of the Bloom filters that the reads may consult, including the filters of skipped row groups.
   * `PERMISSIVE_BLOOM_FILTER` can replace each one.
   */
  readonly bloomFilters: readonly number[];
}

/**
 * Returns the bytes of a Parquet file that the reads need. If a Bloom filter overlaps other data, it cannot be
 * replaced, and the whole file is needed.
 */
export function neededBytes(file: ParquetFile, sizeBytes: number, reads: readonly ColumnRead[]): NeededBytes {
  const dataEnd = sizeBytes - file.footerBytes;
  const chunks = reads.flatMap((read) => chunksOf(file, read));
  const bloomFilters = bloomFiltersOf(file, reads);
  const data = coalesce(
    chunks.map(({ start, sizeBytes: length }) => ({ start, end: start + length })),
    0,
  );
  const standIns = bloomFilters.map((start) => ({ start, end: start + PERMISSIVE_BLOOM_FILTER.length }));
  if (overlap(standIns, [...data, { start: dataEnd, end: Number.POSITIVE_INFINITY }])) {
    return { ranges: [{ start: 0, end: sizeBytes }], bloomFilters: [] };
  }
  const ranges = data.map(({ start, end }) => ({ start, end: Math.min(end + CHUNK_SLACK_BYTES, dataEnd) }));
  return { ranges: coalesce(ranges, 0), bloomFilters };
}

function chunksOf(file: ParquetFile, { columns, rows }: ColumnRead): readonly ColumnChunk[] {
  const { start, end } = rows ?? { start: 0, end: file.rows };
  return file.rowGroups.flatMap((group) => {
    const groupEnd = group.firstRow + group.rows;
    if (groupEnd <= start || group.firstRow >= end) return [];
    if (group.firstRow < start || groupEnd > end) {
      throw new FabricError(
        'INTERNAL',
        `Rows ${start} to ${end} split the row group that starts at row ${group.firstRow}.`,
      );
    }
    return group.chunks.filter(({ column }) => columns.has(column));
  });
}

function bloomFiltersOf(file: ParquetFile, reads: readonly ColumnRead[]): readonly number[] {
  const columns = new Set(reads.flatMap((read) => [...read.columns]));
  const chunks = file.rowGroups.flatMap((group) => group.chunks.filter(({ column }) => columns.has(column)));
  const starts = chunks.flatMap(({ bloomFilterStart }) => (bloomFilterStart === undefined ? [] : [bloomFilterStart]));
  return [...new Set(starts)].sort((left, right) => left - right);
}

/** Returns whether any of `ranges` (sorted by start) overlaps its successor or one of `others` (sorted and disjoint). */
function overlap(ranges: readonly ByteRange[], others: readonly ByteRange[]): boolean {
  let at = 0;
  return ranges.some((range, index) => {
    if ((ranges[index + 1]?.start ?? Number.POSITIVE_INFINITY) < range.end) return true;
    while ((others[at]?.end ?? Number.POSITIVE_INFINITY) <= range.start) at += 1;
    return (others[at]?.start ?? Number.POSITIVE_INFINITY) < range.end;
  });
}

/** Sorts ranges, and merges ranges that overlap or are at most `gapBytes` apart. */
export function coalesce(ranges: readonly ByteRange[], gapBytes: number): readonly ByteRange[] {
  const joined: { start: number; end: number }[] = [];
  for (const range of [...ranges].sort((left, right) => left.start - right.start)) {
    const last = joined.at(-1);
    if (last !== undefined && range.start - last.end <= gapBytes) last.end = Math.max(last.end, range.end);
    else if (range.end > range.start) joined.push({ start: range.start, end: range.end });
  }
  return joined;
}

/** Returns `ranges` without the bytes in `known`. */
export function without(ranges: readonly ByteRange[], known: ByteRange): readonly ByteRange[] {
  return ranges
    .flatMap(({ start, end }) => [
      { start, end: Math.min(end, known.start) },
      { start: Math.max(start, known.end), end },
    ])
    .filter(({ start, end }) => start < end);
}

/**
 * Returns the reads that fetch `ranges`. Reads include small gaps, and long runs are split evenly into pieces of at
 * most `maxReadBytes`.
 */
export function planReads(ranges: readonly ByteRange[], shape: ReadShape = DEFAULT_READ_SHAPE): readonly ByteRange[] {
  const reads: ByteRange[] = [];
  for (const run of coalesce(ranges, shape.gapBytes)) {
    // Pieces are of equal size, so each piece of a run over the limit has at least half the limit.
    const pieces = Math.ceil((run.end - run.start) / shape.maxReadBytes);
    const pieceBytes = Math.ceil((run.end - run.start) / pieces);
    for (let start = run.start; start < run.end; start += pieceBytes) {
      reads.push({ start, end: Math.min(start + pieceBytes, run.end) });
    }
  }
  return reads;
}
