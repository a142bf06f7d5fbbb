import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ArrowField } from '../../../engine/arrow/batch.ts';
import { decodeBatches, decodeStream, type FieldedBatch } from '../../../engine/arrow/decode-stream.ts';
import {
  END_OF_STREAM,
  encodeBatchMessage,
  encodeSchemaMessage,
  encodeStream,
  joinParts,
} from '../../../engine/arrow/encode-stream.ts';
import { FabricError } from '../../../engine/errors.ts';
import type { ByteRange } from '../../../engine/store/object-store.ts';
import { anyTable, batchOf, rowsOf } from './logical-values.ts';

const FIELDS: readonly ArrowField[] = [{ name: 'n', type: { kind: 'int', bits: 32, signed: true } }];

/** Returns an encoded batch of `rows` integers. */
function batchOfIntegers(rows: number): Uint8Array {
  const buffers = [new Uint8Array(Int32Array.from({ length: rows }, (_, row) => row).buffer)];
  return joinParts(encodeBatchMessage(FIELDS, { rows, columns: [{ rows, buffers, children: [] }] }));
}

async function batchesOf(bytes: Uint8Array, ranges: ByteRange[] = [], shift = 0): Promise<FieldedBatch[]> {
  const found: FieldedBatch[] = [];
  const read = async (range: ByteRange): Promise<Uint8Array> => {
    ranges.push(range);
    const piece = new Uint8Array(range.end - range.start + shift).subarray(shift);
    piece.set(bytes.subarray(range.start, range.end));
    return piece;
  };
  for await (const batch of decodeBatches({ sizeBytes: bytes.length, read }, 'f.arrow')) found.push(batch);
  return found;
}

/** Returns the rows of a read, or its error as text. */
async function outcome(read: () => Promise<readonly FieldedBatch[]>): Promise<unknown> {
  try {
    return (await read()).map(({ fields, batch }) => (batch.rows > 1000 ? batch.rows : rowsOf(fields, batch)));
  } catch (error) {
    assert.ok(error instanceof FabricError, String(error));
    return `${error.code}: ${error.message}`;
  }
}

const whole = async (bytes: Uint8Array): Promise<FieldedBatch[]> => {
  const { fields, batches } = decodeStream(bytes, 'f.arrow');
  return batches.map((batch) => ({ fields, batch }));
};

test('reads a long stream a few batches at a time', async () => {
  const batch = batchOfIntegers(256 << 10);
  const bytes = joinParts([encodeSchemaMessage(FIELDS), ...new Array<Uint8Array>(40).fill(batch), END_OF_STREAM]);
  const ranges: ByteRange[] = [];
  const batches = await batchesOf(bytes, ranges);
  assert.equal(
    batches.reduce((rows, { batch }) => rows + batch.rows, 0),
    40 * (256 << 10),
  );
  for (const { start, end } of ranges) assert.ok(end - start <= 4 * batch.length, `${end - start} bytes at ${start}`);
  const readBytes = ranges.reduce((total, { start, end }) => total + end - start, 0);
  assert.ok(readBytes < 2 * bytes.length, `${readBytes} bytes were read of ${bytes.length}`);
});

test('reads a batch larger than the read-ahead in one read', async () => {
  const batch = batchOfIntegers(3 << 20);
  const schema = encodeSchemaMessage(FIELDS);
  const ranges: ByteRange[] = [];
  const [first, second] = await batchesOf(joinParts([schema, batch, batch, END_OF_STREAM]), ranges);
  assert.deepEqual([first?.batch.rows, second?.batch.rows], [3 << 20, 3 << 20]);
  assert.ok(ranges.every(({ start, end }) => end - start <= batch.length));
});

test('reads ranges that are not aligned in memory', async () => {
  const bytes = joinParts([encodeSchemaMessage(FIELDS), batchOfIntegers(5), END_OF_STREAM]);
  assert.deepEqual(await outcome(() => batchesOf(bytes, [], 3)), await outcome(() => whole(bytes)));
});

// fast-check prints the seed of a failed run.
test('returns the same result for a stream read in ranges as for a whole stream, even if it is damaged or truncated', async () => {
  const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(anyTable(3, 8), changes, fc.nat(), fc.boolean(), async (table, places, cut, isCut) => {
      const sound = joinParts(encodeStream(table.fields, [batchOf(table), batchOf(table)]));
      for (const [place, value] of places) sound[place % sound.length] = value;
      const bytes = isCut ? sound.subarray(0, cut % sound.length) : sound;
      assert.deepEqual(await outcome(() => batchesOf(bytes)), await outcome(() => whole(bytes)));
    }),
    { numRuns: 1000 },
  );
});
