import type { ConstantValue } from '../../../engine/plan/expression.ts';
import { batchReaders, type Result, type ResultColumn } from './result.ts';
import { isStringTooLong, valueTooLong } from './text-limit.ts';

/** A piece ends when it has this many values or characters, which take about a millisecond to write. */
const PIECE_VALUES = 16_384;
const PIECE_CHARACTERS = 1 << 18;

/** Consecutive rows of a result as text. */
export interface RowPiece<Cell> {
  /** The cells of each row. There is at least one row. */
  readonly rows: readonly (readonly Cell[])[];
  /** The number of characters of all cells. It is large if the last row is. */
  readonly characters: number;
}

/** Returns the cell for a value. */
export type CellWriter<Cell> = (value: ConstantValue) => Cell;

/**
 * Writes the cells of a result and yields them in pieces of bounded size, because a batch may have millions of values. `writerOf` returns
 * the writer of a column's cells. Throws `OUTPUT_FAILED` for a value that exceeds the maximum length of a string.
 */
export async function* rowPieces<Cell extends string | null>(
  result: Result,
  writerOf: (column: ResultColumn, index: number) => CellWriter<Cell>,
): AsyncGenerator<RowPiece<Cell>> {
  const writers = result.columns.map(writerOf);
  const maxRows = Math.max(1, Math.floor(PIECE_VALUES / Math.max(1, result.columns.length)));
  for await (const part of result.batches) {
    const readers = batchReaders(result.columns, part);
    const writeCells = (row: number): readonly Cell[] =>
      writers.map((write, column) => {
        try {
          return write(readers[column]?.(row) ?? null);
        } catch (error) {
          throw isStringTooLong(error) ? valueTooLong(error, result.columns[column]?.name) : error;
        }
      });
    let rows: (readonly Cell[])[] = [];
    let characters = 0;
    for (let at = 0; at < part.batch.rows; at += 1) {
      const cells = writeCells(at);
      rows.push(cells);
      for (const cell of cells) characters += cell?.length ?? 0;
      if (rows.length < maxRows && characters < PIECE_CHARACTERS) continue;
      yield { rows, characters };
      rows = [];
      characters = 0;
    }
    if (rows.length > 0) yield { rows, characters };
  }
}
