import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { readSql, wireType, writeSql } from '../../../engine/duckdb/wire-types.ts';
import { scalar } from '../../../engine/plan/types.ts';
import { openSession, type Session, throughShuffle } from './kernel/session.ts';

/**
 * The number of rows per case. The rows fill more than one vector, so that every value occurs as the first and last value of a slice and at
 * each bit position of a validity byte.
 */
const ROWS = 9_000;

/** SQL values of each type. The first value determines the type. The test adds a NULL to each case. */
const CASES: readonly (readonly [name: string, ...values: string[]])[] = [
  ['BOOLEAN', 'true', 'false'],
  ['TINYINT', '(-128)::TINYINT', '127'],
  ['SMALLINT', '(-32768)::SMALLINT', '32767'],
  ['INTEGER', '(-2147483648)::INTEGER', '2147483647'],
  ['BIGINT', '(-9223372036854775808)::BIGINT', '9223372036854775807'],
  ['HUGEINT', "'-170141183460469231731687303715884105728'::HUGEINT", "'170141183460469231731687303715884105727'", '-1'],
  ['UTINYINT', '0::UTINYINT', '255'],
  ['USMALLINT', '0::USMALLINT', '65535'],
  ['UINTEGER', '0::UINTEGER', '4294967295'],
  ['UBIGINT', '0::UBIGINT', '18446744073709551615'],
  ['UHUGEINT', "'340282366920938463463374607431768211455'::UHUGEINT", '0::UHUGEINT'],
  ['BIGNUM', `'-${'9'.repeat(80)}'::BIGNUM`, "'0'::BIGNUM", "'1'::BIGNUM"],
  ['FLOAT', "'nan'::FLOAT", "'-inf'", "'inf'", '3.4028235e38', '1e-45'],
  ['DOUBLE', "'nan'::DOUBLE", "'-inf'", "'inf'", '1.7976931348623157e308', '5e-324'],
  ['VARCHAR', "''", "'twelve bytes'", "'thirteen byte'", "'a' || chr(0) || 'b'", "repeat('é', 500)", "'\u{1f600}'"],
  ['BLOB', "''::BLOB", "'\\xAA\\x00\\xFF'::BLOB", "repeat('x', 100)::BLOB"],
  ['BIT', "'0'::BIT", "'1'::BIT", "'10101010101'::BIT", "repeat('01', 500)::BIT"],
  ['DATE', "'infinity'::DATE", "'-infinity'", "'5877642-06-25 (BC)'", "'5881580-07-10'"],
  ['TIME', "'00:00:00'::TIME", "'24:00:00'", "'23:59:59.999999'"],
  ['TIME_NS', "'00:00:00'::TIME_NS", "'23:59:59.999999999'", "'24:00:00'"],
  ['TIMETZ', "'00:00:00+15:59:59'::TIMETZ", "'24:00:00-15:59:59'", "'12:34:56.789+02'"],
  [
    'TIMESTAMP',
    "'infinity'::TIMESTAMP",
    "'-infinity'",
    "'290309-12-22 (BC) 00:00:00'",
    "'294247-01-10 04:00:54.775806'",
  ],
  ['TIMESTAMP_S', "'infinity'::TIMESTAMP_S", "'-infinity'", "'294247-01-10 04:00:54'"],
  ['TIMESTAMP_MS', "'infinity'::TIMESTAMP_MS", "'-infinity'", "'294247-01-10 04:00:54.775'"],
  [
    'TIMESTAMP_NS',
    "'infinity'::TIMESTAMP_NS",
    "'-infinity'",
    "'1677-09-22 00:00:00.000000001'",
    "'2262-04-11 23:47:16.854775806'",
  ],
  [
    'TIMESTAMPTZ',
    "'infinity'::TIMESTAMPTZ",
    "'-infinity'",
    "'2024-07-01 00:00:00+00'",
    "'294247-01-10 04:00:54.775806+00'",
  ],
  [
    'INTERVAL',
    'to_microseconds(9223372036854775807)',
    'to_months((-2147483648)::INTEGER) + to_days(2147483647)',
    "INTERVAL '1 year -3 days -00:00:00.000001'",
  ],
  [
    'the smallest INTERVAL values',
    "to_microseconds('-9223372036854775808'::BIGINT)",
    'to_days((-2147483648)::INTEGER)',
    'to_months(2147483647)',
    'to_days(0)',
  ],
  [
    'UUID',
    "'00000000-0000-0000-0000-000000000000'::UUID",
    "'ffffffff-ffff-ffff-ffff-ffffffffffff'",
    "'80000000-0000-0000-0000-000000000000'",
  ],
  ['JSON', `'{"a":null}'::JSON`, "'null'::JSON"],
  ['DECIMAL(4,1)', '(-999.9)::DECIMAL(4,1)', '999.9'],
  ['DECIMAL(9,0)', '(-999999999)::DECIMAL(9,0)', '999999999'],
  ['DECIMAL(18,3)', '999999999999999.999::DECIMAL(18,3)', '-0.001'],
  ['DECIMAL(38,38)', `'-0.${'9'.repeat(38)}'::DECIMAL(38,38)`, '0'],
  ['DECIMAL(38,0)', `'${'9'.repeat(38)}'::DECIMAL(38,0)`, '-1'],
  ['ENUM', "'a'::ENUM('a', 'b''c')", "'b''c'"],
  ['INTEGER[]', '[]::INTEGER[]', '[1, NULL, 3]', 'range(100)'],
  ['VARCHAR[][]', "[['a', NULL], NULL, []]", '[]'],
  ['BOOLEAN[]', '[true, NULL, false]', '[]'],
  ['INTERVAL[]', '[to_days(1), NULL]', '[]', '[to_microseconds(9223372036854775807)]'],
  [
    'UUID[3]',
    "array_value('00000000-0000-0000-0000-000000000001'::UUID, NULL, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::UUID)",
  ],
  [
    'INTEGER[2][2]',
    'array_value(array_value(1, 2), array_value(3, NULL))',
    'array_value(NULL::INTEGER[2], array_value(1, 2))',
  ],
  ['VARCHAR[2][]', "[array_value('a', 'b'), NULL, array_value('c', NULL)]"],
  ['ENUM[2]', "array_value('a'::ENUM('a', 'b'), NULL)"],
  ['STRUCT', "{'a': 1, 'b': NULL::VARCHAR}", "{'a': NULL, 'b': 'x'}"],
  ['nested STRUCT', "{'a': {'b': [1.5, NULL], 'c': true}, 'd': 5::HUGEINT}", "{'a': NULL, 'd': NULL}"],
  ['STRUCT with a quoted name', `{'a "b" ''c''': to_days(1)}`],
  [
    'STRUCT with fields that have another wire type',
    "{'q': 'a'::ENUM('a'), 'r': to_months(5)}",
    "{'q': NULL, 'r': NULL}",
  ],
  ['unnamed STRUCT', "row(1, row('x', NULL::DATE))", "row(NULL, row('y', DATE '2000-01-01'))"],
  ['unnamed STRUCT with fields that have another wire type', "row('a'::ENUM('a'), to_days(1))"],
  ['MAP', "map {'a': 1::HUGEINT, 'b': NULL}", 'map {}'],
  ['MAP with nested values', "map {1: {'x': ['q', NULL]}, 2: NULL}"],
  ['MAP with entries that have another wire type', "map {'a'::ENUM('a', 'b'): to_days(1)}", 'map {}'],
  [
    'UNION',
    'union_value(k := 1)::UNION(k INTEGER, s VARCHAR)',
    "union_value(s := 'q')::UNION(k INTEGER, s VARCHAR)",
    'union_value(k := NULL::INTEGER)::UNION(k INTEGER, s VARCHAR)',
  ],
  ['nested UNION', "{'a': [union_value(k := 1)::UNION(k INTEGER, s INTERVAL, e ENUM('x')[]), NULL]}"],
];

