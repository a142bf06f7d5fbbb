import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { JobRecord } from '../../../coordinator/scheduler/records.ts';
import { FabricError } from '../../../engine/errors.ts';
import type { StageId } from '../../../engine/plan/stage.ts';
import { MISSING_BUCKET } from '../../../engine/store/object-store.ts';
import type { AttemptId } from '../../../engine/task/task.ts';
import {
  graphOf,
  hashed,
  jobId,
  joinGraph,
  oneTask,
  settings,
  stage,
  statistics,
  submission,
} from '../scheduler/graph.ts';
import { FakeInvoker, Harness } from './fixture.ts';
import { MemoryStore } from './memory-store.ts';

describe('an owner that cannot write to the journal', () => {
  test('stops its attempts, deletes nothing and rejects', async () => {
    const harness = new Harness();
    harness.journal.beforeAppend = (records) => {
      if (records.some((record) => record.kind === 'task-ended')) throw new FabricError('STORE_FAILED', 'disk full');
    };
    harness.invoker.behave = async (task, otherwise, signal) => {
      if (task.index === 0) return otherwise();
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      return { kind: 'lost', message: 'aborted' };
    };
    await assert.rejects(harness.run(joinGraph), { code: 'STORE_FAILED', message: 'disk full' });
    assert.equal(harness.invoker.running, 0);
    assert.ok(harness.store.objects.size > 0);
    assert.ok(!harness.store.requests.some((request) => request.startsWith('delete')));
  });
});

