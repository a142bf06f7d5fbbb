import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { apply, fold } from '../../coordinator/scheduler/apply.ts';
import { decide, type JobEvent, OVERDUE_GRACE_MS } from '../../coordinator/scheduler/decide.ts';
import { retryDelayMs } from '../../coordinator/scheduler/failure.ts';
import { outputKey } from '../../coordinator/scheduler/keys.ts';
import { type Effect, reconcile } from '../../coordinator/scheduler/reconcile.ts';
import type { FencingToken, JobRecord } from '../../coordinator/scheduler/records.ts';
import { type JobState, runningAttempts, stageOf } from '../../coordinator/scheduler/state.ts';
import type { AttemptId, TaskOutcome } from '../../engine/execute/task.ts';
import type { StageId } from '../../engine/plan/stage.ts';
import { NO_REQUESTS } from '../../engine/store/request-counts.ts';
import {
  failedWith,
  graphOf,
  hashed,
  joinGraph,
  oneTask,
  stage,
  statistics,
  submission,
  submitted,
  wrote,
} from './graph.ts';

/** A job under test: every event is decided, folded and kept. */
class Driver {
  state: JobState;
  readonly records: JobRecord[];
  now = 1000;
  token = 1 as FencingToken;
  concurrency = 8;

  constructor(first: JobRecord) {
    this.records = [first];
    this.state = fold(this.records);
  }

  on(event: JobEvent): readonly JobRecord[] {
    const { now, token, concurrency } = this;
    const decided = decide(this.state, event, { now, token, concurrency, random: () => 0 });
    this.records.push(...decided);
    this.state = decided.reduce(apply, this.state);
    return decided;
  }

  /** Ends the running attempt of a task. */
  end(stageId: number, task: number, outcome: TaskOutcome): readonly JobRecord[] {
    return this.on({
      kind: 'attempt-ended',
      stage: stageId as StageId,
      task,
      attempt: this.attempt(stageId, task),
      outcome,
    });
  }

  /** Ends the running attempt of a task with an object under the key it was given. */
  succeed(stageId: number, task: number): readonly JobRecord[] {
    return this.end(stageId, task, wrote(this.key(stageId, task)));
  }

  key(stageId: number, task: number): string {
    return outputKey(this.state, stageOf(this.state, stageId).stage, task, this.attempt(stageId, task));
  }

  attempt(stageId: number, task: number): AttemptId {
    const running = [...runningAttempts(this.state)].find((each) => each.stage === stageId && each.task === task);
    assert.ok(running !== undefined, `stage ${stageId}, task ${task} is running`);
    return running.state.attempt;
  }

  running(): string[] {
    return [...runningAttempts(this.state)].map(({ stage: id, task }) => `${id}/${task}`);
  }

  effects<Kind extends Effect['kind']>(kind: Kind): Extract<Effect, { kind: Kind }>[] {
    return reconcile(this.state).filter((effect): effect is Extract<Effect, { kind: Kind }> => effect.kind === kind);
  }

  index(stageId: number): void {
    const effect = this.effects('write-index').find((each) => each.stage === stageId);
    assert.ok(effect !== undefined, `stage ${stageId} is to be indexed`);
    const index = { key: effect.key, identity: { sizeBytes: 1, version: effect.key } };
    this.on({ kind: 'index-written', stage: effect.stage, index, requests: NO_REQUESTS });
  }
}

function start(...parameters: Parameters<typeof submission>): Driver {
  const driver = new Driver(submission(...parameters));
  driver.on({ kind: 'tick' });
  return driver;
}

