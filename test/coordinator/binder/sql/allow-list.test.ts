import assert from 'node:assert/strict';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { ScriptBinder } from '../../../../coordinator/binder/program/script-binder.ts';
import { functionStanding, tableFunctionStanding } from '../../../../coordinator/binder/sql/allowed-functions.ts';
import type { ErrorCode } from '../../../../engine/errors.ts';
import { queryRows } from '../../../engine/scan/parquet-fixture.ts';
import { openBinder, orchard } from '../binder-fixture.ts';

/** Checks scripts without binding them. The tables have no files. */
let binder: ScriptBinder;
before(() => {
  binder = new ScriptBinder({ scratchFolder: '/nonexistent', localRoots: [], memoryLimitMiB: 512 }, () => undefined);
});

after(() => binder.close());

function checked(script: string): ErrorCode | 'checked' {
  const answer = binder.answer({ kind: 'check', script, tableNames: ['fruit', 'trees'] });
  return answer.kind === 'failed' ? answer.code : 'checked';
}

const kinds: readonly (readonly [statement: string, code: ErrorCode])[] = [
  ["COPY fruit TO '/tmp/x.csv'", 'STATEMENT_NOT_ALLOWED'],
  ["COPY (SELECT 1) TO '/tmp/x.csv'", 'STATEMENT_NOT_ALLOWED'],
  ["COPY fruit FROM '/etc/passwd'", 'STATEMENT_NOT_ALLOWED'],
  ["ATTACH 'x.db'", 'STATEMENT_NOT_ALLOWED'],
  ["ATTACH 'postgres://host/db' AS p (TYPE postgres)", 'STATEMENT_NOT_ALLOWED'],
  ['DETACH memory', 'STATEMENT_NOT_ALLOWED'],
  ['USE memory.main', 'STATEMENT_NOT_ALLOWED'],
  ['INSTALL httpfs', 'STATEMENT_NOT_ALLOWED'],
  ['FORCE INSTALL httpfs', 'STATEMENT_NOT_ALLOWED'],
  ['LOAD httpfs', 'STATEMENT_NOT_ALLOWED'],
  ["LOAD '/tmp/x.duckdb_extension'", 'STATEMENT_NOT_ALLOWED'],
  ['UPDATE EXTENSIONS', 'STATEMENT_NOT_ALLOWED'],
  ['PRAGMA database_list', 'STATEMENT_NOT_ALLOWED'],
  ["PRAGMA import_database('/tmp')", 'STATEMENT_NOT_ALLOWED'],
  ['CALL pragma_version()', 'STATEMENT_NOT_ALLOWED'],
  ["EXPORT DATABASE '/tmp/x'", 'STATEMENT_NOT_ALLOWED'],
  ["IMPORT DATABASE '/tmp/x'", 'STATEMENT_NOT_ALLOWED'],
  ['CHECKPOINT', 'STATEMENT_NOT_ALLOWED'],
  ['FORCE CHECKPOINT', 'STATEMENT_NOT_ALLOWED'],
  ['VACUUM', 'STATEMENT_NOT_ALLOWED'],
  ['ANALYZE fruit', 'STATEMENT_NOT_ALLOWED'],
  ['BEGIN', 'STATEMENT_NOT_ALLOWED'],
  ['COMMIT', 'STATEMENT_NOT_ALLOWED'],
  ['PREPARE p AS SELECT 1', 'STATEMENT_NOT_ALLOWED'],
  ['EXECUTE p', 'STATEMENT_NOT_ALLOWED'],
  ['DEALLOCATE p', 'STATEMENT_NOT_ALLOWED'],
  ['CREATE TABLE t AS SELECT 1', 'STATEMENT_NOT_ALLOWED'],
  ['CREATE TEMP TABLE t (a INTEGER)', 'STATEMENT_NOT_ALLOWED'],
  ['CREATE MACRO f(x) AS x', 'STATEMENT_NOT_ALLOWED'],
  ['CREATE FUNCTION f(x) AS TABLE SELECT x', 'STATEMENT_NOT_ALLOWED'],
  ['CREATE SCHEMA s', 'STATEMENT_NOT_ALLOWED'],
  ["CREATE TYPE t AS ENUM ('a')", 'STATEMENT_NOT_ALLOWED'],
  ['CREATE SEQUENCE s', 'STATEMENT_NOT_ALLOWED'],
  ['CREATE INDEX i ON fruit (a)', 'STATEMENT_NOT_ALLOWED'],
  ["CREATE SECRET s (TYPE s3, KEY_ID 'x', SECRET 'y')", 'STATEMENT_NOT_ALLOWED'],
  ['INSERT INTO fruit VALUES (1)', 'STATEMENT_NOT_ALLOWED'],
  ['UPDATE fruit SET a = 1', 'STATEMENT_NOT_ALLOWED'],
  ['DELETE FROM fruit', 'STATEMENT_NOT_ALLOWED'],
  ['MERGE INTO fruit USING trees ON true WHEN MATCHED THEN DELETE', 'STATEMENT_NOT_ALLOWED'],
  ['TRUNCATE fruit', 'STATEMENT_NOT_ALLOWED'],
  ['DROP TABLE fruit', 'STATEMENT_NOT_ALLOWED'],
  ['ALTER TABLE fruit ADD COLUMN x INTEGER', 'STATEMENT_NOT_ALLOWED'],
  ["COMMENT ON TABLE fruit IS 'x'", 'STATEMENT_NOT_ALLOWED'],
  ['WITH x AS (SELECT 1) INSERT INTO fruit SELECT * FROM x', 'STATEMENT_NOT_ALLOWED'],
  ['WITH x AS (INSERT INTO fruit VALUES (1) RETURNING *) SELECT * FROM x', 'SYNTAX_ERROR'],
  ['PIVOT fruit ON a', 'STATEMENT_NOT_ALLOWED'],
  ['SUMMARIZE fruit', 'STATEMENT_NOT_ALLOWED'],
  ['EXPLAIN ANALYZE SELECT 1', 'STATEMENT_NOT_ALLOWED'],
  ['EXPLAIN (ANALYZE) SELECT 1', 'STATEMENT_NOT_ALLOWED'],
  ['EXPLAIN CREATE TABLE t AS SELECT 1', 'STATEMENT_NOT_ALLOWED'],
  ["EXPLAIN COPY fruit TO '/tmp/x'", 'STATEMENT_NOT_ALLOWED'],
  ['SHOW ALL TABLES', 'STATEMENT_NOT_ALLOWED'],
  ['SHOW DATABASES', 'STATEMENT_NOT_ALLOWED'],
  ['SELECT * FROM (DESCRIBE fruit)', 'STATEMENT_NOT_ALLOWED'],
  ['SELECT * FROM (SHOW TABLES)', 'STATEMENT_NOT_ALLOWED'],
  ['SELECT * FROM (SUMMARIZE fruit)', 'STATEMENT_NOT_ALLOWED'],
  ['SELECT * FROM fruit AT (TIMESTAMP => now())', 'STATEMENT_NOT_ALLOWED'],
  ["SET memory_limit = '100GB'", 'UNKNOWN_SETTING'],
  ['SET threads = 100', 'UNKNOWN_SETTING'],
  ['SET enable_external_access = true', 'UNKNOWN_SETTING'],
  ["SET allowed_directories = ['/']", 'UNKNOWN_SETTING'],
  ["SET search_path = 'x'", 'UNKNOWN_SETTING'],
  ["SET GLOBAL timezone = 'UTC'", 'STATEMENT_NOT_ALLOWED'],
  ['SET VARIABLE x = 1', 'STATEMENT_NOT_ALLOWED'],
  ["SET timezone = 'Mars/Olympus'", 'INVALID_SETTING'],
  ['SET fanout = none', 'INVALID_SETTING'],
  ['SET fanout = 1 2', 'INVALID_SETTING'],
  ['RESET timezone', 'STATEMENT_NOT_ALLOWED'],
  ['SELECT ?', 'INVALID_QUERY'],
  ['SELECT $name', 'INVALID_QUERY'],
  ['SELECT 1; SELECT 2', 'INVALID_QUERY'],
  ['CREATE VIEW fruit AS SELECT 1', 'INVALID_QUERY'],
  ['SELECT 1; CREATE VIEW v AS SELECT 1', 'INVALID_QUERY'],
];

