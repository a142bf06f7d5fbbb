import type { RowPiece } from './row-pieces.ts';
import { slices } from './text-limit.ts';

/** The text around the cells of a row. */
export interface LineStyle {
  readonly start: string;
  readonly separator: string;
  readonly end: string;
  /** The text between two rows. */
  readonly between: string;
}

/** Pieces with more characters are not joined to one string, because the string might exceed the maximum length. */
const JOINED_CHARACTERS = 1 << 20;
/** The approximate length of the chunks of a longer piece. */
const CHUNK_CHARACTERS = 1 << 20;

/** Writes the rows of a piece as lines, in chunks of bounded length. Long values are split. */
export function* rowLines({ rows, characters }: RowPiece<string>, style: LineStyle): Generator<string> {
  const { start, separator, end, between } = style;
  if (characters <= JOINED_CHARACTERS) {
    yield rows.map((cells) => start + cells.join(separator) + end).join(between);
    return;
  }
  let held = '';
  for (const text of partsOf(rows, style)) {
    held += text;
    if (held.length < CHUNK_CHARACTERS) continue;
    yield held;
    held = '';
  }
  yield held;
}

function* partsOf(rows: RowPiece<string>['rows'], { start, separator, end, between }: LineStyle): Generator<string> {
  for (const [row, cells] of rows.entries()) {
    yield row === 0 ? start : between + start;
    for (const [column, cell] of cells.entries()) {
      if (column > 0) yield separator;
      yield* slices(cell);
    }
    yield end;
  }
}