describe('a job of one task', () => {
  test('starts at once and ends with it', () => {
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

  test('keeps the objects of its result, and only those', () => {
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

  test('has nothing to delete where its result came with the outcome', () => {
    const job = start(oneTask);
    job.end(0, 0, { kind: 'succeeded', output: { kind: 'inline', bytes: new Uint8Array(4), rows: 1 }, statistics });
    assert.deepEqual(job.state.end, { kind: 'succeeded' });
    assert.deepEqual(reconcile(job.state), []);
  });

  test('does not take what was written for another attempt', () => {
    const job = start(oneTask);
    job.end(0, 0, wrote('jobs/job/result/0-1-7.arrow'));
    assert.ok(job.state.end?.kind === 'failed');
    assert.equal(job.state.end.error.code, 'INTERNAL');
  });

  test('that is cancelled before it began has nothing to delete', () => {
    const job = new Driver(submission(oneTask));
    job.on({ kind: 'cancel', by: 'user' });
    assert.deepEqual(reconcile(job.state), []);
  });
});

describe('stages', () => {
  test('start when all their inputs have succeeded and are indexed', () => {
    const job = start(joinGraph);
    assert.deepEqual(job.running(), ['0/0', '0/1', '0/2', '1/0', '1/1']);
    for (const [id, task] of [
      [0, 2],
      [0, 0],
      [0, 1],
      [1, 1],
    ] as const)
      job.succeed(id, task);
    assert.deepEqual(
      job.effects('write-index').map((effect) => effect.key),
      ['jobs/job/stages/0/index'],
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

  test('need no index where there is one producer', () => {
    const job = start(graphOf(stage(0, 1, [], hashed(4)), stage(1, 4, [0], { kind: 'result' })));
    job.succeed(0, 0);
    assert.equal(job.running().length, 4);
  });

  test('never run more attempts than the invoker can', () => {
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

describe('a failed attempt', () => {
  const retryable: readonly (readonly [string, TaskOutcome, string])[] = [
    ['failed in a way that may pass', failedWith('STORE_FAILED', true), 'STORE_FAILED'],
    ['lost', { kind: 'lost', message: 'SIGKILL' }, 'EXECUTOR_LOST'],
    ['throttled', { kind: 'throttled' }, 'THROTTLED'],
    ['timed out', { kind: 'timed-out' }, 'TASK_TIMEOUT'],
  ];
  for (const [name, outcome, code] of retryable) {
    test(`that is ${name} is tried again, after a wait, until its retries are used up`, () => {
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

  test('that cannot get better ends the job at once, with its own code', () => {
    const job = start(joinGraph);
    job.end(1, 1, failedWith('QUERY_FAILED', false, 'Could not cast.'));
    assert.ok(job.state.end?.kind === 'failed');
    assert.equal(job.state.end.error.code, 'QUERY_FAILED');
    assert.equal(job.state.end.error.message, 'Could not cast. (stage 1, task 1 of 2)');
    assert.deepEqual(job.effects('run-attempt'), []);
    assert.deepEqual(job.effects('delete-objects'), [{ kind: 'delete-objects', keep: [] }]);
  });

  test('ends the job when the retries of all tasks together are used up', () => {
    const job = start(joinGraph, { retries: 3, retryBudget: 2 });
    job.end(0, 0, { kind: 'throttled' });
    job.end(0, 1, { kind: 'throttled' });
    job.end(0, 2, { kind: 'throttled' });
    assert.ok(job.state.end?.kind === 'failed');
    assert.match(job.state.end.error.message, /2 retries are used up/);
  });

  test('makes room for another task while it waits', () => {
    const job = new Driver(submission(joinGraph));
    job.concurrency = 1;
    job.on({ kind: 'tick' });
    job.end(0, 0, { kind: 'lost', message: 'gone' });
    assert.deepEqual(job.running(), ['0/1']);
  });

  test('is not heard of twice', () => {
    const job = start(joinGraph);
    const attempt = job.attempt(0, 0);
    job.end(0, 0, { kind: 'lost', message: 'gone' });
    const event = { kind: 'attempt-ended', stage: 0 as StageId, task: 0, attempt, outcome: wrote('late') } as const;
    assert.deepEqual(job.on(event), []);
  });

  test('is given up when nobody tells how it ended', () => {
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

test('waiting times double up to a cap and are spread over their upper half', () => {
  assert.deepEqual(
    [1, 2, 3, 7, 8, 50].map((attempts) => retryDelayMs(attempts, 0)),
    [50, 100, 200, 3200, 5000, 5000],
  );
  assert.equal(retryDelayMs(1, 0.999), 100);
  assert.equal(retryDelayMs(50, 0.999), 9995);
});

describe('a timeout', () => {
  test('ends the job when it has passed', () => {
    const job = start(joinGraph, { timeoutMs: 5000 }, 1000);
    assert.ok(job.effects('wake').some((effect) => effect.at === 6000));
    job.now = 5999;
    assert.deepEqual(job.on({ kind: 'tick' }), []);
    job.now = 6000;
    job.on({ kind: 'tick' });
    assert.ok(job.state.end?.kind === 'failed');
    assert.equal(job.state.end.error.code, 'JOB_TIMEOUT');
  });

  test('bounds the attempts', () => {
    const job = start(oneTask, { timeoutMs: 5000 }, 1000);
    const [attempt] = [...runningAttempts(job.state)];
    assert.equal(attempt?.state.deadline, 6000);
  });

  test('does not take a result that is there', () => {
    const job = start(oneTask, { timeoutMs: 5000 }, 1000);
    job.now = 7000;
    job.succeed(0, 0);
    assert.deepEqual(job.state.end, { kind: 'succeeded' });
  });

  test('explains a task that timed out with it', () => {
    const job = start(oneTask, { timeoutMs: 5000, retries: 0 }, 1000);
    job.now = 6000;
    job.end(0, 0, { kind: 'timed-out' });
    assert.ok(job.state.end?.kind === 'failed');
    assert.equal(job.state.end.error.code, 'JOB_TIMEOUT');
  });
});

describe('a cancelled job', () => {
  test('starts nothing any more, asks for nothing to run and deletes its objects', () => {
    const job = start(joinGraph);
    const decided = job.on({ kind: 'cancel', by: 'user' });
    assert.deepEqual(
      decided.map((record) => record.kind),
      ['cancel-requested', 'job-ended'],
    );
    assert.deepEqual(job.state.end, { kind: 'cancelled', by: 'user' });
    assert.deepEqual(reconcile(job.state), [{ kind: 'delete-objects', keep: [] }]);
  });

  test('stays as it ended, whatever comes later', () => {
    const job = start(oneTask);
    const attempt = job.attempt(0, 0);
    job.on({ kind: 'cancel', by: 'user' });
    assert.deepEqual(job.on({ kind: 'cancel', by: 'user' }), []);
    assert.deepEqual(job.on({ kind: 'attempt-ended', stage: 0 as StageId, task: 0, attempt, outcome: wrote('k') }), []);
  });
});

describe('a new owner', () => {
  test('gives up what ran under the dead one and starts it again under its own token, and nothing that had finished', () => {
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
    assert.equal(job.state.stages[1]?.tasks.at(1)?.failures, 0, 'being abandoned is no failure of the task');
  });

  test('may let the timeout start anew', () => {
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

describe('a shuffle object that is lost', () => {
  function untilJoin(): Driver {
    const job = start(joinGraph);
    for (const task of [0, 1, 2]) job.succeed(0, task);
    for (const task of [0, 1]) job.succeed(1, task);
    job.index(0);
    job.index(1);
    return job;
  }
  const lost = failedWith('SHUFFLE_LOST', false, 'Partition 2 of 0/1 is damaged.');

  test('makes the job start again from its inputs, once', () => {
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

  test('is also found while the index is made', () => {
    const job = start(joinGraph);
    for (const task of [0, 1, 2]) job.succeed(0, task);
    const key = 'jobs/job/stages/0/index';
    const event = { kind: 'index-failed', stage: 0 as StageId, key, code: 'SHUFFLE_LOST', message: 'gone' } as const;
    job.on(event);
    assert.equal(job.state.restarts, 1);
    assert.deepEqual(job.on(event), [], 'out of date');
  });

  test('is another matter than a store that fails', () => {
    const job = start(joinGraph);
    for (const task of [0, 1, 2]) job.succeed(0, task);
    const key = 'jobs/job/stages/0/index';
    job.on({ kind: 'index-failed', stage: 0 as StageId, key, code: 'STORE_FAILED', message: 'disk full' });
    assert.ok(job.state.end?.kind === 'failed');
    assert.equal(job.state.end.error.code, 'STORE_FAILED');
    assert.match(job.state.end.error.message, /index of stage 0 .* disk full/);
  });
});

describe('records that cannot follow', () => {
  const base = submitted(oneTask);
  const started: JobRecord = {
    kind: 'attempt-started',
    at: 0,
    stage: 0 as StageId,
    task: 0,
    attempt: '1-0' as AttemptId,
    deadline: 10,
  };
  const ended: JobRecord = {
    kind: 'task-ended',
    at: 0,
    stage: 0 as StageId,
    task: 0,
    attempt: '1-0' as AttemptId,
    outcome: { kind: 'throttled' },
  };
  const cases: readonly (readonly [string, readonly JobRecord[], RegExp])[] = [
    ['a second submission', [submission(oneTask)], /submitted twice/],
    ['an end of what does not run', [ended], /task-ended cannot follow/],
    ['a second start', [started, started], /attempt-started cannot follow/],
    ['a task that is not there', [{ ...started, task: 7 }], /no task 7/],
    ['a stage that is not there', [{ ...started, stage: 7 as StageId }], /no stage 7/],
    ['anything after the end', [{ kind: 'job-ended', at: 0, end: { kind: 'succeeded' } }, started], /has ended/],
  ];
  for (const [name, records, message] of cases) {
    test(`are refused: ${name}`, () => {
      assert.throws(() => records.reduce(apply, base), message);
    });
  }

  test('are refused: none at all, or a beginning other than the submission', () => {
    assert.throws(() => fold([]), /without records/);
    assert.throws(() => fold([started]), /begin with attempt-started/);
  });
});
