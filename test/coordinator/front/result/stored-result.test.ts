import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesOfParts, resultOfParts } from '../../../../coordinator/front/result/stored-result.ts';
import type { JournaledOutput } from '../../../../coordinator/scheduler/job.ts';
import type { ArrowField } from '../../../../engine/arrow/batch.ts';
import {
  END_OF_STREAM,
  encodeBatchMessage,
  encodeSchemaMessage,
  joinParts,
} from '../../../../engine/arrow/encode-stream.ts';
import type { ByteRange, ObjectIdentity } from '../../../../engine/store/object-store.ts';
import { MemoryStore } from '../../jobs/memory-store.ts';

/** A store that records the size of each read. */
class CountingStore extends MemoryStore {
  readonly readBytes: number[] = [];

  override get(key: string, range: ByteRange, identity?: ObjectIdentity): Promise<Uint8Array> {
    this.readBytes.push(range.end - range.start);
    return super.get(key, range, identity);
  }
}

const FIELDS: readonly ArrowField[] = [{ name: 'n', type: { kind: 'int', bits: 32, signed: true } }];
const BATCH_ROWS = 256 << 10;
const BATCHES = 24;
const rows = BATCHES * BATCH_ROWS;
const BATCH = joinParts(
  encodeBatchMessage(FIELDS, {
    rows: BATCH_ROWS,
    columns: [{ rows: BATCH_ROWS, buffers: [new Uint8Array(BATCH_ROWS * 4).fill(7)], children: [] }],
  }),
);
const PARTS = [encodeSchemaMessage(FIELDS), ...new Array<Uint8Array>(BATCHES).fill(BATCH), END_OF_STREAM];

async function stored(): Promise<{ readonly store: CountingStore; readonly part: JournaledOutput }> {
  const store = new CountingStore();
  const identity = await store.put('result', PARTS);
  return { store, part: { kind: 'object', key: 'result', identity, rows } };
}

test('reads the rows of a stored result a few batches at a time', async () => {
  const { store, part } = await stored();
  const inline: JournaledOutput = { kind: 'inline', bytes: joinParts(PARTS), rows };
  let read = 0;
  for await (const { batch } of resultOfParts([part, inline], [], 'UTC', store).batches) read += batch.rows;
  assert.equal(read, 2 * rows);
  assert.ok(Math.max(...store.readBytes) <= 4 * BATCH.length, String(store.readBytes));
});

test('sends a stored file in chunks of at most 16 MiB', async () => {
  const { store, part } = await stored();
  const pieces: Uint8Array[] = [];
  for await (const piece of bytesOfParts([part], store)) pieces.push(piece);
  assert.ok(Math.max(...store.readBytes) <= 16 << 20);
  assert.ok(pieces.length > 1);
  assert.equal(Buffer.compare(joinParts(pieces), joinParts(PARTS)), 0);
});
