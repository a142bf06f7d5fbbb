import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fold } from '../../../coordinator/scheduler/apply.ts';
import type { FencingToken } from '../../../coordinator/scheduler/job.ts';
import { reconcile } from '../../../coordinator/scheduler/reconcile.ts';
import { runningAttempts } from '../../../coordinator/scheduler/state.ts';
import type { StageId } from '../../../engine/plan/stage.ts';
import { Driver, start } from './driver.ts';
import { graphOf, hashed, joinGraph, oneTask, stage, statistics, submission, wrote } from './graph.ts';

describe('a job of one task', () => {
  test('starts its task immediately and ends when the task ends', () => {
    const job = start(oneTask);
    assert.deepEqual(job.running(), ['0/0']);
    assert.equal(job.attempt(0, 0), '1-0');
    const decided = job.succeed(0, 0);
    assert.deepEqual(
      decided.map((record) => record.kind),
      ['task-ended', 'job-ended'],
    );
    assert.deepEqual(job.state.end, { kind: 'succeeded' });
  });

  test('keeps only the objects of its result', () => {
    const job = start(oneTask);
    job.succeed(0, 0);
    assert.deepEqual(reconcile(job.state), [{ kind: 'delete-objects', keep: ['jobs/job/result/0-1-0.arrow'] }]);
  });

  test('does not journal the footer of an object', () => {
    const job = start(oneTask);
    const key = job.key(0, 0);
    const outcome = wrote(key);
    assert.ok(outcome.kind === 'succeeded' && outcome.output.kind === 'object');
    job.end(0, 0, { ...outcome, output: { ...outcome.output, footer: new Uint8Array(3) } });
    const ended = job.records.find((record) => record.kind === 'task-ended');
    assert.deepEqual(ended?.outcome, wrote(key));
  });

  test('has nothing to delete if its result was inline', () => {
    const job = start(oneTask);
    job.end(0, 0, { kind: 'succeeded', output: { kind: 'inline', bytes: new Uint8Array(4), rows: 1 }, statistics });
    assert.deepEqual(job.state.end, { kind: 'succeeded' });
    assert.deepEqual(reconcile(job.state), []);
  });

  test('rejects output that was written for another attempt', () => {
    const job = start(oneTask);
    job.end(0, 0, wrote('jobs/job/result/0-1-7.arrow'));
    assert.ok(job.state.end?.kind === 'failed');
    assert.equal(job.state.end.error.code, 'INTERNAL');
  });

  test('has nothing to delete if it was cancelled before it started', () => {
    const job = new Driver(submission(oneTask));
    job.on({ kind: 'cancel', by: 'user' });
    assert.deepEqual(reconcile(job.state), []);
  });
});

describe('stages', () => {
  test('start when all their inputs have succeeded and have been indexed', () => {
    const job = start(joinGraph);
    assert.deepEqual(job.running(), ['0/0', '0/1', '0/2', '1/0', '1/1']);
    for (const [id, task] of [
      [0, 2],
      [0, 0],
      [0, 1],
    ] as const)
      job.succeed(id, task);
    const unindexed = job.state;
    job.succeed(1, 1);
    assert.deepEqual(
      job.effects('write-index').map((effect) => effect.key),
      ['jobs/job/stages/0/index'],
    );
    assert.deepEqual(
      reconcile(job.state, unindexed).filter((effect) => effect.kind === 'write-index'),
      [],
      'its index is requested once',
    );
    job.index(0);
    assert.deepEqual(job.running(), ['1/0']);
    job.succeed(1, 0);
    assert.deepEqual(job.running(), [], 'stage 1 is not indexed yet');
    job.index(1);
    assert.deepEqual(job.running(), ['2/0', '2/1', '2/2', '2/3']);
    for (const task of [0, 1, 2, 3]) job.succeed(2, task);
    assert.deepEqual(job.running(), ['3/0'], 'an output of one partition needs no index');
  });

  test('need no index of an input stage with one task', () => {
    const job = start(graphOf(stage(0, 1, [], hashed(4)), stage(1, 4, [0], { kind: 'result' })));
    job.succeed(0, 0);
    assert.equal(job.running().length, 4);
  });

  test('never run more attempts than the concurrency limit allows', () => {
    const job = new Driver(submission(joinGraph));
    job.concurrency = 2;
    job.on({ kind: 'tick' });
    assert.deepEqual(job.running(), ['0/0', '0/1']);
    job.on({ kind: 'tick' });
    assert.deepEqual(job.running(), ['0/0', '0/1']);
    job.succeed(0, 1);
    assert.deepEqual(job.running(), ['0/0', '0/2']);
  });
});

