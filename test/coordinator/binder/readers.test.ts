import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import { Binding } from '../../../coordinator/binder/program/binding.ts';
import { parseSelects } from '../../../coordinator/binder/program/parse-selects.ts';
import { isRedirected } from '../../../coordinator/binder/program/redirected.ts';
import { type CheckedQuery, type CheckedScript, checkScript } from '../../../coordinator/binder/sql/check-script.ts';
import { type Connection, Database } from '../../../engine/duckdb/kernel/database.ts';
import type { JsonValue } from '../../../engine/duckdb/plan/parse-json.ts';
import { type ErrorCode, FabricError } from '../../../engine/errors.ts';
import { writeParquet } from '../../engine/scan/parquet-fixture.ts';
import { openBinder, orchard } from './binder-fixture.ts';
import { bindQuery, columnsOf, filesOf, operators } from './bound-query.ts';

function withConnection<T>(use: (connection: Connection) => T): T {
  const database = Database.open();
  const connection = database.connect();
  try {
    return use(connection);
  } finally {
    connection.close();
    database.close();
  }
}

/** Returns the tables and files that a script reads, or the error code if the script is rejected. */
function check(script: string): readonly string[] | ErrorCode {
  return withConnection((connection) => {
    try {
      const { tables, files } = checkScript(script, ['fruit', 'kiwi'], (text) => parseSelects(connection, text));
      return [...tables, ...files.flatMap(({ locations }) => locations)];
    } catch (error) {
      if (error instanceof FabricError) return error.code;
      throw error;
    }
  });
}

/** Some case mappings turn KELVIN SIGN, LATIN SMALL LETTER LONG S and capital I with a dot into k, s and i. DuckDB's mapping does not. */
const similar: readonly (readonly [script: string, reads: readonly string[] | ErrorCode])[] = [
  // A common table expression does not hide a table with a similar name.
  ['WITH "duc\u212adb_views" AS (SELECT 1) FROM duckdb_views', 'UNKNOWN_TABLE'],
  ['DESCRIBE WITH "duc\u212adb_views" AS (SELECT 1) FROM duckdb_views', 'UNKNOWN_TABLE'],
  ['WITH duc\u212adb_views AS (SELECT 1) SELECT (SELECT count(*) FROM DuckDB_Views)', 'UNKNOWN_TABLE'],
  ['WITH RECURSIVE "duc\u212adb_views" AS (SELECT 1 UNION FROM duckdb_views) SELECT 1', 'UNKNOWN_TABLE'],
  ['WITH "\u017fqlite_master" AS (SELECT 1) FROM sqlite_master', 'UNKNOWN_TABLE'],
  ['WITH "sql\u0130te_master" AS (SELECT 1) FROM sqlite_master', 'UNKNOWN_TABLE'],
  ['WITH "\u212aiwi" AS (SELECT 1) FROM kiwi', ['kiwi']],
  ['WITH "\u212a.parquet" AS (SELECT 1) FROM \'k.parquet\'', ['k.parquet']],
  // A view does not hide a table or another view with a similar name.
  ['CREATE VIEW "duc\u212adb_views" AS SELECT 1; FROM duckdb_views', 'UNKNOWN_TABLE'],
  ['CREATE VIEW "\u212aiwi" AS SELECT 1; FROM kiwi', ['kiwi']],
  ['CREATE VIEW "\u212aiwi" AS SELECT 1; FROM "\u212aIWI"', []],
  ['CREATE VIEW k AS SELECT 1; CREATE VIEW "\u212a" AS SELECT 1; FROM k', []],
  // Names match only if DuckDB treats them as equal.
  ['FROM "\u212aiwi"', 'UNKNOWN_TABLE'],
  ['FROM KIWI, "Kiwi"', ['kiwi']],
  ['SELECT "\u212aurtosis"(1)', 'FUNCTION_NOT_ALLOWED'],
  ["FROM read_par\u212auet('k.parquet')", 'FUNCTION_NOT_ALLOWED'],
  ["FROM READ_PARQUET('k.parquet')", ['k.parquet']],
];

