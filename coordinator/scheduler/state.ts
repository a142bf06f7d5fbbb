import type { Stage, StageGraph, StageId } from '../../engine/plan/stage.ts';
import type { ObjectIdentity } from '../../engine/store/object-store.ts';
import type { StoreRequests } from '../../engine/store/request-counts.ts';
import type { JobId } from '../../engine/task/task.ts';
import type { FencingToken, JobEnd, JobSettings, Millis } from './job.ts';
import type { TaskList } from './task-list.ts';
import type { TaskState } from './task-state.ts';

/**
 * The time after an attempt's deadline at which the attempt is abandoned because its executor must be lost. It is much longer than the few
 * seconds that invokers allow, so an invoker can return its more specific outcome first.
 */
export const OVERDUE_GRACE_MS = 30_000;

/** The object that holds a stage's shuffle index. */
export interface StageIndex {
  readonly key: string;
  readonly identity: ObjectIdentity;
}

/** A stage of a job and the progress of its tasks. */
export interface StageState {
  readonly stage: Stage;
  readonly tasks: TaskList;
  /** Tasks that have succeeded. */
  readonly succeeded: number;
  /** Tasks that are running. */
  readonly running: number;
  /** The first pending task, or the number of tasks if no task is pending. Like the counts, it avoids visiting every task. */
  readonly firstPending: number;
  /** Tasks that are waiting for a retry, in ascending order. */
  readonly waiting: readonly number[];
  readonly index?: StageIndex;
}

/** The state of a job, which is the fold of its records. */
export interface JobState {
  readonly job: JobId;
  readonly graph: StageGraph;
  readonly settings: JobSettings;
  readonly statement?: string;
  readonly submittedAt: Millis;
  readonly deadline?: Millis;
  /** The stages in the order of the stage graph. */
  readonly stages: readonly StageState[];
  /** The current owner, if the job was resumed. The first owner's token is not in the records. */
  readonly resumedBy?: FencingToken;
  /** The number of attempts started so far, which is also the number of the next attempt. */
  readonly attempts: number;
  /** The number of retries scheduled so far, not counting those after throttled attempts. */
  readonly retriesUsed: number;
  /** The number of times the job was restarted from its inputs. */
  readonly restarts: number;
  /**
   * Store requests for writing indexes, and store requests that attempts reported. Includes attempts whose outputs were discarded.
   */
  readonly requests: StoreRequests;
  /** The time since which all ended attempts were throttled. Absent if the last ended attempt ran. */
  readonly throttledSince?: Millis;
  readonly cancelRequestedBy?: string;
  readonly end?: JobEnd;
  readonly endedAt?: Millis;
  /** Attempts whose end was never reported, because their owner or executor was lost, may write until this time. */
  readonly lateUntil?: Millis;
}

/** Returns the state of the stage with an id. Throws if the graph has no such stage, which indicates a defect. */
export function stageOf(job: JobState, id: number): StageState {
  const found = job.stages.find((candidate) => candidate.stage.id === id);
  if (found === undefined) throw new Error(`Job ${job.job} has no stage ${id}.`);
  return found;
}

/** Returns the state of a task. Throws if the task does not exist, which indicates a defect. */
export function taskOf(job: JobState, stage: StageId, task: number): TaskState {
  const found = stageOf(job, stage).tasks.at(task);
  if (found === undefined) throw new Error(`Job ${job.job} has no task ${task} in stage ${stage}.`);
  return found;
}

/** Returns the state of a stage with the given tasks, and derives the counts from them. */
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

/** Returns whether every task of the stage has succeeded. */
export function isComplete(stage: StageState): boolean {
  return stage.succeeded === stage.tasks.length;
}

/**
 * Returns whether readers use an index to find their parts of the stage's output. This is the case if several tasks write several
 * partitions each.
 */
export function needsIndex(stage: Stage): boolean {
  const { output, taskCount } = stage;
  if (output.kind === 'combined') return true;
  return output.kind === 'hash' && (output.blocks ?? output.partitions) > 1 && taskCount > 1;
}

/** Returns whether the stage's output can be read. The stage must be complete, and must be indexed if it needs an index. */
export function isReadable(stage: StageState): boolean {
  return isComplete(stage) && (!needsIndex(stage.stage) || stage.index !== undefined);
}

/**
 * Yields all running attempts of the job in stage order. Visits every task of running stages, so it should not be called for each event.
 */
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

/** The number of running attempts. */
export function runningCount(job: JobState): number {
  return job.stages.reduce((sum, stage) => sum + stage.running, 0);
}
