import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteLiteral } from '../../../../engine/plan/types.ts';

/** A query that returns 20 rows with a column of every type that Parquet can store. The view casts columns to ENUM and ARRAY. */
const ROWS = `
  SELECT i::INTEGER AS i, (i % 7)::TINYINT AS ti, i % 2 = 0 AS bo, i * 1.5 AS d, (i / 4)::FLOAT AS f,
    (i * 1.11)::DECIMAL(4, 2) AS d4, (i * 3.337)::DECIMAL(9, 3) AS d9, (i * 12345.6789)::DECIMAL(18, 4) AS d18,
    (i * 98765.4321)::DECIMAL(38, 4) AS d38, 'str' || i AS s, CASE WHEN i % 3 > 0 THEN 'x' || (i % 4) END AS sn,
    {'a': i::INTEGER, 'b': 'b' || i} AS st, [i::INTEGER, (i + 1)::INTEGER, (i * 2)::INTEGER] AS l,
    map([i::INTEGER + 4, 3], ['m' || i, 'three']) AS m, [i::INTEGER, i::INTEGER * 2] AS arr,
    TIMESTAMP '2020-01-01 01:02:03.456789' + to_days(i::INTEGER * 11) AS ts, DATE '2020-01-31' + (i * 17)::INTEGER AS dt,
    to_days(i::INTEGER) + to_hours(i) AS iv, (['sad', 'ok', 'happy'])[1 + i % 3] AS en,
    CASE WHEN i % 4 > 0 THEN (i * 3)::INTEGER END AS nn
  FROM range(20) AS t(i)`;

/** A folder of test files. */
export interface TestTables {
  readonly directory: string;
  remove(): void;
}

/**
 * Creates the view `x` over one Parquet file, and more Parquet files for direct reads. `parts/a=1/b=x` and `parts/a=2/b=y` are Hive
 * partitions, and only the second has the column z. `groups.parquet` has 10,000 rows in row groups of 2,048.
 */
export async function makeTables(connection: DuckDBConnection): Promise<TestTables> {
  const directory = mkdtempSync(join(tmpdir(), 'volley-plan-'));
  const path = (name: string): string => quoteLiteral(join(directory, name));
  const run = (sql: string) => connection.run(sql);
  for (const part of ['parts/a=1/b=x', 'parts/a=2/b=y']) mkdirSync(join(directory, part), { recursive: true });
  await run(`COPY (${ROWS}) TO ${path('x.parquet')}`);
  await run("CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy')");
  await run(
    `CREATE VIEW x AS SELECT * REPLACE (en::mood AS en, arr::INTEGER[2] AS arr) FROM read_parquet(${path('x.parquet')})`,
  );
  await run('CREATE SEQUENCE sq');
  await run(`COPY (SELECT range AS i FROM range(3)) TO ${path('parts/a=1/b=x/f.parquet')}`);
  await run(`COPY (SELECT range AS i, 5 AS z FROM range(3)) TO ${path('parts/a=2/b=y/f.parquet')}`);
  await run(
    `COPY (SELECT range AS i, 'row ' || range AS s FROM range(10000)) TO ${path('groups.parquet')} (ROW_GROUP_SIZE 2048)`,
  );
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
}
