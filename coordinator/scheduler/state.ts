import type { Stage, StageGraph, StageId } from '../../engine/plan/stage.ts';
import type { ObjectIdentity } from '../../engine/store/object-store.ts';
import type { StoreRequests } from '../../engine/store/request-counts.ts';
import type { JobId } from '../../engine/task/task.ts';
import type { FencingToken, JobEnd, JobSettings, Millis } from './job.ts';
import type { TaskList } from './task-list.ts';
import type { TaskState } from './task-state.ts';

/** An object of the job's that holds a stage's shuffle index. */
export interface StageIndex {
  readonly key: string;
  readonly identity: ObjectIdentity;
}

/** A stage of a job, and how far its tasks are. */
export interface StageState {
  readonly stage: Stage;
  readonly tasks: TaskList;
  /** Tasks that have succeeded. */
  readonly succeeded: number;
  /** Tasks that are running. */
  readonly running: number;
  /** The first task that is pending; the number of tasks where none is. Like the counts, it saves looking at every task. */
  readonly firstPending: number;
  /** The tasks that wait to be tried again, in order. */
  readonly waiting: readonly number[];
  readonly index?: StageIndex;
}

/** A job as its records tell it. */
export interface JobState {
  readonly job: JobId;
  readonly graph: StageGraph;
  readonly settings: JobSettings;
  readonly statement?: string;
  readonly submittedAt: Millis;
  readonly deadline?: Millis;
  /** In the order of the graph. */
  readonly stages: readonly StageState[];
  /** The owner the records tell of; the first owner's token is not in them. */
  readonly resumedBy?: FencingToken;
  /** Attempts ever started: the next attempt's number. */
  readonly attempts: number;
  /** Retries ever scheduled. */
  readonly retriesUsed: number;
  /** How often the job was started again from its inputs. */
  readonly restarts: number;
  /** What all its attempts, as far as they told, and its indexes have asked of stores; also those of outputs that were given up. */
  readonly requests: StoreRequests;
  /** Since when every attempt that ended did so because there was no room for it. Absent where the last one was run. */
  readonly throttledSince?: Millis;
  readonly cancelRequestedBy?: string;
  readonly end?: JobEnd;
  readonly endedAt?: Millis;
  /** Until when an attempt may still write whose end nobody heard of: its owner is gone, or its executor is. */
  readonly lateUntil?: Millis;
}

/** The state of a stage by its id. A graph that names a stage it does not hold is a defect: throws. */
export function stageOf(job: JobState, id: number): StageState {
  const found = job.stages.find((candidate) => candidate.stage.id === id);
  if (found === undefined) throw new Error(`Job ${job.job} has no stage ${id}.`);
  return found;
}

/** The state of a task. A task that does not exist is a defect: throws. */
export function taskOf(job: JobState, stage: StageId, task: number): TaskState {
  const found = stageOf(job, stage).tasks.at(task);
  if (found === undefined) throw new Error(`Job ${job.job} has no task ${task} in stage ${stage}.`);
  return found;
}

/** A stage in which the tasks are as told, with all that is counted about them. */
export function stageWith(stage: Stage, tasks: TaskList): StageState {
  const waiting: number[] = [];
  let [succeeded, running, firstPending] = [0, 0, tasks.length];
  for (const [task, { kind }] of tasks.entries()) {
    if (kind === 'succeeded') succeeded += 1;
    else if (kind === 'running') running += 1;
    else if (kind === 'waiting') waiting.push(task);
    else if (kind === 'pending') firstPending = Math.min(firstPending, task);
  }
  return { stage, tasks, succeeded, running, firstPending, waiting };
}

/** Whether every task of the stage has succeeded. */
export function isComplete(stage: StageState): boolean {
  return stage.succeeded === stage.tasks.length;
}

/** Whether the stage's readers find their parts through an index: it has more than one partition and more than one producer. */
export function needsIndex(stage: Stage): boolean {
  const { output, taskCount } = stage;
  if (output.kind === 'combined') return true;
  return output.kind === 'hash' && (output.blocks ?? output.partitions) > 1 && taskCount > 1;
}

/** Whether the stage's output can be read: complete, and indexed where it needs that. */
export function isReadable(stage: StageState): boolean {
  return isComplete(stage) && (!needsIndex(stage.stage) || stage.index !== undefined);
}

/** All running attempts of the job, stage by stage. Looks at every task of the stages that run: not for each event. */
export function* runningAttempts(job: JobState): Generator<{
  readonly stage: StageId;
  readonly task: number;
  readonly state: Extract<TaskState, { kind: 'running' }>;
}> {
  for (const stage of job.stages) {
    if (stage.running === 0) continue;
    for (const [task, state] of stage.tasks.entries()) {
      if (state.kind === 'running') yield { stage: stage.stage.id, task, state };
    }
  }
}

/** How many attempts are running. */
export function runningCount(job: JobState): number {
  return job.stages.reduce((sum, stage) => sum + stage.running, 0);
}
