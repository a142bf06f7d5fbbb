import { walkThrift } from './thrift-bounds.ts';

/**
 * Field ids on the path from Parquet's `FileMetaData` to column statistics:
 * https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift
 */
const ROW_GROUPS = 4;
const COLUMNS = 1;
const META_DATA = 3;
const TYPE = 1;
const STATISTICS = 12;
/** The field ids of `max`, `min`, `max_value` and `min_value`. */
const BOUNDS: ReadonlySet<number> = new Set([1, 2, 5, 6]);
/** The types FLOAT and DOUBLE, in Thrift's encoding of small numbers. */
const FLOATING_TYPES: ReadonlySet<number | undefined> = new Set([8, 10]);
/** Added to a field id of `Statistics`, this produces an undefined id. */
const OUT_OF_REACH = 10;

/**
 * Returns a footer's metadata, in the same number of bytes, without the bounds of floating-point columns. Writers
 * exclude NaN from the bounds. DuckDB 1.5.6 sorts NaN above all numbers but still relies on the bounds, so `d > 1e300`
 * drops NaN rows if the largest number is 3. This function raises the ids of the bounds and of the fields after them,
 * so that readers skip these fields as unknown.
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
    // The long form is used only for ids more than 15 apart, and the ids of `Statistics` are below 10.
    if (header >> 4 === 0) return;
    changed[headerOffset] = header + (OUT_OF_REACH << 4);
    isDone = true;
  });
  return changed;
}
