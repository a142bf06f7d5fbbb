import { readFile, stat } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { readPlan } from '../../engine/duckdb/plan/read-plan.ts';
import type { LogicalPlan } from '../../engine/plan/logical-plan.ts';
import type { DataType } from '../../engine/plan/types.ts';
import { scalar, VARCHAR } from '../../engine/plan/types.ts';
import type { ParquetFile } from '../../engine/scan/parquet-file.ts';
import { readParquetFooter } from '../../engine/scan/parquet-footer.ts';

/** A statement bound by DuckDB, with the layout of every file it reads. */
export interface BoundStatement {
  readonly plan: LogicalPlan;
  readonly layout: (table: number, file: number) => ParquetFile | undefined;
}

/** Makes views over Parquet files (paths or globs) and sets what plans are serialised with. */
export async function prepareCatalog(connection: DuckDBConnection, tables: Readonly<Record<string, string>>): Promise<void> {
  await connection.run(`SET disabled_optimizers = 'column_lifetime,compressed_materialization,late_materialization'`);
  await connection.run(`SET explain_output = 'optimized_only'`);
  await connection.run(`SET TimeZone = 'UTC'`);
  for (const [name, path] of Object.entries(tables)) {
    await connection.run(`CREATE VIEW ${name} AS SELECT * FROM read_parquet('${path}')`);
  }
}

/** Binds and optimizes a statement over the views of `prepareCatalog`. */
export async function bindStatement(connection: DuckDBConnection, sql: string): Promise<BoundStatement> {
  const literal = `'${sql.replaceAll("'", "''")}'`;
  const serialize = `SELECT json_serialize_plan(${literal}, skip_default := true, optimize := true)`;
  const planJson = String((await connection.runAndReadAll(serialize)).getRowsJS()[0]?.[0]);
  const explainJson = String((await connection.runAndReadAll(`EXPLAIN (FORMAT JSON) ${sql}`)).getRowsJS()[0]?.[1]);
  const described = (await connection.runAndReadAll(`DESCRIBE ${sql}`)).getRowsJS();
  const types = described.map((row) => String(row[1]));
  const paths = new Set<string>();
  const read = () =>
    readPlan({
      planJson,
      explainJson,
      columns: described.map((row, index) => ({ name: String(row[0]), type: typeOfText(types[index] ?? '') })),
      timeZone: 'UTC',
      resolveFile: (path) => {
        paths.add(path);
        const identity = { sizeBytes: sizes.get(path) ?? 0, version: '1' };
        return { location: path, identity, table: path.split('/').at(-1)?.split('.')[0] ?? path };
      },
    });
  const sizes = new Map<string, number>();
  read();
  const layouts = new Map<string, ParquetFile>();
  for (const path of paths) {
    const bytes = await readFile(path);
    sizes.set(path, (await stat(path)).size);
    const footer = await readParquetFooter(path, bytes.length, async ({ start, end }) => bytes.subarray(start, end));
    layouts.set(path, footer.layout);
  }
  const plan = read();
  return { plan, layout: (table, file) => layouts.get(plan.tables[table]?.files[file]?.location ?? '') };
}

/** The types the tests' queries have. Anything else would fail the plan's own check of its columns. */
export function typeOfText(text: string): DataType {
  const decimal = /^DECIMAL\((\d+),(\d+)\)$/.exec(text);
  if (decimal !== null) return { kind: 'decimal', width: Number(decimal[1]), scale: Number(decimal[2]) };
  if (text.endsWith('[]')) return { kind: 'list', child: typeOfText(text.slice(0, -2)) };
  return text === 'VARCHAR' ? VARCHAR : scalar(text as Parameters<typeof scalar>[0]);
}
