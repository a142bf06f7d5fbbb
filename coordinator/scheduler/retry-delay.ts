import { type Backoff, backoffMs, jitteredMs } from '../../engine/retry.ts';
import type { JobSettings } from './job.ts';

/**
 * The first delay outlasts brief faults (a full pipe, a busy disk) and is too short to be noticed in a query. A task has few retries, so
 * delays beyond the longest would only make the user wait.
 */
const RETRY_BACKOFF: Backoff = { firstMs: 100, longestMs: 10_000, jitter: 0.5 };

/** How long to wait after a task's `attempts`th failure, in whole ms. `random`: from 0 to 1. */
export function retryDelayMs(attempts: number, random: number): number {
  return Math.ceil(backoffMs(RETRY_BACKOFF, attempts, random));
}

/** A job may be throttled for at least this long before it fails. */
const MIN_THROTTLED_MS = 300_000;

/**
 * How long a job may be throttled without any progress before it fails. At least an attempt's timeout: the job's own attempts may hold the
 * executors, and the last of them ends by then.
 */
export function longestThrottledMs({ attemptTimeoutMs }: JobSettings): number {
  return Math.max(MIN_THROTTLED_MS, attemptTimeoutMs);
}

/**
 * How long to wait after a throttled attempt: as long as the job has been throttled so far, within the bounds and with the jitter of
 * `retryDelayMs`. Whole ms.
 */
export function throttledDelayMs(throttledMs: number, random: number): number {
  const { firstMs, longestMs, jitter } = RETRY_BACKOFF;
  return Math.ceil(jitteredMs(Math.min(longestMs, Math.max(firstMs, throttledMs)), jitter, random));
}
