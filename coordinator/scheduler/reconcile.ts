import type { StageId } from '../../engine/plan/stage.ts';
import type { AttemptId } from '../../engine/task/task.ts';
import type { Millis } from './job.ts';
import { keptObjects, mayHaveObjects } from './job-objects.ts';
import { indexKey } from './keys.ts';
import { isComplete, type JobState, needsIndex, OVERDUE_GRACE_MS, type StageState } from './state.ts';
import type { TaskState } from './task-state.ts';

/** A condition that must be established outside the scheduler. Effects are idempotent, because the condition may already hold. */
export type Effect =
  /** The attempt must be running. */
  | { readonly kind: 'run-attempt'; readonly stage: StageId; readonly task: number; readonly attempt: AttemptId }
  /** The attempt must not be running and is aborted if it is. */
  | { readonly kind: 'stop-attempt'; readonly attempt: AttemptId }
  /** The stage's shuffle index must be in the store under the key. */
  | { readonly kind: 'write-index'; readonly stage: StageId; readonly key: string }
  /** All objects of the job except `keep` must be deleted. */
  | { readonly kind: 'delete-objects'; readonly keep: readonly string[] }
  /** A tick is due at this time. A time in the past needs no tick, because the state already takes it into account. */
  | { readonly kind: 'wake'; readonly at: Millis };

/**
 * Derives the effects of a job's state. `since` is an earlier state whose effects have already been requested. If `since` is given, returns
 * only the new effects, which include a stop for each attempt that is no longer running. The running time depends on the difference between
 * the states. Pure.
 */
export function reconcile(job: JobState, since?: JobState): readonly Effect[] {
  if (job.end !== undefined) {
    return mayHaveObjects(job) ? [{ kind: 'delete-objects', keep: keptObjects(job) }] : [];
  }
  const effects: Effect[] = [];
  const wakeAt = new Set<Millis>();
  if (job.deadline !== undefined && job.deadline !== since?.deadline) wakeAt.add(job.deadline);
  for (const [at, stage] of job.stages.entries()) {
    for (const [task, was, is] of changedTasks(stage, since?.stages[at])) {
      if (was?.kind === 'running') effects.push({ kind: 'stop-attempt', attempt: was.attempt });
      if (is.kind === 'running')
        effects.push({ kind: 'run-attempt', stage: stage.stage.id, task, attempt: is.attempt });
      if (is.kind === 'running') wakeAt.add(is.deadline + OVERDUE_GRACE_MS);
      if (is.kind === 'waiting') wakeAt.add(is.notBefore);
    }
    const key = missingIndex(job, stage);
    const asked = since && missingIndex(since, since.stages[at]);
    if (key !== undefined && key !== asked) effects.push({ kind: 'write-index', stage: stage.stage.id, key });
  }
  for (const at of [...wakeAt].sort((a, b) => a - b)) effects.push({ kind: 'wake', at });
  return effects;
}

/** Yields the tasks whose state has changed, with both states. Yields all tasks if `before` is undefined. */
function* changedTasks(
  stage: StageState,
  before: StageState | undefined,
): Generator<readonly [task: number, was: TaskState | undefined, is: TaskState]> {
  if (stage === before) return;
  const changed = before === undefined ? stage.tasks.entries() : stage.tasks.changedSince(before.tasks);
  for (const [task, is] of changed) yield [task, before?.tasks.at(task), is];
}

/**
 * Returns the key under which a stage's index must be written. Returns undefined if the stage needs no index, is not complete, or already
 * has an index.
 */
function missingIndex(job: JobState, stage: StageState | undefined): string | undefined {
  if (stage === undefined || !isComplete(stage) || !needsIndex(stage.stage) || stage.index !== undefined)
    return undefined;
  return indexKey(job, stage.stage.id, job.restarts);
}
