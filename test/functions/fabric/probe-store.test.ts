import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FabricError } from '../../../engine/errors.ts';
import { probeStore, sweepProbes } from '../../../functions/fabric/probe-store.ts';
import { MemoryStore } from '../../coordinator/jobs/memory-store.ts';

/** A store that behaves like a server without conditional writes. */
class CarelessStore extends MemoryStore {
  override async put(key: string, parts: Iterable<Uint8Array>) {
    this.objects.delete(key);
    return super.put(key, parts);
  }
}

test('the probe writes an object and leaves nothing behind', async () => {
  const store = new MemoryStore();
  await probeStore(store, 's3://b', 'write');
  assert.deepEqual(
    store.requests.map((request) => request.split(' ')[0]),
    ['put', 'put', 'delete'],
  );
  assert.equal(store.objects.size, 0);
});

test('the probe rejects a store without conditional writes', async () => {
  const store = new CarelessStore();
  await assert.rejects(probeStore(store, 's3://b', 'write'), {
    code: 'STORE_FAILED',
    message: /s3:\/\/b.*If-None-Match/,
  });
  assert.equal(store.objects.size, 0);
});

test("the probe throws the store's error", async () => {
  const store = new MemoryStore();
  const failure = new FabricError('STORE_FAILED', 'no');
  store.beforeRequest = () => {
    throw failure;
  };
  await assert.rejects(probeStore(store, 's3://b', 'write'), failure);
  await assert.rejects(probeStore(store, 's3://b', 'look up'), failure);
});

test('a sweep deletes the probes of killed processes, but not those of running ones', async () => {
  const store = new MemoryStore();
  const put = store.put.bind(store);
  // Simulates a process that was killed after its first put.
  store.delete = async () => undefined;
  await probeStore(store, 's3://b', 'write');
  const [left = ''] = store.objects.keys();
  const { delete: remove } = MemoryStore.prototype;
  store.delete = remove.bind(store);
  await put('jobs/a/stages/0/0-1-0.shuffle', [new Uint8Array(1)]);
  await sweepProbes(store, Date.now());
  assert.ok(store.objects.has(left));
  await sweepProbes(store, Date.now() + 660_000);
  assert.deepEqual([...store.objects.keys()], ['jobs/a/stages/0/0-1-0.shuffle']);
});
