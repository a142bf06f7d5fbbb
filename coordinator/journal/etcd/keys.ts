import type { JobId } from '../../../engine/task/task.ts';

/**
 * Where what is in etcd. All keys begin with the journal's prefix; job ids hold no `/`.
 *
 * | key | value |
 * | --- | --- |
 * | `job/{job}` | the job's first record. There from the first append until the job is removed |
 * | `plan/{job}` | its submission, where another record came first |
 * | `log/{job}/{n}` | records of one transaction, n counting up, 16 digits; or one summary in place of those before it |
 * | `tip/{job}` | the last n, and how many records the entries hold. Changed by every transaction of the job |
 * | `ended/{job}` | when the job ended, in ms since the epoch, decimal |
 * | `owner/{job}` | who owns the job. Bound to the owner's lease; its revision is the fencing token |
 * | `cleared/{job}` | when its objects were last cleared away since it ended, as JSON |
 * | `outline/{job}` | the job's summary for lists, written when it has ended, as JSON |
 * | `wish/{job}` | a pending cancel or delete, as JSON |
 *
 * Records are values in the form of `values.ts`.
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

/** The keys of a journal under a prefix. */
export function journalKeys(prefix: string): JournalKeys {
  const keys = {
    jobs: `${prefix}job/`,
    ends: `${prefix}ended/`,
    owners: `${prefix}owner/`,
    intents: `${prefix}wish/`,
    cleared: (job: JobId) => `${prefix}cleared/${job}`,
    summary: (job: JobId) => `${prefix}outline/${job}`,
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

/** The job that a key under a prefix is about. */
export function jobOf(key: Buffer, prefix: string): JobId {
  return key.toString().slice(prefix.length) as JobId;
}

/** A log entry's number, such that names and numbers have one order. */
export function entryName(n: number): string {
  return String(n).padStart(16, '0');
}

/** All keys that begin with a prefix, which ends in `/`: those before the prefix with the next character, `0`. */
export function rangeOf(prefix: string): { key: Buffer; range_end: Buffer } {
  return { key: Buffer.from(prefix), range_end: Buffer.from(`${prefix.slice(0, -1)}0`) };
}