for (const [script, reads] of similar)
  test(`compares names as DuckDB does: ${script}`, () => assert.deepEqual(check(script), reads));

test('rejects files in FROM whose names differ only in case, but allows them in file functions', () => {
  assert.deepEqual(check("FROM 'a.parquet', 'A.parquet'"), 'INVALID_QUERY');
  assert.deepEqual(
    check('CREATE VIEW v AS FROM \'a.parquet\'; CREATE VIEW "A.PARQUET" AS SELECT 1; FROM v'),
    'INVALID_QUERY',
  );
  assert.deepEqual(check("FROM 'a.parquet' x, 'a.parquet' y"), ['a.parquet']);
  assert.deepEqual(check("FROM read_csv('a.csv'), read_csv('A.csv')"), ['a.csv', 'A.csv']);
  // The files of a file function get an internal name. A real file may have the same name.
  assert.deepEqual(check(`FROM 'parquet:["x/y"]', read_parquet('x/y')`), ['parquet:["x/y"]', 'x/y']);
});

test('rejects text that DuckDB would change before parsing it', () => {
  // When DuckDB replaces Unicode spaces, it treats the quote in the comment as the start of a string. It therefore replaces the space
  // in the second statement only if that statement is parsed alone.
  assert.equal(check("/* ' */ SET fanout = 1; SELECT\u00a01"), 'SYNTAX_ERROR');
  assert.equal(check("/* ' */ SET fanout = 1; COPY\u00a0kiwi TO 'x'"), 'SYNTAX_ERROR');
  assert.deepEqual(check('SET fanout = 1; FROM\u00a0kiwi\u3000'), ['kiwi']);
  assert.equal(check('SELECT 1 AS "\ud800"'), 'SYNTAX_ERROR');
});

/** Returns a script that counts as checked although no check has run. */
function forged(text: string, fileFunctions: CheckedQuery['fileFunctions'] = []): CheckedScript {
  const query = { source: { text, offset: 0 }, fileFunctions };
  return { views: [], settings: [], rows: { kind: 'query', query }, tables: [], files: [] };
}

test('checks statements, tables, functions and files again before binding', () => {
  const cases: readonly (readonly [text: string, code: ErrorCode | 'bound'])[] = [
    ['SELECT 1', 'bound'],
    ['WITH q AS (SELECT 1) FROM q', 'bound'],
    ['FROM duckdb_views', 'UNKNOWN_TABLE'],
    ["FROM '/etc/passwd'", 'UNKNOWN_TABLE'],
    ['WITH q AS (FROM duckdb_views) SELECT 1', 'UNKNOWN_TABLE'],
    ['FROM main.duckdb_views', 'UNKNOWN_TABLE'],
    ['FROM duckdb_settings()', 'FUNCTION_NOT_ALLOWED'],
    ["SELECT getenv('HOME')", 'FUNCTION_NOT_ALLOWED'],
    ["FROM read_csv('/etc/passwd')", 'LOCATION_NOT_ALLOWED'],
    ['SELECT 1; SELECT 2', 'STATEMENT_NOT_ALLOWED'],
    ["COPY (SELECT 1) TO '/tmp/x'", 'STATEMENT_NOT_ALLOWED'],
  ];
  for (const [text, code] of cases) {
    for (const kind of ['query', 'describe', 'view'] as const) {
      const { rows, ...script } = forged(text);
      const query = rows?.kind === 'query' ? rows.query : undefined;
      assert.ok(query !== undefined);
      const outcome = withConnection((connection) => {
        const last = forged('SELECT 1').rows;
        const request = {
          kind: 'bind',
          script: text,
          tableNames: [],
          tables: [],
          timeZone: 'UTC',
          wantsEstimates: false,
        } as const;
        const checked: CheckedScript =
          kind === 'view' && last !== undefined
            ? { ...script, views: [{ name: 'v', columns: [], query }], rows: last }
            : { ...script, rows: { kind: kind === 'view' ? 'query' : kind, query } };
        try {
          new Binding(connection, request, checked, () => assert.fail('no table is bound')).plan();
          return 'bound';
        } catch (error) {
          if (error instanceof FabricError) return error.code;
          throw error;
        }
      });
      assert.equal(outcome, code, `${kind}: ${text}`);
    }
  }
});

