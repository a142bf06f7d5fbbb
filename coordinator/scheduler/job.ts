/** What a job is made of, for its records and its state alike. */
import type { ErrorCode, ErrorDetails } from '../../engine/errors.ts';
import type { ObjectIdentity } from '../../engine/store/object-store.ts';
import type { TaskOutcome, TaskOutput } from '../../engine/task/task.ts';

/** A point in time, in ms since the epoch. */
export type Millis = number;

/** Grows with every owner a job has; an append under an older token than the journal's is refused. At least 1. */
export type FencingToken = number & { readonly __brand: 'FencingToken' };

/** How a job is to be run, resolved: defaults filled in, so that a later owner decides as the first one would have. */
export interface JobSettings {
  /** Attempts after the first that a task may have. */
  readonly retries: number;
  /** Attempts after the first that all tasks of the job may have together. */
  readonly retryBudget: number;
  /** The job fails with `JOB_TIMEOUT` this long after it was submitted. Absent: never. */
  readonly timeoutMs?: number;
  /** An attempt is given up this long after it was started. */
  readonly attemptTimeoutMs: number;
  /** What one task may use: its share, where tasks share an executor's machine. */
  readonly taskMemoryMiB: number;
  /** Result bytes up to this many come back with the outcome, and stand in the journal. */
  readonly inlineLimitBytes: number;
  readonly resultFormat: 'arrow' | 'parquet';
  /** How long after the job's end its result can be had. Absent: until its reader lets go of it. */
  readonly resultTtlMs?: number;
  /** How long an attempt that nobody waits for any more may go on writing, at most until its deadline. Absent: until then. */
  readonly lateWriteMs?: number;
  /** The published version of the function that all its tasks run on, whoever invokes it. Absent: executors have no versions. */
  readonly functionVersion?: string;
}

/** A table that only one job knows. */
export interface RequestedTable {
  readonly name: string;
  readonly locations: readonly string[];
  /** As the request named it; absent: told by the names of the files. */
  readonly format?: string;
}

/** What somebody asked for, before it is planned. */
export interface JobRequest {
  /** Any number of views and settings, and one statement that gives rows. */
  readonly sql: string;
  /** By name, in the order in which they were given. */
  readonly settings: readonly (readonly [name: string, value: string])[];
  readonly labels: readonly (readonly [name: string, value: string])[];
  readonly tables: readonly RequestedTable[];
  /** Whose job it is; empty where nobody is told apart. */
  readonly subject: string;
}

/** What a task gave, as the journal keeps it: where it is, not what is in it. Inline results are kept whole, so that they outlive the owner. */
export type JournaledOutput =
  | { readonly kind: 'object'; readonly key: string; readonly identity: ObjectIdentity; readonly rows: number }
  | Extract<TaskOutput, { kind: 'inline' }>;

/** How an attempt ended, as the journal keeps it: without the footer of its object. */
export type JournaledOutcome =
  | (Omit<Extract<TaskOutcome, { kind: 'succeeded' }>, 'output'> & { readonly output: JournaledOutput })
  | Exclude<TaskOutcome, { kind: 'succeeded' }>;

/** Why a job failed. `details` holds `stage`, `task` and `attempts` where one task is to blame. */
export interface JobError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
}

/** How a job ended. `by`: who asked for it to be cancelled. */
export type JobEnd =
  | { readonly kind: 'succeeded' }
  | { readonly kind: 'failed'; readonly error: JobError }
  | { readonly kind: 'cancelled'; readonly by: string };