test('rejects statements outside the allow-list', () => {
  for (const [statement, code] of kinds) {
    assert.equal(checked(statement), code, statement);
    // The check ignores letter case and comments.
    assert.equal(checked(`/* x; */ ${statement.toLowerCase()} ;`), code, `${statement} in lower case`);
  }
});

/** Forbidden function calls. */
const calls = [
  "read_text('/etc/passwd')",
  "getenv('HOME')",
  "json_execute_serialized_sql('x')",
  "json_serialize_plan('SELECT 1')",
  "json_serialize_sql('SELECT 1')",
  "json_deserialize_sql('{}')",
  "current_setting('memory_limit')",
  "getvariable('x')",
  "nextval('s')",
  "currval('s')",
  'setseed(0.5)',
  "write_log('x')",
  'sleep_ms(1)',
  'pg_sleep(1)',
  'current_query()',
  'txid_current()',
  'pg_get_viewdef(1)',
  "in_search_path('a', 'b')",
  "query('SELECT 1')",
  'an_unknown_function(1)',
  'system.main.current_setting(1)',
  '"getvariable"(\'x\')',
  'x.getvariable()',
  '__internal_compress_integral_utinyint(1, 2)',
];

/** Forbidden table functions. */
const relations = [
  "read_text('/etc/passwd')",
  "read_blob('/etc/passwd')",
  "glob('/etc/*')",
  "read_json_objects('x.json')",
  "read_duckdb('x.db')",
  "parquet_metadata('x.parquet')",
  "parquet_schema('x.parquet')",
  "parquet_kv_metadata('x.parquet')",
  "parquet_file_metadata('x.parquet')",
  "parquet_bloom_probe('x.parquet', 'a', 1)",
  "sniff_csv('x.csv')",
  "json_execute_serialized_sql('x')",
  "query('SELECT 1')",
  "query_table('fruit')",
  "histogram('fruit', 'a')",
  'arrow_scan(1, 2, 3)',
  'arrow_scan_dumb(1, 2, 3)',
  'seq_scan()',
  'duckdb_settings()',
  'duckdb_secrets()',
  'duckdb_functions()',
  "which_secret('a', 's3')",
  "pragma_table_info('fruit')",
  "pragma_storage_info('fruit')",
  'pragma_version()',
  'checkpoint()',
  "sql_auto_complete('SEL')",
  'test_all_types()',
  'enable_logging()',
  'an_unknown_table_function(1)',
  'system.main.duckdb_settings()',
];

