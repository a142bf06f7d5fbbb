import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { JobRecord } from '../../../coordinator/scheduler/records.ts';
import { FabricError } from '../../../engine/errors.ts';
import { jobId, joinGraph } from '../scheduler/graph.ts';
import { FakeInvoker, Harness } from './fixture.ts';

/** Runs the job of `joinGraph` until its owner dies just before or just after append number `n`. Returns the harness in that state. */
async function runUntilDeath(n: number, when: 'before' | 'after'): Promise<Harness> {
  const harness = new Harness();
  const dead = new Error('the owner is dead');
  let appends = 0;
  const { journal } = harness;
  const append = journal.append.bind(journal);
  journal.append = async (job, token, records) => {
    appends += 1;
    if (appends >= n && when === 'before') throw dead;
    await append(job, token, records);
    if (appends >= n) throw dead;
  };
  try {
    await harness.run(joinGraph);
  } catch (error) {
    assert.equal(error, dead);
  }
  journal.append = append;
  harness.invoker = new FakeInvoker(harness.store);
  return harness;
}

function succeededTasks(records: readonly JobRecord[]): string[] {
  return records.flatMap((record) =>
    record.kind === 'task-ended' && record.outcome.kind === 'succeeded' ? [`${record.stage}/${record.task}`] : [],
  );
}

describe('a job whose owner died', () => {
  for (let n = 1; n <= 12; n += 1) {
    for (const when of ['before', 'after'] as const) {
      test(`is finished by a new owner without repeating finished tasks if the owner died ${when} append ${n}`, async () => {
        const harness = await runUntilDeath(n, when);
        const before = await harness.journal.read(jobId);
        if (before.length === 0) {
          await assert.rejects(harness.resume(), { code: 'UNKNOWN_JOB' });
          return;
        }
        const written = [...harness.store.objects.keys()].flatMap((key) => {
          const [, stage, task] = /\/(\d+|result)\/(\d+)-1-\d+\.\w+$/.exec(key) ?? [];
          return stage === undefined ? [] : [`${stage === 'result' ? 3 : stage}/${task}`];
        });
        const ended = await harness.resume();
        assert.deepEqual(ended.state.end, { kind: 'succeeded' });
        const finished = succeededTasks(before);
        assert.deepEqual(
          harness.invoker.names().filter((name) => finished.includes(name)),
          [],
        );
        const done = new Set([...finished, ...written]);
        assert.equal(done.size + harness.invoker.tasks.length, 10, 'outputs that were not journaled are adopted');
        assert.ok(harness.invoker.tasks.every((task) => task.attempt.startsWith('2-')));
        assert.equal(ended.result.length, 1);
        await ended.release();
        assert.equal(harness.store.objects.size, 0);
        assert.deepEqual(await harness.journal.list(), []);
      });
    }
  }

  test('restarts if an object that it needs is missing', async () => {
    const harness = await runUntilDeath(2, 'after');
    const finished = succeededTasks(await harness.journal.read(jobId));
    assert.ok(finished.length > 0);
    for (const key of [...harness.store.objects.keys()]) harness.store.objects.delete(key);
    const ended = await harness.resume();
    assert.deepEqual(ended.state.end, { kind: 'succeeded' });
    assert.equal(ended.state.restarts, 1);
  });

  test('keeps its outcome and result if it had already ended', async () => {
    const harness = new Harness();
    await harness.run(joinGraph);
    harness.invoker = new FakeInvoker(harness.store);
    const again = await harness.resume();
    assert.deepEqual(again.state.end, { kind: 'succeeded' });
    assert.deepEqual(harness.invoker.tasks, []);
    const [part] = again.result;
    assert.ok(part?.kind === 'object' && harness.store.objects.has(part.key));
  });

  test('ignores unjournaled objects that are not valid outputs', async () => {
    const harness = await runUntilDeath(2, 'before');
    const finished = succeededTasks(await harness.journal.read(jobId));
    const { objects } = harness.store;
    assert.ok(objects.size > finished.length, 'some outputs were not journaled');
    for (const [key, { identity }] of objects)
      objects.set(key, { identity, bytes: new Uint8Array(identity.sizeBytes) });
    const ended = await harness.resume();
    assert.deepEqual(ended.state.end, { kind: 'succeeded' });
    assert.equal(harness.invoker.tasks.length, 10);
  });

  test('is released by an owner whose journal failed', async () => {
    const harness = new Harness();
    harness.journal.beforeAppend = (records) => {
      if (records.some(({ kind }) => kind === 'task-ended')) throw new FabricError('STORE_FAILED', 'The disk is full.');
    };
    await assert.rejects(harness.run(joinGraph), { code: 'STORE_FAILED' });
    assert.equal(harness.journal.ownerships.get(jobId)?.isHeld(), false);
  });

  test('is abandoned immediately by an owner that loses it while its tasks run', async () => {
    const harness = new Harness();
    const aborted: string[] = [];
    harness.invoker.behave = (task, _, signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          aborted.push(`${task.stage.id}/${task.index}`);
          resolve({ kind: 'lost', message: 'aborted' });
        });
        if (harness.invoker.running === 5) void harness.journal.acquire(jobId);
      });
    await assert.rejects(harness.run(joinGraph), { code: 'OWNERSHIP_LOST' });
    assert.deepEqual(aborted.sort(), ['0/0', '0/1', '0/2', '1/0', '1/1']);
    assert.deepEqual(harness.store.requests, []);
    const kinds = (await harness.journal.read(jobId)).map(({ kind }) => kind);
    assert.deepEqual([...new Set(kinds)], ['job-submitted', 'attempt-started']);
  });

  test('is not changed by a previous owner that was presumed dead', async () => {
    const harness = new Harness();
    harness.invoker.behave = async (_, otherwise) => {
      harness.invoker.behave = (_task, succeed) => succeed();
      await harness.journal.acquire(jobId);
      return otherwise();
    };
    await assert.rejects(harness.run(joinGraph), { code: 'OWNERSHIP_LOST' });
    assert.ok(!harness.store.requests.some((request) => request.startsWith('delete')));
    const ended = await harness.resume();
    assert.deepEqual(ended.state.end, { kind: 'succeeded' });
  });
});
