import { FabricError } from '../../engine/errors.ts';
import type { JobId } from '../../engine/task/task.ts';
import type { Ownership } from './journal.ts';

/** An ownership that its journal ends by calling `lose`. */
export class JobOwnership implements Ownership {
  readonly #controller = new AbortController();

  /** An ownership that has already been lost. */
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

  /** Ends the ownership for a reason. Later calls have no effect. */
  lose(reason: unknown): void {
    this.#controller.abort(reason);
  }
}

/** The error of acting for a job that another coordinator owns, or may own. */
export function ownershipLost(job: JobId, cause?: unknown): FabricError {
  const message = `Job ${job} has, or may have, another owner, so this coordinator must stop working on it.`;
  return new FabricError('OWNERSHIP_LOST', message, { details: { job }, cause });
}
