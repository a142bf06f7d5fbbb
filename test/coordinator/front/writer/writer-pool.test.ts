import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { openWriterPool, type WriterPool } from '../../../../coordinator/front/writer/writer-pool.ts';
import type { JournaledOutput } from '../../../../coordinator/scheduler/job.ts';
import type { ArrowField } from '../../../../engine/arrow/batch.ts';
import {
  END_OF_STREAM,
  encodeBatchMessage,
  encodeSchemaMessage,
  joinParts,
} from '../../../../engine/arrow/encode-stream.ts';
import { createFileStore } from '../../../../engine/store/file.ts';
import { childNodeOptions } from '../../../../functions/process/child-entry.ts';
import { temporaryFolder } from '../../../engine/scan/parquet-fixture.ts';
import { bytesOf } from '../result/query-result.ts';

const ROWS = 200_000;
const FIELDS: readonly ArrowField[] = [{ name: 'n', type: { kind: 'int', bits: 32, signed: true } }];
const BATCH = {
  rows: ROWS,
  columns: [
    { rows: ROWS, buffers: [new Uint8Array(Int32Array.from({ length: ROWS }, (_, row) => row).buffer)], children: [] },
  ],
};
const columns = [{ name: 'n', type: { kind: 'scalar', name: 'INTEGER' } as const }];
const expected = `n\n${Array.from({ length: ROWS }, (_, row) => `${row}\n`).join('')}`;

/** Opens a pool over a store that holds one result. */
async function open(t: TestContext, changes: { readonly count?: number; readonly memoryLimitMiB?: number } = {}) {
  const root = await temporaryFolder(t);
  const store = createFileStore(root);
  const bytes = joinParts([encodeSchemaMessage(FIELDS), ...encodeBatchMessage(FIELDS, BATCH), END_OF_STREAM]);
  const identity = await store.put('result', [bytes]);
  const part: JournaledOutput = { kind: 'object', key: 'result', identity, rows: ROWS };
  const pool = openWriterPool({
    entry: new URL('../../../../functions/result-writer.ts', import.meta.url),
    arguments: [JSON.stringify({ store: { kind: 'file', root }, s3: {} })],
    execArgv: childNodeOptions(),
    environment: {},
    memoryLimitMiB: 1024,
    count: 2,
    ...changes,
  });
  t.after(() => pool.close());
  return { pool, stored: { parts: [part], columns, timeZone: 'UTC' }, store };
}

type Stored = Awaited<ReturnType<typeof open>>['stored'];

async function csv(pool: WriterPool, stored: Stored): Promise<string> {
  const stream = await pool.write(stored, 'csv', new AbortController().signal);
  return Buffer.from(await bytesOf(stream)).toString();
}

test('writes more results at the same time than it has child processes', { timeout: 60_000 }, async (t) => {
  const { pool, stored } = await open(t);
  const texts = await Promise.all([csv(pool, stored), csv(pool, stored), csv(pool, stored)]);
  for (const text of texts) assert.ok(text === expected);
});

test('writes the next result after a client disconnects', { timeout: 60_000 }, async (t) => {
  const { pool, stored } = await open(t, { count: 1 });
  const left = await pool.write(stored, 'json', new AbortController().signal);
  left.destroy();
  assert.ok((await csv(pool, stored)) === expected);
  const gone = new AbortController();
  const waiting = pool.write(stored, 'json', gone.signal);
  gone.abort();
  await assert.rejects(waiting, { code: 'CANCELLED' });
  assert.ok((await csv(pool, stored)) === expected);
});

test('rejects an unreadable result before writing the first byte, with the error of the store', {
  timeout: 60_000,
}, async (t) => {
  const { pool, stored, store } = await open(t, { count: 1 });
  const missing = { ...stored, parts: stored.parts.map((part) => ({ ...part, key: 'missing' })) };
  await assert.rejects(csv(pool, missing), { code: 'OBJECT_NOT_FOUND' });
  assert.ok((await csv(pool, stored)) === expected);
  await store.delete(['result']);
  await assert.rejects(csv(pool, stored), { code: 'OBJECT_NOT_FOUND' });
});

test('kills a process that exceeds its memory limit', { timeout: 60_000 }, async (t) => {
  const { pool, stored } = await open(t, { count: 1, memoryLimitMiB: 40 });
  await assert.rejects(csv(pool, stored), { code: 'OUTPUT_FAILED', message: /more than 40 MiB of memory/ });
});
