import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fold } from '../../../coordinator/scheduler/apply.ts';
import { failureOf } from '../../../coordinator/scheduler/failure.ts';
import type { JournaledOutcome } from '../../../coordinator/scheduler/job.ts';
import type { JobRecord } from '../../../coordinator/scheduler/records.ts';
import type { StageId } from '../../../engine/plan/stage.ts';
import { NO_REQUESTS, type RequestCounts } from '../../../engine/store/request-counts.ts';
import type { AttemptId } from '../../../engine/task/task.ts';
import { graphOf, hashed, stage, statistics, submission } from './graph.ts';

const graph = graphOf(stage(0, 2, [], hashed(2)), stage(1, 2, [0], { kind: 'result' }));

/** Returns a count of reads and their total bytes. */
function gets(get: number, readBytes: number): RequestCounts {
  return { ...NO_REQUESTS, requests: { ...NO_REQUESTS.requests, get }, readBytes };
}

const puts = (put: number): RequestCounts => ({ ...NO_REQUESTS, requests: { ...NO_REQUESTS.requests, put } });

test('counts the requests of all reported attempts, index writes and discarded outputs of a job', () => {
  let attempts = 0;
  const tried = (task: number, outcome: JournaledOutcome): JobRecord[] => {
    const at = { at: 1, stage: 0 as StageId, task, attempt: `1-${attempts++}` as AttemptId };
    const started: JobRecord = { kind: 'attempt-started', ...at, deadline: 100 };
    return [started, { kind: 'task-ended', ...at, outcome }];
  };
  const again = (task: number): JobRecord => ({
    kind: 'retry-scheduled',
    at: 1,
    stage: 0 as StageId,
    task,
    notBefore: 2,
  });
  const output = { kind: 'object', key: 'k', identity: { sizeBytes: 1, version: 'v' }, rows: 1 } as const;
  const succeeded: JournaledOutcome = {
    kind: 'succeeded',
    output,
    statistics: { ...statistics, requests: { inputs: gets(2, 20), job: puts(1) } },
  };
  const failure = { kind: 'failed', code: 'STORE_FAILED', message: 'no', retryable: true, details: {} } as const;
  const records: JobRecord[] = [
    submission(graph),
    ...tried(0, { ...failure, requests: { inputs: gets(5, 50), job: NO_REQUESTS } }),
    again(0),
    ...tried(0, { kind: 'timed-out', requests: { inputs: gets(1, 7), job: NO_REQUESTS } }),
    again(0),
    ...tried(0, { kind: 'lost', message: 'gone' }),
    again(0),
    ...tried(0, succeeded),
    ...tried(1, succeeded),
    { kind: 'stage-indexed', at: 3, stage: 0 as StageId, key: 'i', identity: output.identity, requests: puts(1) },
    { kind: 'job-restarted', at: 4, reason: 'lost' },
  ];
  assert.deepEqual(fold(records).requests, { inputs: gets(10, 97), job: puts(3) });
});

test('names the function limit that a task exceeded', () => {
  const at = { stage: 0 as StageId, task: 1, attempts: 1 };
  const { error } = failureOf(fold([submission(graph)]), at, {
    kind: 'timed-out',
    limit: "its function's time limit of 900 s",
  });
  assert.equal(error.code, 'TASK_TIMEOUT');
  assert.match(
    error.message,
    /did not finish within its function's time limit of 900 s \(stage 0, task 1 of 2\)\. Increase the setting fanout .*\. The time limit of a task cannot be changed\.$/,
  );
});
