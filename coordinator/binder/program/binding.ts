import type { Connection } from '../../../engine/duckdb/kernel/database.ts';
import { DuckdbError, fileReason } from '../../../engine/duckdb/kernel/error.ts';
import { objectOf } from '../../../engine/duckdb/plan/fields.ts';
import { type JsonObject, type JsonValue, parseJson } from '../../../engine/duckdb/plan/parse-json.ts';
import { readPlan } from '../../../engine/duckdb/plan/read-plan.ts';
import { FabricError } from '../../../engine/errors.ts';
import { foldName } from '../../../engine/plan/fold-name.ts';
import type { LogicalPlan } from '../../../engine/plan/logical-plan.ts';
import { quoteIdentifier, quoteLiteral } from '../../../engine/plan/types.ts';
import type { BinderTable, BindRequest } from '../binder-protocol.ts';
import { checkQuery } from '../sql/allow-list.ts';
import { type CheckedQuery, type CheckedScript, fileFunctionKey } from '../sql/check-script.ts';
import { machineError } from './machine-error.ts';
import { answerText, parseSelects } from './parse-selects.ts';
import { type Refusal, refusalOf, refusalOfError, refusedQuery } from './query-error.ts';
import { isRedirected } from './redirected.ts';
import { originalName, type RedirectedCall, type RewrittenText, readParquetSql, rewriteCalls } from './rewrite.ts';
import { type BoundTable, exactPath } from './stand-in-files.ts';
import { isPad } from './text-tables.ts';

/** The maximum size of a serialized plan. A plan contains folded constants as text, so large constants belong in a file. */
const MAX_PLAN_BYTES = 64 << 20;
/** These optimizers produce plans that cannot be serialized, or that contain calls that SQL cannot express. */
const DISABLED_OPTIMIZERS = 'column_lifetime,compressed_materialization,late_materialization';
/**
 * These optimizers can produce inconsistent plans, which cause an `internal` error when they are serialized. `common_aggregate` can merge
 * calls that became equal only after their arguments were folded. `top_n_window_elimination` fails if a window is ordered by a constant or
 * by an expression that reads no column.
 */
const FAULTY_OPTIMIZERS = 'common_aggregate,top_n_window_elimination';
/** All optimizers that take noticeable time. They are disabled when only the columns of a statement are needed. */
const ALL_OPTIMIZERS = [
  'expression_rewriter,filter_pullup,filter_pushdown,empty_result_pullup,cte_filter_pusher,regex_range,in_clause,join_order',
  'deliminator,unused_columns,statistics_propagation,common_subexpressions,common_aggregate,column_lifetime,limit_pushdown',
  'row_group_pruner,top_n,build_side_probe_side,compressed_materialization,duplicate_groups,reorder_filter,join_filter_pushdown',
  'materialized_cte,sum_rewriter,late_materialization,cte_inlining,common_subplan',
].join(',');

/** Binds one script on one connection: first its tables, then its views, then its statement. */
export class Binding {
  readonly #connection: Connection;
  readonly #request: BindRequest;
  readonly #script: CheckedScript;
  readonly #tables: ReadonlyMap<string, BoundTable>;
  /** The folded names of the views created so far, for tables, named files and the script's own views. */
  readonly #views = new Set<string>();
  /** The file function calls rewritten so far. */
  readonly #calls: RedirectedCall[] = [];
  #disabled = DISABLED_OPTIMIZERS;

  constructor(
    connection: Connection,
    request: BindRequest,
    script: CheckedScript,
    bind: (table: BinderTable) => BoundTable,
  ) {
    this.#connection = connection;
    this.#request = request;
    this.#script = script;
    const hasText = request.tables.some((table) => table.format !== 'parquet');
    // With cached metadata, DuckDB counts the rows of multi-file tables from their footers. The footers of stand-ins for text files do not
    // contain real counts.
    connection.run(`SET parquet_metadata_cache = ${!hasText}`);
    this.#disableOptimizers(this.#disabled);
    connection.run(`SET explain_output = 'optimized_only'`);
    this.#tables = new Map(request.tables.map((table) => [table.key, bind(table)]));
  }

