import type { StoreRequests } from '../../engine/store/request-counts.ts';
import type { JobState } from './state.ts';
import type { TaskList } from './task-list.ts';
import type { TaskState } from './task-state.ts';

/** How far a job is. Counts are of what its tasks that have succeeded did. */
export interface JobProgress {
  readonly stagesDone: number;
  readonly stagesTotal: number;
  readonly tasksRunning: number;
  readonly tasksDone: number;
  readonly tasksTotal: number;
  /** Attempts that failed and are tried again. */
  readonly retries: number;
  /** Rows and bytes of the query's input files. */
  readonly inputRows: number;
  readonly inputBytes: number;
  /** Rows and bytes read from other stages' outputs. */
  readonly shuffleRows: number;
  readonly shuffleBytes: number;
  readonly cpuMs: number;
  /** What all its attempts, as far as they told, and its indexes have asked of stores. */
  readonly requests: StoreRequests;
}

/** What tasks that have succeeded did. */
type Figures = Pick<JobProgress, 'tasksDone' | 'inputRows' | 'inputBytes' | 'shuffleRows' | 'shuffleBytes' | 'cpuMs'>;

const NO_FIGURES: Figures = {
  tasksDone: 0,
  inputRows: 0,
  inputBytes: 0,
  shuffleRows: 0,
  shuffleBytes: 0,
  cpuMs: 0,
};

/** Figures of lists of tasks and of their chunks, which never change: those that states have in common are added up once. */
const known = new WeakMap<object, Figures>();

/** What a job's state says of its progress. Pure. Costs what has changed since the last state of the job that was asked about. */
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
