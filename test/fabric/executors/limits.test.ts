import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { lambdaLimits } from '../../../coordinator/invoke/lambda-limits.ts';
import type { Relation } from '../../../engine/plan/relation.ts';
import { BIGINT } from '../../../engine/plan/types.ts';
import type { Task, TaskOutcome } from '../../../engine/task/task.ts';
import { invokerConformance, rowOf, until } from '../../coordinator/invoke/conformance.ts';
import { range, taskOf, totals } from '../../engine/execute/fixture.ts';
import { openLocalLambda } from './open-invokers.ts';

invokerConformance('local invoker under the limits of Lambda', {
  open: () => openLocalLambda(),
  openFull: () => openLocalLambda({ accountConcurrency: 0, throttledTries: 3 }),
  stopsAborted: true,
  payloadBytes: lambdaLimits.synchronousPayloadBytes,
});

const quick = totals(range(10n));
const endless = totals(range(1_000_000_000_000n));

/** Returns a plan that sorts `count` numbers, all of which must be in memory. */
function sorted(count: bigint): Relation {
  return {
    kind: 'sort',
    types: [BIGINT],
    input: range(count),
    keys: [{ expression: { kind: 'column', index: 0, type: BIGINT }, descending: true, nullsFirst: false }],
  };
}

interface LimitCase {
  readonly what: string;
  readonly changes: Parameters<typeof openLocalLambda>[0];
  readonly task: () => Task;
  readonly check: (outcome: TaskOutcome) => void;
  /** The total number of environments that have been started when the task after `task` ends. */
  readonly starts: number;
}

const cases: readonly LimitCase[] = [
  {
    what: 'fails with OUT_OF_MEMORY and reports its memory usage when it exceeds its memory limit',
    changes: { size: { memoryMiB: 150, timeoutMs: 60_000, scratchMiB: 512 } },
    task: () => taskOf(sorted(30_000_000n), { inlineLimitBytes: 1 << 30 }),
    check: (outcome) => {
      assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
      assert.deepEqual([outcome.code, outcome.retryable], ['OUT_OF_MEMORY', false]);
      assert.match(
        outcome.message,
        /more memory than the 150 MiB it has. .*setting memory.*setting fanout.*killed while it used \d+ MiB/,
      );
    },
    starts: 2,
  },
  {
    what: 'times out and reports its time limit when it exceeds the limit, regardless of the task deadline',
    changes: { size: { memoryMiB: 1024, timeoutMs: 1500, scratchMiB: 512 } },
    task: () => taskOf(endless, { deadlineMs: Date.now() + 600_000 }),
    check: (outcome) => assert.deepEqual(outcome, { kind: 'timed-out', limit: "its function's time limit of 1.5 s" }),
    starts: 1,
  },
  {
    what: 'fails with SCRATCH_FULL and reports the limit when it spills more than its scratch folder can hold',
    changes: { size: { memoryMiB: 512, timeoutMs: 60_000, scratchMiB: 16 } },
    task: () => taskOf(sorted(80_000_000n), { memoryMiB: 128 }),
    check: (outcome) => {
      assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
      assert.deepEqual([outcome.code, outcome.retryable], ['SCRATCH_FULL', false]);
      assert.match(outcome.message, /than the 16 MiB of its scratch folder.*ephemeral storage.*setting fanout/);
    },
    starts: 2,
  },
];

describe('a local Lambda function', () => {
  const never = new AbortController().signal;

  for (const { what, changes, task, check, starts } of cases) {
    test(what, async (t) => {
      const at = await openLocalLambda(changes);
      t.after(() => at.close());
      check(await at.invoker.invoke(task(), never));
      assert.deepEqual(rowOf(await at.invoker.invoke(taskOf(quick), never)), [45n, 10n]);
      // A killed environment is replaced, whereas an environment that only timed out is reused.
      assert.equal(at.invoker.coldStarts.count, starts);
    });
  }

  test('can open at most 1,024 files', async (t) => {
    if (process.platform !== 'linux') return t.skip("only Linux lists a process's limits");
    const at = await openLocalLambda();
    t.after(() => at.close());
    await at.invoker.invoke(taskOf(quick), never);
    const [pid] = at.pids();
    assert.match(readFileSync(`/proc/${pid}/limits`, 'utf8'), /^Max open files +1024 +1024 /m);
  });

  test('starts cold once and is then reused while it is warm', async (t) => {
    const at = await openLocalLambda();
    t.after(() => at.close());
    for (let time = 0; time < 3; time += 1) await at.invoker.invoke(taskOf(quick), never);
    const { count, initMs } = at.invoker.coldStarts;
    assert.equal(count, 1);
    assert.ok(initMs > 0 && initMs < lambdaLimits.initMs, `${initMs} ms`);
  });

  test("is throttled above the account's concurrency limit, and the invoker lowers its own limit to match", async (t) => {
    const at = await openLocalLambda({ concurrency: 3, accountConcurrency: 1, throttledTries: 50 });
    t.after(() => at.close());
    assert.equal(at.invoker.limit, 3);
    const stop = new AbortController();
    const running = at.invoker.invoke(taskOf(endless), stop.signal);
    await until(() => at.pids().length === 1, 'the first runs');
    const others = [at.invoker.invoke(taskOf(quick), never), at.invoker.invoke(taskOf(quick), never)];
    await until(() => at.invoker.limit === 1, 'they were refused');
    stop.abort();
    await running;
    for (const outcome of await Promise.all(others)) assert.deepEqual(rowOf(outcome), [45n, 10n]);
  });

  test("is throttled above the platform's scaling rate", async (t) => {
    const ramp = { environments: 1, everyMs: 3_600_000 };
    const at = await openLocalLambda({ concurrency: 2, ramp, throttledTries: 1 });
    t.after(() => at.close());
    const stop = new AbortController();
    const running = at.invoker.invoke(taskOf(endless), stop.signal);
    await until(() => at.pids().length === 1, 'the first runs');
    assert.deepEqual(await at.invoker.invoke(taskOf(quick), never), { kind: 'throttled' });
    stop.abort();
    await running;
    assert.deepEqual(rowOf(await at.invoker.invoke(taskOf(quick), never)), [45n, 10n]);
  });
});
