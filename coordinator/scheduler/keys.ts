import type { AttemptId, JobId } from '../../engine/execute/task.ts';
import type { Stage, StageId } from '../../engine/plan/stage.ts';
import type { FencingToken } from './records.ts';

/** The prefix of every object a job writes. Ends in `/`, so that no job's prefix begins another's. */
export function jobPrefix(job: JobId): string {
  return `jobs/${job}/`;
}

/** Where an attempt of a task writes its output: no two attempts share a key. */
export function outputKey(job: JobId, stage: Stage, task: number, attempt: AttemptId): string {
  return stage.output.kind === 'result'
    ? `${jobPrefix(job)}result/${task}-${attempt}.arrow`
    : `${jobPrefix(job)}stages/${stage.id}/${task}-${attempt}.shuffle`;
}

/**
 * Where a stage's shuffle index is. It tells of just those outputs the journal holds, so whoever writes it writes the same bytes;
 * a job that starts again has other outputs, and another key.
 */
export function indexKey(job: JobId, stage: StageId, restarts: number): string {
  return `${jobPrefix(job)}stages/${stage}/index${restarts === 0 ? '' : `-${restarts}`}`;
}

/** The id of the `n`th attempt that a job starts, under its owner's fencing token. */
export function attemptId(token: FencingToken, n: number): AttemptId {
  return `${token}-${n}` as AttemptId;
}
