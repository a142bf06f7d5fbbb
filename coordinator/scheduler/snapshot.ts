import type { StoreRequests } from '../../engine/store/request-counts.ts';
import type { FencingToken, JobEnd, Millis } from './job.ts';
import { type JobState, type StageIndex, type StageState, stageWith } from './state.ts';
import type { TaskList } from './task-list.ts';
import type { TaskState } from './task-state.ts';

/** A stage's part of a snapshot. */
export interface StageSnapshot {
  readonly tasks: TaskList;
  readonly index?: StageIndex;
}

/** A job's state without its submission. It contains all changes since then. */
export interface JobSnapshot {
  readonly deadline?: Millis;
  /** The stages in the order of the stage graph. */
  readonly stages: readonly StageSnapshot[];
  readonly resumedBy?: FencingToken;
  readonly attempts: number;
  readonly retriesUsed: number;
  readonly restarts: number;
  readonly requests: StoreRequests;
  readonly throttledSince?: Millis;
  readonly cancelRequestedBy?: string;
  readonly end?: JobEnd;
  readonly endedAt?: Millis;
  readonly lateUntil?: Millis;
}

/** The changed tasks of a stage with their task numbers, and the stage's current shuffle index. */
export interface StageChanges {
  readonly changed: readonly (readonly [number, TaskState])[];
  readonly index?: StageIndex;
}

/** The changes in a job since an earlier state. The size depends on the number of changes, not on the number of tasks. */
export interface JobChanges extends Omit<JobSnapshot, 'stages'> {
  /** The stages in the order of the stage graph. */
  readonly stages: readonly StageChanges[];
}

/** Returns a snapshot of a job's state, which contains all changes since its submission. */
export function snapshotOf(job: JobState): JobSnapshot {
  const stages = job.stages.map(({ tasks, index }) => ({ tasks, ...(index !== undefined && { index }) }));
  return { ...progressIn(job), stages };
}

/** Returns the changes since an earlier state of the job. */
export function changesSince(job: JobState, earlier: JobState): JobChanges {
  const stages = job.stages.map(({ tasks, index }, at) => {
    const before = earlier.stages[at]?.tasks;
    const changed = before === undefined ? tasks.entries() : tasks.changedSince(before);
    return { changed: [...changed], ...(index !== undefined && { index }) };
  });
  return { ...progressIn(job), stages };
}

function progressIn(job: JobState): Omit<JobSnapshot, 'stages'> {
  const { job: _id, graph: _graph, settings: _settings, statement: _statement, submittedAt: _at, ...progress } = job;
  const { stages: _stages, ...others } = progress;
  return others;
}

/**
 * Restores the state at the time of a snapshot, regardless of earlier records. Throws if the snapshot belongs to another graph, which means
 * that its writer has a defect.
 */
export function restore(job: JobState, snapshot: JobSnapshot): JobState {
  const { stages, ...progress } = snapshot;
  checkStages(job, stages.length);
  const restored = job.graph.stages.map((stage, at) => restoreStage(job, stage, stages[at]));
  return { ...submissionOf(job), ...progress, stages: restored };
}

/** Applies changes to the state from which they were computed. Throws under the same condition as `restore`. */
export function change(job: JobState, { stages, ...progress }: JobChanges): JobState {
  checkStages(job, stages.length);
  const changed = job.stages.map(({ stage, tasks }, at): StageState => {
    const { changed: states = [], index } = stages[at] ?? {};
    const after = states.reduce((list, [task, state]) => list.with(task, state), tasks);
    return { ...stageWith(stage, after), ...(index !== undefined && { index }) };
  });
  return { ...submissionOf(job), ...progress, stages: changed };
}

function submissionOf({ job, graph, settings, statement, submittedAt }: JobState) {
  return { job, graph, settings, ...(statement !== undefined && { statement }), submittedAt };
}

function checkStages({ job, graph }: JobState, count: number): void {
  if (count === graph.stages.length) return;
  throw new Error(`A snapshot of job ${job} has ${count} stages instead of ${graph.stages.length}.`);
}

function restoreStage(job: JobState, stage: StageState['stage'], snapshot: StageSnapshot | undefined): StageState {
  if (snapshot?.tasks.length !== stage.taskCount) {
    throw new Error(`A snapshot of job ${job.job} does not have the ${stage.taskCount} tasks of stage ${stage.id}.`);
  }
  const { tasks, index } = snapshot;
  return { ...stageWith(stage, tasks), ...(index !== undefined && { index }) };
}
