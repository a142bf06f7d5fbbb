/** Waits that double up to a longest one, of which half is chance, so that many who wait do not come back together. */
export interface Backoff {
  readonly firstMs: number;
  readonly longestMs: number;
}

/** How long to wait after the `failures`th failure (from 1). `random` is a number from 0 to 1. */
export function backoffMs({ firstMs, longestMs }: Backoff, failures: number, random: number): number {
  return Math.min(longestMs, firstMs * 2 ** (failures - 1)) * (0.5 + random / 2);
}
