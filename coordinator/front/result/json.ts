import { typeSql } from '../../../engine/plan/types.ts';
import { uniqueNames } from './column-names.ts';
import { jsonWriter } from './json-value.ts';
import type { Result } from './result.ts';
import { rowLines } from './row-lines.ts';
import { type RowPiece, rowPieces } from './row-pieces.ts';

/** The members of one JSON object per row, without line breaks. Repeated column names are made unique. */
function members(result: Result): AsyncGenerator<RowPiece<string>> {
  const names = uniqueNames(result.columns.map((column) => column.name));
  return rowPieces(result, ({ type }, index) => {
    const key = `${JSON.stringify(names[index])}:`;
    const write = jsonWriter(type, result.timeZone);
    return (value) => key + write(value);
  });
}

/** A JSON array of objects, with one row per line. */
export async function* formatJson(result: Result): AsyncGenerator<string> {
  let isFirst = true;
  for await (const piece of members(result)) {
    yield isFirst ? '[\n' : ',\n';
    yield* rowLines(piece, { start: '{', separator: ',', end: '}', between: ',\n' });
    isFirst = false;
  }
  yield isFirst ? '[]\n' : '\n]\n';
}

/** Newline-delimited JSON: one object per line. */
export async function* formatNdjson(result: Result): AsyncGenerator<string> {
  for await (const piece of members(result)) {
    yield* rowLines(piece, { start: '{', separator: ',', end: '}\n', between: '' });
  }
}

/**
 * One JSON object: `{"columns":[{"name","type"}],"rows":[[..]]}`, with one row per line. Column names are unchanged. `jsonWriter` writes
 * the values. A truncated result is not valid JSON.
 */
export async function* formatJsonTable(result: Result): AsyncGenerator<string> {
  const columns = result.columns.map(({ name, type }) => ({ name, type: typeSql(type) }));
  yield `{"columns":${JSON.stringify(columns)},"rows":[`;
  let separator = '\n';
  const pieces = rowPieces(result, ({ type }) => jsonWriter(type, result.timeZone));
  for await (const piece of pieces) {
    yield separator;
    yield* rowLines(piece, { start: '[', separator: ',', end: ']', between: ',\n' });
    separator = ',\n';
  }
  yield '\n]}\n';
}
