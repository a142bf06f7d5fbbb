import { formatArrow } from './arrow.ts';
import { formatCsv } from './csv.ts';
import { formatJson, formatNdjson } from './json.ts';
import { formatMarkdown } from './markdown.ts';
import type { Result } from './result.ts';
import { formatTable, type TableLayout } from './table.ts';

/** The formats a result can be had in. `parquet` is written by the task that gives the result, and passed on as it is. */
export const RESULT_FORMATS = ['table', 'json', 'ndjson', 'csv', 'arrow', 'parquet', 'markdown'] as const;

export type ResultFormat = (typeof RESULT_FORMATS)[number];

/** The formats made from a result's Arrow batches. */
export type BatchFormat = Exclude<ResultFormat, 'parquet'>;

/** The bytes of a result in a format, in pieces, made as they are asked for. `layout` is for tables. */
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
