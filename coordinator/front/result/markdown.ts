import type { Result } from './result.ts';
import { isRightAligned, textRows } from './text-rows.ts';

/** Text that stays inside its cell. */
function cell(text: string | null): string {
  if (text === null) return 'NULL';
  return text.replace(/[\\|]/g, '\\$&').replace(/\r\n?|\n/g, '<br>');
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;

/** A table in GitHub's Markdown. */
export async function* formatMarkdown(result: Result): AsyncGenerator<string> {
  yield line(result.columns.map((column) => cell(column.name)));
  yield line(result.columns.map((column) => (isRightAligned(column) ? '---:' : ':---')));
  for await (const rows of textRows(result)) {
    if (rows.length > 0) yield rows.map((row) => line(row.map(cell))).join('');
  }
}
