/** A place among the invocations under way, held until one of its two ends. */
export interface Place {
  /** The platform took the invocation, and it has ended. */
  done(): void;
  /** The platform refused the invocation for want of room. */
  refused(): void;
}

/** Of how much the limit grows with each invocation that went well; below ten places, by one place a round. */
const GROWTH = 0.1;

/**
 * Bounds the invocations under way by what the platform has shown to take. Where it refuses one, just as many as it had taken are let
 * through from then on; each that goes well widens the limit again, by a tenth a round, since platforms widen theirs as well.
 */
export class AdaptiveGate {
  readonly #most: number;
  readonly #waiting: ((place: Place | undefined) => void)[] = [];
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

  /** Waits for a place, first come first served; undefined where the signal is aborted first. */
  async enter(signal: AbortSignal): Promise<Place | undefined> {
    if (signal.aborted) return undefined;
    if (this.#taken < Math.floor(this.#limit)) return this.#place();
    return new Promise((resolve) => {
      const claim = (place: Place | undefined) => {
        signal.removeEventListener('abort', leave);
        resolve(place);
      };
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(claim), 1);
        claim(undefined);
      };
      signal.addEventListener('abort', leave);
      this.#waiting.push(claim);
    });
  }

  #place(): Place {
    this.#taken += 1;
    const end = (change: () => void) => {
      this.#taken -= 1;
      change();
      while (this.#taken < Math.floor(this.#limit)) {
        const next = this.#waiting.shift();
        if (next === undefined) break;
        next(this.#place());
      }
    };
    return {
      done: () => end(() => this.#widen()),
      refused: () => end(() => this.#narrow()),
    };
  }

  #widen(): void {
    this.#limit = Math.min(this.#most, this.#limit + Math.max(GROWTH, 1 / this.#limit));
  }

  #narrow(): void {
    this.#limit = Math.max(1, Math.min(this.#limit, this.#taken));
  }
}
