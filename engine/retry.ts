/** How long to wait between attempts: the delay doubles with each failure, up to a longest one. */
export interface Backoff {
  readonly firstMs: number;
  readonly longestMs: number;
  /** The random share of each delay, from 0 (no randomness) to 1 (fully random). Jitter keeps callers that failed together apart. */
  readonly jitter: number;
}

/** The delay after the `failures`th failure in a row (from 1). `random`: from 0 to 1. */
export function backoffMs({ firstMs, longestMs, jitter }: Backoff, failures: number, random: number): number {
  return jitteredMs(Math.min(longestMs, firstMs * 2 ** (failures - 1)), jitter, random);
}

/** Randomizes the last `jitter` of a delay: from `delayMs * (1 - jitter)` to `delayMs`. `random`: from 0 to 1. */
export function jitteredMs(delayMs: number, jitter: number, random: number): number {
  return delayMs * (1 - jitter + random * jitter);
}
