import { FabricError } from '../../engine/errors.ts';
import type { JobId } from '../../engine/task/task.ts';
import type { FencingToken, Millis } from '../scheduler/job.ts';
import type { JobRecord } from '../scheduler/records.ts';
import type { JobState } from '../scheduler/state.ts';
import type { JobSummary } from '../scheduler/summary.ts';

const JOB_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/**
 * Returns whether a text is a valid job id. Ids come from users and become names of files, keys and objects, so they must not escape their
 * folder.
 */
export function isJobId(text: string): boolean {
  return JOB_ID.test(text);
}

/** Returns whether a job's acknowledged records cannot be read back. Such a job can only be removed. */
export function isDamaged(error: unknown): boolean {
  return error instanceof FabricError && error.code === 'JOURNAL_CORRUPT';
}

/** Ownership of a job, as far as its owner can tell locally. Lost ownership cannot be regained. */
export interface Ownership {
  /**
   * Whether the job certainly still belongs to this owner. Ask right before acting for the job: a process that was suspended finds out here
   * first.
   */
  isHeld(): boolean;
  /** Aborts when the ownership is lost. The reason is a `FabricError`. */
  readonly lost: AbortSignal;
}

/**
 * Stores the records of jobs, durable and in order. All methods reject with `FabricError`: `JOURNAL_CORRUPT` if acknowledged records cannot
 * be read back, `STORE_FAILED` if the medium fails, `JOURNAL_UNAVAILABLE` if it does not answer within seconds. Callers retry. Only an
 * owner's writes to a job that has records are retried here, as long as it owns the job.
 */
export interface Journal {
  /**
   * Makes the caller the owner of a job, new or not. Returns a fencing token greater than all earlier ones; appends with earlier tokens are
   * rejected from now on. Cuts off an unfinished append. The owner of a damaged job can only remove it.
   */
  acquire(job: JobId): Promise<FencingToken>;
  /**
   * Appends records, all or none. They are durable once the promise resolves. Rejects with `OWNERSHIP_LOST` if `token` is not the job's
   * latest, or may not be. This owner must then stop; the next owner reads whether the records were written. `after` is the job's state
   * after these records: the journal may store a snapshot of it in place of all records but the first.
   */
  append(job: JobId, token: FencingToken, records: readonly JobRecord[], after?: JobState): Promise<void>;
  /** Whether a token still owns its job. Any token may be given. */
  ownership(job: JobId, token: FencingToken): Ownership;
  /** Gives up ownership at once, after pending appends. A lost token is fine. */
  release(job: JobId, token: FencingToken): Promise<void>;
  /** The records that a job's state is folded from, oldest first; empty if the job is unknown. Needs no ownership and changes nothing. */
  read(job: JobId): Promise<readonly JobRecord[]>;
  /** The jobs that have records, by id in code point order. */
  list(): Promise<readonly JobId[]>;
  /** Removes a job that the caller owns. Rejects with `OWNERSHIP_LOST` like `append`; a job without records is fine. */
  remove(job: JobId, token: FencingToken): Promise<void>;
  /** Finishes pending appends, then releases all jobs and closes everything held open. Idempotent. */
  close(): Promise<void>;
}

/**
 * A pending cancel or delete, for the job's owner to carry out. `cancel`: the job ends. `forget`: it also disappears from view, and its
 * records and objects are removed once nothing can write them any more.
 */
export interface JobIntent {
  readonly kind: 'cancel' | 'forget';
  readonly by: string;
}

/** One clearing of an ended job's objects. */
export interface Cleanup {
  /** When the clearing began. Everything written earlier is deleted. */
  readonly at: Millis;
  /** Whether the result was kept. */
  readonly keepsResult: boolean;
}

/** When a job ended, and its last cleanup, if any. */
export interface EndedEntry {
  readonly endedAt: Millis;
  readonly cleared?: Cleanup;
}

/** A journal shared by several coordinators, each the owner of some jobs. A coordinator that vanishes eventually loses its jobs. */
export interface SharedJournal extends Journal {
  /** Like `acquire`, but returns undefined if the job has an owner. Of several concurrent callers one gets the job. */
  acquireUnowned(job: JobId): Promise<FencingToken | undefined>;
  /** Sends the medium a small read. Rejects if it fails; settles once the medium answers. */
  check(): Promise<void>;
  /** The name of the coordinator that owns a job; undefined if none does. */
  ownerOf(job: JobId): Promise<string | undefined>;
  /** Returns whether a job has records, has not ended, and has no owner. Reads none of its records. */
  isUnowned(job: JobId): Promise<boolean>;
  /**
   * Calls back with each unfinished job that has records and no owner: first the present ones, then each as it loses its owner. A job may
   * be reported more than once. Runs until aborted, whatever happens to the medium, and then resolves; rejects only if retrying cannot
   * help.
   */
  watchUnowned(found: (job: JobId) => void, signal: AbortSignal): Promise<void>;
  /**
   * Records an intent for the job's present or next owner. The first intent is kept, except that `forget` replaces `cancel`. Ignored for a
   * job without records.
   */
  recordIntent(job: JobId, intent: JobIntent): Promise<void>;
  /** The pending intent of a job, if any. Removed with the job's records. */
  intentOf(job: JobId): Promise<JobIntent | undefined>;
  /** Calls back with each intent, present and future, like `watchUnowned`. */
  watchIntents(found: (job: JobId, intent: JobIntent) => void, signal: AbortSignal): Promise<void>;
  /** Calls back with each job that has ended and when, present and future, like `watchUnowned`. */
  watchEnds(found: (job: JobId, endedAt: Millis) => void, signal: AbortSignal): Promise<void>;
  /** Records that the objects of an ended job were cleared. Rejects with `OWNERSHIP_LOST` like `append`. Removed with the job's records. */
  recordCleanup(job: JobId, token: FencingToken, cleared: Cleanup): Promise<void>;
  /** When a job ended and was cleared, without reading its records; undefined if it is unknown or has not ended. */
  endedEntry(job: JobId): Promise<EndedEntry | undefined>;
  /** Saves the summary of an ended job, for lists. Very large summaries are not saved. Rejects with `OWNERSHIP_LOST` like `append`. */
  saveSummary(job: JobId, token: FencingToken, summary: JobSummary): Promise<void>;
  /** The saved summary of an ended job. If undefined, the job's records must be read. Removed with the job's records. */
  summaryOf(job: JobId): Promise<JobSummary | undefined>;
  /** Frees the space of everything overwritten or removed before the previous call. Call it from time to time. */
  compact(): Promise<void>;
}
