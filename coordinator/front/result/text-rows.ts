import type { ValueReader } from './read-column.ts';
import type { Result, ResultColumn } from './result.ts';
import { rowPieces } from './row-pieces.ts';
import { valueWriter } from './value-text.ts';

/** The values of a row as text; null for NULL. */
export type TextRow = readonly (string | null)[];

/** The rows of a result as text, in batches of bounded size. Each value is written as DuckDB casts it to VARCHAR. */
export function textRows(result: Result): AsyncGenerator<readonly TextRow[]> {
  const writers = result.columns.map((column) => valueWriter(column.type, result.timeZone));
  const write = (readers: readonly ValueReader[], row: number): TextRow =>
    writers.map((writeValue, column) => {
      const value = readers[column]?.(row) ?? null;
      return value === null ? null : writeValue(value);
    });
  return rowPieces(result, write, (row) => row.reduce((size, text) => size + (text?.length ?? 0), 0));
}

/** Returns whether a column is right-aligned, which is true for numbers. */
export function isRightAligned({ type }: ResultColumn): boolean {
  if (type.kind === 'decimal') return true;
  if (type.kind !== 'scalar') return false;
  return /INT|^BIGNUM$|^FLOAT$|^DOUBLE$/.test(type.name);
}
