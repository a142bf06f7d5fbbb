/** The types that both the records and the state of a job use. */

import type { ErrorCode, ErrorDetails } from '../../engine/errors.ts';
import type { ObjectIdentity } from '../../engine/store/object-store.ts';
import type { StoredFormat } from '../../engine/task/stored-formats.ts';
import type { TaskOutcome, TaskOutput } from '../../engine/task/task.ts';

/** A point in time, in ms since the epoch. */
export type Millis = number;

/**
 * Identifies an owner of a job. Every new owner receives a greater token, starting at 1. The journal rejects appends with an outdated
 * token.
 */
export type FencingToken = number & { readonly __brand: 'FencingToken' };

/** A job's resolved settings, with defaults filled in so that a later owner makes the same decisions. */
export interface JobSettings {
  /** The maximum number of retries of one task. */
  readonly retries: number;
  /** The maximum number of retries of all tasks of the job together. */
  readonly retryBudget: number;
  /** The job fails with `JOB_TIMEOUT` this long after it was submitted. If absent, there is no timeout. */
  readonly timeoutMs?: number;
  /** An attempt times out this long after it started. */
  readonly attemptTimeoutMs: number;
  /** The memory that one task may use. If tasks share an executor's machine, this is the task's share. */
  readonly taskMemoryMiB: number;
  /** Results up to this size are returned with the outcome and kept in the journal. */
  readonly inlineLimitBytes: number;
  readonly resultFormat: StoredFormat;
  /** How long the result is kept after the job's end. If absent, it is kept until its reader deletes it. */
  readonly resultTtlMs?: number;
  /** How long an abandoned attempt may continue to write before its deadline. If absent, it may write until its deadline. */
  readonly lateWriteMs?: number;
  /** The published function version that all tasks run on. Absent if the executors have no versions. */
  readonly functionVersion?: string;
}

/** A table defined by a job's request and visible only to that job. */
export interface RequestedTable {
  readonly name: string;
  readonly locations: readonly string[];
  /** The format named in the request. By default, it is inferred from the file names. */
  readonly format?: string;
}

/** A client's request for a job, as received before planning. */
export interface JobRequest {
  /** Any number of views and settings, and one statement that returns rows. */
  readonly sql: string;
  /** The settings in the order of the request. */
  readonly settings: readonly (readonly [name: string, value: string])[];
  readonly labels: readonly (readonly [name: string, value: string])[];
  readonly tables: readonly RequestedTable[];
  /** The job's owner. Empty if users are not distinguished. */
  readonly subject: string;
}

/**
 * A task's output as stored in the journal. An object is stored as its location, without its content. Inline results are stored completely,
 * so that they survive the loss of the owner.
 */
export type JournaledOutput =
  | { readonly kind: 'object'; readonly key: string; readonly identity: ObjectIdentity; readonly rows: number }
  | Extract<TaskOutput, { kind: 'inline' }>;

/** An attempt's outcome as stored in the journal, without the footer of its output object. */
export type JournaledOutcome =
  | (Omit<Extract<TaskOutcome, { kind: 'succeeded' }>, 'output'> & { readonly output: JournaledOutput })
  | Exclude<TaskOutcome, { kind: 'succeeded' }>;

/** Why a job failed. `details` holds `stage`, `task` and `attempts` if one task is the cause. */
export interface JobError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
}

/** How a job ended. `by` is the user who cancelled it. */
export type JobEnd =
  | { readonly kind: 'succeeded' }
  | { readonly kind: 'failed'; readonly error: JobError }
  | { readonly kind: 'cancelled'; readonly by: string };