/** Tables of DuckDB's internal catalogs. */
const catalogs = [
  'duckdb_settings',
  'duckdb_tables',
  'duckdb_logs',
  'sqlite_master',
  'sqlite_schema',
  'pg_catalog.pg_class',
  'pg_class',
  'pg_settings',
  'information_schema.tables',
  'system.information_schema.tables',
  'pragma_database_list',
  'temp.main.fruit',
  'memory.main.fruit',
];

/** Every position where a query can contain an expression. */
const expressionPlaces: readonly ((expression: string) => string)[] = [
  (x) => `SELECT ${x}`,
  (x) => `SELECT 1 FROM fruit WHERE a = ${x}`,
  (x) => `SELECT a FROM fruit GROUP BY a HAVING max(a) = ${x}`,
  (x) => `SELECT a FROM fruit ORDER BY ${x}`,
  (x) => `SELECT a FROM fruit LIMIT (SELECT ${x})`,
  (x) => `SELECT count(*) FILTER (WHERE ${x} = 1) FROM fruit`,
  (x) => `SELECT sum(a) OVER (PARTITION BY ${x} ORDER BY a) FROM fruit`,
  (x) => `SELECT sum(a) OVER w FROM fruit WINDOW w AS (ORDER BY ${x})`,
  (x) => `SELECT lag(a, 1, ${x}) OVER () FROM fruit`,
  (x) => `SELECT list(a ORDER BY ${x}) FROM fruit`,
  (x) => `SELECT list_transform([1], lambda y: ${x})`,
  (x) => `SELECT [${x} FOR y IN [1, 2]]`,
  (x) => `SELECT CASE WHEN true THEN ${x} END`,
  (x) => `SELECT {'a': [${x}]}`,
  (x) => `SELECT CAST(${x} AS VARCHAR) COLLATE nocase`,
  (x) => `SELECT TRY(${x})`,
  (x) => `SELECT 1 IN (${x}, 2)`,
  (x) => `SELECT 1 BETWEEN 0 AND ${x}`,
  (x) => `SELECT (SELECT ${x})`,
  (x) => `SELECT EXISTS (SELECT ${x})`,
  (x) => `SELECT * FROM (SELECT ${x}) AS s`,
  (x) => `SELECT * FROM fruit, LATERAL (SELECT ${x}) AS s`,
  (x) => `SELECT * FROM fruit JOIN trees ON fruit.a = ${x}`,
  (x) => `SELECT * FROM fruit ASOF JOIN trees ON fruit.a >= ${x}`,
  (x) => `WITH q AS (SELECT ${x}) SELECT * FROM q`,
  (x) => `WITH q AS MATERIALIZED (SELECT ${x}) SELECT * FROM q`,
  (x) => `WITH RECURSIVE q AS (SELECT 1 AS n UNION ALL SELECT ${x} FROM q) SELECT * FROM q`,
  (x) => `SELECT 1 UNION ALL SELECT ${x}`,
  (x) => `(SELECT 1) EXCEPT (SELECT ${x})`,
  (x) => `VALUES (1), (${x})`,
  (x) => `SELECT * REPLACE (${x} AS a) FROM fruit`,
  (x) => `SELECT COLUMNS(lambda c: c = ${x}) FROM fruit`,
  (x) => `SELECT DISTINCT ON (${x}) * FROM fruit`,
  (x) => `SELECT * FROM range(${x})`,
  (x) => `SELECT * FROM (VALUES (1)) AS t(v), unnest([${x}])`,
  (x) => `PIVOT fruit ON a IN (1, 2) USING sum(${x})`,
  (x) => `SELECT * FROM fruit QUALIFY row_number() OVER () = ${x}`,
  (x) => `CREATE VIEW v AS SELECT ${x}; SELECT 1`,
  (x) => `EXPLAIN SELECT ${x}`,
  (x) => `DESCRIBE SELECT ${x}`,
];