  plan(): LogicalPlan {
    const { rows, views, tables, files } = this.#script;
    if (rows === undefined)
      throw new FabricError('INVALID_QUERY', 'The script has no statement that returns rows. Add one.');
    for (const name of tables) this.#createTable(name);
    // `FROM 'file'` reads a view with the file's name. A file function needs no view.
    for (const { key, format } of files) {
      if (format === undefined) this.#createTable(key);
      else this.#openReader(key, (reader) => this.#connection.prepare(`SELECT * FROM ${reader}`).close());
    }
    for (const view of views) {
      const text = this.#rewrite(view.query);
      // Serialize the query first, because only serialization errors have a position.
      this.#serialize(view.query, text, false);
      const columns = view.columns.length === 0 ? '' : ` (${view.columns.map(quoteIdentifier).join(', ')})`;
      this.#run(view.query, `CREATE TEMP VIEW ${quoteIdentifier(view.name)}${columns} AS ${text.text}`);
      this.#views.add(foldName(view.name));
    }
    switch (rows.kind) {
      case 'query':
      case 'explain':
        return this.#planQuery(rows.query, this.#rewrite(rows.query));
      case 'describe':
        return this.#planText(this.#describeSql(rows.query));
      case 'show-tables':
        return this.#planText(
          rowsSql(
            ['name'],
            [...this.#request.tableNames, ...views.map(({ name }) => name)].sort().map((name) => [name]),
          ),
        );
      default:
        return rows satisfies never;
    }
  }

