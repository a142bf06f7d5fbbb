import type { Millis } from '../../scheduler/job.ts';
import { changesSince, snapshotOf } from '../../scheduler/snapshot.ts';
import type { JobState } from '../../scheduler/state.ts';
import { encodeRecord } from '../encode-record.ts';

/** So many checkpoints of changes stand behind a snapshot at most: each counts as a record to replay. */
const MOST_CHANGES = 300;

/** An entry of a job's log that stands in place of those before it: a snapshot, or what has changed since the checkpoint before. */
export interface Checkpoint {
  /** The number of its entry, and of the first of the entries in whose place it stands. */
  readonly n: number;
  readonly supersedes: number;
  readonly record: Uint8Array;
  /** The state it leads to. */
  readonly state: JobState;
  /** Entries from the snapshot on: that one, and the changes behind it. */
  readonly entries: number;
  /** Tasks that the changes since the snapshot tell of, again for each time. */
  readonly changedTasks: number;
}

/**
 * Sums up a job's log for entry `n`: by what has changed since the checkpoint before, and by a snapshot where there is none or where the
 * changes would tell of more tasks than the job has. So a checkpoint costs what has happened since, and all snapshots of a job together
 * cost no more than all changes, however many tasks it has.
 */
export function takeCheckpoint(state: JobState, at: Millis, n: number, before: Checkpoint | undefined): Checkpoint {
  if (before !== undefined && before.entries <= MOST_CHANGES) {
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