test('rejects functions outside the allow-list wherever an expression can appear', () => {
  for (const place of expressionPlaces) {
    assert.equal(checked(place('abs(1)')), 'checked', place('abs(1)'));
    for (const call of calls) assert.equal(checked(place(call)), 'FUNCTION_NOT_ALLOWED', place(call));
  }
});

/** Every position where a query can contain a relation. */
const relationPlaces: readonly ((relation: string) => string)[] = [
  (x) => `SELECT * FROM ${x}`,
  (x) => `FROM ${x}`,
  (x) => `SELECT * FROM fruit, ${x} AS r`,
  (x) => `SELECT * FROM fruit LEFT JOIN ${x} AS r ON true`,
  (x) => `SELECT * FROM fruit, LATERAL (SELECT * FROM ${x})`,
  (x) => `SELECT * FROM (FROM ${x})`,
  (x) => `SELECT (SELECT count(*) FROM ${x})`,
  (x) => `SELECT 1 IN (FROM ${x})`,
  (x) => `SELECT list_transform([1], lambda y: (SELECT count(*) FROM ${x}))`,
  (x) => `WITH q AS (SELECT * FROM ${x}) SELECT * FROM q`,
  (x) => `WITH RECURSIVE q AS (SELECT * FROM ${x} UNION ALL SELECT * FROM q) SELECT * FROM q`,
  (x) => `SELECT 1 UNION ALL SELECT * FROM ${x}`,
  (x) => `PIVOT ${x} ON a IN (1) USING count(*)`,
  (x) => `UNPIVOT ${x} ON a INTO NAME n VALUE v`,
  (x) => `SELECT * FROM ${x} TABLESAMPLE 10%`,
  (x) => `CREATE VIEW v AS FROM ${x}; FROM v`,
  (x) => `CREATE VIEW v AS FROM ${x}; SELECT 1`,
  (x) => `EXPLAIN FROM ${x}`,
  (x) => `DESCRIBE FROM ${x}`,
];

