import type { AttemptId } from '../../engine/execute/task.ts';
import type { StageId } from '../../engine/plan/stage.ts';
import { OVERDUE_GRACE_MS } from './decide.ts';
import { indexKey, jobPrefixes } from './keys.ts';
import type { Millis } from './records.ts';
import { isComplete, type JobState, needsIndex, runningAttempts, type StageState } from './state.ts';

/** Something the world must be brought to. Idempotent: whoever carries it out may find it done. */
export type Effect =
  /** The attempt must be running. What runs and is not asked for is to be aborted. */
  | { readonly kind: 'run-attempt'; readonly stage: StageId; readonly task: number; readonly attempt: AttemptId }
  /** The stage's shuffle index must be in the store under the key. */
  | { readonly kind: 'write-index'; readonly stage: StageId; readonly key: string }
  /** Of the objects under the prefix, only those to keep may be left. */
  | { readonly kind: 'delete-objects'; readonly prefix: string; readonly keep: readonly string[] }
  /** A tick is due at the time; one that has passed was seen when the state was decided. */
  | { readonly kind: 'wake'; readonly at: Millis };

/** What a job's state asks of the world, derived from nothing else. Pure. */
export function reconcile(job: JobState): readonly Effect[] {
  if (job.end !== undefined) {
    if (!mayHaveObjects(job)) return [];
    const keep = keptObjects(job);
    return jobPrefixes(job).map((prefix) => ({ kind: 'delete-objects', prefix, keep }));
  }
  const effects: Effect[] = [];
  const wakeAt = new Set<Millis>();
  if (job.deadline !== undefined) wakeAt.add(job.deadline);
  for (const { stage, task, state } of runningAttempts(job)) {
    effects.push({ kind: 'run-attempt', stage, task, attempt: state.attempt });
    wakeAt.add(state.deadline + OVERDUE_GRACE_MS);
  }
  for (const stage of job.stages) {
    if (isComplete(stage)) {
      if (needsIndex(stage.stage) && stage.index === undefined) effects.push(writeIndex(job, stage));
      continue;
    }
    for (const task of stage.tasks) if (task.kind === 'waiting') wakeAt.add(task.notBefore);
  }
  for (const at of [...wakeAt].sort((a, b) => a - b)) effects.push({ kind: 'wake', at });
  return effects;
}

function writeIndex(job: JobState, { stage }: StageState): Effect {
  return { kind: 'write-index', stage: stage.id, key: indexKey(job, stage.id, job.restarts) };
}

/**
 * Whether anything of the job's can be in the store. A small query leaves nothing there, and should not pay for looking: each of
 * its attempts succeeded with a result that came with the outcome.
 */
export function mayHaveObjects(job: JobState): boolean {
  const inline = job.stages
    .flatMap((stage) => stage.tasks)
    .filter((task) => task.kind === 'succeeded' && task.output.kind === 'inline').length;
  return inline < job.attempts;
}

/** The parts of the result that lie in the store: their reader lets go of them later. */
export function keptObjects(job: JobState): readonly string[] {
  if (job.end?.kind !== 'succeeded') return [];
  return job.stages
    .filter((stage) => stage.stage.output.kind === 'result')
    .flatMap((stage) => stage.tasks)
    .flatMap((task) => (task.kind === 'succeeded' && task.output.kind === 'object' ? [task.output.key] : []));
}
