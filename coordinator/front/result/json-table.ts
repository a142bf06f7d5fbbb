import { typeSql } from '../../../engine/plan/types.ts';
import { jsonWriter } from './json-value.ts';
import { batchReaders, type Result } from './result.ts';

/**
 * One JSON object: `{"columns":[{"name","type"}],"rows":[[..]]}`, a line a row, names as they are, values as `jsonWriter` writes them. A
 * reader of a result that breaks off finds no valid JSON.
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
