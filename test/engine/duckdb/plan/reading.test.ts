import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { readPlan } from '../../../../engine/duckdb/plan/read-plan.ts';
import { renderFragment } from '../../../../engine/duckdb/render/relations.ts';
import type { Expression } from '../../../../engine/plan/expression.ts';
import { inputsOf, type Relation, type ScanFormat } from '../../../../engine/plan/relation.ts';
import { scalar, VARCHAR } from '../../../../engine/plan/types.ts';
import { answerTo, contextOf, openSession, planOf, resolveToItself, type Session } from './session.ts';
import { makeTables, type TestTables } from './tables.ts';

let session: Session;
let tables: TestTables;
before(async () => {
  session = await openSession();
  tables = await makeTables(session.binder);
});
after(() => tables.remove());

function find<Kind extends Relation['kind']>(relation: Relation, kind: Kind): Extract<Relation, { kind: Kind }> {
  const found = all(relation).find(
    (candidate): candidate is Extract<Relation, { kind: Kind }> => candidate.kind === kind,
  );
  assert.ok(found !== undefined, `no ${kind} in the plan`);
  return found;
}

function all(relation: Relation): readonly Relation[] {
  return [relation, ...inputsOf(relation).flatMap(all)];
}

/** Returns the names of the columns that an expression over a scan reads, in order. */
function columnNames(expression: Expression, scan: Extract<Relation, { kind: 'scan' }>): readonly string[] {
  switch (expression.kind) {
    case 'column': {
      const column = scan.columns[expression.index];
      return column?.kind === 'table' ? [column.name] : [];
    }
    case 'comparison':
      return [...columnNames(expression.left, scan), ...columnNames(expression.right, scan)];
    case 'conjunction':
    case 'operator':
      return expression.inputs.flatMap((input) => columnNames(input, scan));
    default:
      return [];
  }
}

describe('a scan', () => {
  test('has filters that select rows, and pruning predicates derived from the filters above it', async () => {
    const { root } = await planOf(session, 'SELECT s FROM x WHERE i > 3 AND (d = 4.5 OR nn IN (6, 9))');
    const scan = find(root, 'scan');
    assert.deepEqual(
      scan.filters.map((filter) => columnNames(filter, scan)),
      [['i']],
    );
    assert.ok(scan.pruning.some((predicate) => columnNames(predicate, scan).includes('nn')));
    assert.ok(scan.pruning.every((predicate) => predicate.kind === 'conjunction'));
  });

  test('has no pruning predicate for an OR if one branch does not restrict a column', async () => {
    const { root } = await planOf(session, 'SELECT s FROM x WHERE i = 3 OR d + f > 10');
    assert.deepEqual(find(root, 'scan').pruning, []);
  });

  test('has its own table in the plan, even if two scans read the same table', async () => {
    const plan = await planOf(session, 'SELECT a.i FROM x a JOIN x b ON a.i = b.nn');
    assert.deepEqual(
      plan.tables.map((table) => table.name),
      ['x', 'x'],
    );
    const scanned = all(plan.root).flatMap((relation) => (relation.kind === 'scan' ? [relation.table] : []));
    assert.deepEqual([...scanned].sort(), [0, 1]);
  });

  test('identifies its files by location', async () => {
    const plan = await planOf(session, 'SELECT i FROM x', () => ({
      location: 's3://bucket/data/events.parquet',
      identity: { sizeBytes: 10, version: 'etag' },
      table: 'events',
    }));
    assert.deepEqual(plan.tables[0]?.files, [
      { location: 's3://bucket/data/events.parquet', identity: { sizeBytes: 10, version: 'etag' } },
    ]);
    assert.equal(plan.tables[0]?.name, 'events');
  });

  test('reads only the row groups of its part of a file', async () => {
    const path = join(tables.directory, 'groups.parquet');
    const sql = `SELECT i, s FROM read_parquet('${path}') WHERE i % 2 = 1`;
    const plan = await planOf(session, sql);
    const expected = await answerTo(session.binder, `${sql} AND i >= 4096 AND i < 6144`);
    const { rows: groups } = await answerTo(
      session.binder,
      `SELECT row_group_id, min(coalesce(dictionary_page_offset, data_page_offset)), sum(total_compressed_size)
       FROM parquet_metadata('${path}') GROUP BY ALL`,
    );
    const file = await open(path, 'r+');
    for (const [group, start, size] of groups) {
      if (group !== '2') await file.write(Buffer.alloc(Number(size)), 0, Number(size), Number(start));
    }
    await file.close();
    const context = contextOf(plan, (source) => [
      { ...source, rows: { start: 4096, end: 5120 } },
      { ...source, rows: { start: 5120, end: 6144 } },
    ]);
    const fresh = await openSession();
    assert.deepEqual(await answerTo(fresh.executor, renderFragment(plan.root, context)), expected);
  });
});

