import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { retryDelayMs } from '../../../coordinator/scheduler/retry-delay.ts';
import { OVERDUE_GRACE_MS } from '../../../coordinator/scheduler/state.ts';
import type { StageId } from '../../../engine/plan/stage.ts';
import type { TaskOutcome } from '../../../engine/task/task.ts';
import { Driver, start } from './driver.ts';
import { failedWith, joinGraph, oneTask, submission, wrote } from './graph.ts';

describe('a failed attempt', () => {
  const retryable: readonly (readonly [string, TaskOutcome, string])[] = [
    ['failed temporarily', failedWith('STORE_FAILED', true), 'STORE_FAILED'],
    ['was lost', { kind: 'lost', message: 'SIGKILL' }, 'EXECUTOR_LOST'],
    ['timed out', { kind: 'timed-out' }, 'TASK_TIMEOUT'],
  ];
  for (const [name, outcome, code] of retryable) {
    test(`is retried after a delay, until its retries are used up, if it ${name}`, () => {
      const job = start(joinGraph, { retries: 2 });
      for (const attempt of [1, 2]) {
        const decided = job.end(0, 1, outcome);
        const retry = decided.find((record) => record.kind === 'retry-scheduled');
        assert.equal(retry?.notBefore, job.now + retryDelayMs(attempt, 0));
        assert.ok(!job.running().includes('0/1'), 'it waits');
        assert.ok(job.effects('wake').some((effect) => effect.at === retry.notBefore));
        job.now = retry.notBefore;
        job.on({ kind: 'tick' });
        assert.ok(job.running().includes('0/1'), 'it runs again');
      }
      job.end(0, 1, outcome);
      assert.ok(job.state.end?.kind === 'failed');
      assert.equal(job.state.end.error.code, code);
      assert.match(job.state.end.error.message, /stage 0, task 1 of 3, 3 attempts/);
      assert.deepEqual(job.state.end.error.details, { stage: 0, task: 1, attempts: 3 });
    });
  }

  test('fails the job immediately with its own code if it is not retryable', () => {
    const job = start(joinGraph);
    job.end(1, 1, failedWith('QUERY_FAILED', false, 'Could not cast.'));
    assert.ok(job.state.end?.kind === 'failed');
    assert.equal(job.state.end.error.code, 'QUERY_FAILED');
    assert.equal(job.state.end.error.message, 'Could not cast. (stage 1, task 1 of 2)');
    assert.deepEqual(job.effects('run-attempt'), []);
    assert.deepEqual(job.effects('delete-objects'), [{ kind: 'delete-objects', keep: [] }]);
  });

  test('fails the job when the shared retry budget of its tasks is used up', () => {
    const job = start(joinGraph, { retries: 3, retryBudget: 2 });
    for (const task of [0, 1, 2]) job.end(0, task, { kind: 'lost', message: 'gone' });
    assert.ok(job.state.end?.kind === 'failed');
    assert.match(job.state.end.error.message, /All 2 retries of the job are used up/);
  });

  test('leaves its slot to another task while it waits for a retry', () => {
    const job = new Driver(submission(joinGraph));
    job.concurrency = 1;
    job.on({ kind: 'tick' });
    job.end(0, 0, { kind: 'lost', message: 'gone' });
    assert.deepEqual(job.running(), ['0/1']);
  });

  test('is counted once, even if another outcome arrives later', () => {
    const job = start(joinGraph);
    const attempt = job.attempt(0, 0);
    job.end(0, 0, { kind: 'lost', message: 'gone' });
    const event = { kind: 'attempt-ended', stage: 0 as StageId, task: 0, attempt, outcome: wrote('late') } as const;
    assert.deepEqual(job.on(event), []);
  });

  test('times out if its outcome is never reported', () => {
    const job = start(oneTask);
    job.now += 60_000 + OVERDUE_GRACE_MS - 1;
    assert.deepEqual(job.on({ kind: 'tick' }), []);
    job.now += 1;
    assert.deepEqual(
      job.on({ kind: 'tick' }).map((record) => record.kind),
      ['task-ended', 'retry-scheduled'],
    );
  });
});

