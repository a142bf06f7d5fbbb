import type { JobId } from '../../engine/task/task.ts';

/** A slot for one invocation. Call one of these methods to free it. */
export interface Slot {
  /** Frees the slot after an invocation that ran. */
  done(): void;
  /** Frees the slot after the platform refused the invocation because its limit was reached. */
  refused(): void;
  /** Frees the slot of an invocation that did not reach the platform, and leaves the limit unchanged. */
  unsent(): void;
}

type Waiter = (slot: Slot | undefined) => void;

/** The number of slots by which each success raises the limit. A limit `n` below ten grows faster, by one slot after `n` successes. */
const GROWTH = 0.1;

/**
 * Adapts the number of concurrent invocations to the number that the platform accepts. After a refusal, the limit becomes the number of
 * invocations that are still running. Each success then raises the limit by a small step, because platforms also raise their limits
 * gradually. Waiting jobs take turns, so a small job does not wait for all invocations of a large one.
 */
export class AdaptiveGate {
  readonly #most: number;
  /** The waiting invocations of each job. The job whose turn is next comes first. */
  readonly #waiting = new Map<JobId, Waiter[]>();
  #limit: number;
  #taken = 0;

  /** `most` is both the maximum and the initial limit. */
  constructor(most: number) {
    this.#most = most;
    this.#limit = most;
  }

  get limit(): number {
    return this.#limit;
  }

  get taken(): number {
    return this.#taken;
  }

  /** Waits for a slot. The invocations of one job get slots in the order of their calls. Returns undefined if the signal aborts first. */
  async enter(job: JobId, signal: AbortSignal): Promise<Slot | undefined> {
    if (signal.aborted) return undefined;
    if (this.#taken < Math.floor(this.#limit)) return this.#slot();
    return new Promise((resolve) => {
      const waiter: Waiter = (slot) => {
        signal.removeEventListener('abort', leave);
        resolve(slot);
      };
      const leave = () => {
        const waiters = this.#waiting.get(job) ?? [];
        waiters.splice(waiters.indexOf(waiter), 1);
        if (waiters.length === 0) this.#waiting.delete(job);
        waiter(undefined);
      };
      signal.addEventListener('abort', leave);
      const waiters = this.#waiting.get(job) ?? [];
      waiters.push(waiter);
      this.#waiting.set(job, waiters);
    });
  }

  #slot(): Slot {
    this.#taken += 1;
    const end = (change: () => void) => {
      this.#taken -= 1;
      change();
      while (this.#taken < Math.floor(this.#limit)) {
        const next = this.#nextWaiter();
        if (next === undefined) break;
        next(this.#slot());
      }
    };
    return {
      done: () => end(() => this.#widen()),
      refused: () => end(() => this.#narrow()),
      unsent: () => end(() => undefined),
    };
  }

  /** Removes and returns the next waiter, and moves its job to the end of the queue. */
  #nextWaiter(): Waiter | undefined {
    const [turn] = this.#waiting;
    if (turn === undefined) return undefined;
    const [job, waiters] = turn;
    const waiter = waiters.shift();
    this.#waiting.delete(job);
    if (waiters.length > 0) this.#waiting.set(job, waiters);
    return waiter;
  }

  #widen(): void {
    this.#limit = Math.min(this.#most, this.#limit + Math.max(GROWTH, 1 / this.#limit));
  }

  #narrow(): void {
    this.#limit = Math.max(1, Math.min(this.#limit, this.#taken));
  }
}
