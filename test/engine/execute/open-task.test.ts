import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { FabricError } from '../../../engine/errors.ts';
import { FragmentCache, openTask } from '../../../engine/execute/open-task.ts';
import { encodeFragment } from '../../../engine/plan/wire/encode-stages.ts';
import type { ObjectStore } from '../../../engine/store/object-store.ts';
import { decodeTask } from '../../../engine/task/decode-task.ts';
import { encodeTask } from '../../../engine/task/encode-task.ts';
import type { SentTask, Task } from '../../../engine/task/task.ts';
import { rowOf } from '../../coordinator/invoke/conformance.ts';
import { MemoryStore } from '../../coordinator/jobs/memory-store.ts';
import { openBench, range, taskOf, totals } from './fixture.ts';

/** Stores a task's fragment and returns the task as an executor receives it. */
async function sentByReference(task: Task, store: ObjectStore, key: string): Promise<SentTask> {
  const bytes = encodeFragment(task.stage);
  await store.put(key, [bytes]);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return decodeTask(encodeTask({ ...task, stage: { key, sizeBytes: bytes.length, sha256 } }));
}

const task = taskOf(totals(range(10n)));

describe('a task whose fragment is sent by reference', () => {
  test('is equal to the task with an inline fragment', async () => {
    const store = new MemoryStore();
    const sent = await sentByReference(task, store, 'f');
    assert.deepEqual(await openTask(sent, store, new FragmentCache()), task);
  });

  test('fetches equal fragments once while they are cached, even under different keys', async () => {
    const store = new MemoryStore();
    const cache = new FragmentCache();
    for (const key of ['f', 'g', 'h']) await openTask(await sentByReference(task, store, key), store, cache);
    assert.deepEqual(
      store.requests.filter((request) => request.startsWith('get')),
      ['get f'],
    );
    // Four other fragments evict this fragment from the cache.
    for (const rows of [1n, 2n, 3n, 4n]) {
      await openTask(await sentByReference(taskOf(range(rows)), store, `${rows}`), store, cache);
    }
    await openTask(await sentByReference(task, store, 'i'), store, cache);
    assert.equal(store.requests.at(-1), 'get i');
  });

  test('is rejected if the stored fragment was altered', async () => {
    const store = new MemoryStore();
    const sent = await sentByReference(task, store, 'f');
    const object = store.objects.get('f');
    assert.ok(object !== undefined);
    object.bytes[object.bytes.length - 1] = (object.bytes.at(-1) ?? 0) ^ 1;
    await assert.rejects(openTask(sent, store, new FragmentCache()), (error) => {
      assert.ok(error instanceof FabricError);
      assert.deepEqual([error.code, error.details['reason']], ['TASK_REFUSED', 'altered']);
      return true;
    });
  });

  test('is rejected if its fragment does not match the task', async () => {
    const store = new MemoryStore();
    const sent = await sentByReference(task, store, 'f');
    await assert.rejects(openTask({ ...sent, index: 1 }, store, new FragmentCache()), { code: 'MESSAGE_INVALID' });
  });

  test('runs, and counts the request for its fragment', async (t) => {
    const { runner, store } = await openBench(t);
    const sent = await sentByReference(task, store, 'jobs/job/stages/1/fragment-x');
    const outcome = await runner.run(sent, new AbortController().signal);
    assert.deepEqual(rowOf(outcome), [45n, 10n]);
    assert.ok(outcome.kind === 'succeeded');
    assert.equal(outcome.statistics.requests.job.requests.get, 1);
  });

  test('fails permanently and names the key if the object is missing', async (t) => {
    const { runner } = await openBench(t);
    const stage = { key: 'jobs/job/stages/1/fragment-x', sizeBytes: 1, sha256: '0'.repeat(64) };
    const outcome = await runner.run({ ...task, stage }, new AbortController().signal);
    assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
    assert.deepEqual([outcome.code, outcome.retryable], ['OBJECT_NOT_FOUND', false]);
    assert.match(outcome.message, /fragment-x/);
  });
});
