/** What runs while things break, and what must come out of it. */
import { mkdtempSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { type Answer, plainAnswer } from '../../test/tpch/compare.ts';
import { generateTpch } from '../tpch/generate.ts';

const folder = new URL('../../test/tpch/queries/', import.meta.url);
const SCALE = 0.01;
const ROW_GROUP_SIZE = 2048;
/** Joins of many stages. */
const NAMES = ['q05', 'q07', 'q08', 'q09', 'q18', 'q21'];

export interface ChaosQuery {
  readonly name: string;
  readonly sql: string;
  readonly expected: Answer;
}

/** Makes TPC-H's tables in a temporary folder, which is the caller's to remove. */
export async function makeData(): Promise<string> {
  const data = realpathSync(mkdtempSync(join(tmpdir(), 'volley-chaos-data-')));
  await generateTpch({ scale: SCALE, directory: data, rowGroupSize: ROW_GROUP_SIZE });
  return data;
}

/** The queries and what plain DuckDB says to them. */
export async function loadQueries(data: string): Promise<readonly ChaosQuery[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const judge = await instance.connect();
  for (const file of readdirSync(data)) {
    await judge.run(`CREATE VIEW ${file.replace('.parquet', '')} AS FROM read_parquet('${data}/${file}')`);
  }
  const texts = [
    ...NAMES.map((name) => ({ name, sql: readFileSync(new URL(`${name}.sql`, folder), 'utf8') })),
    { name: 'wide', sql: WIDE },
  ];
  const queries: ChaosQuery[] = [];
  for (const { name, sql } of texts) queries.push({ name, sql, expected: await plainAnswer(judge, sql) });
  judge.closeSync();
  instance.closeSync();
  return queries;
}

/** Shuffles so many bytes that each task uploads in parts. */
const WIDE = `
  select count(*) as n, sum(length(text)) as letters, max(text)[1:20] as last
  from (select l_orderkey, l_linenumber, max(repeat(l_comment, 30)) as text from lineitem group by l_orderkey, l_linenumber)`;
