import { FabricError } from '../../engine/errors.ts';
import type { JobId } from '../../engine/task/task.ts';
import type { FencingToken, Millis } from '../scheduler/job.ts';
import type { JobRecord } from '../scheduler/records.ts';
import type { JobState } from '../scheduler/state.ts';
import type { JobSummary } from '../scheduler/summary.ts';

/** Whether an error says that what was acknowledged of a job cannot be read back: all that is left to do is to forget the job. */
export function isDamaged(error: unknown): boolean {
  return error instanceof FabricError && error.code === 'JOURNAL_CORRUPT';
}

/** A claim on a job, as far as its owner can tell without asking anybody. Once it is not held, it never is again. */
export interface Ownership {
  /**
   * Whether the job is beyond doubt still this owner's. To be asked right before anything is done in the job's name: a process that
   * was stopped for a while learns of it here first.
   */
  isHeld(): boolean;
  /** Aborts, with the `FabricError` as its reason, once the claim is not held any more. */
  readonly lost: AbortSignal;
}

/**
 * The records of jobs, durable and in order. All methods reject with `FabricError`: `JOURNAL_CORRUPT` where what was acknowledged
 * cannot be read back, `STORE_FAILED` where the medium fails, `JOURNAL_UNAVAILABLE` where it does not answer in some seconds. Whoever asks
 * tries again; only what an owner writes in the name of a job that is begun is tried for as long as the claim holds.
 */
export interface Journal {
  /**
   * Makes the caller the owner of a job, new or not: gives a fencing token greater than every owner's before, whose appends are
   * refused from now on. What an append under way left unfinished is cut off. A damaged job has an owner too, who can remove it and
   * nothing else.
   */
  acquire(job: JobId): Promise<FencingToken>;
  /**
   * Appends records, all or none; they are durable once the promise resolves. Rejects with `OWNERSHIP_LOST` if `token` is not the
   * last one given for the job, or if that is in doubt. Whether records of an append that was under way when it was rejected are
   * in the journal is for the next owner to read; this one must stop. `after` is the job's state with these records in it: a
   * journal may keep a snapshot of that in place of all records but the first.
   */
  append(job: JobId, token: FencingToken, records: readonly JobRecord[], after?: JobState): Promise<void>;
  /** What a token is worth at this moment. Any token of any job may be asked about. */
  ownership(job: JobId, token: FencingToken): Ownership;
  /** Lets another have the job at once, as `close` does for all. Appends under way are finished first. A lost token is fine. */
  release(job: JobId, token: FencingToken): Promise<void>;
  /** The records whose fold is the job's state, oldest first; none if it is unknown. Needs no ownership and changes nothing. */
  read(job: JobId): Promise<readonly JobRecord[]>;
  /** The jobs that have records, by id in code point order. */
  list(): Promise<readonly JobId[]>;
  /** Forgets a job that the caller owns. Rejects with `OWNERSHIP_LOST` as `append` does; a job without records is fine. */
  remove(job: JobId, token: FencingToken): Promise<void>;
  /** Lets go of everything held open. Appends under way are finished first. Idempotent. */
  close(): Promise<void>;
}

/**
 * What somebody wants of a job, whoever owns it. `cancel`: that it ends. `forget`: that, and that nobody sees it any more; what there is
 * of it is removed as soon as nothing can write for it any more.
 */
export interface JobIntent {
  readonly kind: 'cancel' | 'forget';
  readonly by: string;
}

/** That the objects of a job that has ended were cleared away, once. */
export interface Cleanup {
  /** When that was begun: nothing is left of what was written before. */
  readonly at: Millis;
  /** Whether the result was left where it is. */
  readonly keepsResult: boolean;
}

/** A job that has ended, and when it was cleared away after last, if it was. */
export interface EndedEntry {
  readonly endedAt: Millis;
  readonly cleared?: Cleanup;
}

/** A journal that several coordinators write, each the owner of some jobs. An owner that vanishes loses its jobs after a while. */
export interface SharedJournal extends Journal {
  /** As `acquire`, but only where nobody owns the job: undefined where somebody does. Of several that ask at once, one gets it. */
  acquireUnowned(job: JobId): Promise<FencingToken | undefined>;
  /** Asks the medium itself something small. Rejects where it cannot be read; may take as long as the medium does not answer. */
  check(): Promise<void>;
  /** The name of the coordinator that owns a job; undefined where none does. */
  ownerOf(job: JobId): Promise<string | undefined>;
  /** Whether a job has records, has not ended, and is owned by nobody. Reads none of its records. */
  isUnowned(job: JobId): Promise<boolean>;
  /**
   * Calls back with each job that has records, has not ended, and is owned by nobody: with those there are, then with each as it
   * loses its owner. The same one may come more than once. Goes on until aborted, whatever the medium does meanwhile, and settles
   * then; rejects only where asking again cannot help.
   */
  watchUnowned(found: (job: JobId) => void, signal: AbortSignal): Promise<void>;
  /** Leaves a intent about a job for its owner of now or later. The first stays, but `forget` replaces `cancel`. A job without records has none. */
  recordIntent(job: JobId, intent: JobIntent): Promise<void>;
  /** What is wished of a job; undefined where nothing is. Goes with the job's records. */
  intentOf(job: JobId): Promise<JobIntent | undefined>;
  /** Calls back with each intent there is, then with each as it is left, as `watchUnowned` does with jobs. */
  watchIntents(found: (job: JobId, intent: JobIntent) => void, signal: AbortSignal): Promise<void>;
  /** Calls back with each job that has ended, and when it has, then with each as it ends, as `watchUnowned` does. */
  watchEnds(found: (job: JobId, endedAt: Millis) => void, signal: AbortSignal): Promise<void>;
  /** Takes note that an ended job that the caller owns was cleared away. Rejects with `OWNERSHIP_LOST` as `append` does. Goes with its records. */
  recordCleanup(job: JobId, token: FencingToken, cleared: Cleanup): Promise<void>;
  /** What the journal says of a job that has ended, without its records; undefined where there is none, or it goes on. */
  endedEntry(job: JobId): Promise<EndedEntry | undefined>;
  /** Keeps the summary of an ended job that the caller owns, for lists; not one of unusual size. Rejects with `OWNERSHIP_LOST` as `append` does. */
  saveSummary(job: JobId, token: FencingToken, summary: JobSummary): Promise<void>;
  /** The summary that is kept of an ended job; undefined where none is, and all of the job has to be read. Goes with its records. */
  summaryOf(job: JobId): Promise<JobSummary | undefined>;
  /** Frees the room of what was overwritten or removed before the last time this was called. To be called now and then. */
  compact(): Promise<void>;
}