test('rejects table functions outside the allow-list wherever a relation can appear', () => {
  for (const place of relationPlaces) {
    assert.equal(checked(place('range(3)')), 'checked', place('range(3)'));
    for (const relation of relations) assert.equal(checked(place(relation)), 'FUNCTION_NOT_ALLOWED', place(relation));
  }
});

test("rejects tables of DuckDB's internal catalogs wherever a relation can appear", () => {
  for (const place of relationPlaces) {
    assert.equal(checked(place('trees')), 'checked', place('trees'));
    for (const name of catalogs) assert.equal(checked(place(name)), 'UNKNOWN_TABLE', place(name));
  }
});

/** Queries that refer to a common table expression inside or outside its scope. */
const scopes: readonly (readonly [query: string, gives: ErrorCode | 'checked'])[] = [
  ['WITH duckdb_tables AS (SELECT 1) FROM duckdb_tables', 'checked'],
  ['WITH Duckdb_Tables AS (SELECT 1) SELECT (SELECT count(*) FROM DUCKDB_TABLES)', 'checked'],
  ['WITH a AS (SELECT 1), b AS (FROM a) FROM b', 'checked'],
  ['WITH a AS (WITH b AS (SELECT 1) FROM b) FROM a', 'checked'],
  ['WITH duckdb_tables AS (FROM duckdb_tables) FROM duckdb_tables', 'UNKNOWN_TABLE'],
  ['WITH b AS (FROM a), a AS (SELECT 1) FROM b', 'UNKNOWN_TABLE'],
  ['WITH a AS (WITH duckdb_tables AS (SELECT 1) FROM duckdb_tables) FROM a, duckdb_tables', 'UNKNOWN_TABLE'],
  ['SELECT * FROM (WITH duckdb_tables AS (SELECT 1) FROM duckdb_tables), duckdb_tables', 'UNKNOWN_TABLE'],
  ['WITH RECURSIVE q AS (SELECT 1 UNION ALL FROM q) FROM q', 'checked'],
  [
    'WITH RECURSIVE duckdb_tables AS (FROM duckdb_tables UNION ALL FROM duckdb_tables) FROM duckdb_tables',
    'UNKNOWN_TABLE',
  ],
  ['CREATE VIEW a AS WITH duckdb_tables AS (SELECT 1) FROM duckdb_tables; FROM duckdb_tables', 'UNKNOWN_TABLE'],
  ['CREATE VIEW duckdb_tables AS SELECT 1; FROM duckdb_tables', 'checked'],
  ['CREATE VIEW duckdb_tables AS FROM duckdb_tables; FROM duckdb_tables', 'UNKNOWN_TABLE'],
];

for (const [query, gives] of scopes)
  test(`resolves common table expressions in their scope: ${query}`, () => assert.equal(checked(query), gives));

/** Calls of file functions. The arguments must be constants, because the files must be known before binding. */
const fileCalls: readonly (readonly [query: string, gives: ErrorCode | 'checked'])[] = [
  ["FROM read_parquet('x.parquet')", 'checked'],
  ["FROM read_csv(['x.csv', 'y.csv'])", 'checked'],
  ["FROM read_parquet('x' || '.parquet')", 'LOCATION_NOT_ALLOWED'],
  ['FROM read_parquet((SELECT a FROM fruit))', 'LOCATION_NOT_ALLOWED'],
  ['FROM fruit, read_parquet(fruit.a)', 'LOCATION_NOT_ALLOWED'],
  ["FROM read_parquet(['x.parquet', lower('Y.parquet')])", 'LOCATION_NOT_ALLOWED'],
  ['FROM read_parquet([])', 'LOCATION_NOT_ALLOWED'],
  ['FROM read_parquet(1)', 'LOCATION_NOT_ALLOWED'],
  ['FROM read_parquet()', 'LOCATION_NOT_ALLOWED'],
  ["FROM read_parquet('x.parquet', encryption_config = {footer_key: 'k'})", 'INVALID_QUERY'],
  ["FROM read_csv('x.csv', store_rejects = true)", 'INVALID_QUERY'],
];

