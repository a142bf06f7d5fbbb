import type { JobId } from '../../../engine/task/task.ts';

/**
 * The keys of a journal in etcd. All begin with the journal's prefix. Job ids contain no `/`.
 *
 * | key | value |
 * | --- | --- |
 * | `job/{job}` | the job's first record; exists from the first append until the job is removed |
 * | `plan/{job}` | the job's submission, if that is not its first record |
 * | `log/{job}/{n}` | the records of one transaction, n counting up in 16 digits; or a checkpoint that replaces those before it |
 * | `tip/{job}` | the last n, and the number of records in the entries; changed by every transaction of the job |
 * | `ended/{job}` | when the job ended, in ms since the epoch, decimal |
 * | `owner/{job}` | who owns the job; bound to the owner's lease; its revision is the fencing token |
 * | `cleared/{job}` | the last cleanup of the ended job, as JSON |
 * | `summary/{job}` | the ended job's summary for lists, as JSON |
 * | `intent/{job}` | the job's intent (a pending cancel or delete), as JSON |
 *
 * Records are stored as described in `values.ts`.
 */
export interface JournalKeys {
  readonly jobs: string;
  readonly ends: string;
  readonly owners: string;
  readonly intents: string;
  job(job: JobId): string;
  end(job: JobId): string;
  cleared(job: JobId): string;
  summary(job: JobId): string;
  owner(job: JobId): string;
  plan(job: JobId): string;
  intent(job: JobId): string;
  tip(job: JobId): string;
  log(job: JobId): string;
  entry(job: JobId, n: number): string;
}

/** The keys under a prefix. */
export function journalKeys(prefix: string): JournalKeys {
  const keys = {
    jobs: `${prefix}job/`,
    ends: `${prefix}ended/`,
    owners: `${prefix}owner/`,
    intents: `${prefix}intent/`,
    cleared: (job: JobId) => `${prefix}cleared/${job}`,
    summary: (job: JobId) => `${prefix}summary/${job}`,
    plan: (job: JobId) => `${prefix}plan/${job}`,
    log: (job: JobId) => `${prefix}log/${job}/`,
  };
  return {
    ...keys,
    job: (job) => keys.jobs + job,
    end: (job) => keys.ends + job,
    owner: (job) => keys.owners + job,
    intent: (job) => keys.intents + job,
    tip: (job) => `${prefix}tip/${job}`,
    entry: (job, n) => keys.log(job) + entryName(n),
  };
}

/** The job that a key under a prefix belongs to. */
export function jobOf(key: Buffer, prefix: string): JobId {
  return key.toString().slice(prefix.length) as JobId;
}

/** A log entry's number as text that sorts like the number. */
export function entryName(n: number): string {
  return String(n).padStart(16, '0');
}

/** The range of all keys that begin with a prefix, which ends in `/`: `0` is the character after it. */
export function rangeOf(prefix: string): { key: Buffer; range_end: Buffer } {
  return { key: Buffer.from(prefix), range_end: Buffer.from(`${prefix.slice(0, -1)}0`) };
}
