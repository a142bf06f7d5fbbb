import type { Result } from '../../../../coordinator/front/result/result.ts';
import { decodeStream } from '../../../../engine/arrow/decode-stream.ts';
import {
  END_OF_STREAM,
  encodeBatchMessage,
  encodeSchemaMessage,
  joinParts,
} from '../../../../engine/arrow/encode-stream.ts';
import { Database } from '../../../../engine/duckdb/kernel/database.ts';
import { OutputStream } from '../../../../engine/duckdb/kernel/output.ts';
import { WIRE_SETTINGS, wireField, writeSql } from '../../../../engine/duckdb/wire-types.ts';
import { quoteLiteral } from '../../../../engine/plan/types.ts';

/** Runs a query and returns its result as a coordinator receives it: in wire types, through an Arrow IPC stream. */
export function resultOf(sql: string, timeZone = 'UTC'): Result {
  const connection = Database.open().connect();
  connection.run(`SET TimeZone = ${quoteLiteral(timeZone)}`);
  for (const setting of WIRE_SETTINGS) connection.run(`SET ${setting}`);
  const statement = connection.prepare(sql);
  const columns = statement.columns();
  statement.close();
  const fields = columns.map(({ name, type }) => wireField(name, type));
  const values = columns.map(({ type }, index) => writeSql(type, `c${index}`));
  const names = columns.map((_, index) => `c${index}`).join(', ');
  const stream = new OutputStream(connection, `SELECT ${values.join(', ')} FROM (${sql}) AS t(${names})`, fields);
  const parts: Uint8Array[] = [encodeSchemaMessage(fields)];
  for (let batch = stream.next(); batch !== undefined; batch = stream.next()) {
    // The next batch reuses the memory of this batch.
    parts.push(joinParts(encodeBatchMessage(fields, batch)));
  }
  parts.push(END_OF_STREAM);
  stream.close();
  connection.close();
  const decoded = decodeStream(joinParts(parts));
  async function* batches() {
    for (const batch of decoded.batches) yield { fields: decoded.fields, batch };
  }
  return { columns, timeZone, batches: batches() };
}

/** Joins all chunks of a text format. */
export async function textOf(chunks: AsyncIterable<string | Uint8Array>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
  return text;
}

/** Joins all chunks of a binary format. */
export async function bytesOf(chunks: AsyncIterable<string | Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(typeof chunk === 'string' ? Buffer.from(chunk) : Uint8Array.from(chunk));
  return joinParts(parts);
}
