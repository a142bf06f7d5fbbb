import assert from 'node:assert/strict';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { defaultSettings } from '../../../coordinator/settings.ts';
import { type ErrorCode, FabricError } from '../../../engine/errors.ts';
import { temporaryFolder, writeParquet } from '../../engine/scan/parquet-fixture.ts';
import { type BinderFixture, openBinder, orchard } from './binder-fixture.ts';
import { type BoundQuery, bindQuery, columnsOf, filesOf, operators } from './bound-query.ts';

/** Returns the rows of a plan that consists of constants, or undefined for any other plan. */
function constantRows({ plan }: BoundQuery): unknown {
  const values = operators(plan.root).find((relation) => relation.kind === 'values');
  return values?.kind === 'values'
    ? values.rows.map((row) => row.map((cell) => (cell.kind === 'constant' ? cell.value : cell.kind)))
    : undefined;
}

async function openOrchard(t: TestContext): Promise<BinderFixture & { readonly folder: string }> {
  const folder = await orchard(t);
  return { folder, ...(await openBinder(t, { data: ['data'], workingFolder: folder })) };
}

test('resolves column names and types, and pins every file with its layout', async (t) => {
  const to = await openOrchard(t);
  const cases: readonly (readonly [script: string, columns: readonly string[], tables: readonly string[]])[] = [
    ['SELECT 1 AS a, 2 AS a', ['a INTEGER', 'a INTEGER'], []],
    ['SELECT * FROM fruit', ['col0 INTEGER', 'col1 VARCHAR', 'col2 DECIMAL(9,2)'], ['fruit']],
    ['FROM trees SELECT avg(height), count(*)', ['avg(height) DOUBLE', 'count_star() BIGINT'], ['trees']],
    ['SELECT height FROM Trees t JOIN FRUIT f ON t.fruit = f.col0', ['height DOUBLE'], ['trees', 'fruit']],
    [
      'CREATE VIEW v(n) AS SELECT col0 + 1 FROM fruit; CREATE VIEW w AS FROM v; SELECT n FROM w',
      ['n INTEGER'],
      ['fruit'],
    ],
    ['WITH fruit AS (SELECT 1 AS x) SELECT * FROM fruit', ['x INTEGER'], []],
    [
      "SELECT * FROM 'data/trees.parquet' LIMIT 1",
      ['id BIGINT', 'fruit BIGINT', 'height DOUBLE'],
      ['data/trees.parquet'],
    ],
    ["SELECT col1 FROM 'data/fruit/*.parquet'", ['col1 VARCHAR'], ['data/fruit/*.parquet']],
    ["SELECT read_parquet.id FROM read_parquet('data/trees.parquet')", ['id BIGINT'], ['data/trees.parquet']],
    [
      "SELECT a.id FROM parquet_scan( /* the */ ['data/trees.parquet'] ) AS a, range(3)",
      ['id BIGINT'],
      ['data/trees.parquet'],
    ],
    [
      "SELECT 'é', r.* FROM read_parquet('data/fruit/1.parquet') r(n) UNION ALL SELECT 'ü', r.* FROM read_parquet('data/fruit/2.parquet') r",
      ["'é' VARCHAR", 'n INTEGER', 'col1 VARCHAR', 'col2 DECIMAL(9,2)'],
      ['data/fruit/1.parquet', 'data/fruit/2.parquet'],
    ],
  ];
  for (const [script, columns, tables] of cases) {
    const result = await bindQuery(to, script);
    assert.equal(result.kind, 'query', script);
    assert.deepEqual(columnsOf(result), columns, script);
    assert.deepEqual(
      filesOf(result)
        .map(([name]) => name)
        .sort(),
      [...tables].sort(),
      script,
    );
  }
  const fruit = await bindQuery(to, 'FROM fruit');
  assert.deepEqual(filesOf(fruit), [
    ['fruit', join(to.folder, 'data/fruit/1.parquet'), join(to.folder, 'data/fruit/2.parquet')],
  ]);
  assert.deepEqual([fruit.layout(0, 0).rows, fruit.layout(0, 1).rows], [2, 1]);
  assert.throws(() => fruit.layout(0, 2), /no Parquet layout/);
});

test('estimates the rows of each operator in a plan', async (t) => {
  const { plan } = await bindQuery(await openOrchard(t), 'SELECT * FROM trees WHERE id < 10');
  const scan = operators(plan.root).find(({ kind }) => kind === 'scan');
  assert.ok(scan?.estimatedRows !== undefined && scan.estimatedRows > 0);
});

