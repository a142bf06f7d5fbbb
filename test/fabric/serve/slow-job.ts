import assert from 'node:assert/strict';
import type { JobRecord } from '../../../coordinator/scheduler/records.ts';
import type { JobId } from '../../../engine/task/task.ts';
import { type Cluster, type ServeProcess, successes } from './fixture.ts';

/** A query with four tasks in its middle stage, each of which takes about one second of CPU time. */
export const SLOW = 'select sum((a.n * b.n) % 7)::bigint as s from numbers a, numbers b';
export const settings = { fanout: 4 };

/** Computes the result of `SLOW` from the frequency of each remainder. */
function slowSum(): number {
  const counts = Array.from({ length: 7 }, (_, rest) => Math.ceil((15_000 - rest) / 7));
  return counts.reduce((sum, a, x) => counts.reduce((inner, b, y) => inner + a * b * ((x * y) % 7), sum), 0);
}

export const ROWS = `s\n${slowSum()}\n`;

/** Waits until the journal shows that an attempt of the slow stage has started. Returns the records. */
export function untilMidway(cluster: Cluster, job: JobId): Promise<readonly JobRecord[]> {
  return cluster.untilRecords(job, 'the job is in its slow stage', (records) => {
    const begun = records.some((record) => record.kind === 'attempt-started' && record.stage === 1);
    return begun ? records : undefined;
  });
}

export async function resultOf(coordinator: ServeProcess, job: JobId): Promise<string> {
  const { status, text } = await coordinator.ask('GET', `/v1/jobs/${job}/result?wait=60&format=csv`);
  assert.equal(status, 200, text);
  return text;
}

export function assertNothingTwice(records: readonly JobRecord[]): void {
  const done = successes(records);
  assert.deepEqual([...new Set(done)], done, 'no task succeeded twice');
  const finished = new Set<string>();
  for (const record of records) {
    if (record.kind === 'attempt-started') {
      assert.ok(!finished.has(`${record.stage}/${record.task}`), 'a finished task was started again');
    } else if (record.kind === 'task-ended' && record.outcome.kind === 'succeeded') {
      finished.add(`${record.stage}/${record.task}`);
    }
  }
}
