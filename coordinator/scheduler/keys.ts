import type { Stage, StageGraph, StageId } from '../../engine/plan/stage.ts';
import type { AttemptId, JobId } from '../../engine/task/task.ts';
import type { FencingToken } from './job.ts';

/** What the keys of a job's objects follow from. A `JobState` is one. */
export interface KeyedJob {
  readonly job: JobId;
  readonly graph: Pick<StageGraph, 'keyPrefixes'>;
}

/** As many prefixes as three hexadecimal digits name: what keys are spread over at most. */
export const MOST_KEY_PREFIXES = 4096;

/**
 * The prefixes of every object a job writes, in key order. Each ends in `/`, so that no job's prefix begins another's.
 *
 * Where keys are spread, the digits stand before the job and not behind it: a store splits its key space where the load is, which takes it
 * minutes, and what it has split for one job then serves all others. The prefixes of one job lie evenly over that space, those of
 * different jobs in different places of it.
 */
export function jobPrefixes({ job, graph }: KeyedJob): readonly string[] {
  const count = graph.keyPrefixes ?? 1;
  if (count === 1) return [`jobs/${job}/`];
  return Array.from({ length: count }, (_none, at) => spreadPrefix(job, count, at));
}

/** Where an attempt of a task writes its output: no two attempts share a key. */
export function outputKey(job: KeyedJob, stage: Stage, task: number, attempt: AttemptId): string {
  const prefix = prefixOf(job, stage.id, task);
  return stage.output.kind === 'result'
    ? `${prefix}result/${task}-${attempt}.arrow`
    : `${prefix}stages/${stage.id}/${task}-${attempt}.shuffle`;
}

/**
 * Where a stage's shuffle index is. It tells of just those outputs the journal holds, so whoever writes it writes the same bytes;
 * a job that starts again has other outputs, and another key.
 */
export function indexKey(job: KeyedJob, stage: StageId, restarts: number): string {
  return `${prefixOf(job, stage, 0)}stages/${stage}/index${restarts === 0 ? '' : `-${restarts}`}`;
}

/** Where the fragment of a stage is that is sent by reference. By its content, so that whoever writes it writes the same bytes. */
export function fragmentKey(job: KeyedJob, stage: StageId, sha256: string): string {
  return `${prefixOf(job, stage, 0)}stages/${stage}/fragment-${sha256.slice(0, 32)}`;
}

/** The id of the `n`th attempt that a job starts, under its owner's fencing token. */
export function attemptId(token: FencingToken, n: number): AttemptId {
  return `${token}-${n}` as AttemptId;
}

/** Tasks take turns, so that the objects of a stage lie over all prefixes as evenly as can be. */
function prefixOf({ job, graph }: KeyedJob, stage: StageId, task: number): string {
  const count = graph.keyPrefixes ?? 1;
  return count === 1 ? `jobs/${job}/` : spreadPrefix(job, count, (hashOf(`${job} ${stage}`) + task) % count);
}

function spreadPrefix(job: JobId, count: number, at: number): string {
  const apart = MOST_KEY_PREFIXES / count;
  const digits = at * apart + (hashOf(job) % apart);
  return `spread/${digits.toString(16).padStart(3, '0')}/jobs/${job}/`;
}

/** FNV-1a in 32 bits: the same in every version, as journaled jobs outlive them. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash;
}
