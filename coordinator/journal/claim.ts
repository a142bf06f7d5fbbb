import { FabricError } from '../../engine/errors.ts';
import type { JobId } from '../../engine/task/task.ts';
import type { Ownership } from './journal.ts';

/** An ownership that its journal ends. */
export class Claim implements Ownership {
  readonly #controller = new AbortController();

  /** The claim of who has none. */
  static none(job: JobId): Claim {
    const claim = new Claim();
    claim.lose(ownershipLost(job));
    return claim;
  }

  get lost(): AbortSignal {
    return this.#controller.signal;
  }

  isHeld(): boolean {
    return !this.#controller.signal.aborted;
  }

  /** Ends it, for a reason. Nothing happens to one that has ended. */
  lose(reason: unknown): void {
    this.#controller.abort(reason);
  }
}

/** That somebody acts in the name of a job that is another's by now, or may be. */
export function ownershipLost(job: JobId, cause?: unknown): FabricError {
  const message = `Job ${job} has another owner by now, or may have one; this one must not touch it.`;
  return new FabricError('OWNERSHIP_LOST', message, { details: { job }, cause });
}
