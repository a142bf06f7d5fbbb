import { FabricError } from '../../engine/errors.ts';
import type { JobId } from '../../engine/task/task.ts';
import type { FencingToken, Millis } from '../scheduler/job.ts';
import type { JobRecord } from '../scheduler/records.ts';
import type { JobState } from '../scheduler/state.ts';
import type { JobSummary } from '../scheduler/summary.ts';

const JOB_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/**
 * Returns whether a text is a valid job id. Ids come from users and are used in names of files, keys and objects, so they must not contain
 * paths.
 */
export function isJobId(text: string): boolean {
  return JOB_ID.test(text);
}

/** Returns whether an error means that a job's acknowledged records are damaged. A damaged job can only be removed. */
export function isDamaged(error: unknown): boolean {
  return error instanceof FabricError && error.code === 'JOURNAL_CORRUPT';
}

/** The ownership of a job, according to the information that its owner has locally. Lost ownership cannot be regained. */
export interface Ownership {
  /**
   * Returns whether this owner certainly still owns the job. Call it immediately before every action on behalf of the job. After a process
   * was suspended, this is the first place that detects the lost ownership.
   */
  isHeld(): boolean;
  /** Aborts when the ownership is lost. The reason is a `FabricError`. */
  readonly lost: AbortSignal;
}

/**
 * Stores the records of jobs durably and in order. All methods reject with a `FabricError`. The code is `JOURNAL_CORRUPT` if acknowledged
 * records cannot be read back, `STORE_FAILED` if the medium fails, and `JOURNAL_UNAVAILABLE` if the medium does not answer within seconds.
 * Callers must retry. The journal itself retries only an owner's writes to a job that already has records, and only while the owner holds
 * the job.
 */
export interface Journal {
  /**
   * Makes the caller the owner of a new or existing job. Returns a fencing token that is greater than all earlier tokens of the job. From
   * then on, appends with earlier tokens are rejected. Discards an unfinished append. The owner of a damaged job can only remove it.
   */
  acquire(job: JobId): Promise<FencingToken>;
  /**
   * Appends either all or none of the records. They are durable once the promise resolves. Rejects with `OWNERSHIP_LOST` if `token` is not,
   * or may not be, the job's latest token. The caller must then stop working on the job, and the next owner determines from the journal
   * whether the records were written. `after` is the job's state after these records. The journal may store a snapshot of it instead of all
   * records except the first.
   */
  append(job: JobId, token: FencingToken, records: readonly JobRecord[], after?: JobState): Promise<void>;
  /** Returns the ownership that belongs to a token. The token may be outdated. */
  ownership(job: JobId, token: FencingToken): Ownership;
  /** Gives up the ownership after all pending appends. Has no effect if the ownership is already lost. */
  release(job: JobId, token: FencingToken): Promise<void>;
  /**
   * Returns the records from which a job's state is folded, oldest first. Returns an empty list for an unknown job. Requires no ownership.
   */
  read(job: JobId): Promise<readonly JobRecord[]>;
  /** Returns the ids of all jobs that have records, in code point order. */
  list(): Promise<readonly JobId[]>;
  /** Removes a job that the caller owns. Has no effect if the job has no records. Rejects with `OWNERSHIP_LOST` like `append`. */
  remove(job: JobId, token: FencingToken): Promise<void>;
  /** Finishes pending appends, releases all jobs, and closes all files and connections. Idempotent. */
  close(): Promise<void>;
}

/**
 * A pending cancel or delete, which the job's owner carries out. `cancel` ends the job. `forget` also hides the job from users, and removes
 * its records and objects once no attempt can write any more.
 */
export interface JobIntent {
  readonly kind: 'cancel' | 'forget';
  readonly by: string;
}

/** A completed deletion of an ended job's objects. */
export interface Cleanup {
  /** The time at which the deletion began. All objects written before this time are deleted. */
  readonly at: Millis;
  /** Whether the result was kept. */
  readonly keepsResult: boolean;
}

/** The time at which a job ended, and its last cleanup. */
export interface EndedEntry {
  readonly endedAt: Millis;
  readonly cleared?: Cleanup;
}

/**
 * A journal that is shared by several coordinators, each of which owns some of the jobs. A coordinator that becomes unreachable eventually
 * loses its jobs.
 */
export interface SharedJournal extends Journal {
  /**
   * Acquires a job like `acquire`, but returns undefined if the job has an owner. If several callers compete for a job, exactly one
   * acquires it.
   */
  acquireUnowned(job: JobId): Promise<FencingToken | undefined>;
  /** Performs a small read. Resolves when the medium answers, and rejects if the read fails. */
  check(): Promise<void>;
  /** Returns the name of the coordinator that owns a job, or undefined if the job is unowned. */
  ownerOf(job: JobId): Promise<string | undefined>;
  /** Returns whether a job has records, has not ended, and has no owner. Does not read the records. */
  isUnowned(job: JobId): Promise<boolean>;
  /**
   * Calls `found` for each unfinished job that has records but no owner, first for all jobs that are already unowned, and then whenever a
   * job loses its owner. A job may be reported more than once. Continues during outages of the medium. Resolves when the signal aborts, and
   * rejects only after a permanent error.
   */
  watchUnowned(found: (job: JobId) => void, signal: AbortSignal): Promise<void>;
  /**
   * Records an intent for the job's current or next owner. A later intent is ignored, except that `forget` replaces `cancel`. An intent for
   * a job without records is also ignored.
   */
  recordIntent(job: JobId, intent: JobIntent): Promise<void>;
  /** Returns the pending intent of a job, if it has one. Intents are removed together with the job's records. */
  intentOf(job: JobId): Promise<JobIntent | undefined>;
  /** Calls `found` for each existing and each new intent, like `watchUnowned`. */
  watchIntents(found: (job: JobId, intent: JobIntent) => void, signal: AbortSignal): Promise<void>;
  /** Calls `found` for each job that has ended and for each job that ends later, like `watchUnowned`. */
  watchEnds(found: (job: JobId, endedAt: Millis) => void, signal: AbortSignal): Promise<void>;
  /**
   * Records that the objects of an ended job were deleted. The entry is removed together with the job's records. Rejects with
   * `OWNERSHIP_LOST` like `append`.
   */
  recordCleanup(job: JobId, token: FencingToken, cleared: Cleanup): Promise<void>;
  /** Returns when a job ended and its last cleanup, or undefined if the job is unknown or has not ended. Does not read the records. */
  endedEntry(job: JobId): Promise<EndedEntry | undefined>;
  /**
   * Saves the summary of an ended job for use in lists. Very large summaries are not saved. Rejects with `OWNERSHIP_LOST` like `append`.
   */
  saveSummary(job: JobId, token: FencingToken, summary: JobSummary): Promise<void>;
  /**
   * Returns the saved summary of an ended job. If it returns undefined, the job's records must be read. Summaries are removed together with
   * the job's records.
   */
  summaryOf(job: JobId): Promise<JobSummary | undefined>;
  /** Frees the space of all data that was overwritten or removed before the previous call. Must be called periodically. */
  compact(): Promise<void>;
}
