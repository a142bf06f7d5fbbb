import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';

/** Tables with edge cases: NULL keys, duplicates, NaN and -0.0, empty files, and a table without rows. */
const ROWS: Readonly<Record<string, string>> = {
  x: `SELECT i::INTEGER AS i,
        CASE WHEN i % 7 = 0 THEN NULL ELSE 'g' || (i % 5) END AS g,
        CASE WHEN i % 11 = 0 THEN NULL ELSE ((i * 37) % 1000 - 300)::DECIMAL(15,2) / 4 END::DECIMAL(15,2) AS d,
        ((i * 7919) % 100000)::DECIMAL(28,12) / 7 AS wide,
        CASE WHEN i % 13 = 0 THEN 'nan'::DOUBLE WHEN i % 17 = 0 THEN -0.0 WHEN i % 19 = 0 THEN 0.0 ELSE i / 8.0 END AS f,
        DATE '2020-01-01' + (i % 40)::INTEGER AS dt,
        TIMESTAMP '2020-01-01 00:00:00' + to_hours(i) AS ts,
        i % 3 = 0 AS bo,
        CASE WHEN i % 4 = 0 THEN NULL ELSE (i * 31) % 23 END::BIGINT AS n,
        CASE WHEN i % 6 = 0 THEN NULL ELSE list_value(i, i + 1)::INTEGER[] END AS l
      FROM range(400) t(i)`,
  y: `SELECT (i % 60)::INTEGER AS i,
        CASE WHEN i % 9 = 0 THEN NULL ELSE 'g' || (i % 8) END AS g,
        (i % 23)::BIGINT AS n,
        ((i * 13) % 500)::DECIMAL(9,2) AS d,
        CASE WHEN i % 13 = 0 THEN 'nan'::DOUBLE WHEN i % 5 = 0 THEN 0.0 ELSE i / 8.0 END AS f,
        's' || i AS s
      FROM range(150) t(i)`,
  nulls: `SELECT CASE WHEN i % 10 = 0 THEN NULL ELSE i END::INTEGER AS i, i AS k FROM range(50) t(i)`,
  nothing: `SELECT i::INTEGER AS i, 'g' AS g, i::BIGINT AS n, i::DECIMAL(15,2) AS d FROM range(0) t(i)`,
  one: 'SELECT 5::INTEGER AS i, 3::BIGINT AS n',
};

/** A folder with the files of all tables. Some files are empty. The connection has a view of each table. */
export interface EdgeCaseData {
  readonly folder: string;
  remove(): Promise<void>;
}

/** Writes the tables to a new temporary folder as Parquet files and creates the views. */
export async function writeEdgeCaseData(connection: DuckDBConnection): Promise<EdgeCaseData> {
  const folder = await mkdtemp(join(tmpdir(), 'volley-planner-'));
  for (const [name, rows] of Object.entries(ROWS)) {
    await connection.run(
      `CREATE OR REPLACE TEMP TABLE source AS SELECT *, row_number() OVER () AS place FROM (${rows})`,
    );
    const files = name === 'one' ? 1 : 6;
    for (let file = 0; file < files; file += 1) {
      // File 3 has no rows, so every plan has tasks that read no rows.
      const share = files === 1 ? 'true' : `place % 5 = ${file > 3 ? file - 1 : file === 3 ? -1 : file}`;
      await connection.run(
        `COPY (SELECT * EXCLUDE (place) FROM source WHERE ${share} ORDER BY place) TO '${folder}/${name}.${file}.parquet' (FORMAT parquet)`,
      );
    }
    await connection.run(`CREATE VIEW ${name} AS SELECT * FROM read_parquet('${folder}/${name}.*.parquet')`);
  }
  return { folder, remove: () => rm(folder, { recursive: true }) };
}
