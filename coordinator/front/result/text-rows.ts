import type { Result, ResultColumn } from './result.ts';
import { type RowPiece, rowPieces } from './row-pieces.ts';
import { valueWriter } from './value-text.ts';

/** The values of a row as text; null for NULL. */
export type TextRow = readonly (string | null)[];

/**
 * The rows of a result as text, in pieces of bounded size. Each value is written as DuckDB casts it to VARCHAR. `cellOf` converts the text,
 * or null for NULL, to a cell.
 */
export function textRows<Cell extends string | null>(
  result: Result,
  cellOf: (text: string | null) => Cell,
): AsyncGenerator<RowPiece<Cell>> {
  return rowPieces(result, ({ type }) => {
    const write = valueWriter(type, result.timeZone);
    return (value) => cellOf(value === null ? null : write(value));
  });
}

/** Returns whether a column is right-aligned, which is true for numbers. */
export function isRightAligned({ type }: ResultColumn): boolean {
  if (type.kind === 'decimal') return true;
  if (type.kind !== 'scalar') return false;
  return /INT|^BIGNUM$|^FLOAT$|^DOUBLE$/.test(type.name);
}
