import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { ArrowBatch, ArrowColumn, ArrowField } from '../../../engine/arrow/batch.ts';
import { decodeStream } from '../../../engine/arrow/decode-stream.ts';
import { joinParts } from '../../../engine/arrow/encode-stream.ts';
import { decodeFooter } from '../../../engine/shuffle/decode-footer.ts';
import { createPartitionWriter } from '../../../engine/shuffle/write.ts';
import { anyTable, batchOf, type LogicalTable, rowsOf } from '../arrow/logical-values.ts';

let spillDirectory = '';
before(async () => {
  spillDirectory = await mkdtemp(join(tmpdir(), 'volley-shuffle-'));
});
after(() => rm(spillDirectory, { recursive: true }));

interface Writing {
  readonly ids: readonly number[] | undefined;
  readonly partitions: number;
  /** How many times the table is appended. */
  readonly batches: number;
  readonly memoryLimitBytes: number;
}

function write(table: LogicalTable, { ids, partitions, batches, memoryLimitBytes }: Writing) {
  const writer = createPartitionWriter({ fields: table.fields, partitions, memoryLimitBytes, spillDirectory });
  for (let i = 0; i < batches; i++)
    writer.append(batchOf(table), ids === undefined ? undefined : Uint32Array.from(ids));
  const finished = writer.finish();
  const object = joinParts(finished.parts);
  writer.abort();
  assert.equal(object.length, finished.sizeBytes);
  assert.equal(finished.rows, table.rows.length * batches);
  assert.deepEqual(object.subarray(object.length - finished.footer.length), finished.footer);
  return { object, ranges: decodeFooter(finished.footer, 'x') };
}

/** Writes a batch to the last of `partitions` partitions, and returns the rows that are read back. */
function writeBatch(fields: readonly ArrowField[], batch: ArrowBatch, partitions: number) {
  const writer = createPartitionWriter({ fields, partitions, memoryLimitBytes: 1 << 30, spillDirectory });
  writer.append(batch, new Uint32Array(batch.rows).fill(partitions - 1));
  const { parts, footer } = writer.finish();
  const range = decodeFooter(footer, 'x')[partitions - 1];
  assert.ok(range !== undefined);
  return readPartition(joinParts(parts), range);
}

function readPartition(object: Uint8Array, range: { readonly offset: number; readonly sizeBytes: number }) {
  if (range.sizeBytes === 0) return [];
  const stream = decodeStream(object.subarray(range.offset, range.offset + range.sizeBytes));
  return stream.batches.flatMap((batch) => rowsOf(stream.fields, batch));
}

for (const memoryLimitBytes of [1 << 30, 0]) {
  test(`writes every row to its partition, in order, with a memory limit of ${memoryLimitBytes} bytes`, () => {
    fc.assert(
      fc.property(
        anyTable(4, 40),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 3 }),
        fc.boolean(),
        fc.infiniteStream(fc.nat()),
        (table, partitions, batches, useIds, numbers) => {
          const ids = table.rows.map(() => numbers.next().value % partitions);
          const { object, ranges } = write(table, {
            ids: useIds ? ids : undefined,
            partitions,
            batches,
            memoryLimitBytes,
          });
          for (const [partition, range] of ranges.entries()) {
            const once = table.rows.filter((_, row) => (useIds ? ids[row] : 0) === partition);
            const expected = Array.from({ length: batches }, () => once).flat();
            assert.equal(range.rows, expected.length);
            assert.deepEqual(readPartition(object, range), expected);
          }
        },
      ),
    );
  });
}

/** A table that makes every kind of column builder grow, flush and grow again. */
const MIXED: LogicalTable = {
  fields: [
    { name: 'n', type: { kind: 'int', bits: 64, signed: true } },
    { name: 'small', type: { kind: 'int', bits: 16, signed: true } },
    { name: 'flag', type: { kind: 'bool' } },
    { name: 'text', type: { kind: 'utf8' } },
    { name: 'list', type: { kind: 'list', child: { name: 'item', type: { kind: 'int', bits: 32, signed: false } } } },
    { name: 'pair', type: { kind: 'fixed-list', size: 2, child: { name: 'item', type: { kind: 'utf8' } } } },
  ],
  rows: Array.from({ length: 2000 }, (_, row) => {
    const hex = row.toString(16).padStart(16, '0');
    const isNull = row % 7 === 3;
    return [
      hex,
      isNull ? null : hex.slice(-4),
      row % 3 === 0,
      isNull ? null : hex.repeat(1 + (row % 5)),
      row % 11 === 0 ? null : Array.from({ length: row % 4 }, () => hex.slice(-8)),
      [hex, isNull ? null : 'x'],
    ];
  }),
};

for (const { how, memoryLimitBytes, partitions } of [
  { how: 'in memory', memoryLimitBytes: 1 << 30, partitions: 3 },
  { how: 'spilling from the first batch', memoryLimitBytes: 0, partitions: 3 },
  { how: 'spilling when memory runs low', memoryLimitBytes: 8 << 20, partitions: 3 },
  { how: 'one partition, in memory', memoryLimitBytes: 1 << 30, partitions: 1 },
  { how: 'one partition, spilling', memoryLimitBytes: 4 << 20, partitions: 1 },
]) {
  test(`round-trips many batches in order (${how})`, async () => {
    const ids = MIXED.rows.map((_, row) => (row * 7) % partitions);
    const batches = 40;
    const { object, ranges } = write(MIXED, { ids, partitions, batches, memoryLimitBytes });
    for (const [partition, range] of ranges.entries()) {
      const once = MIXED.rows.filter((_, row) => ids[row] === partition);
      const found = readPartition(object, range);
      assert.equal(found.length, batches * once.length);
      for (let batch = 0; batch < batches; batch++) {
        assert.deepEqual(found.slice(batch * once.length, (batch + 1) * once.length), once);
      }
    }
    assert.deepEqual(await readdir(spillDirectory), []);
  });
}

