import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FabricError } from '../../../engine/errors.ts';
import { probeStore } from '../../../functions/fabric/probe-store.ts';
import { MemoryStore } from '../../coordinator/jobs/memory-store.ts';

/** As servers do that do not know conditional writes. */
class CarelessStore extends MemoryStore {
  override async put(key: string, parts: Iterable<Uint8Array>) {
    this.objects.delete(key);
    return super.put(key, parts);
  }
}

test('a store is written to and left as it was', async () => {
  const store = new MemoryStore();
  await probeStore(store, 's3://b', 'write');
  assert.deepEqual(
    store.requests.map((request) => request.split(' ')[0]),
    ['put', 'put', 'delete'],
  );
  assert.equal(store.objects.size, 0);
});

test('a store that replaces what it was not to is refused', async () => {
  const store = new CarelessStore();
  await assert.rejects(probeStore(store, 's3://b', 'write'), {
    code: 'STORE_FAILED',
    message: /s3:\/\/b.*If-None-Match/,
  });
  assert.equal(store.objects.size, 0);
});

test('what the store says is what the probe fails with', async () => {
  const store = new MemoryStore();
  const failure = new FabricError('STORE_FAILED', 'no');
  store.beforeRequest = () => {
    throw failure;
  };
  await assert.rejects(probeStore(store, 's3://b', 'write'), failure);
  await assert.rejects(probeStore(store, 's3://b', 'look up'), failure);
});
