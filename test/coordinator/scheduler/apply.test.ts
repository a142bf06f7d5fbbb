import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { apply, fold } from '../../../coordinator/scheduler/apply.ts';
import type { JobRecord } from '../../../coordinator/scheduler/records.ts';
import type { StageId } from '../../../engine/plan/stage.ts';
import type { AttemptId } from '../../../engine/task/task.ts';
import { oneTask, submission, submitted } from './graph.ts';

describe('records that are invalid in the current state', () => {
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
    ['the end of a task that is not running', [ended], /task-ended cannot follow/],
    ['a second start', [started, started], /attempt-started cannot follow/],
    ['a task that does not exist', [{ ...started, task: 7 }], /no task 7/],
    ['a stage that does not exist', [{ ...started, stage: 7 as StageId }], /no stage 7/],
    [
      'a record after the end of the job',
      [{ kind: 'job-ended', at: 0, end: { kind: 'succeeded' } }, started],
      /has ended/,
    ],
  ];
  for (const [name, records, message] of cases) {
    test(`are rejected: ${name}`, () => {
      assert.throws(() => records.reduce(apply, base), message);
    });
  }

  test('are rejected if the list is empty or does not begin with the submission', () => {
    assert.throws(() => fold([]), /without records/);
    assert.throws(() => fold([started]), /begin with attempt-started/);
  });
});