test('returns the settings of a script and binds its query in the time zone that the script sets', async (t) => {
  const to = await openOrchard(t);
  const result = await bindQuery(
    to,
    "SET fanout = 4; SET TIME ZONE 'Asia/Tokyo'; SELECT TIMESTAMPTZ '2020-01-01 00:00:00' AS t",
  );
  assert.deepEqual(result.settings, { ...defaultSettings('Asia/Tokyo'), fanout: 4 });
  assert.equal(result.plan.timeZone, 'Asia/Tokyo');
  assert.match(
    JSON.stringify(result.plan.root, (_, value) => (typeof value === 'bigint' ? String(value) : value)),
    /1577804400000000/,
  );
  assert.equal((await bindQuery(to, 'SELECT 1')).plan.timeZone, 'UTC', 'the time zone leaked into the next script');
  assert.deepEqual(await to.bind('SET retries = 2; CREATE VIEW v AS SELECT 1'), {
    kind: 'no-query',
    settings: { ...defaultSettings('UTC'), retries: 2 },
  });
});

test('recognizes EXPLAIN and binds SHOW TABLES and DESCRIBE as constant queries', async (t) => {
  const to = await openOrchard(t);
  assert.equal((await bindQuery(to, 'EXPLAIN SELECT * FROM fruit')).kind, 'explain');
  assert.deepEqual(constantRows(await bindQuery(to, 'CREATE VIEW b AS SELECT 1; SHOW TABLES')), [
    ['b'],
    ['fruit'],
    ['trees'],
  ]);
  const described = [
    ['id', 'BIGINT', 'YES', null, null, null],
    ['fruit', 'BIGINT', 'YES', null, null, null],
    ['height', 'DOUBLE', 'YES', null, null, null],
  ];
  assert.deepEqual(constantRows(await bindQuery(to, 'DESCRIBE trees')), described);
  assert.deepEqual(constantRows(await bindQuery(to, "DESCRIBE SELECT * FROM 'data/trees.parquet'")), described);
  assert.deepEqual(columnsOf(await bindQuery(to, 'DESCRIBE trees')), [
    'column_name VARCHAR',
    'column_type VARCHAR',
    'null VARCHAR',
    'key VARCHAR',
    'default VARCHAR',
    'extra VARCHAR',
  ]);
});

test('drops the views of a script when the script ends', async (t) => {
  const to = await openOrchard(t);
  await to.bind('CREATE VIEW v AS SELECT 1; FROM v');
  assert.equal((await to.refusal('FROM v')).code, 'UNKNOWN_TABLE');
});

