import type { JobSettings } from '../scheduler/job.ts';
import type { Settings } from '../settings.ts';

/** An attempt on this machine has as long as it needs, short of for ever. */
export const LOCAL_ATTEMPT_TIMEOUT_MS = 24 * 3_600_000;
/** Results up to this come back with the outcome, and no object is written. */
const INLINE_LIMIT_BYTES = 256 * 1024;
/** All tasks of a job together may be tried again so often for each retry one task has. */
const RETRY_BUDGET_FACTOR = 4;

/** What the executors and the asker of a job say of it; all else follows from what was set. */
export type OfThisJob = Pick<
  JobSettings,
  'attemptTimeoutMs' | 'lateWriteMs' | 'functionVersion' | 'taskMemoryMiB' | 'resultFormat' | 'resultTtlMs'
>;

/** Resolves the settings of a job. */
export function jobSettings({ retries, timeoutMs }: Settings, ofThisJob: OfThisJob): JobSettings {
  return {
    ...ofThisJob,
    retries,
    retryBudget: retries * RETRY_BUDGET_FACTOR,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    inlineLimitBytes: INLINE_LIMIT_BYTES,
  };
}
