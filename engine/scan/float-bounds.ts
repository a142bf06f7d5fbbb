import { walkThrift } from './thrift-bounds.ts';

/** Fields of Parquet's metadata, from `FileMetaData` down: https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift */
const ROW_GROUPS = 4;
const COLUMNS = 1;
const META_DATA = 3;
const TYPE = 1;
const STATISTICS = 12;
/** `max`, `min`, `max_value` and `min_value`. */
const BOUNDS: ReadonlySet<number> = new Set([1, 2, 5, 6]);
/** FLOAT and DOUBLE as Thrift writes small numbers. */
const FLOATING_TYPES: ReadonlySet<number | undefined> = new Set([8, 10]);
/** Added to the id of a field of `Statistics`, this gives an id that is not defined. */
const OUT_OF_REACH = 10;

/**
 * A footer's metadata without the bounds of floating columns, in the same number of bytes. Writers leave NaN out of the bounds; DuckDB
 * 1.5.6 sorts NaN above all numbers and still trusts them, so it drops `d > 1e300` where the largest number is 3. This raises the ids of
 * the bounds and of the fields after them, which readers skip as unknown.
 */
export function withoutFloatBounds(metadata: Uint8Array): Uint8Array {
  const changed = Uint8Array.from(metadata);
  let isFloating = false;
  let isDone = false;
  walkThrift(metadata, (path, headerOffset, valueOffset) => {
    const [groups, columns, chunk, field, statistic] = path;
    if (groups !== ROW_GROUPS || columns !== COLUMNS || chunk !== META_DATA) return;
    if (statistic === undefined) {
      if (field === TYPE) isFloating = FLOATING_TYPES.has(metadata[valueOffset]);
      isDone = false;
      return;
    }
    if (!isFloating || isDone || path.length !== 5 || field !== STATISTICS || !BOUNDS.has(statistic)) return;
    const header = metadata[headerOffset] ?? 0;
    // Only ids more than 15 apart are written in the long form, and those of `Statistics` are below 10.
    if (header >> 4 === 0) return;
    changed[headerOffset] = header + (OUT_OF_REACH << 4);
    isDone = true;
  });
  return changed;
}
