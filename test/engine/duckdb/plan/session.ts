import { type DuckDBConnection, DuckDBInstance, type DuckDBResultReader } from '@duckdb/node-api';
import { readPlan } from '../../../../engine/duckdb/plan/read-plan.ts';
import type { ResolvedFile } from '../../../../engine/duckdb/plan/reading.ts';
import type { RenderContext, SourceFile } from '../../../../engine/duckdb/render/context.ts';
import { renderFragment } from '../../../../engine/duckdb/render/relations.ts';
import type { LogicalPlan } from '../../../../engine/plan/logical-plan.ts';
import { quoteLiteral, typeSql } from '../../../../engine/plan/types.ts';
import { dataTypeOf } from './duckdb-types.ts';

/** Settings of the connection that makes plans. */
const PLAN_SETTINGS = [
  "SET disabled_optimizers = 'column_lifetime,compressed_materialization,late_materialization'",
  "SET explain_output = 'optimized_only'",
  "SET TimeZone = 'UTC'",
];

/** The column types and rows of a result. Types are SQL names, and values are text. */
export interface Answer {
  readonly types: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Two connections: one for binding, whose catalog the caller fills, and one that reads only files, like an executor. */
export interface Session {
  readonly binder: DuckDBConnection;
  readonly executor: DuckDBConnection;
}

export async function openSession(): Promise<Session> {
  const binder = await (await DuckDBInstance.create(':memory:')).connect();
  const executor = await (await DuckDBInstance.create(':memory:')).connect();
  for (const setting of PLAN_SETTINGS) await binder.run(setting);
  await executor.run("SET TimeZone = 'UTC'");
  return { binder, executor };
}

/** Returns DuckDB's plan for a statement. By default, the location of each file is its path. */
export async function planOf(
  { binder }: Session,
  sql: string,
  resolveFile: (path: string) => ResolvedFile = resolveToItself,
): Promise<LogicalPlan> {
  const text = (reader: DuckDBResultReader, column: number): string => String(reader.getRows()[0]?.[column] ?? '');
  const serialized = await binder.runAndReadAll(
    `SELECT json_serialize_plan(${quoteLiteral(sql)}, skip_default := true, optimize := true)`,
  );
  const statement = await binder.prepare(sql);
  const columns = Array.from({ length: statement.columnCount }, (_, index) => ({
    name: statement.columnName(index),
    type: dataTypeOf(statement.columnType(index)),
  }));
  const explained = await binder.runAndReadAll(`EXPLAIN (FORMAT JSON) ${sql}`);
  return readPlan({
    planJson: text(serialized, 0),
    explainJson: text(explained, 1),
    columns,
    timeZone: 'UTC',
    resolveFile,
  });
}

export function resolveToItself(path: string): ResolvedFile {
  return { location: path, identity: { sizeBytes: 1, version: 'test' } };
}

/** Returns a context that reads the parts of each file that `cut` returns. By default, `cut` returns the whole file. */
export function contextOf(
  plan: LogicalPlan,
  cut: (file: SourceFile) => readonly SourceFile[] = (file) => [file],
): RenderContext {
  return {
    source: (table) => {
      const { files = [], columns = [] } = plan.tables[table] ?? {};
      const sources = files.map(({ location }, fileIndex) => ({ path: location, location, fileIndex }));
      return { files: sources.flatMap(cut), columns };
    },
    readWire: (_type, sql) => sql,
  };
}

export async function answerTo(connection: DuckDBConnection, sql: string): Promise<Answer> {
  const reader = await connection.runAndReadAll(sql);
  return {
    types: reader.columnTypes().map((type) => typeSql(dataTypeOf(type))),
    rows: reader.getRows().map((row) => row.map((value) => String(value))),
  };
}

/** Runs a statement and the SQL rendered from its plan, and returns both answers. */
export async function bothAnswers(
  session: Session,
  sql: string,
): Promise<{ readonly direct: Answer; readonly rendered: Answer }> {
  const plan = await planOf(session, sql);
  const direct = await answerTo(session.binder, sql);
  const rendered = await answerTo(session.executor, renderFragment(plan.root, contextOf(plan)));
  return { direct, rendered };
}

/**
 * Returns how two answers differ, or undefined if they are equal. Ignores the order of rows unless `ordered` is set. Numbers may differ
 * by a relative 1e-9.
 */
export function difference(direct: Answer, rendered: Answer, ordered: boolean): string | undefined {
  const [expectedTypes, actualTypes] = [direct.types.join(', '), rendered.types.join(', ')];
  if (expectedTypes !== actualTypes) return `types ${actualTypes} instead of ${expectedTypes}`;
  if (direct.rows.length !== rendered.rows.length)
    return `${rendered.rows.length} rows instead of ${direct.rows.length}`;
  const [expected, actual] = ordered ? [direct.rows, rendered.rows] : [sorted(direct.rows), sorted(rendered.rows)];
  for (const [index, row] of expected.entries()) {
    const other = actual[index] ?? [];
    if (!row.every((value, column) => sameValue(value, other[column] ?? ''))) {
      return `row ${index} is (${other.join(', ')}) instead of (${row.join(', ')})`;
    }
  }
  return undefined;
}

function sorted(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const key = (row: readonly string[]): string => row.map(rounded).join('\u0001');
  return [...rows].sort((left, right) => (key(left) < key(right) ? -1 : 1));
}

function rounded(value: string): string {
  return isFraction(value) ? Number(value).toPrecision(7) : value;
}

function isFraction(value: string): boolean {
  return /^-?\d+\.\d+(e[+-]?\d+)?$/.test(value);
}

function sameValue(left: string, right: string): boolean {
  if (left === right) return true;
  if (!isFraction(left) && !isFraction(right)) return false;
  const [a, b] = [Number(left), Number(right)];
  return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
}
