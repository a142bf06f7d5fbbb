import type { ValueReader } from './read-column.ts';
import { batchReaders, type Result } from './result.ts';

/** A piece ends when it has this many values or characters, which take about a millisecond to write. */
const PIECE_VALUES = 16_384;
const PIECE_CHARACTERS = 1 << 18;

/**
 * Writes the rows of a result with `write` and yields them in pieces of bounded size, because a batch may have millions of values. A piece
 * has at least one row. `sizeOf` returns the number of characters of a row.
 */
export async function* rowPieces<Row>(
  result: Result,
  write: (readers: readonly ValueReader[], row: number) => Row,
  sizeOf: (row: Row) => number,
): AsyncGenerator<readonly Row[]> {
  const mostRows = Math.max(1, Math.floor(PIECE_VALUES / Math.max(1, result.columns.length)));
  for await (const part of result.batches) {
    const readers = batchReaders(result.columns, part);
    let rows: Row[] = [];
    let size = 0;
    for (let at = 0; at < part.batch.rows; at += 1) {
      const row = write(readers, at);
      rows.push(row);
      size += sizeOf(row);
      if (rows.length < mostRows && size < PIECE_CHARACTERS) continue;
      yield rows;
      rows = [];
      size = 0;
    }
    if (rows.length > 0) yield rows;
  }
}
