import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DuckdbError } from '../../../../engine/duckdb/kernel/error.ts';
import { openSession, type Session, throughShuffle } from './session.ts';

const ROWS = 200_000;

describe('fragment inputs', () => {
  let session: Session;
  const text = (sql: string) => session.connection.query(sql).rows;

  before(() => {
    session = openSession();
    throughShuffle(
      session,
      `SELECT i AS a, i * 1.5::DOUBLE AS b, CASE WHEN i % 3 > 0 THEN 'row ' || i END AS s, [i, NULL, i + 1] AS l FROM range(${ROWS}) r(i)`,
    );
  });
  after(() => session.close());

  const cases: readonly (readonly [behaviour: string, sql: string, expected: readonly (string | null)[]])[] = [
    ['are counted without reading a column', 'count(*) FROM volley_input(0)', [String(ROWS)]],
    ['return the right column when only the last is read', 'sum(len(c3)) FROM volley_input(0)', [String(3 * ROWS)]],
    [
      'return the right column when only a middle column is read',
      'sum(c1) FROM volley_input(0)',
      [`${1.5 * ((ROWS * (ROWS - 1)) / 2)}.0`],
    ],
    ['return columns in the requested order', 'max(c2 || c0) FROM volley_input(0)', ['row 9999899998']],
    ['return columns that only a filter reads', 'sum(c0) FROM volley_input(0) WHERE c2 IS NULL AND c1 < 100', ['759']],
    ['return nested values', 'sum(list_sum(c3)) FROM volley_input(0)', [String(ROWS * ROWS)]],
    [
      'can be joined with themselves',
      'count(*) FROM volley_input(0) x JOIN volley_input(0) y ON x.c0 = y.c0 + 1 WHERE y.c1 >= 1.5',
      [String(ROWS - 2)],
    ],
    [
      'can be scanned in several branches of a query',
      'count(*) FROM (FROM volley_input(0) UNION ALL FROM volley_input(0) LIMIT 300000)',
      ['300000'],
    ],
    ['can be read only in part', 'count(*) FROM (SELECT c2 FROM volley_input(0) LIMIT 10)', ['10']],
  ];
  for (const [behaviour, sql, expected] of cases) {
    it(behaviour, () => {
      const [value, from] = [sql.slice(0, sql.indexOf(' FROM ')), sql.slice(sql.indexOf(' FROM '))];
      assert.deepEqual(text(`SELECT CAST(${value} AS VARCHAR) ${from}`)[0], expected);
    });
  }

  it('report their row count, so that the optimizer builds the hash table from the smaller input', () => {
    const { connection, inputs } = session;
    const many = throughShuffle(session, `SELECT i FROM range(${ROWS}) r(i)`);
    assert.match(many, /volley_input\(0\)/);
    inputs.register(1, {
      fields: [{ name: 'c0', type: { kind: 'int', bits: 64, signed: true } }],
      batches: [oneColumn(5n, 7n)],
    });
    for (const join of ['volley_input(0) a JOIN volley_input(1) b', 'volley_input(1) b JOIN volley_input(0) a']) {
      const plan = connection
        .query(`EXPLAIN (FORMAT json) SELECT * FROM ${join} ON a.c0 = b.c0`)
        .rows.map((row) => row[1])
        .join('');
      const [node] = JSON.parse(plan);
      const tree = JSON.stringify(node);
      // The first child of a hash join is the probe side, and the second is the build side. The input with 2 rows must be the build side.
      assert.ok(tree.indexOf(`"Estimated Cardinality":"${ROWS}"`) < tree.indexOf('"Estimated Cardinality":"2"'), tree);
    }
    assert.deepEqual(
      text('SELECT CAST(count(*) AS VARCHAR) FROM volley_input(0) a JOIN volley_input(1) b ON a.c0 = b.c0'),
      [['2']],
    );
  });

  it('have columns but no rows if there are no batches', () => {
    const { connection, inputs } = session;
    inputs.clear();
    inputs.register(4, { fields: [{ name: 'c0', type: { kind: 'utf8' } }], batches: [] });
    assert.deepEqual(
      connection.query('SELECT CAST(count(c0) AS VARCHAR), any_value(typeof(c0)) FROM volley_input(4)').rows,
      [['0', null]],
    );
  });

  it('fail the query, not the process, if they are not registered', () => {
    session.inputs.clear();
    assert.throws(
      () => session.connection.query('SELECT * FROM volley_input(9)'),
      (error) => error instanceof DuckdbError && /stage 9/.test(error.message),
    );
  });

  it('reject batches whose buffers do not match their fields', () => {
    session.inputs.clear();
    const fields = [{ name: 'c0', type: { kind: 'utf8' } }] as const;
    assert.throws(() => session.inputs.register(0, { fields, batches: [oneColumn(1n)] }), /lacks a buffer/);
  });
});

function oneColumn(...values: bigint[]) {
  return {
    rows: values.length,
    columns: [{ rows: values.length, buffers: [new Uint8Array(BigInt64Array.from(values).buffer)], children: [] }],
  };
}