describe('a result object', () => {
  test("fails the job if it is not in the coordinator's store", async () => {
    const harness = new Harness();
    const elsewhere = new MemoryStore();
    harness.invoker = new FakeInvoker(elsewhere);
    const { state } = await harness.run(oneTask);
    assert.ok(state.end?.kind === 'failed', JSON.stringify(state.end));
    const { code, message, details } = state.end.error;
    assert.equal(code, 'OBJECT_NOT_FOUND');
    const [key] = elsewhere.objects.keys();
    assert.equal(details['key'], key);
    assert.match(message, /is not in the coordinator's store/);
    assert.deepEqual([state.attempts, state.retriesUsed], [1, 0]);
  });

  test('is checked exactly once, whereas shuffle objects are not checked', async () => {
    const harness = new Harness();
    const { state, result } = await harness.run(joinGraph);
    assert.deepEqual(state.end, { kind: 'succeeded' });
    const heads = harness.store.requests.filter((request) => request.startsWith('head'));
    assert.deepEqual(
      heads,
      result.map((part) => `head ${part.kind === 'object' ? part.key : ''}`),
    );
  });

  test('is checked again after a short outage of the store, without running the task again', async () => {
    const harness = new Harness();
    let failures = 0;
    harness.store.beforeRequest = (request) => {
      if (request !== 'head' || failures === 2) return;
      failures += 1;
      throw new FabricError('STORE_FAILED', 'the connection was reset', { retryable: true });
    };
    const { state } = await harness.run(oneTask);
    assert.deepEqual(state.end, { kind: 'succeeded' });
    assert.deepEqual([failures, state.attempts, state.retriesUsed], [2, 1, 0]);
  });
});

describe('a failed deletion', () => {
  test('leaves the job ended and is retried when the job is released', async () => {
    const harness = new Harness();
    let failing = true;
    harness.store.beforeRequest = (request) => {
      if (failing && request === 'delete') throw new FabricError('STORE_FAILED', 'no');
    };
    const ended = await harness.run(joinGraph);
    assert.deepEqual(ended.state.end, { kind: 'succeeded' });
    await assert.rejects(ended.release(), { code: 'STORE_FAILED' });
    assert.deepEqual(await harness.journal.list(), [jobId], 'the journal still lists the job');
    failing = false;
    await ended.release();
    assert.equal(harness.store.objects.size, 0);
    assert.deepEqual(await harness.journal.list(), []);
  });

  test('does not prevent the deletion of a job whose bucket is missing', async () => {
    const harness = new Harness();
    harness.store.beforeRequest = () => {
      throw new FabricError('STORE_FAILED', 'There is no such bucket.', { details: MISSING_BUCKET });
    };
    const ended = await harness.run(oneTask, { settings: { ...settings, retries: 0 } });
    assert.equal(ended.state.end?.kind, 'failed');
    await ended.release();
    assert.deepEqual(await harness.journal.list(), []);
  });

  test('is left to the new owner if ownership was lost', async () => {
    const harness = new Harness();
    harness.store.beforeRequest = (request) => {
      if (request === 'list') void harness.journal.acquire(jobId);
    };
    await assert.rejects(harness.run({ ...joinGraph, keyPrefixes: 4 }), { code: 'OWNERSHIP_LOST' });
    assert.ok(!harness.store.requests.some((request) => request.startsWith('delete')));
  });
});

describe('an index that cannot be written', () => {
  test('fails the job if a journaled output is not an object', async () => {
    const harness = new Harness();
    const graph = graphOf(stage(0, 2, [], hashed(2)), stage(1, 1, [0], { kind: 'result' }));
    const output = { kind: 'inline', bytes: new Uint8Array(1), rows: 1 } as const;
    const at = { at: 0, stage: 0 as StageId } as const;
    const token = await harness.journal.acquire(jobId);
    await harness.journal.append(jobId, token, [
      submission(graph),
      ...[0, 1].flatMap((task): JobRecord[] => {
        const attempt = `1-${task}` as AttemptId;
        return [
          { kind: 'attempt-started', ...at, task, attempt, deadline: 1000 },
          { kind: 'task-ended', ...at, task, attempt, outcome: { kind: 'succeeded', output, statistics } },
        ];
      }),
    ]);
    const { end } = (await harness.resume()).state;
    assert.ok(end?.kind === 'failed');
    assert.equal(end.error.code, 'INTERNAL');
    assert.match(end.error.message, /Task 0 of stage 0 has no output object/);
  });

  test("fails the job with the store's code", async () => {
    const harness = new Harness();
    harness.store.beforeRequest = (request, key) => {
      if (request === 'put' && key.endsWith('index')) throw new FabricError('STORE_FAILED', 'disk full');
    };
    const ended = await harness.run(joinGraph);
    assert.ok(ended.state.end?.kind === 'failed');
    assert.equal(ended.state.end.error.code, 'STORE_FAILED');
    assert.match(ended.state.end.error.message, /index of stage [01] .*disk full/);
  });

  test('is retried as often as a failed task if the error is retryable', async () => {
    for (const [failures, expected] of [
      [settings.retries, 'succeeded'],
      [settings.retries + 1, 'failed'],
    ] as const) {
      const harness = new Harness();
      let tries = 0;
      harness.store.beforeRequest = (request, key) => {
        if (request !== 'put' || !key.endsWith('/0/index')) return;
        tries += 1;
        if (tries <= failures) throw new FabricError('STORE_FAILED', 'away for a moment', { retryable: true });
      };
      const ended = await harness.run(joinGraph);
      assert.deepEqual([ended.state.end?.kind, tries], [expected, settings.retries + 1]);
    }
  });

  test('leaks no timers while it is retried', async (t) => {
    const harness = new Harness();
    const retries = 12;
    let tries = 0;
    harness.store.beforeRequest = (request, key) => {
      if (request !== 'put' || !key.endsWith('/0/index')) return;
      tries += 1;
      if (tries <= retries) throw new FabricError('STORE_FAILED', 'away for a moment', { retryable: true });
    };
    const warnings: string[] = [];
    const note = ({ name }: Error) => warnings.push(name);
    process.on('warning', note);
    t.after(() => process.off('warning', note));
    await harness.run(joinGraph, { settings: { ...settings, retries } });
    assert.equal(tries, retries + 1);
    assert.deepEqual(warnings, []);
  });

  test('is not retried once the job is cancelled', async () => {
    const harness = new Harness();
    const cancel = new AbortController();
    harness.clock.after = (): (() => void) => () => undefined;
    harness.store.beforeRequest = (request, key) => {
      if (request !== 'put' || !key.endsWith('/0/index')) return;
      setImmediate(() => cancel.abort());
      throw new FabricError('STORE_FAILED', 'permanently unavailable', { retryable: true });
    };
    const ended = await harness.run(joinGraph, { signal: cancel.signal });
    assert.equal(ended.state.end?.kind, 'cancelled');
  });
});
