import type { StoreRequests } from '../../engine/store/request-counts.ts';
import type { JobState } from './state.ts';
import type { TaskList } from './task-list.ts';
import type { TaskState } from './task-state.ts';

/** A job's progress. Row and byte counts include only tasks that have succeeded. */
export interface JobProgress {
  readonly stagesDone: number;
  readonly stagesTotal: number;
  readonly tasksRunning: number;
  readonly tasksDone: number;
  readonly tasksTotal: number;
  /** Failed attempts that were retried. */
  readonly retries: number;
  /** Rows and bytes of the query's input files. */
  readonly inputRows: number;
  readonly inputBytes: number;
  /** Rows and bytes read from other stages' outputs. */
  readonly shuffleRows: number;
  readonly shuffleBytes: number;
  readonly cpuMs: number;
  /** Store requests for writing indexes, and store requests that attempts reported. */
  readonly requests: StoreRequests;
}

/** Sums over tasks that have succeeded. */
type Figures = Pick<JobProgress, 'tasksDone' | 'inputRows' | 'inputBytes' | 'shuffleRows' | 'shuffleBytes' | 'cpuMs'>;

const NO_FIGURES: Figures = {
  tasksDone: 0,
  inputRows: 0,
  inputBytes: 0,
  shuffleRows: 0,
  shuffleBytes: 0,
  cpuMs: 0,
};

/** Cached sums by task list and by chunk. Both are immutable, so states that share them also share the sums. */
const known = new WeakMap<object, Figures>();

/** Computes a job's progress. Pure. Sums are cached, so the running time depends only on the changes since the last call for the job. */
export function progressOf(job: JobState): JobProgress {
  const { stages } = job;
  return {
    ...sum(stages.map(({ tasks }) => remembered(tasks, () => figuresOfStage(tasks)))),
    stagesDone: stages.filter((stage) => stage.succeeded === stage.tasks.length).length,
    stagesTotal: stages.length,
    tasksRunning: job.end === undefined ? stages.reduce((total, stage) => total + stage.running, 0) : 0,
    tasksTotal: stages.reduce((total, stage) => total + stage.tasks.length, 0),
    retries: job.retriesUsed,
    requests: job.requests,
  };
}

function figuresOfStage({ chunks }: TaskList): Figures {
  return sum(chunks.map((chunk) => remembered(chunk, () => sum(chunk.map(figuresOfTask)))));
}

function figuresOfTask(task: TaskState): Figures {
  if (task.kind !== 'succeeded') return NO_FIGURES;
  const { statistics } = task;
  return {
    tasksDone: 1,
    inputRows: statistics.rowsRead,
    inputBytes: statistics.inputBytes,
    shuffleRows: statistics.shuffleRowsRead,
    shuffleBytes: statistics.shuffleBytesRead,
    cpuMs: statistics.cpuMs,
  };
}

function sum(all: readonly Figures[]): Figures {
  const total = { ...NO_FIGURES };
  for (const each of all) {
    if (each === NO_FIGURES) continue;
    total.tasksDone += each.tasksDone;
    total.inputRows += each.inputRows;
    total.inputBytes += each.inputBytes;
    total.shuffleRows += each.shuffleRows;
    total.shuffleBytes += each.shuffleBytes;
    total.cpuMs += each.cpuMs;
  }
  return total;
}

function remembered(of: object, compute: () => Figures): Figures {
  const before = known.get(of);
  if (before !== undefined) return before;
  const figures = compute();
  known.set(of, figures);
  return figures;
}
