import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Connection, Database } from '../../../../engine/duckdb/kernel/database.ts';
import { DuckdbError, taskError } from '../../../../engine/duckdb/kernel/error.ts';
import { locateLibrary } from '../../../../engine/duckdb/kernel/locate.ts';
import { configure, lockDown } from '../../../../engine/duckdb/kernel/lockdown.ts';
import { typeSql } from '../../../../engine/plan/types.ts';
import { writeParquet } from '../../execute/fixture.ts';

describe('a DuckDB connection', () => {
  let database: Database;
  let connection: Connection;
  before(() => {
    database = Database.open();
    connection = database.connect();
  });
  after(() => {
    connection.close();
    database.close();
  });

  it('returns text and distinguishes a NUL character from a NULL value', () => {
    const { columns, rows } = connection.query(
      "SELECT 'a' || chr(0) || i AS x, CASE WHEN i = 1 THEN repeat('é', 20) END AS y FROM range(2) r(i)",
    );
    assert.deepEqual(
      columns.map(({ name }) => name),
      ['x', 'y'],
    );
    assert.deepEqual(rows, [
      ['a\u00000', null],
      ['a\u00001', 'é'.repeat(20)],
    ]);
  });

  it('returns more rows than one chunk holds', () => {
    assert.equal(connection.query('SELECT CAST(i AS VARCHAR) FROM range(5000) r(i)').rows.length, 5000);
  });

  it('returns the names and types of a result without running the statement', () => {
    const statement =
      connection.prepare(`SELECT error('never') AS e, 1 AS a, 2 AS a, {'x y': 1.5::DECIMAL(5,2)} AS s, map {1: [DATE '2000-01-01']} AS m,
      'a'::ENUM('a', 'b''c') AS en, array_value(1, 2) AS ar, union_value(k := 1) AS u, '{}'::JSON AS j, now() AS t, NULL AS n`);
    const columns = statement.columns().map(({ name, type }) => `${name} ${typeSql(type)}`);
    statement.close();
    assert.deepEqual(columns, [
      'e INTEGER',
      'a INTEGER',
      'a INTEGER',
      's STRUCT("x y" DECIMAL(5,2))',
      'm MAP(INTEGER, DATE[])',
      "en ENUM('a', 'b''c')",
      'ar INTEGER[2]',
      'u UNION("k" INTEGER)',
      'j JSON',
      't TIMESTAMP WITH TIME ZONE',
      'n INTEGER',
    ]);
  });

  it('reports error messages that suggest a DuckDB setting, and taskError removes the suggestion', () => {
    const sql = 'SELECT CAST((SELECT i FROM range(2) r(i)) AS VARCHAR)';
    assert.throws(
      () => connection.query(sql),
      (error) => {
        assert.ok(error instanceof DuckdbError);
        assert.match(error.message, /"SET scalar_subquery_error_on_multiple_rows=false"/);
        const { code, message } = taskError(error, [], '/scratch/7');
        assert.equal(code, 'QUERY_FAILED');
        assert.match(message, /^Invalid Input Error: More than one row .* can only return a single row\.$/);
        return true;
      },
    );
  });

  for (const [sql, type] of [
    ['SELEC 1', 'parser'],
    ['SELECT * FROM nowhere', 'catalog'],
    ['SELECT x FROM (SELECT 1 AS y)', 'binder'],
    ["SELECT CAST(CAST('a' AS INTEGER) AS VARCHAR)", 'conversion'],
    ["SELECT '\0'", 'parser'],
  ] as const) {
    it(`reports a ${type} error for ${JSON.stringify(sql)}`, () => {
      assert.throws(
        () => connection.query(sql),
        (error) => error instanceof DuckdbError && error.type === type,
      );
    });
  }
});

