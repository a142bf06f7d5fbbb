import { FabricError } from '../../engine/errors.ts';
import type { JobId } from '../../engine/task/task.ts';
import type { Ownership } from './journal.ts';

/** An ownership that a journal ends by calling `lose`. */
export class JobOwnership implements Ownership {
  readonly #controller = new AbortController();

  /** Returns an ownership that is already lost. */
  static lost(job: JobId): JobOwnership {
    const ownership = new JobOwnership();
    ownership.lose(ownershipLost(job));
    return ownership;
  }

  get lost(): AbortSignal {
    return this.#controller.signal;
  }

  isHeld(): boolean {
    return !this.#controller.signal.aborted;
  }

  /** Ends the ownership with a reason. Further calls have no effect. */
  lose(reason: unknown): void {
    this.#controller.abort(reason);
  }
}

/** Creates the error for a coordinator that has lost, or may have lost, a job to another owner. */
export function ownershipLost(job: JobId, cause?: unknown): FabricError {
  const message = `Job ${job} may have another owner, so this coordinator must stop working on it.`;
  return new FabricError('OWNERSHIP_LOST', message, { details: { job }, cause });
}
