import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { CheckAnswer } from '../../../coordinator/binder/binder-protocol.ts';
import { parseScript, type Statement } from '../../../coordinator/binder/sql/statements.ts';
import { type Connection, Database } from '../../../engine/duckdb/kernel/database.ts';
import { DuckdbError } from '../../../engine/duckdb/kernel/error.ts';
import { quoteIdentifier, quoteLiteral } from '../../../engine/plan/types.ts';
import type { World } from './world.ts';

/** How plain DuckDB reads a script that the checks accepted. */
export type Judgement =
  | { readonly kind: 'bound'; readonly columns: readonly string[] }
  /** DuckDB rejects the script. */
  | { readonly kind: 'refused' }
  /** DuckDB's reading of the script differs from the check's report. */
  | { readonly kind: 'different'; readonly how: string };

/** Leaf operators of DuckDB's plans that read only their arguments and other parts of the plan. */
const PURE_LEAVES = new Set([
  'COLUMN_DATA_SCAN',
  'CTE_SCAN',
  'DELIM_SCAN',
  'DUMMY_SCAN',
  'EMPTY_RESULT',
  'EXPRESSION_SCAN',
  'GENERATE_SERIES',
  'JSON_EACH',
  'JSON_TREE',
  'RANGE',
  'REC_CTE_SCAN',
  'REPEAT',
  'UNNEST',
]);

/** An unrestricted DuckDB in which every table and decoy of a world exists. */
export class ScriptJudge {
  readonly #world: World;
  readonly #database = Database.open();
  readonly #splitter: DuckDBConnection;

  private constructor(world: World, splitter: DuckDBConnection) {
    this.#world = world;
    this.#splitter = splitter;
  }

  static async open(world: World): Promise<ScriptJudge> {
    const instance = await DuckDBInstance.create(':memory:');
    return new ScriptJudge(world, await instance.connect());
  }

  close(): void {
    this.#splitter.closeSync();
    this.#database.close();
  }

  /** Binds an accepted script, and compares the files that DuckDB reads with those that the check reported. */
  async judge(script: string, checked: CheckAnswer): Promise<Judgement> {
    const statements = parseScript(script).map(({ statement }) => statement);
    const count = await this.#countStatements(script);
    if (count !== undefined && count !== statements.length)
      return { kind: 'different', how: `DuckDB finds ${count} statements, and the check finds ${statements.length}` };
    const connection = this.#database.connect();
    try {
      for (const [name, path] of this.#world.paths)
        connection.run(`CREATE TEMP VIEW ${quoteIdentifier(name)} AS FROM read_parquet(${quoteLiteral(path)})`);
      return this.#bind(connection, statements, this.#reported(checked));
    } catch (error) {
      if (error instanceof DuckdbError) return { kind: 'refused' };
      throw error;
    } finally {
      connection.close();
    }
  }

  /** Returns `undefined` if DuckDB's grammar rejects the script. */
  async #countStatements(script: string): Promise<number | undefined> {
    try {
      return (await this.#splitter.extractStatements(script)).count;
    } catch {
      return undefined;
    }
  }

  #reported(checked: CheckAnswer): ReadonlySet<string> {
    const tables = checked.tables.map((name) => this.#world.paths.get(name) ?? name);
    return new Set([...tables, ...checked.files.flatMap(({ locations }) => locations)]);
  }

  #bind(connection: Connection, statements: readonly Statement[], reported: ReadonlySet<string>): Judgement {
    let columns: readonly string[] = [];
    for (const statement of statements) {
      if (statement.kind === 'set' || statement.kind === 'show-tables') continue;
      const { text } = statement.query;
      const read = filesRead(connection, text);
      for (const file of read) {
        if (!reported.has(file)) return { kind: 'different', how: `DuckDB reads ${this.#nameOf(file)} in ${text}` };
      }
      const prepared = connection.prepare(text);
      columns = prepared.columns().map(({ name }) => name);
      prepared.close();
      if (statement.kind !== 'create-view') continue;
      const names = statement.columns.length === 0 ? '' : `(${statement.columns.map(quoteIdentifier).join(', ')})`;
      // The view hides the decoy of the same name.
      connection.run(`CREATE OR REPLACE TEMP VIEW ${quoteIdentifier(statement.name)} ${names} AS ${text}`);
    }
    return { kind: 'bound', columns };
  }

  #nameOf(file: string): string {
    const [name] = [...this.#world.paths].find(([, path]) => path === file) ?? [];
    return name === undefined ? file : `the table ${name}`;
  }
}

/**
 * Returns the files that a query reads, and the names of other sources. Throws DuckDB's error if the query is invalid.
 */
function filesRead(connection: Connection, query: string): readonly string[] {
  const call = `json_serialize_plan(${quoteLiteral(query)}, skip_default := true, optimize := false)`;
  const json = connection.query(`SELECT CAST(${call} AS VARCHAR)`).rows[0]?.[0] ?? '';
  const plan: unknown = JSON.parse(json.replace(/:(-?)(Infinity|NaN|nan)\b/g, ':null'));
  if (!isRecord(plan) || plan['error'] !== true) return sources(plan);
  const type = String(plan['error_type']);
  if (type !== 'not implemented' && type !== 'serialization')
    throw new DuckdbError(`${type} Error: ${plan['error_message']}`);
  // A plan that cannot be serialized has sources other than files and constants.
  const explained = connection.query(`EXPLAIN (FORMAT JSON) ${query}`).rows[0]?.[1] ?? '[]';
  return leaves(JSON.parse(explained)).filter((leaf) => !PURE_LEAVES.has(leaf));
}

/** Returns the files of every scan in a plan, and the names of scans without files. */
function sources(plan: unknown): readonly string[] {
  if (Array.isArray(plan)) return plan.flatMap(sources);
  if (!isRecord(plan)) return [];
  const below = Object.values(plan).flatMap(sources);
  if (plan['type'] !== 'LOGICAL_GET') return below;
  const data = plan['function_data'];
  const files = isRecord(data) ? data['files'] : undefined;
  const name = String(plan['name']);
  if (Array.isArray(files)) return [...below, ...files.map(String)];
  return PURE_LEAVES.has(name.toUpperCase()) ? below : [...below, name];
}

function leaves(plan: unknown): readonly string[] {
  if (Array.isArray(plan)) return plan.flatMap(leaves);
  if (!isRecord(plan)) return [];
  const children = plan['children'];
  if (Array.isArray(children) && children.length > 0) return leaves(children);
  const name = String(plan['name']).trim();
  return [name];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
