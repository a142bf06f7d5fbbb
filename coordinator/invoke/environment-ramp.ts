/** So many environments may start in so much time. */
export interface RampLimit {
  readonly environments: number;
  readonly everyMs: number;
}

/** How fast a platform starts environments of a function: all at once that it allows, then as many more as time brings. */
export class EnvironmentRamp {
  readonly #limit: RampLimit;
  #left: number;
  #atMs: number | undefined;

  constructor(limit: RampLimit) {
    this.#limit = limit;
    this.#left = limit.environments;
  }

  /** Takes leave to start one environment, where there is any. `nowMs` never goes back. */
  take(nowMs: number): boolean {
    const { environments, everyMs } = this.#limit;
    const passedMs = nowMs - (this.#atMs ?? nowMs);
    this.#atMs = nowMs;
    this.#left = Math.min(environments, this.#left + (passedMs / everyMs) * environments);
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
