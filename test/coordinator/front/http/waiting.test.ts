import assert from 'node:assert/strict';
import { test } from 'node:test';
import { waitingOf } from '../../../../coordinator/front/http/waiting.ts';
import type { JobListing } from '../../../../coordinator/jobs/coordinator.ts';
import { historyOf } from '../../../../coordinator/scheduler/history.ts';
import type { JournaledOutcome } from '../../../../coordinator/scheduler/job.ts';
import type { JobRecord } from '../../../../coordinator/scheduler/records.ts';
import { summarize } from '../../../../coordinator/scheduler/summary.ts';
import type { StageId } from '../../../../engine/plan/stage.ts';
import type { AttemptId, JobId } from '../../../../engine/task/task.ts';
import { oneTask, settings } from '../../scheduler/graph.ts';

const job = 'job' as JobId;
const at = { at: 1, stage: 0 as StageId, task: 0 };
const started: JobRecord = { kind: 'attempt-started', ...at, attempt: '1-0' as AttemptId, deadline: 900 };
const ended = (outcome: JournaledOutcome): readonly JobRecord[] => [
  { kind: 'task-ended', ...at, attempt: '1-0' as AttemptId, outcome },
  { kind: 'retry-scheduled', ...at, notBefore: 61_000 },
];

function listing(records: readonly JobRecord[], changes: Partial<JobListing> = {}): JobListing {
  const history = historyOf([{ kind: 'job-submitted', at: 0, job, graph: oneTask, settings }, ...records]);
  assert.ok(history !== undefined);
  return { summary: summarize(job, history), history, owner: 'b', isHere: false, ...changes };
}

test('reports when the only task of a job will be retried', () => {
  assert.deepEqual(waitingOf(listing([started, ...ended({ kind: 'lost', message: 'gone' })]), undefined), {
    for: 'retry',
    message: 'A task failed. The retry starts at 1970-01-01T00:01:01.000Z or later.',
    until: '1970-01-01T00:01:01.000Z',
  });
});

test('reports that no executor has a free slot for a job', () => {
  const waiting = waitingOf(listing([started, ...ended({ kind: 'throttled' })]), undefined);
  assert.deepEqual([waiting?.for, waiting?.until], ['room', '1970-01-01T00:01:01.000Z']);
});

test('reports that a running job waits for executors only if this coordinator runs the job and reaches no executor', () => {
  assert.equal(waitingOf(listing([started]), undefined), undefined);
  assert.equal(waitingOf(listing([started]), 'none is healthy'), undefined);
  assert.equal(waitingOf(listing([started], { isHere: true }), 'none is healthy')?.for, 'executors');
});

test('reports no wait for an ended job, although the job has no owner', () => {
  const last: JobRecord = { kind: 'job-ended', at: 2, end: { kind: 'cancelled', by: 'x' } };
  const { owner: _owner, ...rest } = listing([last]);
  assert.equal(waitingOf(rest, undefined), undefined);
});
