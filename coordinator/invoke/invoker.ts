import type { SentTask, TaskOutcome } from '../../engine/task/task.ts';

/**
 * Runs attempts of tasks on executors. A failed, throttled, timed-out or lost attempt is an outcome: `invoke` never rejects for anything an
 * executor does. Aborting the signal asks the executor to stop and settles the promise as `lost`.
 *
 * An outcome from the executor means that the attempt writes nothing more. If this side gave up (aborted, timed out, lost), it depends on
 * the adapter. `local.ts` and `local-lambda.ts`: the attempt has stopped, or its process was killed. `http.ts`: the connection was closed,
 * and the executor aborts the task; nothing waits for that. `lambda.ts`: the function runs on until its deadline. Late writes go to keys of
 * that attempt alone, and are swept with the job.
 */
export interface Invoker {
  /** The number of tasks that can run at once. */
  readonly concurrency: number;
  /** Calls back whenever `concurrency` may have changed, until the invoker is closed. Absent if it never changes. */
  onCapacity?(changed: () => void): void;
  invoke(task: SentTask, signal: AbortSignal): Promise<TaskOutcome>;
  /** The same executors at another version. A job runs all its tasks on the version it recorded. Absent if the platform has no versions. */
  at?(version: string): Invoker;
  /** Why no task can run at present; undefined if one can. Absent if only an attempt can show this. */
  unavailableReason?(): string | undefined;
  /** Ends all executors. Idempotent. */
  close(): Promise<void>;
}
