import { batchReaders, type Result, type ResultColumn } from './result.ts';
import { valueWriter } from './value-text.ts';

/** The values of a row as text; null is NULL. */
export type TextRow = readonly (string | null)[];

/** A result's rows as text, a batch at a time; each value as DuckDB casts it to VARCHAR. */
export async function* textRows(result: Result): AsyncGenerator<readonly TextRow[]> {
  const writers = result.columns.map((column) => valueWriter(column.type, result.timeZone));
  for await (const part of result.batches) {
    const readers = batchReaders(result.columns, part);
    const rows: TextRow[] = [];
    for (let row = 0; row < part.batch.rows; row += 1) {
      rows.push(
        writers.map((write, column) => {
          const value = readers[column]?.(row) ?? null;
          return value === null ? null : write(value);
        }),
      );
    }
    yield rows;
  }
}

/** Returns whether a column is right-aligned: numbers are. */
export function isRightAligned({ type }: ResultColumn): boolean {
  if (type.kind === 'decimal') return true;
  if (type.kind !== 'scalar') return false;
  return /INT|^BIGNUM$|^FLOAT$|^DOUBLE$/.test(type.name);
}
