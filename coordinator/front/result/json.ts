import { typeSql } from '../../../engine/plan/types.ts';
import { uniqueNames } from './column-names.ts';
import { jsonWriter } from './json-value.ts';
import type { ValueReader } from './read-column.ts';
import type { Result } from './result.ts';
import { rowPieces } from './row-pieces.ts';

/** One JSON object per row, without line breaks, in batches of bounded size. Repeated column names are made unique. */
function objects(result: Result): AsyncGenerator<readonly string[]> {
  const names = uniqueNames(result.columns.map((column) => column.name));
  const writers = result.columns.map((column, index) => ({
    key: `${JSON.stringify(names[index])}:`,
    write: jsonWriter(column.type, result.timeZone),
  }));
  return textPieces(result, (readers, row) => {
    const fields = writers.map(({ key, write }, column) => key + write(readers[column]?.(row) ?? null));
    return `{${fields.join(',')}}`;
  });
}

function textPieces(
  result: Result,
  write: (readers: readonly ValueReader[], row: number) => string,
): AsyncGenerator<readonly string[]> {
  return rowPieces(result, write, (text) => text.length);
}

/** A JSON array of objects, with one row per line. */
export async function* formatJson(result: Result): AsyncGenerator<string> {
  let isFirst = true;
  for await (const rows of objects(result)) {
    yield `${isFirst ? '[\n' : ',\n'}${rows.join(',\n')}`;
    isFirst = false;
  }
  yield isFirst ? '[]\n' : '\n]\n';
}

/** Newline-delimited JSON: one object per line. */
export async function* formatNdjson(result: Result): AsyncGenerator<string> {
  for await (const rows of objects(result)) {
    yield `${rows.join('\n')}\n`;
  }
}

/**
 * One JSON object: `{"columns":[{"name","type"}],"rows":[[..]]}`, with one row per line. Column names are unchanged. `jsonWriter` writes
 * the values. A truncated result is not valid JSON.
 */
export async function* formatJsonTable(result: Result): AsyncGenerator<string> {
  const columns = result.columns.map(({ name, type }) => ({ name, type: typeSql(type) }));
  const writers = result.columns.map(({ type }) => jsonWriter(type, result.timeZone));
  yield `{"columns":${JSON.stringify(columns)},"rows":[`;
  let separator = '\n';
  const pieces = textPieces(result, (readers, row) => {
    const values = writers.map((write, column) => write(readers[column]?.(row) ?? null));
    return `[${values.join(',')}]`;
  });
  for await (const rows of pieces) {
    yield separator + rows.join(',\n');
    separator = ',\n';
  }
  yield '\n]}\n';
}