test('rejects a rewritten query that differs from the original in more than its files', () => {
  const call = {
    name: 'read_csv',
    format: 'csv',
    locations: ['x.csv'],
    isList: false,
    hasAlias: true,
    position: 14,
  } as const;
  const original = "SELECT a FROM  read_csv('x.csv') AS t";
  const cases: readonly (readonly [rewritten: string, isSame: boolean])[] = [
    ["SELECT a FROM read_parquet(['/p', '/q']) AS t", true],
    ["SELECT  a  FROM  read_parquet ( ['/p','/q'] )  t", true],
    ["SELECT a, 2 FROM read_parquet(['/p', '/q']) AS t", false],
    ["SELECT a FROM read_parquet(['/p', '/q']) AS t, duckdb_views", false],
    ["SELECT a FROM read_parquet(['/p', '/q']) AS u", false],
    ["SELECT a FROM read_parquet(['/p', '/q']) AS t(a)", false],
    ["SELECT a FROM read_parquet(['/p']) AS t", false],
    ["SELECT a FROM read_parquet(['/q', '/p']) AS t", false],
    ["SELECT a FROM read_parquet(['/p', '/q'], filename = true) AS t", false],
    ["SELECT a FROM read_csv(['/p', '/q']) AS t", false],
    ['SELECT a FROM t', false],
    ["SELECT b FROM read_parquet(['/p', '/q']) AS t", false],
    ["SELECT a FROM read_parquet(['/p', '/q']) AS t WHERE true", false],
  ];
  withConnection((connection) => {
    const tree = (text: string): JsonValue => {
      const parsed = parseSelects(connection, text);
      assert.ok(parsed.kind === 'selects', text);
      return [...parsed.statements];
    };
    const redirected = [{ call: { ...call, position: original.indexOf('read_csv') }, paths: ['/p', '/q'] }];
    for (const [rewritten, isSame] of cases)
      assert.equal(isRedirected(tree(original), tree(rewritten), redirected), isSame, rewritten);
  });
});

test('parses line ends, strings and spaces as DuckDB does', async (t) => {
  const folder = await orchard(t);
  const to = await openBinder(t, { data: ['data'], workingFolder: folder });
  const trees = "read_parquet('data/trees.parquet')";
  const cases: readonly (readonly [script: string, columns: readonly string[]])[] = [
    ['SELECT 1 AS a --\r, 2 AS b', ['a', 'b']],
    ['SELECT 1 AS a --\u2028, 2 AS b', ['a']],
    [`SELECT id --\r, height FROM ${trees}`, ['id', 'height']],
    [`SELECT id --\r, height --\n, fruit FROM ${trees}`, ['id', 'height', 'fruit']],
    ["SELECT id FROM read_parquet( --\r'data/trees.parquet' --)\r)", ['id']],
    ["SELECT id FROM read_parquet('data/' -- '\r'trees.parquet') AS t", ['id']],
    ["SELECT id FROM read_parquet(E'data/trees\\x2eparquet') AS t", ['id']],
    ['SELECT id FROM read_parquet($a$data/trees.parquet$a$) AS t', ['id']],
    [`SELECT\u00a0id\u3000, '\u00a0' AS b FROM ${trees}, ${trees} AS u(x, y)`, ['id', 'b']],
    ['CREATE VIEW v AS SELECT 1 AS a --\r, 2 AS b\n; FROM v', ['a', 'b']],
  ];
  for (const [script, columns] of cases) {
    const bound = await bindQuery(to, script);
    assert.deepEqual(
      bound.plan.columns.map(({ name }) => name),
      columns,
      JSON.stringify(script),
    );
  }
  const error = await to.refusal('SELECT\u00a0heigth\u3000FROM trees');
  assert.deepEqual([error.code, error.details['column']], ['UNKNOWN_COLUMN', 8]);
  const later = await to.refusal("SELECT '\u00a0',\u2003id\u00a0, heigth FROM trees");
  assert.deepEqual([later.code, later.details['column']], ['UNKNOWN_COLUMN', 18]);
});