describe('a scan of a CSV or JSON file that was bound to a Parquet stand-in', () => {
  const csv: ScanFormat = {
    kind: 'csv',
    options: { delimiter: ';', quote: '"', escape: '"', header: true, nullText: '-' },
  };
  for (const [name, text, format] of [
    ['rows.csv', 'i;s\n1;"a;b"\n-;it\'s\n', csv],
    ['rows.json', '[{"i": 1, "s": "a;b"}, {"s": "it\'s"}]', { kind: 'json', layout: 'array' }],
    ['rows.ndjson', '{"i": 1, "s": "a;b"}\n{"s": "it\'s"}\n', { kind: 'json', layout: 'newline-delimited' }],
  ] as const) {
    test(`reads ${name} with its table's dialect`, async () => {
      const stand = join(tables.directory, `${name}.parquet`);
      await session.binder.run(
        `COPY (SELECT range::INTEGER AS i, CASE WHEN range < 5 THEN 'x' || range END AS s FROM range(9)) TO '${stand}'`,
      );
      const path = join(tables.directory, name);
      writeFileSync(path, text);
      const plan = await planOf(session, `SELECT s, i, filename FROM read_parquet('${stand}')`, () => ({
        location: '/data/rows',
        identity: { sizeBytes: 1, version: '1' },
        format,
      }));
      const context = contextOf(plan, (file) => [{ ...file, path }]);
      const answer = await answerTo(session.executor, renderFragment(plan.root, context));
      assert.deepEqual(answer.rows, [
        ['a;b', '1', '/data/rows'],
        ["it's", 'null', '/data/rows'],
      ]);
    });
  }
});

describe('a plan', () => {
  test("includes the constant arguments that DuckDB's binder removes from aggregate calls", async () => {
    const { root } = await planOf(
      session,
      "SELECT string_agg(s, ';'), quantile_cont(d, [0.25, 0.5]), bitstring_agg(i, 0, 30) FROM x",
    );
    const calls = find(root, 'aggregate').aggregates;
    const constants = calls.map((call) =>
      call.inputs.slice(1).map((input) => (input.kind === 'constant' ? input.value : input)),
    );
    assert.deepEqual(constants, [[';'], [[25n, 50n]], [0n, 30n]]);
  });

  test('includes the offset of a RANGE window frame', async () => {
    const { root } = await planOf(
      session,
      'SELECT sum(i) OVER (ORDER BY ts DESC RANGE BETWEEN INTERVAL 3 DAY PRECEDING AND INTERVAL 0 DAY FOLLOWING) FROM x',
    );
    const [call] = find(root, 'window').calls;
    assert.equal(call?.frame?.mode, 'range');
    const start = call?.frame?.start;
    assert.ok(start?.kind === 'preceding' && start.offset.kind === 'constant');
    assert.deepEqual(start.offset.value, { months: 0, days: 3, micros: 0n });
  });

  test('renders a decimal subtraction without a cast of the result', async () => {
    const plan = await planOf(session, 'SELECT 1 - d4 FROM x');
    assert.match(
      renderFragment(plan.root, contextOf(plan)),
      /SELECT "-"\(CAST\('1.00' AS DECIMAL\(\d+,2\)\), t.c0\) AS c0/,
    );
  });

  test('reads a shuffle input through the wire types', () => {
    const sql = renderFragment(
      { kind: 'input', stage: 3, mode: 'partition', types: [scalar('INTERVAL'), VARCHAR] },
      {
        source: () => assert.fail('nothing is scanned'),
        readWire: (type, column) => (type === VARCHAR ? column : `as_interval(${column})`),
      },
    );
    assert.equal(sql, 'SELECT as_interval(t.c0) AS c0, t.c1 AS c1 FROM volley_input(3) AS t(c0, c1)');
  });
});

describe('readPlan', () => {
  const source = (plan: string) => ({ planJson: plan, columns: [], timeZone: 'UTC', resolveFile: resolveToItself });
  for (const [title, planJson, code, message] of [
    [
      'an unknown operator',
      '{"error":false,"plans":[{"type":"LOGICAL_TELEPORT"}]}',
      'PLAN_UNSUPPORTED',
      /LOGICAL_TELEPORT/,
    ],
    [
      'an unknown field',
      '{"error":false,"plans":[{"type":"LOGICAL_PROJECTION","wormhole":1,"children":[{"type":"LOGICAL_DUMMY_SCAN"}]}]}',
      'PLAN_UNSUPPORTED',
      /LOGICAL_PROJECTION with wormhole/,
    ],
    ['a plan that DuckDB cannot serialize', '', 'PLAN_UNSUPPORTED', /cannot serialize/],
    [
      'an error from DuckDB',
      '{"error":true,"error_type":"binder","error_message":"no such column"}',
      'INVALID_QUERY',
      /no such column/,
    ],
    [
      "a plan whose columns differ from the statement's",
      '{"plans":[{"type":"LOGICAL_DUMMY_SCAN"}]}',
      'INTERNAL',
      /1 columns, but .* 0/,
    ],
  ] as const) {
    test(`rejects ${title}`, () => assert.throws(() => readPlan(source(planJson)), { code, message }));
  }
});
