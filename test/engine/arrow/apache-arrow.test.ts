import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  Bool,
  DateDay,
  Decimal,
  Field,
  FixedSizeBinary,
  FixedSizeList,
  Float32,
  Float64,
  Int16,
  Int32,
  Int64,
  List,
  Map_,
  Schema,
  Struct,
  Table,
  TimestampMicrosecond,
  tableFromIPC,
  tableToIPC,
  Uint8,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import type { ArrowType } from '../../../engine/arrow/batch.ts';
import { decodeStream } from '../../../engine/arrow/decode-stream.ts';
import { encodeStream, joinParts } from '../../../engine/arrow/encode-stream.ts';
import { batchOf, type LogicalTable, rowsOf } from './logical-values.ts';

const INT32: ArrowType = { kind: 'int', bits: 32, signed: true };
const item = (type: ArrowType) => ({ name: 'item', type });

/** Columns with their type, the values to write (fixed-width values as hex), and the values that apache-arrow reads. */
const COLUMNS: readonly {
  readonly type: ArrowType;
  readonly values: LogicalTable['rows'][number];
  readonly seen: readonly unknown[];
}[] = [
  { type: INT32, values: ['01000000', null, 'ffffffff'], seen: [1, null, -1] },
  {
    type: { kind: 'int', bits: 64, signed: false },
    values: ['ffffffffffffffff', null, '0000000000000080'],
    seen: [2n ** 64n - 1n, null, 2n ** 63n],
  },
  { type: { kind: 'int', bits: 8, signed: true }, values: ['80', '7f', null], seen: [-128, 127, null] },
  {
    type: { kind: 'float', bits: 64 },
    values: ['000000000000f83f', null, '000000000000f0ff'],
    seen: [1.5, null, Number.NEGATIVE_INFINITY],
  },
  { type: { kind: 'bool' }, values: [true, false, null], seen: [true, false, null] },
  { type: { kind: 'utf8' }, values: ['', 'naïve 🦆', null], seen: ['', 'naïve 🦆', null] },
  { type: { kind: 'binary' }, values: ['00ff', '', null], seen: [Uint8Array.of(0, 255), new Uint8Array(0), null] },
  {
    type: { kind: 'fixed-binary', width: 3 },
    values: ['010203', null, '040506'],
    seen: [Uint8Array.of(1, 2, 3), null, Uint8Array.of(4, 5, 6)],
  },
  { type: { kind: 'date32' }, values: ['01000000', null, '00000000'], seen: [86_400_000, null, 0] },
  { type: { kind: 'list', child: item(INT32) }, values: [['01000000', null], null, []], seen: [[1, null], null, []] },
  {
    type: { kind: 'fixed-list', child: item(INT32), size: 2 },
    values: [['01000000', '02000000'], null, [null, null]],
    seen: [[1, 2], null, [null, null]],
  },
  {
    type: { kind: 'struct', fields: [item(INT32)] },
    values: [['01000000'], null, [null]],
    seen: [{ item: 1 }, null, { item: null }],
  },
  {
    type: { kind: 'map', key: { name: 'key', type: { kind: 'utf8' } }, value: { name: 'value', type: INT32 } },
    values: [[['a', '01000000']], null, []],
    seen: [{ a: 1 }, null, {}],
  },
];