test('reports the problem and its position, but no internal path', async (t) => {
  const to = await openOrchard(t);
  const cases: readonly (readonly [
    script: string,
    code: ErrorCode,
    message: RegExp,
    at?: readonly [number, number],
  ])[] = [
    ['SELEC 1', 'SYNTAX_ERROR', /^syntax error at or near "SELEC" at line 1, column 1:\nSELEC 1\n\^$/, [1, 1]],
    ["SELECT 'é',\n  x FROM FROM trees", 'SYNTAX_ERROR', /\n {2}x FROM FROM trees\n {9}\^$/, [2, 10]],
    ['SELECT (1', 'SYNTAX_ERROR', /at end of input/, [1, 10]],
    ['SELECT 1; SELECT FROM', 'SYNTAX_ERROR', /at end of input/, [1, 22]],
    ['SELECT * FROM tree', 'UNKNOWN_TABLE', /no table tree\. Did you mean trees\?/, [1, 15]],
    ['SELECT * FROM nothing_like_it', 'UNKNOWN_TABLE', /Available tables: fruit, trees\./, [1, 15]],
    ["SELECT 'ü', heigth FROM trees", 'UNKNOWN_COLUMN', /no column heigth\. Did you mean height\?/, [1, 13]],
    ['SELECT x FROM trees', 'UNKNOWN_COLUMN', /no column x\./, [1, 8]],
    ['SELECT t.x FROM trees t', 'UNKNOWN_COLUMN', /no column x in t\./, [1, 8]],
    ['SELECT t.heigth FROM trees t', 'UNKNOWN_COLUMN', /no column heigth in t\. Did you mean height\?/, [1, 8]],
    ['SELECT * EXCLUDE (heigth) FROM trees', 'UNKNOWN_COLUMN', /no column heigth in FROM\. Did you mean height\?/],
    [
      'SELECT u.id FROM trees t',
      'UNKNOWN_TABLE',
      /the table u, but FROM does not contain it\. Tables in FROM: t\./,
      [1, 8],
    ],
    [
      'SELECT * FROM trees JOIN fruit USING (height)',
      'UNKNOWN_COLUMN',
      /no column height on the right side of the join/,
    ],
    ['CREATE VIEW v AS\nSELECT heigth FROM trees; FROM v', 'UNKNOWN_COLUMN', /Did you mean height/, [2, 8]],
    [
      "SELECT x.id FROM read_parquet('data/trees.parquet') t",
      'UNKNOWN_TABLE',
      /the table x, but FROM does not contain it/,
      [1, 8],
    ],
    ["SELECT 1 FROM read_parquet('data/trees.parquet') t WHERE nope", 'UNKNOWN_COLUMN', /no column nope/, [1, 58]],
    ['SELECT sum(col1) FROM fruit', 'INVALID_QUERY', /sum\(VARCHAR\)/, [1, 8]],
    ['SELECT id, count(*) FROM trees', 'INVALID_QUERY', /GROUP BY/, [1, 8]],
    ['SELECT nofunction(1)', 'FUNCTION_NOT_ALLOWED', /no function nofunction, or it is not allowed/, [1, 8]],
    ['SELECT abz(1)', 'FUNCTION_NOT_ALLOWED', /Did you mean .*abs/, [1, 8]],
    ["SELECT strptime('x', '%')", 'INVALID_QUERY', /format specifier/],
    ['SELECT CAST(1 AS nothing)', 'INVALID_QUERY', /nothing/],
    [
      `SELECT ${Array(2000).fill('1').join('+')}`,
      'SYNTAX_ERROR',
      /^An expression is nested .* deep\. Replace a long chain/,
    ],
    [`SELECT ${'abs('.repeat(1200)}1${')'.repeat(1200)}`, 'SYNTAX_ERROR', /nested more than 1000 levels deep/],
    ['SELECT 1 UNION SELECT 1, 2', 'INVALID_QUERY', /number of result columns/],
    ["FROM 'data/none.parquet'", 'INPUT_NOT_FOUND', /data\/none\.parquet/],
    ["FROM read_parquet('data/none*.parquet')", 'INPUT_NOT_FOUND', /data\/none\*\.parquet/],
    [
      "FROM read_parquet('data/fruit/broken.parquet')",
      'INPUT_INVALID',
      /fruit\/broken\.parquet is not a readable Parquet file/,
    ],
    ["FROM read_csv('data/trees.parquet')", 'INPUT_INVALID', /data\/trees\.parquet/],
  ];
  await writeFile(join(to.folder, 'data/fruit/broken.parquet'), 'not at all');
  for (const [script, code, message, at] of cases) {
    const error = await to.refusal(script);
    assert.equal(error.code, code, `${script}: ${error.message}`);
    assert.match(error.message, message, script);
    assert.ok(!error.message.includes(to.scratchFolder), error.message);
    if (at !== undefined) assert.deepEqual([error.details['line'], error.details['column']], at, script);
  }
});

test('reports INPUT_INVALID and the file name when DuckDB rejects a footer', async (t) => {
  const to = await openOrchard(t);
  const path = join(to.folder, 'data/trees.parquet');
  const good = await readFile(path);
  const codes = new Set<string>();
  const start = good.length - 8 - good.readUInt32LE(good.length - 8);
  for (let offset = start; offset < start + 80; offset += 1) {
    const changed = Buffer.from(good);
    changed[offset] = (changed[offset] ?? 0) ^ 0x04;
    await writeFile(path, changed);
    const [outcome] = await Promise.allSettled([to.bind('SELECT * FROM trees')]);
    if (outcome?.status !== 'rejected') continue;
    assert.ok(outcome.reason instanceof FabricError);
    const { code, message } = outcome.reason;
    codes.add(`${code} ${message.includes('cannot be read: ') ? 'by DuckDB' : 'by the footer'}`);
    assert.ok(message.startsWith(path) && !message.includes(to.scratchFolder), `byte ${offset}: ${message}`);
  }
  assert.deepEqual([...codes].sort(), ['INPUT_INVALID by DuckDB', 'INPUT_INVALID by the footer']);
});

test('binds the new version of a file that was replaced between two queries', async (t) => {
  const to = await openOrchard(t);
  assert.deepEqual(columnsOf(await bindQuery(to, 'FROM trees')), ['id BIGINT', 'fruit BIGINT', 'height DOUBLE']);
  writeParquet(join(to.folder, 'new.parquet'), 'SELECT 1 AS other');
  await rename(join(to.folder, 'new.parquet'), join(to.folder, 'data/trees.parquet'));
  assert.deepEqual(columnsOf(await bindQuery(to, 'FROM trees')), ['other INTEGER']);
});

