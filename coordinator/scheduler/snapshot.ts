import type { StoreRequests } from '../../engine/store/request-counts.ts';
import type { FencingToken, JobEnd, Millis } from './records.ts';
import { type JobState, type StageIndex, type StageState, stageWith } from './state.ts';
import type { TaskList } from './task-list.ts';

/** A stage's part of a snapshot. */
export interface StageSnapshot {
  readonly tasks: TaskList;
  readonly index?: StageIndex;
}

/** A job's state without what it was submitted with: all that its records have changed since. */
export interface JobSnapshot {
  readonly deadline?: Millis;
  /** In the order of the graph. */
  readonly stages: readonly StageSnapshot[];
  readonly resumedBy?: FencingToken;
  readonly attempts: number;
  readonly retriesUsed: number;
  readonly restarts: number;
  readonly requests: StoreRequests;
  readonly cancelRequestedBy?: string;
  readonly end?: JobEnd;
  readonly endedAt?: Millis;
  readonly lateUntil?: Millis;
}

/** What a job's state says beyond its submission. */
export function snapshotOf(job: JobState): JobSnapshot {
  const { job: _id, graph: _graph, settings: _settings, statement: _statement, submittedAt: _at, ...progress } = job;
  const stages = job.stages.map(({ tasks, index }) => ({ tasks, ...(index !== undefined && { index }) }));
  return { ...progress, stages };
}

/**
 * The state that a snapshot was taken of, whatever the job's records say up to there. Throws where the snapshot is of another
 * graph: a defect of the one who wrote it.
 */
export function restore(job: JobState, snapshot: JobSnapshot): JobState {
  const { graph, settings, statement, submittedAt } = job;
  if (snapshot.stages.length !== graph.stages.length) {
    throw new Error(`A snapshot of job ${job.job} has ${snapshot.stages.length} stages, not ${graph.stages.length}.`);
  }
  return {
    job: job.job,
    graph,
    settings,
    ...(statement !== undefined && { statement }),
    submittedAt,
    ...snapshot,
    stages: graph.stages.map((stage, at) => restoreStage(job, stage, snapshot.stages[at])),
  };
}

function restoreStage(job: JobState, stage: StageState['stage'], snapshot: StageSnapshot | undefined): StageState {
  if (snapshot?.tasks.length !== stage.taskCount) {
    throw new Error(`A snapshot of job ${job.job} has not the ${stage.taskCount} tasks of stage ${stage.id}.`);
  }
  const { tasks, index } = snapshot;
  return { ...stageWith(stage, tasks), ...(index !== undefined && { index }) };
}