test('reads files whose names differ only in case when file functions name them', async (t) => {
  const folder = await orchard(t);
  writeParquet(join(folder, 'data/k.parquet'), 'SELECT 1 AS small');
  writeParquet(join(folder, 'data/K.parquet'), 'SELECT 1 AS large');
  const to = await openBinder(t, {
    data: [],
    tables: [{ name: 't', path: 'data/trees.parquet' }],
    allow: ['data'],
    workingFolder: folder,
  });
  const both = "FROM read_parquet('data/k.parquet') AS a, read_parquet('data/K.parquet') AS b";
  assert.deepEqual(columnsOf(await bindQuery(to, both)), ['small INTEGER', 'large INTEGER']);
});

test('treats session names such as current_user as constants unless a column has the same name', async (t) => {
  const folder = await orchard(t);
  writeParquet(join(folder, 'data/accounts.parquet'), "SELECT 'ann' AS user, 1 AS current_schema");
  const to = await openBinder(t, { data: ['data'], workingFolder: folder });
  const constants = {
    current_user: 'duckdb',
    session_user: 'duckdb',
    user: 'duckdb',
    current_role: 'duckdb',
    current_schema: 'main',
    current_catalog: 'memory',
  };
  for (const [name, value] of Object.entries(constants)) {
    for (const written of [name, name.toUpperCase(), `"${name}"`, `${name}()`]) {
      const { plan } = await bindQuery(to, `SELECT ${written} AS x`);
      const texts = JSON.stringify(plan.root, (_, field) => (typeof field === 'bigint' ? String(field) : field));
      assert.match(texts, new RegExp(`"value":"${value}"`), written);
      assert.ok(!texts.includes(`"${name}"`), `${written} is a call: ${texts}`);
    }
  }
  const query = await bindQuery(to, 'SELECT user, current_schema FROM accounts');
  assert.deepEqual(columnsOf(query), ['user VARCHAR', 'current_schema INTEGER']);
  assert.equal(filesOf(query).length, 1);
  assert.ok(operators(query.plan.root).some(({ kind }) => kind === 'scan'));
  for (const call of [
    "current_setting('threads')",
    'version()',
    'current_query()',
    'current_schemas(true)',
    'current_database()',
  ])
    assert.equal((await to.refusal(`SELECT ${call}`)).code, 'FUNCTION_NOT_ALLOWED', call);
});

test('keeps the original file function in the generated name of a column', async (t) => {
  const folder = await orchard(t);
  const to = await openBinder(t, { data: ['data'], workingFolder: folder });
  for (const call of [
    "parquet_scan('data/trees.parquet')",
    "read_parquet(main.list_value('data/trees.parquet'))",
    "read_parquet('data/trees.parquet') AS t",
  ]) {
    const query = `SELECT EXISTS(FROM ${call.replace('main.list_value', 'list_value')})`;
    const name = `EXISTS(SELECT * FROM ${call})`;
    assert.deepEqual(columnsOf(await bindQuery(to, query)), [`${name} BOOLEAN`]);
    assert.deepEqual(columnsOf(await bindQuery(to, `CREATE VIEW v AS ${query}; FROM v`)), [`${name} BOOLEAN`]);
    const { plan } = await bindQuery(to, `DESCRIBE ${query}`);
    const text = JSON.stringify(plan.root, (_, field) => (typeof field === 'bigint' ? String(field) : field));
    assert.ok(text.includes(JSON.stringify(name)) && !text.includes(to.scratchFolder), text);
  }
});