  #createTable(key: string): void {
    this.#openReader(key, (reader) =>
      this.#connection.run(`CREATE TEMP VIEW ${quoteIdentifier(key)} AS SELECT * FROM ${reader}`),
    );
    this.#views.add(foldName(key));
  }

  /** Binds a reader of a table's files. Reports DuckDB's errors as `INPUT_INVALID`, because the files cause them. */
  #openReader(key: string, bind: (reader: string) => void): void {
    const table = this.#tables.get(key);
    if (table === undefined) throw new FabricError('INTERNAL', `The table ${key} was not sent to the binder.`);
    try {
      bind(readParquetSql(table.paths.map(exactPath)));
    } catch (error) {
      if (!(error instanceof DuckdbError) || error.type === 'out of memory' || machineError(error) !== undefined) {
        throw error;
      }
      const locations = [...table.resolved.values()].map(({ location }) => location);
      const [location = ''] = locations;
      const name = locations.length === 1 ? location : `One of ${locations.length} files (the first is ${location})`;
      throw new FabricError('INPUT_INVALID', `${name} cannot be read: ${fileReason(refusalOfError(error).message)}.`, {
        details: { location },
      });
    }
  }

  /** Redirects file functions to their stand-ins, and checks what the new text reads. */
  #rewrite(query: CheckedQuery): RewrittenText {
    const calls = query.fileFunctions.map((call) => {
      const table = this.#tables.get(fileFunctionKey(call));
      if (table === undefined)
        throw new FabricError('INTERNAL', `The files of ${call.name} were not sent to the binder.`);
      return { call, paths: table.paths.map(exactPath) };
    });
    this.#calls.push(...calls);
    const rewritten = rewriteCalls(query.source.text, calls);
    const final = this.#checkFinal(rewritten.text, calls);
    if (calls.length > 0 && !isRedirected(this.#parsed(query.source.text), final, calls)) {
      throw new FabricError(
        'INVALID_QUERY',
        "A file function of the query is written in an unsupported way. Write it as read_parquet('file') or read_parquet(['file', ...]).",
      );
    }
    return rewritten;
  }

  /**
   * Repeats the check on exactly the text that is bound. The text may call only allowed functions and read only views created here. Its
   * file functions may read only the stand-ins of `calls`. Returns the parse tree.
   */
  #checkFinal(text: string, calls: readonly RedirectedCall[]): JsonValue {
    const final = this.#parsed(text);
    const { tables, fileFunctions } = checkQuery(final);
    const unknown = tables.find(({ name }) => !this.#views.has(foldName(name)));
    if (unknown !== undefined) {
      throw new FabricError('UNKNOWN_TABLE', `There is no table ${unknown.name}. SHOW TABLES lists the tables.`, {
        details: { table: unknown.name },
      });
    }
    const allowed = new Set(calls.flatMap(({ paths }) => paths));
    if (!fileFunctions.every(({ locations }) => locations.every((location) => allowed.has(location)))) {
      throw new FabricError(
        'LOCATION_NOT_ALLOWED',
        'The query reads files that were not checked. Write their names as constants.',
      );
    }
    return final;
  }

  /** Returns the parse tree of a text that consists of one SELECT. Throws for any other text. */
  #parsed(text: string): JsonValue {
    const parsed = parseSelects(this.#connection, text);
    const [statement, ...more] = parsed.kind === 'selects' ? parsed.statements : [];
    if (statement !== undefined && more.length === 0) return statement;
    throw new FabricError(
      'STATEMENT_NOT_ALLOWED',
      'DuckDB does not parse the query as a single SELECT. Write it as one SELECT.',
    );
  }

  #planQuery(query: CheckedQuery, text: RewrittenText): LogicalPlan {
    const planJson = this.#serialize(query, text, true);
    const explained = this.#request.wantsEstimates ? this.#run(query, `EXPLAIN (FORMAT JSON) ${text.text}`)[1] : null;
    return this.#readPlan(planJson, explained ?? undefined, this.#columns(text.text));
  }

  /** Plans a statement that this class generated. */
  #planText(sql: string): LogicalPlan {
    const json = answerText(this.#connection, serializeSql(sql, true));
    return this.#readPlan(json ?? '', undefined, this.#columns(sql));
  }

  #readPlan(planJson: string, explainJson: string | undefined, columns: LogicalPlan['columns']): LogicalPlan {
    const plan = readPlan({
      planJson,
      ...(explainJson === undefined ? {} : { explainJson }),
      columns,
      timeZone: this.#request.timeZone,
      resolveFile: (path) => {
        for (const { resolved } of this.#tables.values()) {
          const file = resolved.get(path);
          if (file !== undefined) return file;
        }
        throw new FabricError('INTERNAL', 'The plan reads a file that was not sent to the binder.');
      },
    });
    const tables = plan.tables.map((table) => ({
      ...table,
      files: table.files.filter((file) => !isPad(file.location)),
    }));
    return { ...plan, tables };
  }

  /** Returns the plan as JSON. If DuckDB rejects the query, throws an error with its reason. */
  #serialize(query: CheckedQuery, text: RewrittenText, optimize: boolean): string {
    let { json, refusal } = this.#trySerialize(text, optimize);
    if (optimize && refusal?.type === 'internal') {
      // Disable the faulty optimizers for the rest of the script, so that EXPLAIN shows the same plan.
      this.#disabled = `${DISABLED_OPTIMIZERS},${FAULTY_OPTIMIZERS}`;
      this.#disableOptimizers(this.#disabled);
      ({ json, refusal } = this.#trySerialize(text, optimize));
    }
    if (refusal !== undefined) throw this.#refused(refusal, query, text);
    return json;
  }

  #trySerialize(text: RewrittenText, optimize: boolean): { readonly json: string; readonly refusal?: Refusal } {
    const json = answerText(this.#connection, serializeSql(text.text, optimize));
    if (json === null) {
      throw new FabricError(
        'PLAN_MEMORY',
        `The plan of the query is larger than ${MAX_PLAN_BYTES} bytes. Move large constants into a file.`,
      );
    }
    const answer: JsonObject = json.startsWith('{"error":true') ? objectOf(parseJson(json), 'an error') : {};
    const refusal = refusalOf(answer, text.text);
    return { json, ...(refusal === undefined ? {} : { refusal }) };
  }

  /** Runs a statement built from a query that has already been bound, and returns its first row. */
  #run(query: CheckedQuery, sql: string): readonly (string | null)[] {
    try {
      return this.#connection.query(sql).rows[0] ?? [];
    } catch (error) {
      if (!(error instanceof DuckdbError)) throw error;
      throw this.#refused(refusalOfError(error), query, { text: sql, originalPosition: (position) => position });
    }
  }

  #refused(refusal: Refusal, query: CheckedQuery, text: RewrittenText): FabricError {
    return refusedQuery(refusal, this.#request.script, query, text, () =>
      this.#connection
        .query("SELECT DISTINCT column_name FROM duckdb_columns() WHERE database_name = 'temp' ORDER BY ALL")
        .rows.flatMap(([name]) => name ?? []),
    );
  }

  /** Returns the names and types of a statement's columns. Binding alone determines them, so the optimizers are disabled. */
  #columns(sql: string): LogicalPlan['columns'] {
    this.#disableOptimizers(ALL_OPTIMIZERS);
    try {
      return this.#preparedColumns(sql);
    } catch (error) {
      // DuckDB can prepare some operators only after an optimizer has replaced them.
      if (!(error instanceof DuckdbError)) throw error;
      this.#disableOptimizers(this.#disabled);
      return this.#preparedColumns(sql);
    } finally {
      this.#disableOptimizers(this.#disabled);
    }
  }

  #preparedColumns(sql: string): LogicalPlan['columns'] {
    const statement = this.#connection.prepare(sql);
    try {
      return statement.columns().map(({ name, type }) => ({ name: originalName(name, this.#calls), type }));
    } finally {
      statement.close();
    }
  }

  #disableOptimizers(names: string): void {
    this.#connection.run(`SET disabled_optimizers = '${names}'`);
  }

  /** Returns a statement that selects the rows of DESCRIBE as constants. Binding the query determines these rows. */
  #describeSql(query: CheckedQuery): string {
    const text = this.#rewrite(query);
    this.#serialize(query, text, false);
    const names = ['column_name', 'column_type', 'null', 'key', 'default', 'extra'];
    const casts = names.map((name) => `CAST(${quoteIdentifier(name)} AS VARCHAR)`).join(', ');
    const rows = this.#connection.query(`SELECT ${casts} FROM (DESCRIBE ${text.text}\n)`).rows;
    return rowsSql(
      names,
      rows.map(([name = null, ...others]) => [name === null ? null : originalName(name, this.#calls), ...others]),
    );
  }
}

/** Returns the query that serializes a statement's plan. The query returns NULL if the plan is too long. */
function serializeSql(sql: string, optimize: boolean): string {
  const call = `json_serialize_plan(${quoteLiteral(sql)}, skip_default := true, optimize := ${optimize})`;
  return `SELECT CASE WHEN strlen(plan) <= ${MAX_PLAN_BYTES} THEN plan END FROM (SELECT CAST(${call} AS VARCHAR) AS plan)`;
}

/** Returns a statement that selects rows of text in the given order. */
function rowsSql(names: readonly string[], rows: readonly (readonly (string | null)[])[]): string {
  const types = names.map(() => 'CAST(NULL AS VARCHAR)').join(', ');
  const values = rows.map(
    (row) => `(${row.map((text) => (text === null ? 'CAST(NULL AS VARCHAR)' : quoteLiteral(text))).join(', ')})`,
  );
  const aliases = names.map(quoteIdentifier).join(', ');
  if (rows.length === 0) return `SELECT * FROM (VALUES (${types})) AS rows(${aliases}) WHERE false`;
  return `SELECT * FROM (VALUES ${values.join(', ')}) AS rows(${aliases})`;
}