test('turns key=value folders into partition columns and skips files that a filter on those columns rules out', async (t) => {
  const folder = await temporaryFolder(t);
  for (const year of [2020, 2021, 2022]) {
    await mkdir(join(folder, `d/sales/year=${year}`), { recursive: true });
    writeParquet(join(folder, `d/sales/year=${year}/part.parquet`), `SELECT ${year} AS amount`);
  }
  const to = await openBinder(t, { data: ['d'], workingFolder: folder });
  const all = await bindQuery(to, 'SELECT amount, year FROM sales');
  assert.deepEqual(columnsOf(all), ['amount INTEGER', 'year BIGINT']);
  assert.equal(filesOf(all)[0]?.length, 4);
  const some = await bindQuery(to, 'SELECT amount FROM sales WHERE year > 2021');
  assert.deepEqual(filesOf(some), [['sales', join(folder, 'd/sales/year=2022/part.parquet')]]);
  assert.equal(some.layout(0, 0).rows, 1);
});

test('rejects only the queries that name an invalid table of a data folder', async (t) => {
  const folder = await orchard(t);
  await mkdir(join(folder, 'data/mixed'));
  for (const file of ['mixed/1.csv', 'mixed/2.json', 'twin.csv', 'twin.json']) {
    await writeFile(join(folder, 'data', file), '');
  }
  const to = await openBinder(t, { data: ['data'], workingFolder: folder });
  await bindQuery(to, 'SELECT 1');
  await bindQuery(to, 'SELECT * FROM trees');
  assert.deepEqual(constantRows(await bindQuery(to, 'SHOW TABLES')), [['fruit'], ['trees']]);
  const cases: readonly (readonly [script: string, code: ErrorCode, message: RegExp])[] = [
    ['SELECT * FROM Mixed', 'INPUT_INVALID', /table mixed has files of two formats, csv and json/],
    [
      'SELECT * FROM trees WHERE EXISTS (FROM twin)',
      'INPUT_INVALID',
      /Two inputs have the table name twin: .*--table NAME=PATH/,
    ],
    ['CREATE VIEW mixed AS SELECT 1; FROM mixed', 'INVALID_QUERY', /has the name of a table/],
  ];
  for (const [script, code, message] of cases) {
    const error = await to.refusal(script);
    assert.equal(error.code, code, `${script}: ${error.message}`);
    assert.match(error.message, message, script);
  }
});

test('disables optimizers for a query whose optimized plan DuckDB cannot serialize', async (t) => {
  const to = await openOrchard(t);
  const counts = 'count(DISTINCT now()) AS n, count(DISTINCT current_timestamp) AS m';
  for (const rest of ['FROM trees', 'FROM trees GROUP BY fruit']) {
    const query = await bindQuery(to, `SELECT ${counts} ${rest}`);
    assert.deepEqual(columnsOf(query), ['n BIGINT', 'm BIGINT'], rest);
  }
  const [twice] = operators((await bindQuery(to, 'SELECT sum(id), sum(id) + 1 FROM trees')).plan.root).filter(
    ({ kind }) => kind === 'aggregate',
  );
  assert.ok(
    twice?.kind === 'aggregate' && twice.aggregates.length === 1,
    'the next query was bound with fewer optimizers as well',
  );
});

test('treats glob characters in file names literally', async (t) => {
  const folder = await temporaryFolder(t);
  await mkdir(join(folder, 'd'));
  for (const name of ['a[1]', 'a1', 'b*', 'c?'])
    writeParquet(join(folder, `d/${name}.parquet`), `SELECT '${name}' AS "${name}"`);
  const to = await openBinder(t, { data: ['d'], workingFolder: folder });
  for (const name of ['a[1]', 'b*', 'c?']) {
    assert.deepEqual(columnsOf(await bindQuery(to, `FROM "${name}"`)), [`${name} VARCHAR`]);
  }
});

test('rejects a plan with more parts than the caller accepts', async (t) => {
  const folder = await temporaryFolder(t);
  const { client, catalog } = await openBinder(t, { workingFolder: folder });
  const bind = (rows: number) => {
    const sql = `SELECT * FROM (VALUES ${Array.from({ length: rows }, (_, at) => `(${at})`).join(', ')})`;
    return client.bind(sql, catalog, { settings: defaultSettings('UTC'), maxPlanParts: 1000 });
  };
  const bound = await bind(100);
  assert.equal(bound.kind, 'query');
  await assert.rejects(bind(1000), { code: 'PLAN_MEMORY', message: /more than 1000 rows, constants, expressions/ });
});
