import type { JobId } from '../../engine/task/task.ts';

/** A slot for one invocation, held until one of these is called. */
export interface Slot {
  /** The platform ran the invocation, and it has ended. */
  done(): void;
  /** The platform refused the invocation because it is at its limit. */
  refused(): void;
  /** The invocation did not reach the platform, which says nothing about its limit. */
  unsent(): void;
}

type Waiter = (slot: Slot | undefined) => void;

/** By how much each successful invocation raises the limit. Below ten slots the limit grows by one slot a round. */
const GROWTH = 0.1;

/**
 * Adapts the number of concurrent invocations to what the platform accepts. After a refusal the limit is the number of invocations the
 * platform had accepted; each success raises it again, by a tenth a round, as platforms raise theirs. Waiting jobs take turns, so a small
 * job does not queue behind everything a large one has sent.
 */
export class AdaptiveGate {
  readonly #most: number;
  /** Waiters by job. The job whose turn is next comes first. */
  readonly #waiting = new Map<JobId, Waiter[]>();
  #limit: number;
  #taken = 0;

  /** `most`: the highest limit, which is also the first. */
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

  /** Waits for a slot; within one job, first come, first served. Returns undefined if the signal aborts first. */
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

  /** Removes and returns the next waiter. Its job moves to the back of the line. */
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
