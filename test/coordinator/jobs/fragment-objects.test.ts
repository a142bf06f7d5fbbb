import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { INLINE_FRAGMENT_BYTES } from '../../../coordinator/scheduler/long-fragment.ts';
import { FabricError } from '../../../engine/errors.ts';
import type { Stage, StageGraph } from '../../../engine/plan/stage.ts';
import { VARCHAR } from '../../../engine/plan/types.ts';
import { encodeFragment } from '../../../engine/plan/wire/encode-stages.ts';
import { graphOf, stage } from '../scheduler/graph.ts';
import { Harness } from './fixture.ts';

/** Returns a stage whose encoded fragment has exactly `sizeBytes` bytes. */
function stageOfBytes(sizeBytes: number, taskCount = 1): Stage {
  const withText = (length: number): Stage => ({
    ...stage(0, taskCount, [], { kind: 'result' }),
    root: {
      kind: 'values',
      types: [VARCHAR],
      rows: [[{ kind: 'constant', value: 'x'.repeat(length), type: VARCHAR }]],
    },
  });
  const around = encodeFragment(withText(sizeBytes)).length - sizeBytes;
  const made = withText(sizeBytes - around);
  assert.equal(encodeFragment(made).length, sizeBytes);
  return made;
}

/** Returns a job with inline results, so that the store contains only fragments. */
const inlineJob = (made: Stage): StageGraph => ({ ...graphOf(made), columns: [{ name: 'inline', type: VARCHAR }] });

const writesOf = ({ store }: Harness) => store.requests.filter((request) => request.startsWith('put'));

describe('the fragment of a stage', () => {
  const cases = [
    [INLINE_FRAGMENT_BYTES - 1, 0],
    [INLINE_FRAGMENT_BYTES, 0],
    [INLINE_FRAGMENT_BYTES + 1, 1],
  ] as const;
  for (const [sizeBytes, writes] of cases) {
    test(`is ${writes === 0 ? 'sent in the message' : 'stored as an object of the job'} if it has ${sizeBytes} bytes`, async () => {
      const harness = new Harness();
      const ended = await harness.run(inlineJob(stageOfBytes(sizeBytes)));
      assert.deepEqual(ended.state.end, { kind: 'succeeded' });
      assert.equal(writesOf(harness).length, writes);
      await ended.release();
      assert.deepEqual([...harness.store.objects.keys()], []);
    });
  }

  test('is written once for all tasks and deleted when the job ends', async () => {
    const harness = new Harness();
    const made = stageOfBytes(INLINE_FRAGMENT_BYTES + 1, 20);
    const ended = await harness.run(inlineJob(made));
    assert.deepEqual(ended.state.end, { kind: 'succeeded' });
    assert.equal(harness.invoker.tasks.length, 20);
    for (const task of harness.invoker.tasks) assert.deepEqual(task.stage, made);
    const [written, ...more] = writesOf(harness);
    assert.match(String(written), /^put jobs\/job\/stages\/0\/fragment-[0-9a-f]{32}$/);
    assert.deepEqual([more, [...harness.store.objects.keys()]], [[], []]);
  });

  test('is written again by the next attempt after an outage, even if an earlier write succeeded without an answer', async () => {
    const harness = new Harness();
    const { store } = harness;
    let failures = 2;
    const put = store.put.bind(store);
    store.put = async (key, parts) => {
      if (failures === 0) return put(key, parts);
      failures -= 1;
      // The second write succeeds, but its answer is lost.
      if (failures === 0) await put(key, parts);
      throw new FabricError('STORE_FAILED', 'the store is away', { retryable: true });
    };
    const ended = await harness.run(inlineJob(stageOfBytes(INLINE_FRAGMENT_BYTES + 1)));
    assert.deepEqual(ended.state.end, { kind: 'succeeded' });
    assert.deepEqual([failures, ended.state.attempts], [0, 3]);
  });

  test("fails the job with the store's error if it cannot be written", async () => {
    const harness = new Harness();
    harness.store.put = async () => {
      throw new FabricError('STORE_FAILED', 'access denied');
    };
    const ended = await harness.run(inlineJob(stageOfBytes(INLINE_FRAGMENT_BYTES + 1)));
    assert.ok(ended.state.end?.kind === 'failed');
    assert.equal(ended.state.end.error.code, 'STORE_FAILED');
    assert.match(ended.state.end.error.message, /access denied/);
  });

  test('is reused by a new owner after a take-over', async () => {
    const harness = new Harness();
    const first = harness.invoker;
    const stop = new AbortController();
    first.behave = (_task, _otherwise, signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve({ kind: 'lost', message: 'stopped' }));
        stop.abort();
      });
    const made = inlineJob(stageOfBytes(INLINE_FRAGMENT_BYTES + 1));
    const losing = harness.run(made).catch((error) => error);
    await new Promise((resolve) => stop.signal.addEventListener('abort', resolve));
    first.behave = (_task, otherwise) => otherwise();
    const ended = await harness.resume();
    assert.deepEqual(ended.state.end, { kind: 'succeeded' });
    assert.equal((await losing).code, 'OWNERSHIP_LOST');
    assert.equal(writesOf(harness).length, 2);
    assert.equal(harness.store.objects.size, 0);
  });
});