describe('a throttled attempt', () => {
  const throttled = { kind: 'throttled' } as const;

  /** Advances the clock until the task's next attempt starts. Returns the delay in milliseconds. */
  function waitFor(job: Driver, task: string): number {
    const before = job.now;
    const [wake] = job.effects('wake').filter(({ at }) => at > job.now);
    assert.ok(wake !== undefined);
    job.now = wake.at;
    job.on({ kind: 'tick' });
    assert.ok(job.running().includes(task));
    return job.now - before;
  }

  test('does not count against the retries of the task or the job', () => {
    const job = start(oneTask, { retries: 1, retryBudget: 1 });
    for (let refusals = 0; refusals < 20; refusals += 1) {
      job.end(0, 0, throttled);
      waitFor(job, '0/0');
    }
    assert.equal(job.state.retriesUsed, 0);
    job.end(0, 0, { kind: 'lost', message: 'gone' });
    waitFor(job, '0/0');
    job.succeed(0, 0);
    assert.deepEqual(job.state.end, { kind: 'succeeded' });
  });

  test('is retried with delays that grow to a maximum of five seconds', () => {
    const job = start(oneTask);
    const waits: number[] = [];
    while (waits.at(-1) !== 5000) {
      job.end(0, 0, throttled);
      waits.push(waitFor(job, '0/0'));
    }
    assert.deepEqual(waits.slice(0, 3), [50, 50, 50]);
    assert.ok(waits.every((wait, at) => wait >= (waits[at - 1] ?? 0)));
    assert.ok(waits.length < 30, `${waits.length} delays until the maximum`);
  });

  test('fails the job when nothing has run for the attempt timeout or five minutes, whichever is longer', () => {
    for (const [attemptTimeoutMs, limitMs] of [
      [60_000, 300_000],
      [900_000, 900_000],
    ] as const) {
      const job = start(oneTask, { attemptTimeoutMs });
      const begun = job.now;
      while (job.state.end === undefined) {
        job.end(0, 0, throttled);
        if (job.state.end === undefined) waitFor(job, '0/0');
      }
      assert.equal(job.state.end.kind === 'failed' && job.state.end.error.code, 'THROTTLED');
      assert.ok(job.now - begun >= limitMs && job.now - begun <= limitMs + 10_000, `after ${job.now - begun} ms`);
    }
  });

  test('names the unavailable executors in the error of the job', () => {
    const job = start(oneTask, { retries: 0, retryBudget: 0 });
    const unavailableReason = 'no executor is healthy (http://a:1: connect ECONNREFUSED).';
    while (job.state.end === undefined) {
      job.end(0, 0, { ...throttled, unavailableReason });
      if (job.state.end === undefined) waitFor(job, '0/0');
    }
    assert.ok(job.state.end.kind === 'failed');
    const { code, message } = job.state.end.error;
    assert.equal(code, 'THROTTLED');
    assert.match(
      message,
      /No executor has run a task of the job for 5 minutes .*no executor is healthy \(http:\/\/a:1/,
    );
  });

  test('keeps waiting while other attempts of the job run', () => {
    const job = start(joinGraph);
    job.end(0, 0, throttled);
    assert.equal(job.state.throttledSince, job.now);
    job.now += 299_000;
    job.succeed(0, 1);
    assert.equal(job.state.throttledSince, undefined);
    job.now += 2000;
    job.on({ kind: 'tick' });
    job.end(0, 0, throttled);
    assert.equal(job.state.end, undefined);
    assert.equal(job.state.throttledSince, job.now);
  });

  test('starts a new throttling period under a new owner', () => {
    const job = start(oneTask);
    job.end(0, 0, throttled);
    job.now += 1_000_000;
    job.on({ kind: 'take-over', renewTimeout: false });
    job.end(0, 0, throttled);
    assert.equal(job.state.end, undefined);
    assert.equal(job.state.throttledSince, job.now);
  });

  test("is retried until the job's timeout at most", () => {
    const job = start(oneTask, { timeoutMs: 5000 }, 1000);
    while (job.state.end === undefined) {
      if (job.running().length > 0) job.end(0, 0, throttled);
      job.now += 50;
      job.on({ kind: 'tick' });
    }
    assert.equal(job.now, 6000);
    assert.equal(job.state.end?.kind === 'failed' && job.state.end.error.code, 'JOB_TIMEOUT');
  });
});

test('retryDelayMs doubles the delay up to a maximum, and adds a jitter of up to 100%', () => {
  assert.deepEqual(
    [1, 2, 3, 7, 8, 50].map((attempts) => retryDelayMs(attempts, 0)),
    [50, 100, 200, 3200, 5000, 5000],
  );
  assert.equal(retryDelayMs(1, 0.999), 100);
  assert.equal(retryDelayMs(50, 0.999), 9995);
});

describe('a lost shuffle object', () => {
  function untilJoin(): Driver {
    const job = start(joinGraph);
    for (const task of [0, 1, 2]) job.succeed(0, task);
    for (const task of [0, 1]) job.succeed(1, task);
    job.index(0);
    job.index(1);
    return job;
  }
  const lost = failedWith('SHUFFLE_LOST', false, 'Partition 2 of 0/1 is damaged.');

  test('restarts the job from its inputs only once', () => {
    const job = untilJoin();
    const before = job.attempt(2, 0);
    job.end(2, 1, lost);
    assert.deepEqual(job.running(), ['0/0', '0/1', '0/2', '1/0', '1/1']);
    assert.deepEqual(
      job.on({ kind: 'attempt-ended', stage: 2 as StageId, task: 0, attempt: before, outcome: wrote('x') }),
      [],
    );
    for (const task of [0, 1, 2]) job.succeed(0, task);
    assert.deepEqual(
      job.effects('write-index').map((effect) => effect.key),
      ['jobs/job/stages/0/index-1'],
    );
    for (const task of [0, 1]) job.succeed(1, task);
    job.index(0);
    job.index(1);
    job.end(2, 3, lost);
    assert.ok(job.state.end?.kind === 'failed');
    assert.equal(job.state.end.error.code, 'SHUFFLE_LOST');
  });

  test('is also detected while an index is written', () => {
    const job = start(joinGraph);
    for (const task of [0, 1, 2]) job.succeed(0, task);
    const key = 'jobs/job/stages/0/index';
    const event = { kind: 'index-failed', stage: 0 as StageId, key, code: 'SHUFFLE_LOST', message: 'gone' } as const;
    job.on(event);
    assert.equal(job.state.restarts, 1);
    assert.deepEqual(job.on(event), [], 'out of date');
  });

  test('is not assumed if an index cannot be written because the store fails', () => {
    const job = start(joinGraph);
    for (const task of [0, 1, 2]) job.succeed(0, task);
    const key = 'jobs/job/stages/0/index';
    job.on({ kind: 'index-failed', stage: 0 as StageId, key, code: 'STORE_FAILED', message: 'disk full' });
    assert.ok(job.state.end?.kind === 'failed');
    assert.equal(job.state.end.error.code, 'STORE_FAILED');
    assert.match(job.state.end.error.message, /index of stage 0 .* disk full/);
  });
});
