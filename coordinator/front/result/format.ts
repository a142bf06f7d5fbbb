import { formatArrow } from './arrow.ts';
import { formatJson, formatNdjson } from './json.ts';
import type { Result } from './result.ts';
import { formatTable, type TableLayout } from './table.ts';
import { isRightAligned, textRows } from './text-rows.ts';

/** The formats of a result. The last task of a job writes `parquet` itself, and its file is passed on unchanged. */
export const RESULT_FORMATS = ['table', 'json', 'ndjson', 'csv', 'arrow', 'parquet', 'markdown'] as const;

export type ResultFormat = (typeof RESULT_FORMATS)[number];

/** The formats that `formatResult` converts from Arrow batches. */
export type BatchFormat = Exclude<ResultFormat, 'parquet'>;

/** Formats a result, in chunks that are generated on demand. `layout` applies only to tables. */
export function formatResult(
  result: Result,
  format: BatchFormat,
  layout: TableLayout = {},
): AsyncGenerator<string | Uint8Array> {
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
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const csvLine = (fields: readonly (string | null)[]): string => `${fields.map(csvField).join(',')}\n`;

/** CSV with a header line, as in RFC 4180, except that lines end in LF alone, as Unix tools expect. */
async function* formatCsv(result: Result): AsyncGenerator<string> {
  yield csvLine(result.columns.map((column) => column.name));
  for await (const rows of textRows(result)) {
    yield rows.map(csvLine).join('');
  }
}

/** Escapes text so that it stays within its cell. */
function markdownCell(text: string | null): string {
  if (text === null) return 'NULL';
  return text.replace(/[\\|]/g, '\\$&').replace(/\r\n?|\n/g, '<br>');
}

const markdownLine = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;

/** A table in GitHub-flavored Markdown. */
async function* formatMarkdown(result: Result): AsyncGenerator<string> {
  yield markdownLine(result.columns.map((column) => markdownCell(column.name)));
  yield markdownLine(result.columns.map((column) => (isRightAligned(column) ? '---:' : ':---')));
  for await (const rows of textRows(result)) {
    yield rows.map((row) => markdownLine(row.map(markdownCell))).join('');
  }
}
