/** How long to wait between attempts. The delay doubles with each failure, up to a maximum. */
export interface Backoff {
  readonly firstMs: number;
  readonly longestMs: number;
  /**
   * The random share of each delay, from 0 (no randomness) to 1 (fully random). Jitter spreads out the retries of
   * callers that failed at the same time.
   */
  readonly jitter: number;
}

/** Returns the delay after the `failures`th consecutive failure (from 1). `random` is a number from 0 to 1. */
export function backoffMs({ firstMs, longestMs, jitter }: Backoff, failures: number, random: number): number {
  return jitteredMs(Math.min(longestMs, firstMs * 2 ** (failures - 1)), jitter, random);
}

/**
 * Randomizes the last `jitter` share of a delay. The result is between `delayMs * (1 - jitter)` and `delayMs`. `random`
 * is a number from 0 to 1.
 */
export function jitteredMs(delayMs: number, jitter: number, random: number): number {
  return delayMs * (1 - jitter + random * jitter);
}
