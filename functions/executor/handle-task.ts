import { asFabricError } from '../../engine/errors.ts';
import type { Task, TaskOutcome } from '../../engine/execute/task.ts';
import { decodeTask } from '../../engine/execute/wire/decode-task.ts';
import { encodeOutcome } from '../../engine/execute/wire/encode-outcome.ts';

/** Answers one encoded task with its encoded outcome, whatever carried the one here and carries the other back. Never rejects. */
export type TaskHandler = (task: Uint8Array, signal: AbortSignal) => Promise<Uint8Array>;

/** Makes the handler that every transport of an executor serves. What `run` throws becomes a failed outcome. */
export function createTaskHandler(run: (task: Task, signal: AbortSignal) => Promise<TaskOutcome>): TaskHandler {
  return async (bytes, signal) => {
    try {
      return encodeOutcome(await run(decodeTask(bytes), signal));
    } catch (error) {
      const { code, message, retryable, details } = asFabricError(error);
      return encodeOutcome({ kind: 'failed', code, message, retryable, details });
    }
  };
}