describe('the wire types', () => {
  let session: Session;
  before(() => {
    session = openSession();
  });
  after(() => session.close());

  for (const [name, first = 'NULL', ...rest] of CASES) {
    it(`carry ${name} unchanged`, () => {
      const { connection } = session;
      const branches = [first, ...rest, 'NULL'].map((value, index) => `SELECT ${index} AS k, ${value} AS x`);
      const values = `(SELECT k, x FROM (${branches.join(' UNION ALL ')}))`;
      const rows = `SELECT i, x FROM range(${ROWS}) r(i) JOIN ${values} v ON v.k = (i * 7) % ${branches.length}`;
      const back = throughShuffle(session, rows);
      // Equal intervals can differ (30 days and one month), so the test also compares their text.
      const [answer] = connection.query(`
        SELECT CAST(count(*) AS VARCHAR), CAST(count(*) FILTER (
          a.c1 IS DISTINCT FROM b.x OR CAST(a.c1 AS VARCHAR) IS DISTINCT FROM CAST(b.x AS VARCHAR) OR typeof(a.c1) <> typeof(b.x)) AS VARCHAR)
        FROM (${back}) a JOIN (${rows}) b ON a.c0 = b.i`).rows;
      assert.deepEqual(answer, [String(ROWS), '0']);
    });
  }

  it('carry an untyped NULL as INTEGER, and restore its type', () => {
    const type = scalar('NULL');
    const { connection } = session;
    assert.deepEqual(wireType(type), scalar('INTEGER'));
    const written = `SELECT ${writeSql(type, 'x')} AS x FROM (SELECT NULL AS x)`;
    assert.deepEqual(connection.query(`SELECT typeof(x), typeof(${readSql(type, 'x')}) FROM (${written})`).rows, [
      ['INTEGER', '"NULL"'],
    ]);
  });
});
