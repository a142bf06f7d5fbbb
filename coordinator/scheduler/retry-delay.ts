import { type Backoff, backoffMs, jitteredMs } from '../../engine/retry.ts';
import type { JobSettings } from './job.ts';

/**
 * The first delay is longer than most brief faults, such as a full pipe or a busy disk, and too short to be noticed in a query. A task has
 * few retries, so delays above the maximum would only make the user wait.
 */
const RETRY_BACKOFF: Backoff = { firstMs: 100, longestMs: 10_000, jitter: 0.5 };

/** Returns the delay after a task has failed `attempts` times, in whole ms. `random` is a number from 0 to 1. */
export function retryDelayMs(attempts: number, random: number): number {
  return Math.ceil(backoffMs(RETRY_BACKOFF, attempts, random));
}

/** The minimum time that a job may be throttled before it fails. */
const MIN_THROTTLED_MS = 300_000;

/**
 * Returns how long a job may be throttled without any progress before it fails, in ms. The time is at least the timeout of an attempt,
 * because the job's own attempts may occupy the executors until then.
 */
export function longestThrottledMs({ attemptTimeoutMs }: JobSettings): number {
  return Math.max(MIN_THROTTLED_MS, attemptTimeoutMs);
}

/**
 * Returns the delay after a throttled attempt, in whole ms. The delay equals the time for which the job has been throttled so far, within
 * the bounds and with the jitter of `retryDelayMs`.
 */
export function throttledDelayMs(throttledMs: number, random: number): number {
  const { firstMs, longestMs, jitter } = RETRY_BACKOFF;
  return Math.ceil(jitteredMs(Math.min(longestMs, Math.max(firstMs, throttledMs)), jitter, random));
}
