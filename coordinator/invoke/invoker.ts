import type { SentTask, TaskOutcome } from '../../engine/task/task.ts';

/**
 * Runs attempts of tasks on executors. An attempt that fails, is throttled, times out or is lost is an outcome; `invoke` never
 * rejects for anything an executor does. Aborting the signal asks the executor to stop and settles the promise as `lost`.
 *
 * What an outcome says of the attempt it ends: one that the executor gave says that the attempt writes nothing more. Where this side gave
 * up (aborted, timed out, lost) it depends on the adapter. Child processes of this one (`local.ts`, `local-lambda.ts`): the attempt has
 * stopped, or its process was killed. A standalone executor (`http.ts`): the connection was closed, at which the executor aborts the task,
 * and nobody waited until it had. A function (`lambda.ts`): nothing; it goes on until its deadline. What is written after that is under a
 * key of the attempt's own, and swept up with the job.
 */
export interface Invoker {
  /** How many tasks can run at once. */
  readonly concurrency: number;
  /** Calls back, until it is closed, whenever `concurrency` may have changed. Absent where it never does. */
  onCapacity?(changed: () => void): void;
  invoke(task: SentTask, signal: AbortSignal): Promise<TaskOutcome>;
  /** The same executors at another version, where the platform keeps several: a job's tasks all run on the version that it recorded. */
  at?(version: string): Invoker;
  /** Why no task can be run at present; undefined where one can. Absent where nobody knows before one is tried. */
  unavailableReason?(): string | undefined;
  /** Ends all executors. Idempotent. */
  close(): Promise<void>;
}
