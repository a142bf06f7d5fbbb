import type { JobId } from '../../engine/task/task.ts';

/** A place among the invocations under way, held until one of its two ends. */
export interface Place {
  /** The platform took the invocation, and it has ended. */
  done(): void;
  /** The platform refused the invocation for want of room. */
  refused(): void;
  /** The platform was not reached: nothing was learnt of it. */
  unsent(): void;
}

type Waiter = (place: Place | undefined) => void;

/** Of how much the limit grows with each invocation that went well; below ten places, by one place a round. */
const GROWTH = 0.1;

/**
 * Bounds the invocations under way by what the platform has shown to take. Where it refuses one, just as many as it had taken are let
 * through from then on; each that goes well widens the limit again, by a tenth a round, since platforms widen theirs as well. Jobs that
 * wait take turns: a small one that comes later does not wait behind all that a large one has sent.
 */
export class AdaptiveGate {
  readonly #most: number;
  /** What waits for a place, by job; the job whose turn is next comes first. */
  readonly #waiting = new Map<JobId, Waiter[]>();
  #limit: number;
  #taken = 0;

  /** `most`: places there are at best, and at first. */
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

  /** Waits for a place, of one job first come first served; undefined where the signal is aborted first. */
  async enter(job: JobId, signal: AbortSignal): Promise<Place | undefined> {
    if (signal.aborted) return undefined;
    if (this.#taken < Math.floor(this.#limit)) return this.#place();
    return new Promise((resolve) => {
      const waiter: Waiter = (place) => {
        signal.removeEventListener('abort', leave);
        resolve(place);
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

  #place(): Place {
    this.#taken += 1;
    const end = (change: () => void) => {
      this.#taken -= 1;
      change();
      while (this.#taken < Math.floor(this.#limit)) {
        const next = this.#nextWaiter();
        if (next === undefined) break;
        next(this.#place());
      }
    };
    return {
      done: () => end(() => this.#widen()),
      refused: () => end(() => this.#narrow()),
      unsent: () => end(() => undefined),
    };
  }

  /** Takes the waiter whose turn it is out; its job waits for its next turn behind all others. */
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
