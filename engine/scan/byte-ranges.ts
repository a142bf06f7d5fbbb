import { FabricError } from '../errors.ts';
import type { ByteRange } from '../store/object-store.ts';
import type { ColumnChunk, ParquetFile } from './parquet-file.ts';

/** How ranges are read: gaps under `gapBytes` are read through, and no read is longer than `maxReadBytes`. */
export interface ReadShape {
  readonly gapBytes: number;
  readonly maxReadBytes: number;
}

/** Read sizes that keep an object store busy without paying for many requests. */
export const DEFAULT_READ_SHAPE: ReadShape = { gapBytes: 1 << 20, maxReadBytes: 16 << 20 };

/** Old writers leave a page header out of a chunk's size, and readers look that far past it (PARQUET-816). */
const CHUNK_SLACK_BYTES = 128;

/**
 * The bytes of a Parquet file that reading `columns` of `rows` touches, without the footer: sorted, disjoint ranges.
 * `rows` are whole row groups (`[start, end)` of the file's rows); absent: all of them.
 */
export function neededRanges(
  file: ParquetFile,
  sizeBytes: number,
  columns: ReadonlySet<string>,
  rows: { readonly start: number; readonly end: number } = { start: 0, end: file.rows },
): readonly ByteRange[] {
  const dataEnd = sizeBytes - file.footerBytes;
  const ranges: ByteRange[] = [];
  for (const group of file.rowGroups) {
    const groupEnd = group.firstRow + group.rows;
    if (groupEnd <= rows.start || group.firstRow >= rows.end) continue;
    if (group.firstRow < rows.start || groupEnd > rows.end) {
      throw new FabricError(
        'INTERNAL',
        `Rows ${rows.start} to ${rows.end} cut the row group that starts at ${group.firstRow}`,
      );
    }
    for (const chunk of group.chunks) {
      if (columns.has(chunk.column)) ranges.push(...chunkRanges(chunk, dataEnd));
    }
  }
  return coalesce(ranges, 0);
}

function chunkRanges(chunk: ColumnChunk, dataEnd: number): readonly ByteRange[] {
  const data = { start: chunk.start, end: Math.min(chunk.start + chunk.sizeBytes + CHUNK_SLACK_BYTES, dataEnd) };
  if (chunk.bloomFilter === undefined) return [data];
  const { start, sizeBytes } = chunk.bloomFilter;
  return [data, { start, end: Math.min(start + sizeBytes, dataEnd) }];
}

/** Sorts ranges and joins those that overlap or lie no more than `gapBytes` apart. */
export function coalesce(ranges: readonly ByteRange[], gapBytes: number): readonly ByteRange[] {
  const joined: { start: number; end: number }[] = [];
  for (const range of [...ranges].sort((left, right) => left.start - right.start)) {
    const last = joined.at(-1);
    if (last !== undefined && range.start - last.end <= gapBytes) last.end = Math.max(last.end, range.end);
    else if (range.end > range.start) joined.push({ start: range.start, end: range.end });
  }
  return joined;
}

/** The reads that fetch `ranges`: small gaps read through, long runs cut into even pieces of at most `maxReadBytes`. */
export function planReads(ranges: readonly ByteRange[], shape: ReadShape = DEFAULT_READ_SHAPE): readonly ByteRange[] {
  const reads: ByteRange[] = [];
  for (const run of coalesce(ranges, shape.gapBytes)) {
    // Even pieces: a run over the limit gives reads of half the limit at least.
    const pieces = Math.ceil((run.end - run.start) / shape.maxReadBytes);
    const pieceBytes = Math.ceil((run.end - run.start) / pieces);
    for (let start = run.start; start < run.end; start += pieceBytes) {
      reads.push({ start, end: Math.min(start + pieceBytes, run.end) });
    }
  }
  return reads;
}
