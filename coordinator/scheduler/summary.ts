import type { StageId } from '../../engine/plan/stage.ts';
import type { JobId } from '../../engine/task/task.ts';
import { endingOf, type JobHistory } from './history.ts';
import type { JobEnd, JobRequest, Millis } from './job.ts';
import { type JobProgress, progressOf } from './progress.ts';
import type { JobState } from './state.ts';

/** The summary of a stage. All counts are numbers of tasks. */
interface StageSummary {
  readonly id: StageId;
  readonly dependsOn: readonly StageId[];
  readonly tasks: number;
  readonly running: number;
  readonly succeeded: number;
}

/**
 * The summary of a job. Its size depends on the request and the number of stages, not on the number of tasks. It can be converted to JSON
 * and back without loss.
 */
export interface JobSummary {
  readonly job: JobId;
  readonly requestedAt: Millis;
  readonly request?: JobRequest;
  readonly end?: JobEnd;
  readonly endedAt?: Millis;
  /** Absent until the job is planned. */
  readonly plan?: {
    readonly submittedAt: Millis;
    readonly statement?: string;
    readonly functionVersion?: string;
    readonly stages: readonly StageSummary[];
    readonly progress: JobProgress;
  };
}

/** Summarizes a job. Pure. */
export function summarize(job: JobId, history: JobHistory): JobSummary {
  const { requestedAt, request } = history;
  const end = endingOf(history);
  return {
    job,
    requestedAt,
    ...(request !== undefined && { request }),
    ...end,
    ...(history.kind === 'planned' && { plan: planOf(history.state) }),
  };
}

function planOf(state: JobState): NonNullable<JobSummary['plan']> {
  const { submittedAt, statement, stages, end } = state;
  const { functionVersion } = state.settings;
  return {
    submittedAt,
    ...(statement !== undefined && { statement }),
    ...(functionVersion !== undefined && { functionVersion }),
    stages: stages.map(({ stage: { id, dependsOn }, tasks, running, succeeded }) => ({
      id,
      dependsOn,
      tasks: tasks.length,
      running: end === undefined ? running : 0,
      succeeded,
    })),
    progress: progressOf(state),
  };
}
