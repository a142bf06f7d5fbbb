import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import type { QueryResult } from '../../functions/embedded/job-result.ts';
import type { EmbeddedSession } from '../../functions/embedded/session.ts';
import { type Answer, answerOf, assertSameAnswer, plainAnswer } from './compare.ts';

const folder = new URL('./queries/', import.meta.url);

/** The 22 TPC-H queries in order, `q01` to `q22`. */
export const tpchQueries: readonly { readonly name: string; readonly sql: string }[] = readdirSync(folder)
  .sort()
  .map((file) => ({ name: file.replace('.sql', ''), sql: readFileSync(new URL(file, folder), 'utf8') }));
assert.equal(tpchQueries.length, 22);

/** Plain DuckDB, which computes the expected rows. */
export interface Judge {
  answer(sql: string): Promise<Answer>;
  close(): void;
}

/** Opens plain DuckDB on the Parquet files of a folder, one table per file. */
export async function openJudge(data: string): Promise<Judge> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const file of readdirSync(data)) {
    await connection.run(`CREATE VIEW ${file.replace('.parquet', '')} AS FROM read_parquet('${data}/${file}')`);
  }
  return {
    answer: (sql) => plainAnswer(connection, sql),
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** Runs a query in a session after the `SET` statements in `sets`. Fails if the rows differ from plain DuckDB's. */
export async function runJudged(
  session: EmbeddedSession,
  judge: Judge,
  sql: string,
  sets = '',
): Promise<QueryResult & { readonly kind: 'rows' }> {
  const result = await session.run(sets + sql, { resultFormat: 'arrow', explain: false });
  assert.ok(result.kind === 'rows');
  const answer = await answerOf(result.result);
  await result.release();
  assertSameAnswer(answer, await judge.answer(sql));
  return result;
}
