import assert from 'node:assert/strict';
import { it } from 'node:test';
import { FabricError } from '../../../engine/errors.ts';
import { fetchShuffles } from '../../../engine/execute/fetch-shuffles.ts';
import { BIGINT } from '../../../engine/plan/types.ts';
import { createFileStore } from '../../../engine/store/file.ts';
import type { ObjectStore } from '../../../engine/store/object-store.ts';
import { taskOf } from './fixture.ts';

it('stops fetching inputs when they are no longer needed', async () => {
  const producers = Array.from({ length: 100 }, (_, index) => ({
    key: `out/${index}`,
    identity: { sizeBytes: 100, version: 'v' },
    rows: 1,
  }));
  const task = taskOf(
    { kind: 'input', stage: 4, mode: 'partition', types: [BIGINT] },
    { inputs: [{ stage: 4, producers }] },
  );
  let reads = 0;
  const store: ObjectStore = {
    ...createFileStore('/nowhere'),
    get: async () => {
      reads += 1;
      throw new FabricError('STORE_FAILED', 'just this once');
    },
  };
  await assert.rejects(
    fetchShuffles(store, task, () => reads > 0),
    { code: 'STORE_FAILED' },
  );
  assert.equal(reads, 1);
  await assert.rejects(
    fetchShuffles(store, task, () => true),
    { code: 'CANCELLED', message: /out\/0/ },
  );
  assert.equal(reads, 1);
});
