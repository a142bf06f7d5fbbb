import type { JobId } from '../../engine/execute/task.ts';
import type { FencingToken, JobRecord } from '../scheduler/records.ts';

/**
 * The records of jobs, durable and in order. All methods reject with `FabricError`: `JOURNAL_CORRUPT` where what was acknowledged
 * cannot be read back, `STORE_FAILED` where the medium fails.
 */
export interface Journal {
  /**
   * Makes the caller the owner of a job, new or not: gives a fencing token greater than every owner's before, whose appends are
   * refused from now on. What an append under way left unfinished is cut off.
   */
  acquire(job: JobId): Promise<FencingToken>;
  /**
   * Appends records, all or none; they are durable once the promise resolves. Rejects with `OWNERSHIP_LOST` if `token` is not the
   * last one given for the job. After any other rejection it is unknown whether they were appended: the owner must stop.
   */
  append(job: JobId, token: FencingToken, records: readonly JobRecord[]): Promise<void>;
  /** All records of a job, oldest first; none if it is unknown. Needs no ownership and changes nothing. */
  read(job: JobId): Promise<readonly JobRecord[]>;
  /** The jobs that have records, by id in code point order. */
  list(): Promise<readonly JobId[]>;
  /** Forgets a job that the caller owns. Rejects with `OWNERSHIP_LOST` as `append` does; a job without records is fine. */
  remove(job: JobId, token: FencingToken): Promise<void>;
  /** Lets go of everything held open. Appends under way are finished first. Idempotent. */
  close(): Promise<void>;
}
