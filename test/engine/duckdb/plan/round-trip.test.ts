import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { renderFragment } from '../../../../engine/duckdb/render/relations.ts';
import { FabricError } from '../../../../engine/errors.ts';
import { EXPRESSIONS } from './expressions.ts';
import { QUERIES } from './queries.ts';
import { answerTo, bothAnswers, contextOf, difference, openSession, planOf, type Session } from './session.ts';
import { makeTables, type TestTables } from './tables.ts';

let session: Session;
let tables: TestTables;
before(async () => {
  session = await openSession();
  tables = await makeTables(session.binder);
});
after(() => tables.remove());

async function assertSameAnswer(sql: string): Promise<void> {
  const { direct, rendered } = await bothAnswers(session, sql);
  assert.equal(difference(direct, rendered, false), undefined, sql);
}

describe('SQL rendered from a plan returns the same rows as the original', () => {
  for (const expression of EXPRESSIONS) {
    test(`expression: ${expression}`, () => assertSameAnswer(`SELECT ${expression} FROM x`));
  }
  for (const query of QUERIES) test(`query: ${query}`, () => assertSameAnswer(query));
});

describe('SQL rendered from a plan returns rows in the order of its ORDER BY', () => {
  for (const query of [
    'SELECT i FROM x ORDER BY i DESC',
    'SELECT nn FROM x ORDER BY nn NULLS FIRST, i',
    'SELECT nn, i FROM x ORDER BY nn DESC NULLS LAST, i DESC LIMIT 7 OFFSET 2',
    'SELECT s FROM x ORDER BY s COLLATE NOCASE DESC LIMIT 4',
    'SELECT i FROM x ORDER BY i DESC LIMIT 33.3%',
    'SELECT i FROM x ORDER BY i DESC LIMIT (SELECT max(ti) FROM x) OFFSET (SELECT 2)',
  ]) {
    test(query, async () => {
      const { direct, rendered } = await bothAnswers(session, query);
      assert.equal(difference(direct, rendered, true), undefined);
    });
  }
});

describe('a query that fails in DuckDB fails with the same message', () => {
  for (const [query, message] of [
    ['SELECT a.i, (SELECT b.i FROM x b WHERE b.bo = a.bo) FROM x a', 'More than one row returned by a subquery'],
    ['SELECT a.i, (SELECT b.i FROM x b WHERE b.i > a.i) FROM x a', 'More than one row returned by a subquery'],
    ['SELECT (SELECT i FROM x)', 'More than one row returned by a subquery'],
    [
      'SELECT count(*) FROM x a WHERE (SELECT b.i FROM x b WHERE b.bo = a.bo) IS NULL',
      'More than one row returned by a subquery',
    ],
    ["SELECT error('boom') FROM x", 'boom'],
    ["SELECT CAST('str' || i AS INTEGER) FROM x", 'Could not convert string'],
    ['SELECT sum(d18 * d18) FROM x', 'Overflow in multiplication of DECIMAL'],
  ] as const) {
    test(query, async () => {
      const plan = await planOf(session, query);
      const expected = { message: new RegExp(message) };
      await assert.rejects(answerTo(session.binder, query), expected);
      await assert.rejects(answerTo(session.executor, renderFragment(plan.root, contextOf(plan))), expected);
    });
  }
});

describe('a LIMIT or OFFSET out of range fails, as in DuckDB', () => {
  for (const [query, message] of [
    ['SELECT i FROM x LIMIT (SELECT -1 FROM range(1))', 'LIMIT and OFFSET must be between'],
    ['SELECT i FROM x OFFSET (SELECT -1 FROM range(1))', 'LIMIT and OFFSET must be between'],
    ['SELECT i FROM x LIMIT (SELECT 100.5 FROM range(1)) %', 'LIMIT must be between 0 % and 100 %'],
    ['SELECT i FROM x LIMIT (SELECT -1 FROM range(1)) %', 'LIMIT must be between 0 % and 100 %'],
    ["SELECT i FROM x LIMIT (SELECT 'nan'::DOUBLE FROM range(1)) %", 'LIMIT must be between 0 % and 100 %'],
  ] as const) {
    test(query, async () => {
      const plan = await planOf(session, query);
      await assert.rejects(answerTo(session.binder, query));
      const rendered = renderFragment(plan.root, contextOf(plan));
      await assert.rejects(answerTo(session.executor, rendered), { message: new RegExp(message) });
    });
  }
});

describe('rejects a construct that the IR cannot represent, and names it in the error', () => {
  for (const [query, construct] of [
    ["SELECT '10101'::BIT FROM x", 'a constant that DuckDB cannot serialize'],
    ['SELECT 12345678901234567890123456789012345678901234567890::BIGNUM', 'a constant that DuckDB cannot serialize'],
    ["SELECT nextval('sq') FROM x", 'the function nextval'],
    ['SELECT alias(i + 1) FROM x', 'alias(..) of an expression without a name'],
    ['SELECT variant_typeof(i::VARIANT) FROM x', 'VARIANT'],
    [
      'WITH RECURSIVE t(n, m) USING KEY (n) AS (SELECT 1, 2 UNION SELECT n + 1, m FROM t WHERE n < 5) SELECT * FROM t',
      'USING KEY',
    ],
  ] as const) {
    test(query, async () => {
      await assert.rejects(
        planOf(session, query),
        (error: unknown) =>
          error instanceof FabricError && error.code === 'PLAN_UNSUPPORTED' && error.message.includes(construct),
      );
    });
  }
});

