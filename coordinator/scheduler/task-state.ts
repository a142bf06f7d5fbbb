import type { AttemptId, TaskStatistics } from '../../engine/task/task.ts';
import type { JournaledOutcome, JournaledOutput, Millis } from './job.ts';

/** The state of a task. `failures` counts attempts that ran and did not succeed. */
export type TaskState =
  /** May start as soon as its stage may. */
  | { readonly kind: 'pending'; readonly failures: number }
  | {
      readonly kind: 'running';
      readonly failures: number;
      readonly attempt: AttemptId;
      readonly startedAt: Millis;
      readonly deadline: Millis;
    }
  /** Its attempt failed. The same batch of records decides what follows. */
  | { readonly kind: 'failed'; readonly failures: number; readonly outcome: JournaledOutcome }
  /** Waits for its retry. */
  | { readonly kind: 'waiting'; readonly failures: number; readonly notBefore: Millis }
  | {
      readonly kind: 'succeeded';
      readonly failures: number;
      readonly attempt: AttemptId;
      readonly output: JournaledOutput;
      /** Without requests, which are counted in the job's total. */
      readonly statistics: Omit<TaskStatistics, 'requests'>;
    };
