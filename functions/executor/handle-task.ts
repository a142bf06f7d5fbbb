import { asFabricError } from '../../engine/errors.ts';
import { decodeTask } from '../../engine/task/decode-task.ts';
import { encodeOutcome } from '../../engine/task/encode-outcome.ts';
import type { SentTask, TaskOutcome } from '../../engine/task/task.ts';

/** Runs one attempt of a task. An error that it throws fails the task. */
export type RunTask = (task: SentTask, signal: AbortSignal) => Promise<TaskOutcome>;

/** Answers one encoded task with its encoded outcome, for any transport. Never rejects. */
export type TaskHandler = (task: Uint8Array, signal: AbortSignal) => Promise<Uint8Array>;

/** Creates the handler for transports that carry bytes. Errors of `run` become failed outcomes. */
export function createTaskHandler(run: RunTask): TaskHandler {
  return async (bytes, signal) => {
    try {
      return encodeOutcome(await run(decodeTask(bytes), signal));
    } catch (error) {
      return encodeOutcome(failedOutcome(error));
    }
  };
}

/** The failed outcome of a task that threw. */
export function failedOutcome(thrown: unknown): TaskOutcome & { readonly kind: 'failed' } {
  const { code, message, retryable, details } = asFabricError(thrown);
  return { kind: 'failed', code, message, retryable, details };
}
