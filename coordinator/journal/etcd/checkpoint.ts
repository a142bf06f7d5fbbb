import type { Millis } from '../../scheduler/job.ts';
import { changesSince, snapshotOf } from '../../scheduler/snapshot.ts';
import type { JobState } from '../../scheduler/state.ts';
import { encodeRecord } from '../encode-record.ts';

/** The maximum number of change checkpoints after a snapshot. Each checkpoint counts as a record to replay. */
const MAX_CHANGES = 300;

/** A log entry that replaces earlier entries. It contains either a snapshot or the changes since the last checkpoint. */
export interface Checkpoint {
  /** The number of the checkpoint's own entry. */
  readonly n: number;
  /** The number of the first entry that the checkpoint replaces. */
  readonly supersedes: number;
  readonly record: Uint8Array;
  /** The job's state at the checkpoint. */
  readonly state: JobState;
  /** The number of log entries since the snapshot, including the snapshot. */
  readonly entries: number;
  /** The number of task states in all changes since the snapshot. A task that changed several times is counted each time. */
  readonly changedTasks: number;
}

/**
 * Condenses a job's log into entry `n`. The entry contains the changes since the last checkpoint. It contains a snapshot instead if this is
 * the first checkpoint, if there have been too many change checkpoints since the snapshot, or if their changes would contain more task
 * states than the job has tasks. The size of a change checkpoint therefore depends only on what has happened since the last checkpoint, not
 * on the number of tasks.
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
