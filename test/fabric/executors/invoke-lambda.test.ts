import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { systemClock } from '../../../coordinator/clock.ts';
import { lambdaLimits } from '../../../coordinator/invoke/lambda-limits.ts';
import { runJob } from '../../../coordinator/jobs/run-job.ts';
import type { Relation } from '../../../engine/plan/relation.ts';
import { BIGINT, VARCHAR } from '../../../engine/plan/types.ts';
import { createFileStore } from '../../../engine/store/file.ts';
import { invokerConformance, rowOf } from '../../coordinator/invoke/conformance.ts';
import { MemoryJournal } from '../../coordinator/journal/memory-journal.ts';
import { graphOf, jobId, settings, statistics } from '../../coordinator/scheduler/graph.ts';
import { range, taskOf, totals } from '../../engine/execute/fixture.ts';
import { EXECUTOR_MEMORY_MIB, openLambda } from './open-invokers.ts';

invokerConformance('lambda invoker', {
  open: openLambda,
  openFull: () => openLambda([], { reservedConcurrency: 0 }, { throttledTries: 3 }),
  stopsAborted: false,
  payloadBytes: lambdaLimits.synchronousPayloadBytes,
});

describe('a Lambda function', () => {
  const signal = () => new AbortController().signal;

  test('fails its task with OUT_OF_MEMORY when it exceeds its memory limit', async () => {
    const at = await openLambda([], { memoryMiB: 128 });
    // Sorting ten million numbers requires more memory than the function has left.
    const sort: Relation = {
      kind: 'sort',
      types: [BIGINT],
      input: range(10_000_000n),
      keys: [{ expression: { kind: 'column', index: 0, type: BIGINT }, descending: true, nullsFirst: false }],
    };
    const outcome = await at.invoker.invoke(taskOf(sort, { inlineLimitBytes: 1 << 30 }), signal());
    assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
    assert.equal(outcome.code, 'OUT_OF_MEMORY');
    await at.close();
  });

  test("times out when it exceeds its time limit, even before its task's deadline", async () => {
    const at = await openLambda([], { timeoutSeconds: 2 });
    const task = taskOf(totals(range(1_000_000_000_000n)), { deadlineMs: Date.now() + 600_000 });
    const limit = "its function's time limit";
    assert.deepEqual(await at.invoker.invoke(task, signal()), { kind: 'timed-out', limit });
    await at.close();
  });

  test('runs a fragment larger than the payload limit and leaves no objects', async () => {
    const at = await openLambda();
    const store = createFileStore(at.store);
    // The only row contains 7 MB of text.
    const letters = 7_000_000;
    const text = { kind: 'constant', value: 'x'.repeat(letters), type: VARCHAR } as const;
    const root: Relation = { kind: 'values', types: [VARCHAR], rows: [[text]] };
    const counted: Relation = {
      kind: 'project',
      types: [BIGINT],
      input: root,
      expressions: [
        { kind: 'function', name: 'length', inputs: [{ kind: 'column', index: 0, type: VARCHAR }], type: BIGINT },
      ],
    };
    const stage = { ...taskOf(totals(counted)).stage, taskCount: 3 };
    const ended = await runJob({
      job: jobId,
      graph: { ...graphOf(stage), columns: ['c0', 'c1'].map((name) => ({ name, type: BIGINT })) },
      settings: { ...settings, taskMemoryMiB: EXECUTOR_MEMORY_MIB },
      journal: new MemoryJournal(),
      invoker: at.invoker,
      store,
      clock: systemClock,
      random: Math.random,
    });
    assert.deepEqual(ended.state.end, { kind: 'succeeded' });
    const rows = ended.result.map((part) => rowOf({ kind: 'succeeded', output: part, statistics }));
    assert.deepEqual(
      rows,
      [1, 2, 3].map(() => [BigInt(letters), 1n]),
    );
    assert.ok(ended.state.requests.job.requests.get >= 1);
    const left = [];
    for await (const { key } of store.list('')) left.push(key);
    assert.deepEqual(left, []);
    await at.close();
  });

  test('loses its task with the reason in the message if it cannot start', async () => {
    const at = await openLambda([], { environment: {} });
    const outcome = await at.invoker.invoke(taskOf(totals(range(10n))), signal());
    assert.ok(outcome.kind === 'lost', JSON.stringify(outcome));
    assert.match(outcome.message, /needs an object store/);
    await at.close();
  });
});
