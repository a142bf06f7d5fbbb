import type { StageGraph, StageId } from '../../engine/plan/stage.ts';
import type { ObjectIdentity } from '../../engine/store/object-store.ts';
import type { RequestCounts } from '../../engine/store/request-counts.ts';
import type { AttemptId, JobId } from '../../engine/task/task.ts';
import type { FencingToken, JobEnd, JobRequest, JobSettings, JournaledOutcome, Millis } from './job.ts';
import type { JobChanges, JobSnapshot } from './snapshot.ts';

/**
 * A decision about a job, journaled before it is acted on. Causes such as clock ticks and lost connections are not journaled, but the
 * resulting decisions are. `task` is the task's index within its stage.
 */
export type JobRecord =
  /** A client requested the job, which is planned later. This is the job's first record. Its submission or its end follows. */
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
  /** Another owner continues the job. `deadline` replaces the job's deadline if its timeout restarts. */
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
  /** A running attempt ended with an outcome. A task's first success is final. */
  | {
      readonly kind: 'task-ended';
      readonly at: Millis;
      readonly stage: StageId;
      readonly task: number;
      readonly attempt: AttemptId;
      readonly outcome: JournaledOutcome;
    }
  /** The outcome of a running attempt is no longer accepted. This does not count as a failure of the task. */
  | {
      readonly kind: 'attempt-abandoned';
      readonly at: Millis;
      readonly stage: StageId;
      readonly task: number;
      readonly attempt: AttemptId;
      readonly reason: string;
    }
  /** A failed task will be retried at `notBefore` or later. */
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
      /** The store requests for writing the index. */
      readonly requests: RequestCounts;
    }
  /** A journaled output is missing or corrupt, so all outputs are discarded and the job starts again from its inputs. */
  | { readonly kind: 'job-restarted'; readonly at: Millis; readonly reason: string }
  /** The combined result of all records since the submission. It is not a decision. A journal may store it in place of those records. */
  | { readonly kind: 'job-snapshot'; readonly at: Millis; readonly snapshot: JobSnapshot }
  /** The combined result of all records since the last snapshot or the last changes. A journal may store it in place of those records. */
  | { readonly kind: 'job-changes'; readonly at: Millis; readonly changes: JobChanges }
  | { readonly kind: 'cancel-requested'; readonly at: Millis; readonly by: string }
  | { readonly kind: 'job-ended'; readonly at: Millis; readonly end: JobEnd };

/** The record type of one kind. */
export type RecordOf<Kind extends JobRecord['kind']> = Extract<JobRecord, { kind: Kind }>;
