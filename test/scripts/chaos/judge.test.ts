import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { JobRecord } from '../../../coordinator/scheduler/records.ts';
import type { StageId } from '../../../engine/plan/stage.ts';
import type { AttemptId } from '../../../engine/task/task.ts';
import type { ClientEnd } from '../../../scripts/chaos/client.ts';
import { lastDeadline, ranTwice, wrongEnd } from '../../../scripts/chaos/judge.ts';
import { oneTask, settings, submission, wrote } from '../../coordinator/scheduler/graph.ts';

const at = { at: 1, stage: 0 as StageId, task: 0 } as const;
const column = { name: 'n', type: 'BIGINT' };
const query = { name: 'q', sql: '', expected: { columns: [column], rows: [['1']] } };

function started(number: number, deadline = 1000): JobRecord {
  return { kind: 'attempt-started', ...at, attempt: `1-${number}` as AttemptId, deadline };
}

function succeeded(number: number): JobRecord {
  const outcome = wrote('key');
  assert.ok(outcome.kind === 'succeeded' && outcome.output.kind === 'object');
  return {
    kind: 'task-ended',
    ...at,
    attempt: `1-${number}` as AttemptId,
    outcome: { ...outcome, output: outcome.output },
  };
}

function lost(number: number): JobRecord {
  return { kind: 'task-ended', ...at, attempt: `1-${number}` as AttemptId, outcome: { kind: 'lost', message: 'gone' } };
}

function throttled(number: number): JobRecord {
  return { kind: 'task-ended', ...at, attempt: `1-${number}` as AttemptId, outcome: { kind: 'throttled' } };
}

function times(count: number, ended: (number: number) => JobRecord): readonly JobRecord[] {
  return Array.from({ length: count }, (_, number) => [started(number), ended(number)]).flat();
}

const restarted: JobRecord = { kind: 'job-restarted', at: 1, reason: 'lost' };
const failedWith = (code: string, details = {}): ClientEnd => ({
  kind: 'failed',
  error: { code, message: 'no', details },
});

const lostExecutor = failedWith('EXECUTOR_LOST', { stage: 0, task: 0 });

describe('the chaos judge', () => {
  const ends: readonly (readonly [string, ClientEnd, readonly JobRecord[], boolean])[] = [
    ['the right rows', { kind: 'succeeded', columns: [column], rows: [['1']] }, [], true],
    ['a different value', { kind: 'succeeded', columns: [column], rows: [['2']] }, [], false],
    ['a missing row', { kind: 'succeeded', columns: [column], rows: [] }, [], false],
    ['a different type', { kind: 'succeeded', columns: [{ name: 'n', type: 'INTEGER' }], rows: [['1']] }, [], false],
    ['a job that hangs', { kind: 'hung', last: 'nothing' }, [], false],
    ['an error that is not from the fabric', failedWith('INTERNAL'), [], false],
    ['a job timeout', failedWith('JOB_TIMEOUT'), [], false],
    ['a lost executor with retries left', lostExecutor, times(2, lost), false],
    ['an executor lost in every attempt', lostExecutor, times(settings.retries + 1, lost), true],
    ['a lost executor if all attempts were throttled', lostExecutor, times(settings.retries + 1, throttled), false],
    ['a lost executor without a task', failedWith('EXECUTOR_LOST'), [], false],
    ['an index that cannot be written', failedWith('STORE_FAILED', { stage: 0 }), [], true],
    ['a store failure without a stage', failedWith('STORE_FAILED'), [], false],
    ['a lost shuffle in a restarted job', failedWith('SHUFFLE_LOST', { stage: 0 }), [restarted], true],
    ['a lost shuffle in a job that was never restarted', failedWith('SHUFFLE_LOST', { stage: 0 }), [], false],
    ['a lost executor with retries left in a restarted job', lostExecutor, [restarted, ...times(2, lost)], false],
  ];
  for (const [what, end, records, isRight] of ends) {
    test(`${isRight ? 'accepts' : 'rejects'} ${what}`, () => {
      assert.equal(wrongEnd(end, query, [submission(oneTask), ...records]).length === 0, isRight);
    });
  }

  const histories: readonly (readonly [string, readonly JobRecord[], boolean])[] = [
    ['a task that ran once', [started(0), succeeded(0)], true],
    ['a task that was retried', [started(0), lost(0), started(1), succeeded(1)], true],
    ['a finished task that was restarted', [started(0), succeeded(0), started(1)], false],
    ['a task that succeeded twice', [started(0), succeeded(0), succeeded(0)], false],
    ['a job that was restarted', [started(0), succeeded(0), restarted, started(1), succeeded(1)], true],
  ];
  for (const [what, records, isRight] of histories) {
    test(`${isRight ? 'accepts' : 'rejects'} ${what}`, () => {
      assert.equal(ranTwice(records).length === 0, isRight);
    });
  }

  test('finds the latest deadline of all attempts', () => {
    assert.equal(lastDeadline([started(0, 5000), lost(0), started(1, 9000), succeeded(1)]), 9000);
  });
});
