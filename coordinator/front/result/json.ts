import { typeSql } from '../../../engine/plan/types.ts';
import { uniqueNames } from './column-names.ts';
import { jsonWriter } from './json-value.ts';
import { batchReaders, type Result } from './result.ts';

/** One JSON object per row, without line breaks, a batch at a time; repeated column names are made unique. */
async function* objects(result: Result): AsyncGenerator<readonly string[]> {
  const names = uniqueNames(result.columns.map((column) => column.name));
  const writers = result.columns.map((column, index) => ({
    key: `${JSON.stringify(names[index])}:`,
    write: jsonWriter(column.type, result.timeZone),
  }));
  for await (const part of result.batches) {
    const readers = batchReaders(result.columns, part);
    const rows: string[] = [];
    for (let row = 0; row < part.batch.rows; row += 1) {
      const fields = writers.map(({ key, write }, column) => key + write(readers[column]?.(row) ?? null));
      rows.push(`{${fields.join(',')}}`);
    }
    yield rows;
  }
}

/** An array of objects, one row per line. */
export async function* formatJson(result: Result): AsyncGenerator<string> {
  let isFirst = true;
  for await (const rows of objects(result)) {
    if (rows.length === 0) continue;
    yield `${isFirst ? '[\n' : ',\n'}${rows.join(',\n')}`;
    isFirst = false;
  }
  yield isFirst ? '[]\n' : '\n]\n';
}

/** Newline-delimited JSON: one object per line. */
export async function* formatNdjson(result: Result): AsyncGenerator<string> {
  for await (const rows of objects(result)) {
    if (rows.length > 0) yield `${rows.join('\n')}\n`;
  }
}

/**
 * One JSON object: `{"columns":[{"name","type"}],"rows":[[..]]}`, one row per line, with names unchanged and values as `jsonWriter` writes
 * them. A result that breaks off is not valid JSON.
 */
export async function* formatJsonTable(result: Result): AsyncGenerator<string> {
  const columns = result.columns.map(({ name, type }) => ({ name, type: typeSql(type) }));
  const writers = result.columns.map(({ type }) => jsonWriter(type, result.timeZone));
  yield `{"columns":${JSON.stringify(columns)},"rows":[`;
  let separator = '\n';
  for await (const part of result.batches) {
    const readers = batchReaders(result.columns, part);
    const rows = Array.from({ length: part.batch.rows }, (_, row) => {
      const values = writers.map((write, column) => write(readers[column]?.(row) ?? null));
      return `[${values.join(',')}]`;
    });
    if (rows.length === 0) continue;
    yield separator + rows.join(',\n');
    separator = ',\n';
  }
  yield '\n]}\n';
}
