import type { Timer } from './timer.ts';

/** How long to wait between attempts: the delay doubles with each failure, up to a longest one. */
export interface Backoff {
  readonly firstMs: number;
  readonly longestMs: number;
  /** The random share of each delay, from 0 (exact) to 1 (anything down to 0). Jitter keeps callers that failed together apart. */
  readonly jitter: number;
}

/** The delay after the `failures`th failure in a row (from 1). `random`: from 0 to 1. */
export function backoffMs({ firstMs, longestMs, jitter }: Backoff, failures: number, random: number): number {
  return jitteredMs(Math.min(longestMs, firstMs * 2 ** (failures - 1)), jitter, random);
}

/** A delay of which the share `jitter` is random: from `delayMs * (1 - jitter)` to `delayMs`. `random`: from 0 to 1. */
export function jitteredMs(delayMs: number, jitter: number, random: number): number {
  return delayMs * (1 - jitter + random * jitter);
}

/** Waits; returns early, without an error, if the signal aborts. Leaves no timer and no listener behind. */
export function sleep(timer: Timer, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      cancel();
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const cancel = timer.after(delayMs, end);
    signal?.addEventListener('abort', end);
    if (signal?.aborted) end();
  });
}
