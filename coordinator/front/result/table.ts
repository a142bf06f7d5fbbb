import { type DataType, typeSql } from '../../../engine/plan/types.ts';
import type { Result } from './result.ts';
import { type TextWidth, textWidth, truncateToWidth, visibleText } from './terminal-text.ts';
import { isRightAligned, type TextRow, textRows } from './text-rows.ts';

/** The limits of a table. If both are absent, the table shows all rows and all characters. */
export interface TableLayout {
  /** The maximum number of terminal cells per line. Wide values are cut first. Then columns in the middle are omitted. */
  readonly maxWidth?: number;
  /** The maximum number of rows. A table of a longer result shows the first and last rows, and the row count. */
  readonly maxRows?: number;
}

interface Cells {
  readonly isRight: boolean;
  readonly title: string;
  readonly type: string;
  readonly values: readonly string[];
  readonly widthOf: TextWidth;
}

const NARROWEST = 8;

/** The number of rows and characters that are buffered to measure the column widths of a table without limits. */
const MEASURED_ROWS = 10_000;
const MEASURED_CHARACTERS = 1 << 24;
/** The maximum width of a column of such a table. Each shorter value is padded to the width of its column. */
const WIDEST = 4096;

const SHORT_NAMES: Readonly<Record<string, string>> = {
  TINYINT: 'int8',
  SMALLINT: 'int16',
  INTEGER: 'int32',
  BIGINT: 'int64',
  HUGEINT: 'int128',
  UTINYINT: 'uint8',
  USMALLINT: 'uint16',
  UINTEGER: 'uint32',
  UBIGINT: 'uint64',
  UHUGEINT: 'uint128',
};

/** The type name that DuckDB shows in tables, such as `int64`, `varchar` or `decimal(15,2)`. */
function shortTypeName(type: DataType): string {
  switch (type.kind) {
    case 'scalar':
      return SHORT_NAMES[type.name] ?? type.name.toLowerCase();
    case 'list':
      return `${shortTypeName(type.child)}[]`;
    case 'array':
      return `${shortTypeName(type.child)}[${type.size}]`;
    case 'struct':
      return `struct(${type.fields.map((field) => `${field.name} ${shortTypeName(field.type)}`.trim()).join(', ')})`;
    case 'union':
      return `union(${type.members.map((member) => `${member.name} ${shortTypeName(member.type)}`).join(', ')})`;
    case 'map':
      return `map(${shortTypeName(type.key)}, ${shortTypeName(type.value)})`;
    case 'enum':
      return `enum(${type.values.map((value) => `'${value}'`).join(', ')})`;
    case 'decimal':
      return typeSql(type).toLowerCase();
    default:
      return type satisfies never;
  }
}

/** Reads all rows but keeps only the first and last ones. */
async function collectRows(
  result: Result,
  maxRows: number,
): Promise<{ head: TextRow[]; tail: TextRow[]; total: number }> {
  const headSize = Math.ceil(maxRows / 2);
  const head: TextRow[] = [];
  let tail: TextRow[] = [];
  let total = 0;
  for await (const { rows } of textRows(result, (text) => text)) {
    total += rows.length;
    const taken = Math.min(rows.length, Math.max(0, headSize - head.length));
    for (const row of rows.slice(0, taken)) head.push(row);
    // Trim once per batch. Shifting the array for every row would be slow.
    tail = [...tail, ...rows.slice(taken)];
    if (Number.isFinite(maxRows)) tail = tail.slice(-Math.max(maxRows - headSize, 1));
  }
  return { head, tail, total };
}

function pad(text: string, width: number, { isRight, widthOf }: Cells): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)));
  return isRight ? space + text : text + space;
}

function center(text: string, width: number, widthOf: TextWidth = (single) => single.length): string {
  const space = Math.max(0, width - widthOf(text));
  const left = Math.floor(space / 2);
  return ' '.repeat(left) + text + ' '.repeat(space - left);
}

/** The column widths and the columns to omit. Narrows the widest column repeatedly until the table fits. */
function fitWidths(natural: readonly number[], maxWidth: number): { widths: number[]; hidden: ReadonlySet<number> } {
  const widths = [...natural];
  const frame = (count: number): number => 3 * count + 1;
  const total = (): number => widths.reduce((sum, width) => sum + width, 0) + frame(widths.length);
  while (total() > maxWidth) {
    const widest = Math.max(...widths);
    if (widest <= NARROWEST) break;
    const excess = total() - maxWidth;
    const index = widths.indexOf(widest);
    const second = Math.max(NARROWEST, ...widths.filter((_, other) => other !== index));
    widths[index] = Math.max(widest - excess, Math.min(second, widest - 1), NARROWEST);
  }
  const hidden = new Set<number>();
  const shownWidth = (): number =>
    widths.reduce((sum, width, index) => sum + (hidden.has(index) ? 0 : width + 3), 1) + (hidden.size > 0 ? 4 : 0);
  for (let step = 0; shownWidth() > maxWidth && hidden.size < widths.length - 2; step += 1) {
    const middle = Math.floor(widths.length / 2);
    hidden.add(step % 2 === 0 ? middle + step / 2 : middle - (step + 1) / 2);
  }
  return { widths, hidden };
}

/** The number of terminal cells that the widest text of a column occupies. */
function naturalWidth({ title, type, values, widthOf }: Cells): number {
  return [title, type, ...values].reduce((width, text) => Math.max(width, widthOf(text)), 1);
}

