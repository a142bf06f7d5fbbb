import type { StageGraph, StageId } from '../../engine/plan/stage.ts';
import type { ObjectIdentity } from '../../engine/store/object-store.ts';
import type { RequestCounts } from '../../engine/store/request-counts.ts';
import type { AttemptId, JobId } from '../../engine/task/task.ts';
import type { FencingToken, JobEnd, JobRequest, JobSettings, JournaledOutcome, Millis } from './job.ts';
import type { JobChanges, JobSnapshot } from './snapshot.ts';

/**
 * A decision about a job, journaled before it is acted on. Causes (clock ticks, lost connections) are not journaled; what was
 * decided because of them is. `task` is the task's index within its stage.
 */
export type JobRecord =
  /** Somebody asked for the job. Its first record, where it is planned later; what follows is its submission, or its end. */
  | { readonly kind: 'job-requested'; readonly at: Millis; readonly job: JobId; readonly request: JobRequest }
  | {
      readonly kind: 'job-submitted';
      readonly at: Millis;
      readonly job: JobId;
      readonly graph: StageGraph;
      readonly settings: JobSettings;
      /** The SQL the job runs, as the user wrote it; to be shown only. */
      readonly statement?: string;
    }
  /** Another owner goes on with the job. `deadline` replaces the job's, where a timeout starts anew. */
  | { readonly kind: 'job-resumed'; readonly at: Millis; readonly token: FencingToken; readonly deadline?: Millis }
  | {
      readonly kind: 'attempt-started';
      readonly at: Millis;
      readonly stage: StageId;
      readonly task: number;
      readonly attempt: AttemptId;
      /** When the attempt must have ended. */
      readonly deadline: Millis;
    }
  /** The outcome of a running attempt. The first success of a task is its output for good. */
  | {
      readonly kind: 'task-ended';
      readonly at: Millis;
      readonly stage: StageId;
      readonly task: number;
      readonly attempt: AttemptId;
      readonly outcome: JournaledOutcome;
    }
  /** A running attempt whose outcome nobody will accept any more, through no fault of the task. */
  | {
      readonly kind: 'attempt-abandoned';
      readonly at: Millis;
      readonly stage: StageId;
      readonly task: number;
      readonly attempt: AttemptId;
      readonly reason: string;
    }
  /** The task whose attempt failed is to be tried again, not before `notBefore`. */
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
      /** What making it has asked of the job's store. */
      readonly requests: RequestCounts;
    }
  /** All outputs are given up and the job starts again from its inputs: one that was journaled is missing or corrupt. */
  | { readonly kind: 'job-restarted'; readonly at: Millis; readonly reason: string }
  /** No decision, but what all records after the submission have come to: a journal may keep it in their place. */
  | { readonly kind: 'job-snapshot'; readonly at: Millis; readonly snapshot: JobSnapshot }
  /** The same, of the records since a snapshot or since other changes. */
  | { readonly kind: 'job-changes'; readonly at: Millis; readonly changes: JobChanges }
  | { readonly kind: 'cancel-requested'; readonly at: Millis; readonly by: string }
  | { readonly kind: 'job-ended'; readonly at: Millis; readonly end: JobEnd };

/** The record of one kind. */
export type RecordOf<Kind extends JobRecord['kind']> = Extract<JobRecord, { kind: Kind }>;
