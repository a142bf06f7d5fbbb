import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { type Connection, Database } from '../../../engine/duckdb/kernel/database.ts';
import { quoteLiteral } from '../../../engine/plan/types.ts';

/** Creates a temporary folder that is removed when the test ends. */
export async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'volley-test-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Calls `use` with a connection to a separate, unrestricted DuckDB. */
function withDuckdb<T>(use: (connection: Connection) => T): T {
  const database = Database.open();
  const connection = database.connect();
  try {
    return use(connection);
  } finally {
    connection.close();
    database.close();
  }
}

/** Returns the rows of a query. Every column must be text. */
export function queryRows(sql: string): readonly (readonly (string | null)[])[] {
  return withDuckdb((connection) => connection.query(sql).rows);
}

/** Writes the rows of a query to a Parquet file. */
export function writeParquet(path: string, query: string, options = ''): void {
  const sql = `COPY (${query}) TO ${quoteLiteral(path)} (FORMAT parquet${options === '' ? '' : `, ${options}`})`;
  withDuckdb((connection) => connection.run(sql));
}