/** The columns to draw, cut to their widths. A column of `…` replaces the omitted columns. */
function fitColumns(columns: readonly Cells[], maxWidth: number): { columns: Cells[]; widths: number[] } {
  const { widths, hidden } = fitWidths(columns.map(naturalWidth), maxWidth);
  const fitted: Cells[] = [];
  const fittedWidths: number[] = [];
  let isGapShown = false;
  columns.forEach((column, index) => {
    const width = widths[index] ?? 1;
    if (!hidden.has(index)) {
      const cut = (text: string): string => truncateToWidth(text, width, column.widthOf);
      fitted.push({ ...column, title: cut(column.title), type: cut(column.type), values: column.values.map(cut) });
      fittedWidths.push(width);
    } else if (!isGapShown) {
      isGapShown = true;
      fitted.push({
        isRight: false,
        title: '…',
        type: '…',
        values: column.values.map(() => '…'),
        widthOf: (text) => text.length,
      });
      fittedWidths.push(1);
    }
  });
  return { columns: fitted, widths: fittedWidths };
}

function rule(widths: readonly number[], left: string, middle: string, right: string): string {
  return `${left}${widths.map((width) => '─'.repeat(width + 2)).join(middle)}${right}\n`;
}

const tableLine = (cells: readonly string[]): string => `│ ${cells.join(' │ ')} │\n`;

function* tableHead(columns: readonly Cells[], widths: readonly number[]): Generator<string> {
  yield rule(widths, '┌', '┬', '┐');
  yield tableLine(columns.map((column, index) => center(column.title, widths[index] ?? 1, column.widthOf)));
  yield tableLine(columns.map((column, index) => center(column.type, widths[index] ?? 1, column.widthOf)));
  yield rule(widths, '├', '┼', '┤');
}

function tableRow(columns: readonly Cells[], widths: readonly number[], row: number): string {
  return tableLine(columns.map((column, index) => pad(column.values[row] ?? '', widths[index] ?? 1, column)));
}

function* drawTable(
  columns: readonly Cells[],
  widths: readonly number[],
  rowCount: number,
  gapAt: number,
): Generator<string> {
  yield* tableHead(columns, widths);
  for (let row = 0; row < rowCount; row += 1) {
    if (row === gapAt) yield tableLine(widths.map((width) => center('·', width))).repeat(3);
    yield tableRow(columns, widths, row);
  }
  yield rule(widths, '└', '┴', '┘');
}

function countText(rows: number, shownRows: number, columns: number, hiddenColumns: number): string {
  const counted = (count: number, noun: string): string =>
    `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
  const rowsText = counted(rows, 'row') + (shownRows < rows ? ` (${shownRows} shown)` : '');
  return hiddenColumns === 0
    ? rowsText
    : `${rowsText}, ${counted(columns, 'column')} (${columns - hiddenColumns} shown)`;
}

function cellsOf(result: Result, rows: readonly TextRow[]): Promise<Cells[]> {
  return Promise.all(
    result.columns.map(async (column, index) => {
      const title = visibleText(column.name);
      const type = visibleText(shortTypeName(column.type));
      const values = rows.map((row) => visibleText(row[index] ?? 'NULL'));
      const widthOf = await textWidth([title, type, ...values]);
      return { isRight: isRightAligned(column), title, type, values, widthOf };
    }),
  );
}

/**
 * A table with all rows and all characters. The first rows determine the column widths, up to `WIDEST`. Wider values exceed them.
 */
async function* wholeTable(result: Result): AsyncGenerator<string> {
  const measured: TextRow[] = [];
  let characters = 0;
  let widths: readonly number[] | undefined;
  const begin = async function* (): AsyncGenerator<string> {
    const cells = await cellsOf(result, measured);
    widths = cells.map((column) => Math.min(WIDEST, naturalWidth(column)));
    yield* tableHead(cells, widths);
    for (let row = 0; row < measured.length; row += 1) yield tableRow(cells, widths, row);
  };
  for await (const piece of textRows(result, (text) => text)) {
    const { rows } = piece;
    if (widths === undefined) {
      for (const row of rows) measured.push(row);
      characters += piece.characters;
      if (measured.length >= MEASURED_ROWS || characters >= MEASURED_CHARACTERS) yield* begin();
    } else {
      const cells = await cellsOf(result, rows);
      for (let row = 0; row < rows.length; row += 1) yield tableRow(cells, widths, row);
    }
  }
  if (widths === undefined) yield* begin();
  yield rule(widths ?? [], '└', '┴', '┘');
}

/** A table of box-drawing characters with column names, types and rows. If rows or columns are omitted, a count follows. */
export async function* formatTable(result: Result, layout: TableLayout = {}): AsyncGenerator<string> {
  if (layout.maxRows === undefined && layout.maxWidth === undefined) {
    yield* wholeTable(result);
    return;
  }
  const maxRows = layout.maxRows ?? Number.POSITIVE_INFINITY;
  const { head, tail, total } = await collectRows(result, maxRows);
  const rows = [...head, ...tail];
  const gapAt = rows.length < total ? head.length : -1;
  const cells = await cellsOf(result, rows);
  const { columns, widths } = fitColumns(cells, layout.maxWidth ?? Number.POSITIVE_INFINITY);
  for (const line of drawTable(columns, widths, rows.length, gapAt)) yield line;
  const hiddenColumns = columns.some((column) => column.type === '…') ? cells.length - columns.length + 1 : 0;
  if (gapAt >= 0 || hiddenColumns > 0) yield `${countText(total, rows.length, cells.length, hiddenColumns)}\n`;
}
