import type { StoreRequests } from '../../engine/store/request-counts.ts';
import type { JobState } from '../scheduler/state.ts';

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

/** What a job's state says of its progress. Pure. */
export function progressOf(job: JobState): JobProgress {
  const { stages } = job;
  const done = stages.flatMap((stage) => stage.tasks).filter((task) => task.kind === 'succeeded');
  const sum = (figure: (task: (typeof done)[number]) => number) =>
    done.reduce((total, task) => total + figure(task), 0);
  return {
    stagesDone: stages.filter((stage) => stage.succeeded === stage.tasks.length).length,
    stagesTotal: stages.length,
    tasksRunning: job.end === undefined ? stages.reduce((total, stage) => total + stage.running, 0) : 0,
    tasksDone: done.length,
    tasksTotal: stages.reduce((total, stage) => total + stage.tasks.length, 0),
    retries: job.retriesUsed,
    inputRows: sum((task) => task.statistics.rowsRead),
    inputBytes: sum((task) => task.statistics.inputBytes),
    shuffleRows: sum((task) => task.statistics.shuffleRowsRead),
    shuffleBytes: sum((task) => task.statistics.shuffleBytesRead),
    cpuMs: sum((task) => task.statistics.cpuMs),
    requests: job.requests,
  };
}
