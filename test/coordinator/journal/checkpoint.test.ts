import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeRecord } from '../../../coordinator/journal/decode-record.ts';
import { type Checkpoint, takeCheckpoint } from '../../../coordinator/journal/etcd/checkpoint.ts';
import { apply, fold } from '../../../coordinator/scheduler/apply.ts';
import type { JobRecord } from '../../../coordinator/scheduler/records.ts';
import type { JobState } from '../../../coordinator/scheduler/state.ts';
import { longHistory } from './sample-records.ts';

/** Returns the checkpoints of a job's log, taken every few batches, with the first record and the final state. */
function checkpointsOf(tasks: number): {
  readonly all: readonly Checkpoint[];
  readonly end: JobState;
  readonly first: JobRecord;
} {
  const batches = longHistory(tasks);
  const [first] = batches.flat();
  assert.ok(first !== undefined);
  let state: JobState | undefined;
  const all: Checkpoint[] = [];
  for (const [n, batch] of batches.entries()) {
    for (const record of batch) state = apply(state, record);
    if (state !== undefined && n % 8 === 7) all.push(takeCheckpoint(state, n, n, all.at(-1)));
  }
  assert.ok(state !== undefined);
  return { all, end: state, first };
}

test('restores the state at every checkpoint from the last snapshot and the changes since then', () => {
  const { all, first } = checkpointsOf(5000);
  let kept: Checkpoint[] = [];
  for (const checkpoint of all) {
    kept = [...kept.filter(({ n }) => n < checkpoint.supersedes), checkpoint];
    assert.equal(checkpoint.entries, kept.length, 'the count equals the number of entries in the log');
    assert.deepEqual(fold([first, ...kept.map(({ record }) => decodeRecord(record))]), checkpoint.state);
  }
  assert.ok(kept.length > 1, 'not every checkpoint is a snapshot');
});

test('writes checkpoints whose size depends on the changes, not on the size of the job', () => {
  const bytesPerTask = (tasks: number) =>
    checkpointsOf(tasks).all.reduce((sum, { record }) => sum + record.byteLength, 0) / tasks;
  const [small, large] = [bytesPerTask(2000), bytesPerTask(16_000)];
  assert.ok(large < 1.5 * small, `${large} bytes for each of 16,000 tasks, ${small} for each of 2,000`);
});
