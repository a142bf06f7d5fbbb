import type { StageId } from '../../engine/plan/stage.ts';
import { type Backoff, backoffMs, jitteredMs } from '../../engine/retry.ts';
import type { JobError, JobSettings, JournaledOutcome } from './job.ts';
import { type JobState, stageOf } from './state.ts';

/** An attempt that ended without success, and the error the job fails with if the task is not retried. */
export interface TaskFailure {
  readonly stage: StageId;
  readonly task: number;
  /** Attempts of the task that were run and failed, this one included. */
  readonly attempts: number;
  readonly retryable: boolean;
  readonly error: JobError;
}

/**
 * The first delay outlasts brief faults (a full pipe, a busy disk) and is too short to be noticed in a query. A task has few retries, so
 * delays beyond the longest would only make the user wait.
 */
const RETRY_BACKOFF: Backoff = { firstMs: 100, longestMs: 10_000, jitter: 0.5 };

/** How long to wait after a task's `attempts`th failure, in whole ms. `random`: from 0 to 1. */
export function retryDelayMs(attempts: number, random: number): number {
  return Math.ceil(backoffMs(RETRY_BACKOFF, attempts, random));
}

/** A job may be throttled for at least this long before it fails. */
const LEAST_THROTTLED_MS = 300_000;

/**
 * How long a job may be throttled without any progress before it fails. At least an attempt's timeout: the job's own attempts may hold the
 * executors, and the last of them ends by then.
 */
export function longestThrottledMs({ attemptTimeoutMs }: JobSettings): number {
  return Math.max(LEAST_THROTTLED_MS, attemptTimeoutMs);
}

/**
 * How long to wait after a throttled attempt: as long as the job has been throttled so far, within the bounds and with the jitter of
 * `retryDelayMs`. Whole ms.
 */
export function throttledDelayMs(throttledMs: number, random: number): number {
  const { firstMs, longestMs, jitter } = RETRY_BACKOFF;
  return Math.ceil(jitteredMs(Math.min(longestMs, Math.max(firstMs, throttledMs)), jitter, random));
}

/** Turns an unsuccessful outcome into the job's error. The message names the stage and the task. */
export function failureOf(
  job: JobState,
  at: { readonly stage: StageId; readonly task: number; readonly attempts: number },
  outcome: Exclude<JournaledOutcome, { kind: 'succeeded' }>,
): TaskFailure {
  const { taskCount } = stageOf(job, at.stage).stage;
  const tried = at.attempts <= 1 ? '' : `, ${at.attempts} attempts`;
  const where = `(stage ${at.stage}, task ${at.task} of ${taskCount}${tried})`;
  const details = { stage: at.stage, task: at.task, attempts: at.attempts };
  switch (outcome.kind) {
    case 'failed': {
      const { code, message, retryable } = outcome;
      const isPlaced = 'file' in outcome.details || 'files' in outcome.details;
      const tables = code === 'QUERY_FAILED' && !isPlaced ? tablesBehind(job, at.stage) : [];
      const rows = tables.length === 0 ? '' : ` on rows made from ${tables.join(', ')}`;
      return {
        ...at,
        retryable,
        error: {
          code,
          message: `${message}${rows} ${where}`,
          details: { ...outcome.details, ...details, ...(tables.length === 0 ? {} : { tables }) },
        },
      };
    }
    case 'throttled': {
      const minutes = Math.round(longestThrottledMs(job.settings) / 60_000);
      if (outcome.unavailableReason !== undefined) {
        const message = `No executor has run a task of the job for ${minutes} minutes ${where}; no executor is available: ${outcome.unavailableReason}`;
        return { ...at, retryable: true, error: { code: 'THROTTLED', message, details } };
      }
      const message = `The fabric has accepted no task of the job for ${minutes} minutes ${where}. Try again later, or raise its concurrency limit.`;
      return { ...at, retryable: true, error: { code: 'THROTTLED', message, details } };
    }
    case 'timed-out': {
      const limit = outcome.limit === undefined ? 'in time' : `within ${outcome.limit}`;
      const message = `A task did not finish ${limit} ${where}. Raise fanout to make tasks smaller; no setting gives a task more time.`;
      return { ...at, retryable: true, error: { code: 'TASK_TIMEOUT', message, details } };
    }
    case 'lost': {
      const message = `An executor was lost while running a task ${where}: ${outcome.message}`;
      return { ...at, retryable: true, error: { code: 'EXECUTOR_LOST', message, details } };
    }
    default:
      return outcome satisfies never;
  }
}

/** The names of the tables read by a stage and the stages it depends on. */
function tablesBehind(job: JobState, id: StageId): readonly string[] {
  const names = new Set<string>();
  const seen = new Set<StageId>();
  const visit = (each: StageId): void => {
    if (seen.has(each)) return;
    seen.add(each);
    const { stage } = stageOf(job, each);
    stage.dependsOn.forEach(visit);
    for (const { table } of stage.scans) names.add(job.graph.tables[table]?.name ?? '');
  };
  visit(id);
  return [...names];
}
