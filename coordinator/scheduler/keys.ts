import type { Stage, StageGraph, StageId } from '../../engine/plan/stage.ts';
import type { AttemptId, JobId } from '../../engine/task/task.ts';
import type { FencingToken } from './job.ts';

/** The parts of a `JobState` that determine a job's object keys. */
export interface KeyedJob {
  readonly job: JobId;
  readonly graph: Pick<StageGraph, 'keyPrefixes'>;
}

/** The maximum number of prefixes that a job's keys are spread over, which is the number of values of three hexadecimal digits. */
export const MAX_KEY_PREFIXES = 4096;

/**
 * Returns the prefixes of all objects that a job writes, in key order. Each prefix ends in `/`, so it matches no objects of other jobs.
 *
 * When keys are spread over several prefixes, hexadecimal digits precede the job id. A store takes minutes to split its key space under
 * load, and a split that was made for one job can then serve all others. The prefixes of one job are evenly distributed over the key space.
 * Different jobs use different prefixes.
 */
export function jobPrefixes({ job, graph }: KeyedJob): readonly string[] {
  const count = graph.keyPrefixes ?? 1;
  if (count === 1) return [`jobs/${job}/`];
  return Array.from({ length: count }, (_none, at) => spreadPrefix(job, count, at));
}

/** Returns the key of an attempt's output. Each attempt has its own key. */
export function outputKey(job: KeyedJob, stage: Stage, task: number, attempt: AttemptId): string {
  const prefix = prefixOf(job, stage.id, task);
  return stage.output.kind === 'result'
    ? `${prefix}result/${task}-${attempt}.arrow`
    : `${prefix}stages/${stage.id}/${task}-${attempt}.shuffle`;
}

/**
 * Returns the key of a stage's shuffle index. The index describes exactly the outputs in the journal, so every owner writes the same bytes.
 * After a restart, a job has different outputs and therefore a different key.
 */
export function indexKey(job: KeyedJob, stage: StageId, restarts: number): string {
  return `${prefixOf(job, stage, 0)}stages/${stage}/index${restarts === 0 ? '' : `-${restarts}`}`;
}

/**
 * Returns the key of a stage's fragment that is sent by reference. The key depends on the content, so every owner writes the same bytes to
 * it.
 */
export function fragmentKey(job: KeyedJob, stage: StageId, sha256: string): string {
  return `${prefixOf(job, stage, 0)}stages/${stage}/fragment-${sha256.slice(0, 32)}`;
}

/** Returns the id of attempt `n` of a job, started by the owner with the given fencing token. */
export function attemptId(token: FencingToken, n: number): AttemptId {
  return `${token}-${n}` as AttemptId;
}

/** Returns the prefix for a task's output. Consecutive tasks use consecutive prefixes, which spreads a stage's objects evenly. */
function prefixOf({ job, graph }: KeyedJob, stage: StageId, task: number): string {
  const count = graph.keyPrefixes ?? 1;
  return count === 1 ? `jobs/${job}/` : spreadPrefix(job, count, (hashOf(`${job} ${stage}`) + task) % count);
}

function spreadPrefix(job: JobId, count: number, at: number): string {
  const apart = MAX_KEY_PREFIXES / count;
  const digits = at * apart + (hashOf(job) % apart);
  return `spread/${digits.toString(16).padStart(3, '0')}/jobs/${job}/`;
}

/** Computes the 32-bit FNV-1a hash. It must never change, because journaled jobs may be continued by a later version. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash;
}
