import type { AttemptId, TaskStatistics } from '../../engine/task/task.ts';
import type { JournaledOutcome, JournaledOutput, Millis } from './job.ts';

/** Where a task is in its history. `failures` counts its attempts that were run and ended without success. */
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
  /** Its attempt failed; what follows from that is decided in the same batch of records. */
  | { readonly kind: 'failed'; readonly failures: number; readonly outcome: JournaledOutcome }
  /** Waits to be tried again. */
  | { readonly kind: 'waiting'; readonly failures: number; readonly notBefore: Millis }
  | {
      readonly kind: 'succeeded';
      readonly failures: number;
      readonly attempt: AttemptId;
      readonly output: JournaledOutput;
      /** Without its requests, which count with all others of the job. */
      readonly statistics: Omit<TaskStatistics, 'requests'>;
    };
