import { decodeTask } from '../../engine/task/decode-task.ts';
import { encodeOutcome } from '../../engine/task/encode-outcome.ts';
import { failedOutcome } from '../../engine/task/failed-outcome.ts';
import type { SentTask, TaskOutcome } from '../../engine/task/task.ts';

/** Runs one attempt of a task. A thrown error fails the task. */
export type RunTask = (task: SentTask, signal: AbortSignal) => Promise<TaskOutcome>;

/** Runs an encoded task and returns its encoded outcome, independent of the transport. Never rejects. */
export type TaskHandler = (task: Uint8Array, signal: AbortSignal) => Promise<Uint8Array>;

/** Creates the handler for transports that carry bytes. An error thrown by `run` becomes a failed outcome. */
export function createTaskHandler(run: RunTask): TaskHandler {
  return async (bytes, signal) => {
    try {
      return encodeOutcome(await run(decodeTask(bytes), signal));
    } catch (error) {
      return encodeOutcome(failedOutcome(error));
    }
  };
}
