import { apply } from '../../../coordinator/scheduler/apply.ts';
import type { JobSettings } from '../../../coordinator/scheduler/job.ts';
import type { JobRecord } from '../../../coordinator/scheduler/records.ts';
import type { JobState } from '../../../coordinator/scheduler/state.ts';
import type { Stage, StageGraph, StageId } from '../../../engine/plan/stage.ts';
import { NO_STORE_REQUESTS } from '../../../engine/store/request-counts.ts';
import type { JobId, TaskOutcome, TaskStatistics } from '../../../engine/task/task.ts';

/** Returns a stage for the scheduler, which ignores what a stage computes. */
export function stage(id: number, taskCount: number, dependsOn: readonly number[], output: Stage['output']): Stage {
  return {
    id: id as StageId,
    root: { kind: 'values', types: [], rows: [] },
    taskCount,
    scans: [],
    output,
    dependsOn: dependsOn as readonly StageId[],
    threads: 1,
  };
}

/** Returns an output with several hash partitions. */
export function hashed(partitions: number): Stage['output'] {
  return { kind: 'hash', keys: [], partitions };
}

export function graphOf(...stages: readonly Stage[]): StageGraph {
  return { tables: [], stages, columns: [], timeZone: 'UTC' };
}

/** The smallest job: one stage of one task that returns the result. */
export const oneTask = graphOf(stage(0, 1, [], { kind: 'result' }));

/** Two scans with three and two tasks, a join with four tasks, and a gather with one task. */
export const joinGraph = graphOf(
  stage(0, 3, [], hashed(4)),
  stage(1, 2, [], hashed(4)),
  stage(2, 4, [0, 1], { kind: 'single' }),
  stage(3, 1, [2], { kind: 'result' }),
);

export const settings: JobSettings = {
  retries: 3,
  retryBudget: 20,
  attemptTimeoutMs: 60_000,
  taskMemoryMiB: 512,
  inlineLimitBytes: 1000,
  resultFormat: 'arrow',
};

export const jobId = 'job' as JobId;

export function submitted(graph: StageGraph, changes: Partial<JobSettings> = {}, at = 0): JobState {
  return apply(undefined, submission(graph, changes, at));
}

export function submission(graph: StageGraph, changes: Partial<JobSettings> = {}, at = 0): JobRecord {
  return { kind: 'job-submitted', at, job: jobId, graph, settings: { ...settings, ...changes } };
}

export const statistics: TaskStatistics = {
  rowsRead: 10,
  rowsWritten: 5,
  inputBytes: 100,
  shuffleBytesRead: 0,
  shuffleRowsRead: 0,
  bytesWritten: 50,
  cpuMs: 1,
  wallMs: 1,
  requests: NO_STORE_REQUESTS,
};

/** Returns a successful outcome with an object under the given key. */
export function wrote(key: string): TaskOutcome {
  const identity = { sizeBytes: 50, version: key };
  return { kind: 'succeeded', output: { kind: 'object', key, identity, rows: 5 }, statistics };
}

export function failedWith(
  code: Extract<TaskOutcome, { kind: 'failed' }>['code'],
  retryable: boolean,
  message = 'no good.',
): TaskOutcome {
  return { kind: 'failed', code, message, retryable, details: {} };
}

/** Returns a seeded generator of numbers from 0 to 1 (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
