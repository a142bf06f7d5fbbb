/** The queries that run during faults, and their expected results. */
import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Answer } from '../../test/tpch/compare.ts';
import { openJudge, tpchQueries } from '../../test/tpch/judge.ts';
import { generateTpch } from '../tpch/generate.ts';

const SCALE = 0.01;
const ROW_GROUP_SIZE = 2048;
/** TPC-H queries whose joins have many stages. */
const NAMES = ['q05', 'q07', 'q08', 'q09', 'q18', 'q21'];

export interface ChaosQuery {
  readonly name: string;
  readonly sql: string;
  readonly expected: Answer;
}

/** Generates TPC-H tables in a temporary folder. The caller removes it. */
export async function makeData(): Promise<string> {
  const data = realpathSync(mkdtempSync(join(tmpdir(), 'volley-chaos-data-')));
  await generateTpch({ scale: SCALE, directory: data, rowGroupSize: ROW_GROUP_SIZE });
  return data;
}

/** Loads the queries with the results of plain DuckDB. */
export async function loadQueries(data: string): Promise<readonly ChaosQuery[]> {
  const judge = await openJudge(data);
  const texts = [...tpchQueries.filter(({ name }) => NAMES.includes(name)), { name: 'wide', sql: WIDE }];
  const queries: ChaosQuery[] = [];
  for (const { name, sql } of texts) queries.push({ name, sql, expected: await judge.answer(sql) });
  judge.close();
  return queries;
}

/** Shuffles enough bytes that each task needs a multipart upload. */
const WIDE = `
  select count(*) as n, sum(length(text)) as letters, max(text)[1:20] as last
  from (select l_orderkey, l_linenumber, max(repeat(l_comment, 30)) as text from lineitem group by l_orderkey, l_linenumber)`;
