import type { JobId } from '../../../engine/task/task.ts';

/**
 * The keys of a journal in etcd. All keys begin with the journal's prefix. Job ids contain no `/`.
 *
 * | key | value |
 * | --- | --- |
 * | `job/{job}` | the job's first record, which exists from the first append until the job is removed |
 * | `plan/{job}` | the job's submission, if it is not the first record |
 * | `log/{job}/{n}` | the records of one transaction, or a checkpoint that replaces earlier entries; n is a counter of 16 digits |
 * | `tip/{job}` | the last n and the number of records in the entries; every transaction of the job changes it |
 * | `ended/{job}` | the time at which the job ended, in ms since the epoch, as decimal text |
 * | `owner/{job}` | the job's owner; the key is bound to the owner's lease, and its revision is the fencing token |
 * | `cleared/{job}` | the last cleanup of the ended job, as JSON |
 * | `summary/{job}` | the ended job's summary for lists, as JSON |
 * | `intent/{job}` | the job's intent (a pending cancel or delete), as JSON |
 *
 * `values.ts` describes the encoding of records.
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

/** Returns the keys of a journal with the given prefix. */
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

/** Returns the job of a key that consists of a prefix and a job id. */
export function jobOf(key: Buffer, prefix: string): JobId {
  return key.toString().slice(prefix.length) as JobId;
}

/** Returns a log entry's number as text that sorts in numerical order. */
export function entryName(n: number): string {
  return String(n).padStart(16, '0');
}

/** Returns the range of all keys that begin with a prefix. The prefix must end in `/`, and `0` is the character after `/`. */
export function rangeOf(prefix: string): { key: Buffer; range_end: Buffer } {
  return { key: Buffer.from(prefix), range_end: Buffer.from(`${prefix.slice(0, -1)}0`) };
}
