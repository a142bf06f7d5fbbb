import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { FabricError } from '../../../engine/errors.ts';
import { type ParquetFooter, readParquetFooter } from '../../../engine/scan/parquet-footer.ts';
import type { ByteRange } from '../../../engine/store/object-store.ts';
import { temporaryFolder, writeParquet } from './parquet-fixture.ts';

async function footerOf(bytes: Uint8Array): Promise<ParquetFooter> {
  return readParquetFooter('input.parquet', bytes.length, async ({ start, end }) => bytes.subarray(start, end));
}

async function parquet(t: TestContext, query: string, options = ''): Promise<Buffer> {
  const path = join(await temporaryFolder(t), 'input.parquet');
  writeParquet(path, query, options);
  return readFile(path);
}

test('reads the rows of each row group and the byte range of each chunk', async (t) => {
  const bytes = await parquet(t, "SELECT range AS a, 'v' || range AS b FROM range(5000)", 'ROW_GROUP_SIZE 2048');
  const { layout, columns, bytes: footer } = await footerOf(bytes);
  assert.equal(layout.rows, 5000);
  assert.deepEqual(
    layout.rowGroups.map(({ firstRow, rows }) => [firstRow, rows]),
    [
      [0, 2048],
      [2048, 2048],
      [4096, 904],
    ],
  );
  assert.deepEqual(columns, [
    { name: 'a', type: 'INT64 INT_64' },
    { name: 'b', type: 'BYTE_ARRAY UTF8' },
  ]);
  assert.deepEqual(Buffer.from(footer), bytes.subarray(bytes.length - layout.footerBytes));
  // The chunks are contiguous and lie between the magic number and the footer.
  let end = 4;
  for (const chunk of layout.rowGroups.flatMap((group) => group.chunks)) {
    assert.equal(chunk.start, end, chunk.column);
    end = chunk.start + chunk.sizeBytes;
  }
  assert.ok(end <= bytes.length - layout.footerBytes);
});

const statisticsCases: readonly {
  readonly type: string;
  readonly query: string;
  readonly min?: unknown;
  readonly max?: unknown;
}[] = [
  { type: 'BIGINT', query: 'VALUES (9007199254740993::BIGINT), (-5)', min: -5n, max: 9007199254740993n },
  { type: 'UTINYINT', query: 'VALUES (200::UTINYINT), (3)', min: 3n, max: 200n },
  { type: 'UBIGINT', query: 'VALUES (18446744073709551615::UBIGINT), (1)', min: 1n, max: 18446744073709551615n },
  { type: 'DATE', query: "VALUES (DATE '1969-12-31'), (DATE '2024-02-29')", min: -1n, max: 19782n },
  {
    type: 'TIMESTAMP',
    query: "VALUES (TIMESTAMP '1970-01-01 00:00:00.000001'), (TIMESTAMP '2020-01-01 00:00:00.123456')",
    min: 1n,
    max: 1577836800123456n,
  },
  { type: 'DECIMAL(9,2)', query: 'VALUES (0.07::DECIMAL(9,2)), (-1234567.89)', min: -123456789n, max: 7n },
  {
    type: 'DECIMAL(18,4)',
    query: 'VALUES (10000000000.0007::DECIMAL(18,4)), (0.29)',
    min: 2900n,
    max: 100000000000007n,
  },
  { type: 'VARCHAR', query: "VALUES ('b'), ('abc')", min: 'abc', max: 'b' },
  { type: 'BOOLEAN', query: 'VALUES (true), (false)', min: false, max: true },
  // These statistics are inexact, have an order other than JavaScript's, or do not cover all values of the column.
  { type: 'VARCHAR with supplementary characters', query: "VALUES ('\u{1F600}'), ('a')" },
  { type: 'DECIMAL(18,2) with too many digits', query: 'VALUES (9999999999999999.99::DECIMAL(18,2)), (0)' },
  { type: 'DECIMAL(38,2)', query: 'VALUES (1.23::DECIMAL(38,2))' },
  { type: 'DOUBLE', query: "VALUES (1.5::DOUBLE), ('nan'::DOUBLE)" },
  { type: 'BLOB', query: "VALUES ('\\xAA'::BLOB)" },
  { type: 'LIST', query: 'VALUES ([1, 2, 3])' },
  { type: 'STRUCT', query: "VALUES ({'a': 1})" },
];

for (const { type, query, min, max } of statisticsCases) {
  test(`${min === undefined ? 'ignores' : 'reads exact'} statistics of ${type}`, async (t) => {
    const { layout } = await footerOf(await parquet(t, query));
    const statistics = layout.rowGroups[0]?.chunks[0]?.statistics;
    assert.deepEqual({ min: statistics?.min, max: statistics?.max }, { min, max });
  });
}

test('reads the number of NULLs in a chunk', async (t) => {
  const { layout } = await footerOf(
    await parquet(t, 'SELECT CASE WHEN range % 2 = 0 THEN range END AS a FROM range(10)'),
  );
  assert.deepEqual(layout.rowGroups[0]?.chunks[0]?.statistics, { min: 0n, max: 8n, nullCount: 5 });
});

test('reads a long footer with a second read', async (t) => {
  const columns = Array.from({ length: 3000 }, (_, index) => `range AS column_${index}`).join(', ');
  const bytes = await parquet(t, `SELECT ${columns} FROM range(3)`);
  const reads: ByteRange[] = [];
  const footer = await readParquetFooter('wide.parquet', bytes.length, async (range) => {
    reads.push(range);
    return bytes.subarray(range.start, range.end);
  });
  assert.equal(footer.columns.length, 3000);
  assert.equal(reads.length, 2);
  assert.equal(reads[1]?.end, reads[0]?.start);
});

