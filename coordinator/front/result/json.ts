import { uniqueNames } from './column-names.ts';
import { jsonWriter } from './json-value.ts';
import { batchReaders, type Result } from './result.ts';

/** One JSON object a row, without line breaks; repeated column names are made unique. A batch at a time. */
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

/** An array of objects, one line a row. */
export async function* formatJson(result: Result): AsyncGenerator<string> {
  let isFirst = true;
  for await (const rows of objects(result)) {
    if (rows.length === 0) continue;
    yield `${isFirst ? '[\n' : ',\n'}${rows.join(',\n')}`;
    isFirst = false;
  }
  yield isFirst ? '[]\n' : '\n]\n';
}

/** Newline-delimited JSON: one object a line. */
export async function* formatNdjson(result: Result): AsyncGenerator<string> {
  for await (const rows of objects(result)) {
    if (rows.length > 0) yield `${rows.join('\n')}\n`;
  }
}
