import type { Result } from './result.ts';
import { textRows } from './text-rows.ts';

/** A field as RFC 4180 quotes it. NULL is an empty field, the empty string a quoted one, so that the two stay apart. */
function field(text: string | null): string {
  if (text === null) return '';
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const line = (fields: readonly (string | null)[]): string => `${fields.map(field).join(',')}\n`;

/** CSV with a header line (RFC 4180, but lines end in LF alone, as every tool on a Unix pipe expects). */
export async function* formatCsv(result: Result): AsyncGenerator<string> {
  yield line(result.columns.map((column) => column.name));
  for await (const rows of textRows(result)) {
    if (rows.length > 0) yield rows.map(line).join('');
  }
}
