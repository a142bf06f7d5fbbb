import type { Millis } from '../../scheduler/job.ts';
import { changesSince, snapshotOf } from '../../scheduler/snapshot.ts';
import type { JobState } from '../../scheduler/state.ts';
import { encodeRecord } from '../encode-record.ts';

/** The most checkpoints of changes after one snapshot: each counts as a record to replay. */
const MAX_CHANGES = 300;

/** A log entry that replaces the entries before it: a snapshot, or the changes since the last checkpoint. */
export interface Checkpoint {
  /** The number of its entry, and the number of the first entry it replaces. */
  readonly n: number;
  readonly supersedes: number;
  readonly record: Uint8Array;
  /** The state after it. */
  readonly state: JobState;
  /** The number of entries from the snapshot on. */
  readonly entries: number;
  /** The number of task states in the changes since the snapshot, including repeated ones. */
  readonly changedTasks: number;
}

/**
 * Condenses a job's log into entry `n`: the changes since the last checkpoint or, if there is none or the changes would hold more task
 * states than the job has tasks, a snapshot. So a checkpoint costs as much as what has happened since the last, and all snapshots of a job
 * together cost no more than all its changes, however many tasks it has.
 */
export function takeCheckpoint(state: JobState, at: Millis, n: number, before: Checkpoint | undefined): Checkpoint {
  if (before !== undefined && before.entries <= MAX_CHANGES) {
    const changes = changesSince(state, before.state);
    const changedTasks = before.changedTasks + changes.stages.reduce((sum, { changed }) => sum + changed.length, 0);
    if (changedTasks <= taskCount(state)) {
      const record = encodeRecord({ kind: 'job-changes', at, changes });
      return { n, supersedes: before.n + 1, record, state, entries: before.entries + 1, changedTasks };
    }
  }
  const record = encodeRecord({ kind: 'job-snapshot', at, snapshot: snapshotOf(state) });
  return { n, supersedes: 0, record, state, entries: 1, changedTasks: 0 };
}

function taskCount({ stages }: JobState): number {
  return stages.reduce((sum, { tasks }) => sum + tasks.length, 0);
}