describe('a timeout', () => {
  test('fails the job when it expires', () => {
    const job = start(joinGraph, { timeoutMs: 5000 }, 1000);
    assert.ok(job.effects('wake').some((effect) => effect.at === 6000));
    job.now = 5999;
    assert.deepEqual(job.on({ kind: 'tick' }), []);
    job.now = 6000;
    job.on({ kind: 'tick' });
    assert.ok(job.state.end?.kind === 'failed');
    assert.equal(job.state.end.error.code, 'JOB_TIMEOUT');
  });

  test('limits the deadlines of attempts', () => {
    const job = start(oneTask, { timeoutMs: 5000 }, 1000);
    const [attempt] = [...runningAttempts(job.state)];
    assert.equal(attempt?.state.deadline, 6000);
  });

  test('does not discard a result that is already complete', () => {
    const job = start(oneTask, { timeoutMs: 5000 }, 1000);
    job.now = 7000;
    job.succeed(0, 0);
    assert.deepEqual(job.state.end, { kind: 'succeeded' });
  });

  test('is reported as the error if a task times out at the same time', () => {
    const job = start(oneTask, { timeoutMs: 5000, retries: 0 }, 1000);
    job.now = 6000;
    job.end(0, 0, { kind: 'timed-out' });
    assert.ok(job.state.end?.kind === 'failed');
    assert.equal(job.state.end.error.code, 'JOB_TIMEOUT');
  });
});

describe('a cancelled job', () => {
  test('starts no new attempts and deletes its objects', () => {
    const job = start(joinGraph);
    const decided = job.on({ kind: 'cancel', by: 'user' });
    assert.deepEqual(
      decided.map((record) => record.kind),
      ['cancel-requested', 'job-ended'],
    );
    assert.deepEqual(job.state.end, { kind: 'cancelled', by: 'user' });
    assert.deepEqual(reconcile(job.state), [{ kind: 'delete-objects', keep: [] }]);
  });

  test('ignores later events', () => {
    const job = start(oneTask);
    const attempt = job.attempt(0, 0);
    job.on({ kind: 'cancel', by: 'user' });
    assert.deepEqual(job.on({ kind: 'cancel', by: 'user' }), []);
    assert.deepEqual(job.on({ kind: 'attempt-ended', stage: 0 as StageId, task: 0, attempt, outcome: wrote('k') }), []);
  });
});

describe('a new owner', () => {
  test('abandons running attempts and restarts them under its own token, but keeps finished tasks', () => {
    const job = start(joinGraph);
    for (const task of [0, 1, 2]) job.succeed(0, task);
    job.index(0);
    job.succeed(1, 0);
    assert.deepEqual(job.running(), ['1/1']);
    job.state = fold(job.records);
    job.token = 2 as FencingToken;
    const decided = job.on({ kind: 'take-over', renewTimeout: false });
    assert.deepEqual(
      decided.map((record) => record.kind),
      ['job-resumed', 'attempt-abandoned', 'attempt-started'],
    );
    assert.deepEqual(job.running(), ['1/1']);
    assert.equal(job.attempt(1, 1), '2-5');
    assert.equal(job.state.stages[1]?.tasks.at(1)?.failures, 0, 'an abandoned attempt is not a failure of the task');
  });

  test('restarts the timeout only if renewTimeout is set', () => {
    for (const [renewTimeout, kind] of [
      [true, undefined],
      [false, 'failed'],
    ] as const) {
      const job = start(oneTask, { timeoutMs: 5000 });
      job.now = 100_000;
      job.on({ kind: 'take-over', renewTimeout });
      assert.equal(job.state.end?.kind, kind);
    }
  });
});
