import type { Connection } from '../../../engine/duckdb/kernel/database.ts';
import { listField, objectOf } from '../../../engine/duckdb/plan/fields.ts';
import { parseJson } from '../../../engine/duckdb/plan/parse-json.ts';
import { quoteLiteral } from '../../../engine/plan/types.ts';
import type { ParsedText } from '../sql/check-script.ts';
import { stripUnicodeSpaces } from '../sql/unicode-spaces.ts';
import { refusalOf } from './query-error.ts';

/** Runs a query and returns the first column of its first row. */
export function answerText(connection: Connection, sql: string): string | null {
  return connection.query(sql).rows[0]?.[0] ?? null;
}

/**
 * Parses a text with DuckDB's parser, without binding it. Rejects a text that DuckDB would change before parsing it, because positions
 * would shift.
 */
export function parseSelects(connection: Connection, text: string): ParsedText {
  const read = stripUnicodeSpaces(text);
  if (read !== text) {
    const before = text.slice(0, firstDifference(text, read));
    return {
      kind: 'error',
      message: 'unsupported Unicode space (write a plain space instead)',
      bytePosition: Buffer.byteLength(before),
    };
  }
  const json = answerText(
    connection,
    `SELECT CAST(json_serialize_sql(${quoteLiteral(text)}, skip_default := true) AS VARCHAR)`,
  );
  const answer = objectOf(parseJson(json ?? ''), 'a parsed statement');
  const refusal = refusalOf(answer, text);
  if (refusal === undefined) return { kind: 'selects', statements: listField(answer, 'statements') };
  if (refusal.type === 'not implemented') return { kind: 'other' };
  const { message, bytePosition } = refusal;
  return { kind: 'error', message, ...(bytePosition === undefined ? {} : { bytePosition }) };
}

function firstDifference(left: string, right: string): number {
  let at = 0;
  while (left[at] === right[at]) at += 1;
  return at;
}
