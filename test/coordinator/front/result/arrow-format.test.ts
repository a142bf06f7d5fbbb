import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tableFromIPC } from 'apache-arrow';
import { formatResult } from '../../../../coordinator/front/result/format.ts';
import { decodeStream } from '../../../../engine/arrow/decode-stream.ts';
import { FabricError } from '../../../../engine/errors.ts';
import { bytesOf, resultOf } from './query-result.ts';

const arrow = (sql: string): Promise<Uint8Array> => bytesOf(formatResult(resultOf(sql, 'Europe/Berlin'), 'arrow'));

/** Expressions and their expected Arrow types, as apache-arrow prints them. */
const TYPES: readonly (readonly [expression: string, type: string])[] = [
  ['true', 'Bool'],
  ['1::TINYINT', 'Int8'],
  ['1::UBIGINT', 'Uint64'],
  ['1::HUGEINT', 'Decimal[38e0]'],
  ['1::UHUGEINT', 'Decimal[38e0]'],
  ['1.5::DECIMAL(10,2)', 'Decimal[10e+2]'],
  ['1::FLOAT', 'Float32'],
  ["'a'", 'Utf8'],
  ["'a'::ENUM('a', 'b')", 'Utf8'],
  ["'8f14e45f-ceea-467f-a9b1-2f1e3d4c5b6a'::UUID", 'Utf8'],
  ["'{}'::JSON", 'Utf8'],
  ["'101'::BIT", 'Utf8'],
  ['union_value(k := 1)', 'Utf8'],
  ["'a'::BLOB", 'Binary'],
  ["DATE '2026-11-21'", 'Date32<DAY>'],
  ["TIME '12:00:00'", 'Time64<MICROSECOND>'],
  ["TIMESTAMP_NS '2026-11-21 00:00:00'", 'Timestamp<NANOSECOND>'],
  ["TIMESTAMPTZ '2026-11-21 00:00:00+00'", 'Timestamp<MICROSECOND, Europe/Berlin>'],
  ['[true]', 'List<Bool>'],
  ['array_value(1, 2)', 'FixedSizeList[2]<Int32>'],
  ["{'a': 1::HUGEINT}", 'Struct<{a:Decimal[38e0]}>'],
  ["MAP {'a': true}", 'Map<{key:Utf8, value:Bool}>'],
  ["MAP {'a': 'b'::ENUM('b')}", 'Map<{key:Utf8, value:Utf8}>'],
];

test('writes every type as the Arrow type that other libraries expect, without extension metadata', async () => {
  const sql = `SELECT ${TYPES.map(([expression], index) => `${expression} AS c${index}`).join(', ')}`;
  const { schema } = tableFromIPC(await arrow(sql));
  const actual = schema.fields.map((field, index) => [TYPES[index]?.[0], String(field.type)]);
  assert.deepEqual(actual, TYPES);
  assert.ok(schema.fields.every((field) => field.metadata.size === 0));
});

test('preserves values and NULLs across batches', async () => {
  const table = tableFromIPC(
    await arrow(
      "SELECT i, CASE WHEN i % 3 = 0 THEN NULL ELSE i % 2 = 0 END AS b, CASE WHEN i % 5 <> 0 THEN 'row ' || i END AS t FROM range(5000) AS r(i)",
    ),
  );
  assert.equal(table.numRows, 5000);
  for (const i of [0, 1, 2, 3, 2047, 2048, 4999]) {
    const row = table.get(i);
    assert.equal(row?.['i'], BigInt(i));
    assert.equal(row?.['b'], i % 3 === 0 ? null : i % 2 === 0);
    assert.equal(row?.['t'], i % 5 === 0 ? null : `row ${i}`);
  }
});

test('preserves wide integers and intervals', async () => {
  const { batches } = decodeStream(
    await arrow("SELECT (-5)::HUGEINT AS h, INTERVAL '1 month 2 days 3 microseconds' AS i"),
  );
  const [wide, interval] = batches[0]?.columns ?? [];
  const bytes = (column: typeof wide): Buffer => Buffer.from(column?.buffers[0] ?? []);
  assert.equal(bytes(wide).readBigInt64LE(0), -5n);
  assert.equal(bytes(wide).readBigInt64LE(8), -1n);
  assert.deepEqual(
    [bytes(interval).readInt32LE(0), bytes(interval).readInt32LE(4), bytes(interval).readBigInt64LE(8)],
    [1, 2, 3000n],
  );
});

test('writes a stream with a schema for a result without rows', async () => {
  const table = tableFromIPC(await arrow('SELECT 1 AS a WHERE false'));
  assert.deepEqual([table.numRows, table.schema.names], [0, ['a']]);
});

for (const [expression, column] of [
  ['170141183460469231731687303715884105727::HUGEINT', 'wide'],
  ['[340282366920938463463374607431768211455::UHUGEINT]', 'wide'],
  ['to_microseconds(9223372036854775807)', 'wide'],
] as const) {
  test(`rejects a value that Arrow cannot hold and names the column: ${expression}`, async () => {
    await assert.rejects(
      arrow(`SELECT ${expression} AS ${column}`),
      (error) =>
        error instanceof FabricError && error.code === 'OUTPUT_FAILED' && error.message.includes(`"${column}"`),
    );
  });
}
