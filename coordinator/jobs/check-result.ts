import type { ObjectStore } from '../../engine/store/object-store.ts';
import type { TaskOutcome } from '../../engine/task/task.ts';

/**
 * The outcome of a result's task, once the store of the job's owner was asked for the object it names, in one request: an executor that
 * writes to another store has not given this job a result. Nothing is asked for what came back inline. Rejects as the store does.
 */
export async function checkResult(store: Pick<ObjectStore, 'head'>, outcome: TaskOutcome): Promise<TaskOutcome> {
  if (outcome.kind !== 'succeeded' || outcome.output.kind !== 'object') return outcome;
  const { key } = outcome.output;
  if ((await store.head(key)) !== undefined) return outcome;
  const { requests } = outcome.statistics;
  const message = `The result ${key} is not in the store (coordinator and executors must have the same one).`;
  return { kind: 'failed', code: 'OBJECT_NOT_FOUND', message, retryable: false, details: { key }, requests };
}
