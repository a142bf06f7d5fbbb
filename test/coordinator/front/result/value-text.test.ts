import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DuckDBInstance } from '@duckdb/node-api';
import { textRows } from '../../../../coordinator/front/result/text-rows.ts';
import { resultOf } from './query-result.ts';

/** Returns the rows of a query as `textRows` formats them. */
async function shown(sql: string, timeZone: string): Promise<readonly (readonly (string | null)[])[]> {
  const rows: (readonly (string | null)[])[] = [];
  for await (const piece of textRows(resultOf(sql, timeZone), (text) => text)) rows.push(...piece.rows);
  return rows;
}

/** Returns the rows of a query with all values cast to VARCHAR by DuckDB's own client. */
async function cast(sql: string, timeZone: string): Promise<readonly (readonly (string | null)[])[]> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(`SET TimeZone = '${timeZone}'`);
  const reader = await connection.runAndReadAll(`SELECT CAST(COLUMNS(*) AS VARCHAR) FROM (${sql})`);
  return reader.getRows().map((row) => row.map((value) => (value === null ? null : String(value))));
}

const VALUES: Readonly<Record<string, readonly string[]>> = {
  booleans: ['true', 'false', 'NULL::BOOLEAN'],
  integers: [
    '(-128)::TINYINT',
    '255::UTINYINT',
    '(-32768)::SMALLINT',
    '65535::USMALLINT',
    '(-2147483648)::INTEGER',
    '4294967295::UINTEGER',
    '(-9223372036854775808)::BIGINT',
    '18446744073709551615::UBIGINT',
    '170141183460469231731687303715884105727::HUGEINT',
    '(-170141183460469231731687303715884105728)::HUGEINT',
    '340282366920938463463374607431768211455::UHUGEINT',
  ],
  bignums: [
    "'0'::BIGNUM",
    "'-1'::BIGNUM",
    "'123456789012345678901234567890123456789012345678901234567890'::BIGNUM",
    "'-99999999999999999999999999999999999999999999999'::BIGNUM",
  ],
  decimals: [
    '15::DECIMAL(5,0)',
    '0.15::DECIMAL(2,2)',
    '(-0.15)::DECIMAL(2,2)',
    '(-0.001)::DECIMAL(18,3)',
    '99999999999999999999999999999999999999::DECIMAL(38,0)',
    "'-0.00000000000000000000000000000000000001'::DECIMAL(38,38)",
  ],
  doubles: [
    '0.1::DOUBLE',
    '1e15::DOUBLE',
    '1e16::DOUBLE',
    '0.0001::DOUBLE',
    '0.00001::DOUBLE',
    '123456789.125::DOUBLE',
    '5e-324::DOUBLE',
    '1.7976931348623157e308::DOUBLE',
    "'-0'::DOUBLE",
    "'nan'::DOUBLE",
    "'inf'::DOUBLE",
    "'-inf'::DOUBLE",
    '9007199254740993::DOUBLE',
  ],
  floats: [
    '0.1::FLOAT',
    '20437.1875::FLOAT',
    '503404384::FLOAT',
    '123456789::FLOAT',
    '1e16::FLOAT',
    '3.4028235e38::FLOAT',
    '1e-45::FLOAT',
    "'nan'::FLOAT",
    '1.26217745e-29::FLOAT',
  ],
  text: ["''", "'a'", "'ünïcödé 漢字 🎈'", "'a' || chr(0) || 'b'", 'NULL::VARCHAR', '\'{"a": [1, null]}\'::JSON'],
  blobs: ["''::BLOB", "'ab\\x00\\xFF\\x5C\\x27\\x22 z'::BLOB"],
  bits: ["'0'::BIT", "'101'::BIT", "'1111111100000001'::BIT"],
  dates: [
    "DATE '2026-11-21'",
    "DATE '1969-12-31'",
    "DATE '0001-01-01'",
    "DATE '0044-03-15 (BC)'",
    "DATE '10000-01-01'",
    "'infinity'::DATE",
    "'-infinity'::DATE",
    "'5877642-06-25 (BC)'::DATE",
    "'5881580-07-10'::DATE",
  ],
  times: [
    "TIME '00:00:00'",
    "TIME '23:59:59.999999'",
    "TIME '24:00:00'",
    "TIME '12:00:00.5'",
    "TIME_NS '12:00:00.123456789'",
    "TIMETZ '12:00:00+01:30'",
    "TIMETZ '23:59:59.5-15:59:59'",
    "TIMETZ '00:00:00+00'",
  ],
  timestamps: [
    "TIMESTAMP '2026-11-21 01:02:03'",
    "TIMESTAMP '1969-12-31 23:59:59.999999'",
    "TIMESTAMP '0044-03-15 (BC) 12:00:00.25'",
    "'infinity'::TIMESTAMP",
    "'-infinity'::TIMESTAMP",
    "TIMESTAMP_S '2026-11-21 01:02:03'",
    "TIMESTAMP_MS '1900-01-01 00:00:00.001'",
    "TIMESTAMP_NS '2026-11-21 01:02:03.123456789'",
    "'infinity'::TIMESTAMP_S",
    "'-infinity'::TIMESTAMP_NS",
    "TIMESTAMP '290309-12-22 (BC) 00:00:00'",
  ],
  'timestamps with time zone': [
    "TIMESTAMPTZ '2026-07-01 12:00:00+00'",
    "TIMESTAMPTZ '2026-03-29 00:59:59.999999+00'",
    "TIMESTAMPTZ '2026-03-29 01:00:00+00'",
    "TIMESTAMPTZ '1880-01-01 00:00:00+00'",
    "'infinity'::TIMESTAMPTZ",
    "TIMESTAMPTZ '290000-01-01 00:00:00+00'",
    "TIMESTAMPTZ '0044-03-15 (BC) 12:00:00+00'",
  ],
  intervals: [
    "INTERVAL '0' DAY",
    'to_months(-14)',
    'to_years(1) + to_days(-1)',
    'to_hours(100)',
    'to_microseconds(-1)',
    'to_months(27) + to_days(3) + to_microseconds(3723500000)',
    'to_days(2147483647)',
    'to_microseconds(9223372036854775807)',
    'NULL::INTERVAL',
  ],
  uuids: [
    "'00000000-0000-0000-0000-000000000000'::UUID",
    "'ffffffff-ffff-ffff-ffff-ffffffffffff'::UUID",
    "'8f14e45f-ceea-467f-a9b1-2f1e3d4c5b6a'::UUID",
  ],
  enums: ["'b'::ENUM('a', 'b')", "NULL::ENUM('a')", "['a b'::ENUM('a b', 'c,d'), 'c,d', NULL]"],
  lists: [
    '[]::INTEGER[]',
    '[1, NULL, 3]',
    "['a, b', '', 'null', 'NULLs', ' x', 'x ', 'a\\b', 'a''b', NULL, 'a\"b', 'a:b', 'x=y', '(']",
    '[[1], [], NULL]',
    "[DATE '2020-01-01']",
    "[TIMESTAMP '2020-01-01 00:00:00']",
    '[0.1, 1e30]::DOUBLE[]',
    "['\\x27 ,'::BLOB]",
    '[\'"a, b"\'::JSON, NULL]',
    '[true, false]',
    "[INTERVAL '1' YEAR, to_hours(2)]",
    "['101'::BIT]",
    'NULL::INTEGER[]',
    "[TIMETZ '12:00:00+01']",
  ],
  arrays: [
    'array_value(1, NULL, 3)',
    "array_value('a', 'b,')",
    'NULL::INTEGER[2]',
    "array_value('a'::ENUM('a', 'b'), 'b')",
    'array_value(to_days(1), NULL)',
  ],
  structs: [
    "{'a': 1, 'b c': 'x y', 'q''': [1.5]}",
    "{'a': NULL::INTEGER}",
    "row(1, 'a, b')",
    "{'a': {'b': 'x,'}}",
    "{'a': '{\"x\": 1}'::JSON}",
    "{'t': TIMESTAMPTZ '2026-07-01 12:00:00+00'}",
    'NULL::STRUCT(a INTEGER)',
    "{'i': to_days(1), 'e': 'a'::ENUM('a')}",
  ],
  maps: [
    "MAP {'a': 1, 'b=': NULL}",
    'MAP {}::MAP(INTEGER, INTEGER)',
    "MAP([[1]], [{'a': 1}])",
    'MAP {1: to_days(1)}',
    "MAP {'a'::ENUM('a', 'b'): 'x'}",
    'MAP {\'"a="\'::JSON: 1}',
  ],
  unions: [
    "union_value(k := 'a, b')",
    "[union_value(k := 'a, b')]",
    'union_value(k := NULL::VARCHAR)',
    'union_value(num := 2)::UNION(num INTEGER, str VARCHAR)',
    "'x'::UNION(num INTEGER, str VARCHAR)",
    "{'u': union_value(l := ['a', 'b,'])}",
    'NULL::UNION(num INTEGER, str VARCHAR)',
  ],
  nulls: ['NULL', '[NULL]', "{'a': NULL}"],
};