test('splits a large partition into several record batches', () => {
  const { object, ranges } = write(MIXED, { ids: undefined, partitions: 1, batches: 40, memoryLimitBytes: 1 << 30 });
  const stream = decodeStream(object.subarray(0, ranges[0]?.sizeBytes));
  assert.ok(stream.batches.length > 5, `${stream.batches.length} batches`);
});

test('aligns partitions and writes no bytes for empty partitions', () => {
  const ids = MIXED.rows.map((_, row) => (row % 2 === 0 ? 1 : 3));
  const { ranges } = write(MIXED, { ids, partitions: 5, batches: 1, memoryLimitBytes: 1 << 30 });
  assert.deepEqual(
    ranges.map(({ rows }) => rows),
    [0, 1000, 0, 1000, 0],
  );
  for (const { offset, rows, sizeBytes } of ranges) {
    assert.equal(offset % 64, 0);
    assert.equal(sizeBytes > 0, rows > 0);
  }
});

test('preserves the bits of floats, including NaN', () => {
  const fields = [
    { name: 'f', type: { kind: 'float', bits: 64 } },
    { name: 'g', type: { kind: 'float', bits: 32 } },
  ] as const;
  const rows = ['01000000000ef47f', 'ffffffffffffffff', '0000000000000080'].map((hex) => [hex, hex.slice(0, 8)]);
  const ids = [1, 0, 1];
  const { object, ranges } = write({ fields, rows }, { ids, partitions: 2, batches: 1, memoryLimitBytes: 1 << 30 });
  const [first, second] = ranges;
  assert.ok(first !== undefined && second !== undefined);
  assert.deepEqual(readPartition(object, first), [rows[1]]);
  assert.deepEqual(readPartition(object, second), [rows[0], rows[2]]);
});

test('copies buffers that are not aligned in memory', () => {
  const rows = MIXED.rows.slice(0, 9);
  const shift = (bytes: Uint8Array) => joinParts([Uint8Array.of(1), bytes]).subarray(1);
  const shifted = (column: ArrowColumn): ArrowColumn => ({
    ...column,
    buffers: column.buffers.map(shift),
    children: column.children.map(shifted),
  });
  const columns = batchOf({ fields: MIXED.fields, rows }).columns.map(shifted);
  for (const partitions of [1, 2]) {
    const written = writeBatch(MIXED.fields, { rows: 9, columns }, partitions);
    assert.deepEqual(written, rows);
  }
});

test('copies text and list columns whose first offset is not 0', () => {
  const fields = MIXED.fields.slice(3, 5);
  const rows = MIXED.rows.slice(0, 9).map((row) => row.slice(3, 5));
  // Build rows 4 to 8 as views into the buffers of all nine rows. These rows contain no NULLs, so they need no bitmaps.
  const columns = batchOf({ fields, rows }).columns.map(({ buffers: [offsets, ...values], children }) => ({
    rows: 5,
    buffers: [(offsets ?? new Uint8Array(0)).subarray(16), ...values],
    children,
  }));
  for (const partitions of [1, 2]) {
    assert.deepEqual(writeBatch(fields, { rows: 5, columns }, partitions), rows.slice(4));
  }
});

test('rejects batches that do not match the partitions or fields of the writer', () => {
  const options = { fields: MIXED.fields, partitions: 2, memoryLimitBytes: 1 << 20, spillDirectory };
  const batch = batchOf({ fields: MIXED.fields, rows: MIXED.rows.slice(0, 2) });
  for (const ids of [[0], [0, 2], [0, 0xffffffff]]) {
    const writer = createPartitionWriter(options);
    assert.throws(() => writer.append(batch, Uint32Array.from(ids)), { code: 'INTERNAL' });
  }
  assert.throws(() => createPartitionWriter(options).append({ rows: 2, columns: batch.columns.slice(1) }), {
    code: 'INTERNAL',
  });
  assert.throws(() => createPartitionWriter(options).append({ ...batch, rows: 3 }), { code: 'INTERNAL' });
});

test('reports a failed spill with its folder and advice', () => {
  const missing = join(spillDirectory, 'missing');
  const writer = createPartitionWriter({
    fields: MIXED.fields,
    partitions: 1,
    memoryLimitBytes: 0,
    spillDirectory: missing,
  });
  const append = () => {
    for (let batch = 0; batch < 3; batch++) writer.append(batchOf(MIXED));
  };
  assert.throws(append, (error: Error) => error.message.includes(missing) && /Free disk space/.test(error.message));
});

test('an aborted writer leaves no file and can be aborted again', async () => {
  const writer = createPartitionWriter({ fields: MIXED.fields, partitions: 1, memoryLimitBytes: 0, spillDirectory });
  for (let batch = 0; batch < 3; batch++) writer.append(batchOf(MIXED));
  writer.abort();
  writer.abort();
  assert.deepEqual(await readdir(spillDirectory), []);
});
