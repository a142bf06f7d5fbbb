import type { Stage, StageGraph, StageId } from '../../engine/plan/stage.ts';
import type { AttemptId, JobId } from '../../engine/task/task.ts';
import type { FencingToken } from './job.ts';

/** The parts of a `JobState` that a job's object keys depend on. */
export interface KeyedJob {
  readonly job: JobId;
  readonly graph: Pick<StageGraph, 'keyPrefixes'>;
}

/** The largest number of prefixes that keys are spread over: as many as three hexadecimal digits can name. */
export const MAX_KEY_PREFIXES = 4096;

/**
 * The prefixes of every object a job writes, in key order. Each ends in `/`, so no job's prefix begins another's.
 *
 * When keys are spread, the digits stand before the job: a store takes minutes to split its key space where the load is, and a split made
 * for one job then serves all others. The prefixes of one job are evenly distributed over that space; those of different jobs differ.
 */
export function jobPrefixes({ job, graph }: KeyedJob): readonly string[] {
  const count = graph.keyPrefixes ?? 1;
  if (count === 1) return [`jobs/${job}/`];
  return Array.from({ length: count }, (_none, at) => spreadPrefix(job, count, at));
}

/** The key of an attempt's output. No two attempts share a key. */
export function outputKey(job: KeyedJob, stage: Stage, task: number, attempt: AttemptId): string {
  const prefix = prefixOf(job, stage.id, task);
  return stage.output.kind === 'result'
    ? `${prefix}result/${task}-${attempt}.arrow`
    : `${prefix}stages/${stage.id}/${task}-${attempt}.shuffle`;
}

/**
 * The key of a stage's shuffle index. The index describes exactly the outputs in the journal, so every owner writes the same bytes. A job
 * that restarts has other outputs and another key.
 */
export function indexKey(job: KeyedJob, stage: StageId, restarts: number): string {
  return `${prefixOf(job, stage, 0)}stages/${stage}/index${restarts === 0 ? '' : `-${restarts}`}`;
}

/** The key of a stage's fragment that is sent by reference. It depends on the content, so every owner writes the same bytes. */
export function fragmentKey(job: KeyedJob, stage: StageId, sha256: string): string {
  return `${prefixOf(job, stage, 0)}stages/${stage}/fragment-${sha256.slice(0, 32)}`;
}

/** The id of the `n`th attempt of a job, started under its owner's fencing token. */
export function attemptId(token: FencingToken, n: number): AttemptId {
  return `${token}-${n}` as AttemptId;
}

/** Tasks take prefixes in turn, which spreads a stage's objects evenly. */
function prefixOf({ job, graph }: KeyedJob, stage: StageId, task: number): string {
  const count = graph.keyPrefixes ?? 1;
  return count === 1 ? `jobs/${job}/` : spreadPrefix(job, count, (hashOf(`${job} ${stage}`) + task) % count);
}

function spreadPrefix(job: JobId, count: number, at: number): string {
  const apart = MAX_KEY_PREFIXES / count;
  const digits = at * apart + (hashOf(job) % apart);
  return `spread/${digits.toString(16).padStart(3, '0')}/jobs/${job}/`;
}

/** FNV-1a in 32 bits. Must never change: journaled jobs outlive a version. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash;
}