const trailer = (length: number, magic = 'PAR1'): Buffer => {
  const bytes = Buffer.alloc(8, magic);
  bytes.writeUInt32LE(length, 0);
  bytes.write(magic, 4, 'latin1');
  return bytes;
};

const invalid: readonly { readonly what: string; readonly bytes: Buffer; readonly found: RegExp }[] = [
  { what: 'an empty file', bytes: Buffer.alloc(0), found: /it is empty/ },
  { what: 'a file of 4 bytes', bytes: Buffer.from('PAR1'), found: /only 4 bytes/ },
  { what: 'a text file', bytes: Buffer.from('id,name\n1,one\n2,two\n'), found: /ends with "two\\n"/ },
  { what: 'an encrypted file', bytes: Buffer.concat([Buffer.alloc(40), trailer(20, 'PARE')]), found: /encrypted/ },
  {
    what: 'a footer longer than the file',
    bytes: Buffer.concat([Buffer.alloc(40), trailer(4000)]),
    found: /declares a footer of 4000 bytes/,
  },
  {
    what: 'a footer of zeros',
    bytes: Buffer.concat([Buffer.alloc(40), trailer(20)]),
    found: /: its footer is damaged\.$/,
  },
  // A list (type 9) of structs (type 12) that declares 2^28 elements. The parser must not allocate an array of that size.
  {
    what: 'a list with a huge declared size',
    bytes: Buffer.concat([Buffer.alloc(40), Buffer.from([0x29, 0xfc, 0xff, 0xff, 0xff, 0x7f]), trailer(6)]),
    found: /declares a list of \d+ elements/,
  },
  {
    what: 'very deeply nested lists',
    bytes: Buffer.concat([Buffer.alloc(40), Buffer.from([0x19]), Buffer.alloc(400, 0x19), trailer(401)]),
    found: /nested too deep/,
  },
  {
    what: 'an overlong number',
    bytes: Buffer.concat([Buffer.alloc(40), Buffer.from([0x16]), Buffer.alloc(400, 0xff), trailer(401)]),
    found: /number longer than 10 bytes/,
  },
];

for (const { what, bytes, found } of invalid) {
  test(`rejects ${what} with an INPUT_INVALID error that names the file and the problem`, async () => {
    await assert.rejects(footerOf(bytes), (error) => {
      assert.ok(error instanceof FabricError);
      assert.equal(error.code, 'INPUT_INVALID');
      assert.match(error.message, /^input\.parquet /);
      assert.match(error.message, found);
      return true;
    });
  });
}

for (const { name, bytes, found } of [
  { name: 'a NUL character', bytes: 'w\0x', found: /the column name "w\\u0000x" contains a NUL character/ },
  { name: 'bytes that are not UTF-8', bytes: 'w\xff\xfe', found: /the column name .* is not valid UTF-8/ },
]) {
  test(`rejects a column name with ${name}`, async (t) => {
    const original = await parquet(t, 'SELECT 1 AS wxy');
    const changed = Buffer.from(original.toString('latin1').replaceAll('wxy', bytes.padEnd(3, 'y')), 'latin1');
    await assert.rejects(footerOf(changed), found);
  });
}

test('accepts a column name that contains the replacement character', async (t) => {
  const { columns } = await footerOf(await parquet(t, 'SELECT 1 AS "a\ufffdb"'));
  assert.deepEqual(
    columns.map(({ name }) => name),
    ['a\ufffdb'],
  );
});

test("never shows the parser's own message about a changed footer", async (t) => {
  const bytes = Buffer.from(await parquet(t, "SELECT range AS a, 'v' || range AS b, [range] AS c FROM range(50)"));
  const { layout } = await footerOf(bytes);
  for (let offset = bytes.length - layout.footerBytes; offset < bytes.length - 8; offset += 1) {
    for (const value of [0, 0x19, 0xff]) {
      const changed = Buffer.from(bytes);
      changed[offset] = value;
      const [outcome] = await Promise.allSettled([footerOf(changed)]);
      if (outcome?.status !== 'rejected') continue;
      assert.doesNotMatch(
        String(outcome.reason),
        /undefined|NaN|is not a function|instance of|DataView/,
        `${offset}: ${value}`,
      );
    }
  }
});

test('rejects a truncated file, and never fails otherwise on a changed footer', async (t) => {
  const bytes = await parquet(t, "SELECT range AS a, 'v' || range AS b, [range] AS c FROM range(50)");
  const { layout } = await footerOf(bytes);
  const outcome = async (changed: Uint8Array): Promise<string> => {
    try {
      await footerOf(changed);
      return 'read';
    } catch (error) {
      return error instanceof FabricError ? error.code : String(error);
    }
  };
  for (let length = 0; length < bytes.length; length += 7) {
    assert.equal(await outcome(bytes.subarray(0, length)), 'INPUT_INVALID', `cut at ${length}`);
  }
  for (let offset = bytes.length - layout.footerBytes; offset < bytes.length; offset += 1) {
    for (const bit of [0x01, 0x10, 0x80]) {
      const changed = Buffer.from(bytes);
      changed[offset] = (changed[offset] ?? 0) ^ bit;
      assert.match(await outcome(changed), /^(read|INPUT_INVALID)$/, `byte ${offset} changed by ${bit}`);
    }
  }
});
