import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createFileStore } from '../../../engine/store/file.ts';
import { metered } from '../../../engine/store/metered.ts';
import { addCounts, NO_REQUESTS, totalRequests } from '../../../engine/store/request-counts.ts';

test('each metered store counts only the requests made through it', async (t) => {
  const root = await mkdtemp(join(tmpdir(), 'volley-metered-'));
  t.after(() => rm(root, { recursive: true, force: true }));
  const store = createFileStore(root);
  const [one, other] = [metered(store), metered(store)];
  const inner = metered(one);
  const identity = await one.put('a', [Buffer.from('seven'), Buffer.from('!!')]);
  await one.get('a', { start: 0, end: 3 }, identity);
  await assert.rejects(one.get('gone', { start: 0, end: 1 }), { code: 'OBJECT_NOT_FOUND' });
  await other.head('a');
  for await (const { key } of inner.list('')) await inner.delete([key]);
  assert.deepEqual(one.counts(), {
    ...NO_REQUESTS,
    requests: { ...NO_REQUESTS.requests, put: 1, get: 2 },
    readBytes: 3,
    writtenBytes: 7,
  });
  assert.deepEqual(other.counts().requests, { ...NO_REQUESTS.requests, head: 1 });
  assert.deepEqual(inner.counts().requests, { ...NO_REQUESTS.requests, list: 1, delete: 1 });
  const all = [one, other, inner].map((each) => each.counts()).reduce(addCounts, NO_REQUESTS);
  assert.equal(totalRequests(all), 6);
});
