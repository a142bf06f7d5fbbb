import type { StageId } from '../../engine/plan/stage.ts';
import type { JobError, JournaledOutcome } from './job.ts';
import { longestThrottledMs } from './retry-delay.ts';
import { type JobState, stageOf } from './state.ts';

/** An unsuccessful attempt, and the error with which the job fails if the task is not retried. */
export interface TaskFailure {
  readonly stage: StageId;
  readonly task: number;
  /** The number of failed attempts of the task, including this attempt. */
  readonly attempts: number;
  readonly retryable: boolean;
  readonly error: JobError;
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
      const rows = tables.length === 0 ? '' : ` in rows from ${tables.join(', ')}`;
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
        const message = `No executor has run a task of the job for ${minutes} minutes ${where}: ${outcome.unavailableReason}`;
        return { ...at, retryable: true, error: { code: 'THROTTLED', message, details } };
      }
      const message =
        `No executor accepted a task of the job for ${minutes} minutes ${where}. ` +
        "Try again later, or raise the executors' concurrency limit.";
      return { ...at, retryable: true, error: { code: 'THROTTLED', message, details } };
    }
    case 'timed-out': {
      const limit = outcome.limit === undefined ? 'in time' : `within ${outcome.limit}`;
      const message = `A task did not finish ${limit} ${where}. Increase the setting fanout to make tasks smaller. The time limit of a task cannot be changed.`;
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

/** Returns the names of the tables that are read by a stage or by the stages that it depends on. */
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