describe('a locked-down session', () => {
  let folder: string;
  let connection: Connection;
  before(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'volley-lock-')));
    for (const path of ['data/in.parquet', 'single.parquet', 'outside.parquet'])
      writeParquet(join(folder, path), 'SELECT 1 AS x');
    connection = Database.open().connect();
    lockDown(connection, {
      folders: [join(folder, 'data')],
      files: [join(folder, 'single.parquet')],
      scratch: join(folder, 'data', 'scratch'),
    });
  });
  after(() => rmSync(folder, { recursive: true }));

  it('reads the allowed files and can be configured for each task', () => {
    configure(connection, { memoryLimitMiB: 100, threads: 2, timeZone: 'Asia/Tokyo' });
    for (const path of ['data/in.parquet', 'single.parquet'])
      connection.run(`FROM read_parquet('${join(folder, path)}')`);
    assert.deepEqual(
      connection.query("SELECT current_setting('TimeZone'), CAST(current_setting('threads') AS VARCHAR)").rows,
      [['Asia/Tokyo', '2']],
    );
  });

  const refused: readonly (readonly [string, () => string])[] = [
    ['a file outside the allowed folder', () => `FROM read_parquet('${folder}/outside.parquet')`],
    ['a path that leaves the folder through ..', () => `FROM read_parquet('${folder}/data/../outside.parquet')`],
    ['a glob in the parent folder', () => `FROM read_parquet('${folder}/*.parquet')`],
    ['a system file', () => "FROM read_text('/etc/hostname')"],
    ['writing outside the allowed folder', () => `COPY (SELECT 1) TO '${folder}/out.parquet'`],
    ['attaching a database outside the allowed folder', () => `ATTACH '${folder}/other.db'`],
    ['installing an extension', () => 'INSTALL httpfs'],
    ['loading an extension', () => 'LOAD httpfs'],
    ['a remote file', () => "FROM read_parquet('https://localhost/x.parquet')"],
    ['unlocking the configuration', () => 'SET lock_configuration = false'],
    ['enabling external access', () => 'SET enable_external_access = true'],
    ['changing the allowed directories', () => "SET allowed_directories = ['/']"],
    ['extending the list of allowed settings', () => "SET allowed_configs = ['temp_directory']"],
    ['changing the spill folder', () => "SET temp_directory = '/'"],
  ];
  for (const [what, sql] of refused) {
    it(`rejects ${what}`, () => {
      assert.throws(() => connection.run(sql()), DuckdbError);
    });
  }
});

describe('a DuckDB error of a task', () => {
  const files = [{ path: '/scratch/7/input-0', location: '/data/[a].parquet' }];
  for (const [message, code, text] of [
    [
      'Out of Memory Error: could not allocate\n\nPossible solutions:\n* SET threads',
      'OUT_OF_MEMORY',
      /could not allocate$/,
    ],
    ["Conversion Error: no 'x'\n\nLINE 1: SELECT secret", 'QUERY_FAILED', /^Conversion Error: no 'x'$/],
    [
      "Invalid Input Error: No magic bytes found at end of file '/scratch/7/input-0'",
      'INPUT_INVALID',
      /'\/data\/\[a\]\.parquet'\.$/,
    ],
    ['Invalid Input Error: no such thing', 'QUERY_FAILED', /no such thing$/],
    ['Permission Error: Cannot access file "/x"', 'LOCATION_NOT_ALLOWED', /"\/x"$/],
    ['INTERNAL Error: in /scratch/7/spill', 'QUERY_FAILED', /^INTERNAL Error: in \(scratch\)\/spill$/],
  ] as const) {
    it(`becomes ${code}: ${message.split('\n', 1)}`, () => {
      const error = taskError(new DuckdbError(message), files, '/scratch/7');
      assert.equal(error.code, code);
      assert.match(error.message, text);
      assert.equal(error.retryable, false);
    });
  }
});

describe('locateLibrary', () => {
  it('throws an error that names a platform without a library', () => {
    assert.throws(() => locateLibrary('win32', 'x64'), /win32-x64/);
    const [other, arch] = [process.platform === 'linux' ? 'darwin' : 'linux', process.arch === 'x64' ? 'arm64' : 'x64'];
    assert.throws(() => locateLibrary(other, arch), new RegExp(`Install the package .*node-bindings-${other}-${arch}`));
  });
});