describe('a query with sampling', () => {
  for (const [query, rows] of [
    ['SELECT i FROM x USING SAMPLE 5 ROWS', '5'],
    ['SELECT i FROM x TABLESAMPLE RESERVOIR (20%)', '4'],
    ['SELECT i FROM x TABLESAMPLE BERNOULLI (100%)', '20'],
    ['SELECT i FROM x TABLESAMPLE SYSTEM (100%) REPEATABLE (42)', '20'],
  ] as const) {
    test(`${query} returns ${rows} rows`, async () => {
      const plan = await planOf(session, query);
      const counted = `SELECT count(*) FROM (${renderFragment(plan.root, contextOf(plan))})`;
      assert.deepEqual((await answerTo(session.executor, counted)).rows, [[rows]]);
    });
  }
});

describe('a query over files', () => {
  const read = (arguments_: string): string => arguments_.replaceAll('DIR', tables.directory);
  for (const query of [
    "SELECT file_row_number, file_index, i FROM read_parquet('DIR/x.parquet')",
    "SELECT * FROM read_parquet('DIR/parts/*/*/*.parquet', hive_partitioning = true) WHERE a = 2",
    "SELECT * FROM read_parquet('DIR/parts/*/*/*.parquet', union_by_name = true, filename = 'fn')",
    "SELECT z, a, b FROM read_parquet('DIR/parts/*/*/*.parquet', union_by_name = true) WHERE z IS NULL OR i = 1",
    "SELECT i, filename, file_row_number, file_index, a, b FROM read_parquet('DIR/parts/*/*/*.parquet', hive_types = {'a': INTEGER})",
    "SELECT filename, count(*) FROM read_parquet('DIR/parts/*/*/*.parquet') WHERE filename LIKE '%a=2%' GROUP BY ALL",
    "SELECT b, count(*) FROM read_parquet('DIR/parts/*/*/*.parquet') GROUP BY b",
    "SELECT count(*) FROM read_parquet('DIR/groups.parquet') WHERE i > 100",
  ]) {
    test(query, () => assertSameAnswer(read(query)));
  }

  for (const folders of [
    'p=50%',
    'p=a%2',
    'p=%4%41%',
    'p=100%25/q=%C3%A9%2F%',
    '%/x%zz=1/p=2',
    '%70=1/p=2',
    'p=1/p=2',
    'p=a=b/p=2',
    'p=nUll',
    'p=%4EULL',
    'p=__HIVE_DEFAULT_PARTITION__',
    'p=%5F%5FHIVE_DEFAULT_PARTITION__',
    'p=',
  ]) {
    test(`a file in the folder ${folders} has the same columns as in DuckDB`, async () => {
      const folder = join(tables.directory, 'named', folders);
      mkdirSync(folder, { recursive: true });
      copyFileSync(join(tables.directory, 'parts/a=1/b=x/f.parquet'), join(folder, 'p=0.parquet'));
      await assertSameAnswer(`SELECT * FROM read_parquet('${folder}/p=0.parquet')`);
    });
  }

  test('a partition folder without a value returns NULL for a column that is not text', () => {
    const folder = join(tables.directory, 'named/p=');
    mkdirSync(folder, { recursive: true });
    copyFileSync(join(tables.directory, 'parts/a=1/b=x/f.parquet'), join(folder, 'f.parquet'));
    return assertSameAnswer(`SELECT * FROM read_parquet('${folder}/f.parquet', hive_types = {'p': INTEGER})`);
  });

  test('a file that lacks a column returns NULL for it, even if it is the only file', async () => {
    const plan = await planOf(
      session,
      read("SELECT i, z FROM read_parquet('DIR/parts/*/*/*.parquet', union_by_name = true)"),
    );
    const context = contextOf(plan, (file) => (file.location.includes('a=1') ? [file] : []));
    const { rows, types } = await answerTo(session.executor, renderFragment(plan.root, context));
    assert.deepEqual(types, ['BIGINT', 'INTEGER']);
    assert.deepEqual(rows, [
      ['0', 'null'],
      ['1', 'null'],
      ['2', 'null'],
    ]);
  });

  test('virtual columns contain the original location, never the local path', async () => {
    const plan = await planOf(
      session,
      read("SELECT filename, file_index, file_row_number FROM read_parquet('DIR/groups.parquet') WHERE i = 5000"),
      (path) => ({ location: 's3://bucket/key.parquet', identity: { sizeBytes: 1, version: path } }),
    );
    const path = join(tables.directory, 'groups.parquet');
    const rows = { start: 4096, end: 6144 };
    const context = contextOf(plan, (file) => [{ ...file, path, fileIndex: 7, rows }]);
    const answer = await answerTo(session.executor, renderFragment(plan.root, context));
    assert.deepEqual(answer.rows, [['s3://bucket/key.parquet', '7', '5000']]);
  });

  test('a scan without splits returns no rows, but keeps its column types', async () => {
    const plan = await planOf(session, 'SELECT * EXCLUDE (en, arr) FROM x');
    const context = contextOf(plan, () => []);
    const answer = await answerTo(session.executor, renderFragment(plan.root, context));
    assert.deepEqual(answer.rows, []);
    assert.deepEqual(answer.types, (await answerTo(session.binder, 'SELECT * EXCLUDE (en, arr) FROM x')).types);
  });
});