for (const [query, gives] of fileCalls)
  test(`checks the arguments of file functions: ${query}`, () => assert.equal(checked(query), gives));

test('lists every function of the installed DuckDB version as allowed or forbidden', () => {
  const rows = queryRows('SELECT DISTINCT CAST(function_type AS VARCHAR), function_name FROM duckdb_functions()');
  const unknown = rows.flatMap(([type, name]) => {
    if (typeof name !== 'string' || type === 'pragma') return [];
    const standing = type === 'table' || type === 'table_macro' ? tableFunctionStanding(name) : functionStanding(name);
    return standing === 'unknown' ? [`${type} ${name}`] : [];
  });
  assert.deepEqual(unknown, []);
});

test('never crashes on deeply nested expressions', () => {
  for (const depth of [500, 5000, 100_000]) {
    const script = `SELECT ${'('.repeat(depth)}1${')'.repeat(depth)}`;
    assert.match(checked(script), /^(checked|SYNTAX_ERROR|INVALID_QUERY)$/, `depth ${depth}`);
    assert.match(
      checked(`SELECT ${'-'.repeat(1)}${'abs('.repeat(depth)}1${')'.repeat(depth)}`),
      /^(checked|SYNTAX_ERROR|INVALID_QUERY)$/,
    );
  }
  assert.equal(checked('SELECT 1'), 'checked');
});

test('rejects paths outside the allowed folders, including links and relative paths', async (t) => {
  const folder = await orchard(t);
  await symlink('../../elsewhere/secret.parquet', join(folder, 'data/fruit/link.parquet'));
  await symlink('../elsewhere', join(folder, 'data/folder'));
  const { refusal, bind } = await openBinder(t, {
    data: ['data/trees.parquet'],
    allow: ['data'],
    workingFolder: folder,
  });
  const paths = [
    'elsewhere/secret.parquet',
    `${folder}/elsewhere/secret.parquet`,
    'data/../elsewhere/secret.parquet',
    `${folder}/data/../elsewhere/secret.parquet`,
    'elsewhere/*.parquet',
    '*/secret.parquet',
    '**/*.parquet',
    '/etc/passwd',
    '/proc/self/environ',
    'data/fruit/link.parquet',
    'data/fruit/*.parquet',
    'data/folder/secret.parquet',
    'data/folder/*.parquet',
    'data/*/secret.parquet',
  ];
  const sources = (path: string): readonly string[] => [
    `'${path}'`,
    `"${path}"`,
    `read_parquet('${path}')`,
    `read_csv('${path}')`,
    `read_json(['${path}'])`,
  ];
  for (const path of paths) {
    for (const source of sources(path))
      assert.equal((await refusal(`SELECT * FROM ${source}`)).code, 'LOCATION_NOT_ALLOWED', source);
    for (const query of [
      `CREATE VIEW v AS FROM '${path}'; SELECT 1`,
      `WITH q AS (FROM '${path}') SELECT 1`,
      `SELECT * FROM trees WHERE id IN (SELECT answer FROM read_parquet('${path}'))`,
    ]) {
      assert.equal((await refusal(query)).code, 'LOCATION_NOT_ALLOWED', query);
    }
  }
  assert.equal((await refusal("FROM 'https://example.com/x.parquet'")).code, 'LOCATION_NOT_ALLOWED');
  assert.equal(
    (await bind("SELECT count(*) FROM 'data/fruit/1.parquet', read_parquet('data/trees.parquet')")).kind,
    'query',
  );
});
