import type { StageGraph, StageId } from '../../engine/plan/stage.ts';
import type { ObjectIdentity } from '../../engine/store/object-store.ts';
import type { RequestCounts } from '../../engine/store/request-counts.ts';
import type { AttemptId, JobId } from '../../engine/task/task.ts';
import type { FencingToken, JobEnd, JobRequest, JobSettings, JournaledOutcome, Millis } from './job.ts';
import type { JobChanges, JobSnapshot } from './snapshot.ts';

/**
 * A decision about a job, journaled before it is acted on. Causes (clock ticks, lost connections) are not journaled; the resulting
 * decisions are. `task` is the task's index within its stage.
 */
export type JobRecord =
  /** A client requested the job. The first record of a job that is planned later; its submission or its end follows. */
  | { readonly kind: 'job-requested'; readonly at: Millis; readonly job: JobId; readonly request: JobRequest }
  | {
      readonly kind: 'job-submitted';
      readonly at: Millis;
      readonly job: JobId;
      readonly graph: StageGraph;
      readonly settings: JobSettings;
      /** The SQL as the user wrote it, for display only. */
      readonly statement?: string;
    }
  /** Another owner continues the job. `deadline` replaces the job's when its timeout restarts. */
  | { readonly kind: 'job-resumed'; readonly at: Millis; readonly token: FencingToken; readonly deadline?: Millis }
  | {
      readonly kind: 'attempt-started';
      readonly at: Millis;
      readonly stage: StageId;
      readonly task: number;
      readonly attempt: AttemptId;
      /** The attempt must end by this time. */
      readonly deadline: Millis;
    }
  /** The outcome of a running attempt. A task's first success is final. */
  | {
      readonly kind: 'task-ended';
      readonly at: Millis;
      readonly stage: StageId;
      readonly task: number;
      readonly attempt: AttemptId;
      readonly outcome: JournaledOutcome;
    }
  /** A running attempt whose outcome is no longer accepted, through no fault of the task. */
  | {
      readonly kind: 'attempt-abandoned';
      readonly at: Millis;
      readonly stage: StageId;
      readonly task: number;
      readonly attempt: AttemptId;
      readonly reason: string;
    }
  /** A failed task will be retried, not before `notBefore`. */
  | {
      readonly kind: 'retry-scheduled';
      readonly at: Millis;
      readonly stage: StageId;
      readonly task: number;
      readonly notBefore: Millis;
    }
  /** The shuffle index of a finished stage is in the store. */
  | {
      readonly kind: 'stage-indexed';
      readonly at: Millis;
      readonly stage: StageId;
      readonly key: string;
      readonly identity: ObjectIdentity;
      /** Store requests spent on writing the index. */
      readonly requests: RequestCounts;
    }
  /** All outputs are discarded and the job starts again from its inputs, because a journaled output is missing or corrupt. */
  | { readonly kind: 'job-restarted'; readonly at: Millis; readonly reason: string }
  /** Not a decision: the combined result of all records since the submission. A journal may keep it in their place. */
  | { readonly kind: 'job-snapshot'; readonly at: Millis; readonly snapshot: JobSnapshot }
  /** The combined result of the records since a snapshot or since other changes. */
  | { readonly kind: 'job-changes'; readonly at: Millis; readonly changes: JobChanges }
  | { readonly kind: 'cancel-requested'; readonly at: Millis; readonly by: string }
  | { readonly kind: 'job-ended'; readonly at: Millis; readonly end: JobEnd };

/** The record of one kind. */
export type RecordOf<Kind extends JobRecord['kind']> = Extract<JobRecord, { kind: Kind }>;
