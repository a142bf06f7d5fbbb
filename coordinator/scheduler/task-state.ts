import type { AttemptId, TaskStatistics } from '../../engine/task/task.ts';
import type { JournaledOutcome, JournaledOutput, Millis } from './job.ts';

/** The state of a task. `failures` counts attempts that ran and did not succeed. */
export type TaskState =
  /** The task may start as soon as its stage may start. */
  | { readonly kind: 'pending'; readonly failures: number }
  | {
      readonly kind: 'running';
      readonly failures: number;
      readonly attempt: AttemptId;
      readonly startedAt: Millis;
      readonly deadline: Millis;
    }
  /** The task's attempt failed. A later record of the same batch retries the task, restarts the job or ends it. */
  | { readonly kind: 'failed'; readonly failures: number; readonly outcome: JournaledOutcome }
  /** The task is waiting for a retry. */
  | { readonly kind: 'waiting'; readonly failures: number; readonly notBefore: Millis }
  | {
      readonly kind: 'succeeded';
      readonly failures: number;
      readonly attempt: AttemptId;
      readonly output: JournaledOutput;
      /** The statistics without store requests, which are included in the job's total. */
      readonly statistics: Omit<TaskStatistics, 'requests'>;
    };