/** Converts an apache-arrow value to plain data. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array || typeof value !== 'object' || value === null) return value;
  if ('toJSON' in value && typeof value.toJSON === 'function') return plain(value.toJSON());
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

for (const { type, values, seen } of COLUMNS) {
  test(`writes columns that apache-arrow reads: ${JSON.stringify(type)}`, () => {
    const table = { fields: [{ name: 'c', type }], rows: values.map((value) => [value]) };
    const read = tableFromIPC(joinParts(encodeStream(table.fields, [batchOf(table), batchOf(table)])));
    assert.deepEqual([...(read.getChild('c') ?? [])].map(plain), [...seen, ...seen]);
    assert.equal(read.batches.length, 2);
  });
}

test('writes field names and extension metadata that apache-arrow reads', () => {
  const fields = [{ name: 'größe', type: INT32, extension: { name: 'arrow.bool8', metadata: 'm' } }];
  const [field] = tableFromIPC(joinParts(encodeStream(fields, []))).schema.fields;
  assert.equal(field?.name, 'größe');
  assert.deepEqual(Object.fromEntries(field?.metadata ?? []), {
    'ARROW:extension:name': 'arrow.bool8',
    'ARROW:extension:metadata': 'm',
  });
});

test('reads columns that apache-arrow writes', () => {
  const columns = {
    small: vectorFromArray([1, null, 255], new Uint8()),
    short: vectorFromArray([1, null, -1], new Int16()),
    int: vectorFromArray([1, null, -1], new Int32()),
    big: vectorFromArray([1n, null, -1n], new Int64()),
    float: vectorFromArray([1.5, null, -0], new Float32()),
    double: vectorFromArray([1.5, null, -0], new Float64()),
    flag: vectorFromArray([true, null, false], new Bool()),
    text: vectorFromArray(['a', null, '🦆'], new Utf8()),
    day: vectorFromArray([new Date(86_400_000), null, new Date(0)], new DateDay()),
    // The values are in milliseconds.
    moment: vectorFromArray([1, null, 2], new TimestampMicrosecond()),
    fixed: vectorFromArray([Uint8Array.of(1, 2), null, Uint8Array.of(3, 4)], new FixedSizeBinary(2)),
    list: vectorFromArray([[1], null, []], new List(new Field('item', new Int32(), true))),
    pair: vectorFromArray([[1, 2], null, [3, 4]], new FixedSizeList(2, new Field('item', new Int32(), true))),
    struct: vectorFromArray([{ a: 1 }, null, { a: 2 }], new Struct([new Field('a', new Int32(), true)])),
  };
  const stream = decodeStream(tableToIPC(new Table(columns), 'stream'));
  assert.deepEqual(
    stream.fields.map(({ name }) => name),
    Object.keys(columns),
  );
  assert.deepEqual(
    stream.batches.flatMap((batch) => rowsOf(stream.fields, batch)),
    [
      [
        '01',
        '0100',
        '01000000',
        '0100000000000000',
        '0000c03f',
        '000000000000f83f',
        true,
        'a',
        '01000000',
        'e803000000000000',
        '0102',
        ['01000000'],
        ['01000000', '02000000'],
        ['01000000'],
      ],
      Object.keys(columns).map(() => null),
      [
        'ff',
        'ffff',
        'ffffffff',
        'ffffffffffffffff',
        '00000080',
        '0000000000000080',
        false,
        '🦆',
        '00000000',
        'd007000000000000',
        '0304',
        [],
        ['03000000', '04000000'],
        ['02000000'],
      ],
    ],
  );
});

test('reads type parameters that apache-arrow writes', () => {
  const entries = new Struct<{ key: Utf8; value: Int32 }>([
    new Field('key', new Utf8()),
    new Field('value', new Int32(), true),
  ]);
  const schema = new Schema([
    new Field('d', new Decimal(4, 20, 128), true),
    new Field('m', new Map_(new Field('entries', entries)), true),
  ]);
  const { fields } = decodeStream(tableToIPC(new Table(schema), 'stream'));
  assert.deepEqual(
    fields.map(({ type }) => type),
    [
      { kind: 'decimal', bits: 128, precision: 20, scale: 4 },
      { kind: 'map', key: { name: 'key', type: { kind: 'utf8' } }, value: { name: 'value', type: INT32 } },
    ],
  );
});

test('rejects dictionary-encoded columns', () => {
  const bytes = tableToIPC(new Table({ c: vectorFromArray(['a', 'b', 'a']) }), 'stream');
  assert.throws(() => decodeStream(bytes, 'orders.arrow'), {
    code: 'INPUT_INVALID',
    message: /^orders\.arrow .*dictionar/,
  });
});