for (const [kind, expressions] of Object.entries(VALUES)) {
  test(`formats ${kind} as DuckDB casts them to VARCHAR`, async () => {
    const sql = `SELECT ${expressions.map((expression, index) => `${expression} AS c${index}`).join(', ')}`;
    const [actual = []] = await shown(sql, 'Europe/Berlin');
    const [expected = []] = await cast(sql, 'Europe/Berlin');
    for (const [index, expression] of expressions.entries()) assert.equal(actual[index], expected[index], expression);
  });
}

test('keeps values and NULLs in their rows across batches', async () => {
  const sql = `SELECT i, CASE WHEN i % 3 = 0 THEN NULL ELSE i * 1.5 END AS d, CASE WHEN i % 5 = 0 THEN NULL ELSE [i, i + 1] END AS l,
    CASE WHEN i % 7 = 0 THEN NULL ELSE 'row ' || i END AS t, i % 2 = 0 AS b FROM range(5000) AS r(i)`;
  assert.deepEqual(await shown(sql, 'UTC'), await cast(sql, 'UTC'));
});

test('formats random floating-point numbers, dates and instants as DuckDB does', async () => {
  const seed = Math.random();
  const sql = `SELECT setseed(${seed}) IS NULL AS s, (random() - 0.5) * pow(10, random() * 60 - 30) AS d, ((random() - 0.5) * pow(10, random() * 20))::FLOAT AS f,
    DATE '1970-01-01' + (random() * 6e6 - 3e6)::INTEGER AS day, make_timestamptz((random() * 6e15 - 4e15)::BIGINT) AS instant FROM range(3000)`;
  // Both sides need the same random values, so these are generated once, as text that parses back without loss.
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const rows = (
    await connection.runAndReadAll(
      `SELECT d::VARCHAR, f::DOUBLE::VARCHAR, day::VARCHAR, epoch_us(instant)::VARCHAR FROM (${sql})`,
    )
  ).getRows();
  const values = rows
    .map((row) => `('${row[0]}'::DOUBLE, '${row[1]}'::DOUBLE::FLOAT, '${row[2]}'::DATE, make_timestamptz(${row[3]}))`)
    .join(', ');
  for (const zone of ['America/St_Johns', 'Africa/Monrovia']) {
    assert.deepEqual(
      await shown(`FROM (VALUES ${values})`, zone),
      await cast(`FROM (VALUES ${values})`, zone),
      `seed ${seed}, zone ${zone}`,
    );
  }
});
