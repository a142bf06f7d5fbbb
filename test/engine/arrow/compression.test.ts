import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CompressionType, compressionRegistry, tableFromIPC } from 'apache-arrow';
import fc from 'fast-check';
import { decompressFrameSync } from 'lz4-napi';
import type { ArrowField } from '../../../engine/arrow/batch.ts';
import { compressBuffer, decompressBuffer } from '../../../engine/arrow/compression.ts';
import { decodeStream } from '../../../engine/arrow/decode-stream.ts';
import { encodeStream, joinParts } from '../../../engine/arrow/encode-stream.ts';
import { anyTable, batchOf, rowsOf } from './logical-values.ts';

const seed = Number(process.env['TEST_SEED'] ?? Date.now() % 2 ** 31);

test('round-trips tables of every type through compressed streams', (context) => {
  context.diagnostic(`TEST_SEED=${seed}`);
  const check = fc.property(anyTable(3, 40), (table) => {
    const batch = batchOf(table);
    const { fields, batches } = decodeStream(joinParts(encodeStream(table.fields, [batch, batch], 'lz4')));
    assert.deepEqual(fields, table.fields);
    const rows = batches.flatMap((each) => rowsOf(fields, each));
    assert.deepEqual(rows, [...table.rows, ...table.rows]);
  });
  fc.assert(check, { seed });
});

test('round-trips any buffer and adds at most an 8-byte length prefix', (context) => {
  context.diagnostic(`TEST_SEED=${seed}`);
  const repeated = fc.tuple(fc.uint8Array({ maxLength: 40 }), fc.nat(400));
  const check = fc.property(repeated, ([pattern, times]) => {
    const bytes = Uint8Array.from(
      Array(times)
        .fill([...pattern])
        .flat(),
    );
    const compressed = compressBuffer(bytes);
    assert.ok(compressed.length <= bytes.length + 8);
    assert.deepEqual(decompressBuffer(compressed), bytes);
  });
  fc.assert(check, { seed });
});

const FIELDS: readonly ArrowField[] = [
  { name: 'n', type: { kind: 'int', bits: 32, signed: true } },
  { name: 's', type: { kind: 'utf8' } },
];
const ROWS = Array.from({ length: 1000 }, (_none, row) => [row % 7 === 0 ? null : '2a000000', `text ${row % 10}`]);

test('compresses repetitive text to a fraction of its size', () => {
  const batch = batchOf({ fields: FIELDS, rows: ROWS });
  const plain = joinParts(encodeStream(FIELDS, [batch])).length;
  const compressed = joinParts(encodeStream(FIELDS, [batch], 'lz4')).length;
  assert.ok(compressed * 3 < plain, `${compressed} of ${plain} bytes`);
});

test('writes compressed streams that apache-arrow reads', () => {
  const stream = joinParts(encodeStream(FIELDS, [batchOf({ fields: FIELDS, rows: ROWS })], 'lz4'));
  // apache-arrow has no built-in codecs, so the test registers one for LZ4 frames.
  compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: (frame) => decompressFrameSync(Buffer.from(frame)) });
  const table = tableFromIPC(stream);
  assert.deepEqual(
    table.toArray().map((row) => [row.n, row.s]),
    ROWS.map(([n, text]) => [n === null ? null : 42, text]),
  );
});

test('rejects a damaged frame and a wrong declared length', () => {
  const good = compressBuffer(new Uint8Array(4096).fill(7));
  const longer = new Uint8Array(good);
  new DataView(longer.buffer).setBigInt64(0, 4095n, true);
  const immense = new Uint8Array(good);
  new DataView(immense.buffer).setBigInt64(0, 1n << 40n, true);
  const negative = new Uint8Array(good);
  new DataView(negative.buffer).setBigInt64(0, -2n, true);
  const noFrame = new Uint8Array(good);
  noFrame.fill(0xff, 8, 12);
  for (const bad of [longer, immense, negative, noFrame, good.subarray(0, 5), good.subarray(0, 12)]) {
    assert.equal(decompressBuffer(bad), undefined);
  }
});
