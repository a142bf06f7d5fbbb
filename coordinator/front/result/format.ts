import { formatArrow } from './arrow.ts';
import { formatJson, formatNdjson } from './json.ts';
import type { Result } from './result.ts';
import { type LineStyle, rowLines } from './row-lines.ts';
import { formatTable, type TableLayout } from './table.ts';
import { replaceInSlices, withinTextLimit } from './text-limit.ts';
import { isRightAligned, textRows } from './text-rows.ts';

/** The formats of a result. The last task of a job writes `parquet` itself, and its file is passed on unchanged. */
export const RESULT_FORMATS = ['table', 'json', 'ndjson', 'csv', 'arrow', 'parquet', 'markdown'] as const;

export type ResultFormat = (typeof RESULT_FORMATS)[number];

/** The formats that `formatResult` converts from Arrow batches. */
export type BatchFormat = Exclude<ResultFormat, 'parquet'>;

/**
 * Formats a result, in chunks that are generated on demand. `layout` applies only to tables. Throws `OUTPUT_FAILED` for a value that a text
 * format cannot hold.
 */
export function formatResult(
  result: Result,
  format: BatchFormat,
  layout: TableLayout = {},
): AsyncGenerator<string | Uint8Array> {
  return withinTextLimit(chunksOf(result, format, layout));
}

function chunksOf(result: Result, format: BatchFormat, layout: TableLayout): AsyncGenerator<string | Uint8Array> {
  switch (format) {
    case 'table':
      return formatTable(result, layout);
    case 'json':
      return formatJson(result);
    case 'ndjson':
      return formatNdjson(result);
    case 'csv':
      return formatCsv(result);
    case 'markdown':
      return formatMarkdown(result);
    case 'arrow':
      return formatArrow(result);
    default:
      return format satisfies never;
  }
}

/** Writes a CSV field, quoted as RFC 4180 requires. NULL becomes an empty field, and the empty string becomes `""`. */
function csvField(text: string | null): string {
  if (text === null) return '';
  return text === '' || /[",\r\n]/.test(text) ? `"${replaceInSlices(text, /"/g, '""')}"` : text;
}

const CSV_LINES: LineStyle = { start: '', separator: ',', end: '\n', between: '' };

/** CSV with a header line, as in RFC 4180, except that lines end in LF alone, as Unix tools expect. */
async function* formatCsv(result: Result): AsyncGenerator<string> {
  yield `${result.columns.map(({ name }) => csvField(name)).join(',')}\n`;
  for await (const piece of textRows(result, csvField)) yield* rowLines(piece, CSV_LINES);
}

/** Escapes text so that it stays within its cell. */
function markdownCell(text: string | null): string {
  if (text === null) return 'NULL';
  return replaceInSlices(replaceInSlices(text, /[\\|]/g, '\\$&'), /\r\n?|\n/g, '<br>');
}

const MARKDOWN_LINES: LineStyle = { start: '| ', separator: ' | ', end: ' |\n', between: '' };

const markdownLine = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;

/** A table in GitHub-flavored Markdown. */
async function* formatMarkdown(result: Result): AsyncGenerator<string> {
  yield markdownLine(result.columns.map((column) => markdownCell(column.name)));
  yield markdownLine(result.columns.map((column) => (isRightAligned(column) ? '---:' : ':---')));
  for await (const piece of textRows(result, markdownCell)) yield* rowLines(piece, MARKDOWN_LINES);
}
