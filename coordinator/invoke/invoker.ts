import type { SentTask, TaskOutcome } from '../../engine/task/task.ts';

/**
 * Runs attempts of tasks on executors. `invoke` never rejects because of an executor: a failed, throttled, timed-out or lost attempt is an
 * outcome. When the signal aborts, the invoker tells the executor to stop, and the promise resolves to `lost`.
 *
 * After an outcome from the executor, the attempt writes nothing more. If the invoker itself ended the attempt (as aborted, timed out or
 * lost), late writes depend on the adapter. In `local.ts` and `local-lambda.ts`, the attempt has stopped or its process was killed. In
 * `http.ts`, the connection was closed and the executor aborts the task, but the invoker does not wait for that. In `lambda.ts`, the
 * function continues until its deadline. Late writes use only keys of that attempt, and are deleted with the job.
 */
export interface Invoker {
  /** The number of tasks that can run concurrently. */
  readonly concurrency: number;
  /** Registers a callback for changes of `concurrency`. Absent if `concurrency` never changes. */
  onCapacity?(changed: () => void): void;
  invoke(task: SentTask, signal: AbortSignal): Promise<TaskOutcome>;
  /**
   * Returns an invoker for another version of the same executors. All tasks of a job run on one version. Absent if the platform has no
   * versions.
   */
  at?(version: string): Invoker;
  /** Returns why no task can run at present; undefined if tasks can run. Absent if the only way to find out is to run an attempt. */
  unavailableReason?(): string | undefined;
  /** Ends all executors. Idempotent. */
  close(): Promise<void>;
}
