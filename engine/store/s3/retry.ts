import { type Backoff, backoffMs } from '../../retry.ts';

/** Why an attempt failed, in the words of the SDK. */
interface Failure {
  readonly error?: unknown;
  readonly errorType: 'THROTTLING' | 'TRANSIENT' | 'SERVER_ERROR' | 'CLIENT_ERROR';
  readonly retryAfterHint?: Date;
}

interface RetryToken {
  getRetryCount(): number;
  getRetryDelay(): number;
  getRetryCost(): number | undefined;
}

/** Retries that may be under way or have failed at a time, over all requests of a client; successes give back what they took. */
const RETRY_BUDGET = 500;

const LONGEST_DELAY_MS = 5_000;
const BACKOFF: Backoff = { firstMs: 50, longestMs: LONGEST_DELAY_MS, jitter: 1 };
const THROTTLED_BACKOFF: Backoff = { ...BACKOFF, firstMs: 500 };

/** How long to wait before retry `retry` (from 1), in whole ms. `random`: from 0 to 1. */
export function retryDelayMs(retry: number, isThrottled: boolean, random: number): number {
  return Math.floor(backoffMs(isThrottled ? THROTTLED_BACKOFF : BACKOFF, retry, random));
}

/**
 * The SDK's standard strategy but for its budget, where 35 failures at once use all retries up: a store that restarts under 64 reads
 * would fail 29 of them at once. Conflicts of conditional writes, which S3 asks to try again, are tried again.
 */
export class RetryStrategy {
  readonly mode = 'standard';
  readonly #maxAttempts: number;
  #budget = RETRY_BUDGET;

  constructor(maxAttempts: number) {
    this.#maxAttempts = maxAttempts;
  }

  async maxAttempts(): Promise<number> {
    return this.#maxAttempts;
  }

  async acquireInitialRetryToken(): Promise<RetryToken> {
    return token(0, 0);
  }

  /** Rejects where there is to be no further attempt: the SDK then throws what the last one failed with. */
  async refreshRetryTokenForRetry(last: RetryToken, failure: Failure): Promise<RetryToken> {
    const retry = last.getRetryCount() + 1;
    if (!isRetryable(failure) || retry >= this.#maxAttempts || this.#budget < 1) throw new Error('No further attempt');
    this.#budget -= 1;
    const delayMs = retryDelayMs(retry, failure.errorType === 'THROTTLING', Math.random());
    const askedMs = (failure.retryAfterHint?.getTime() ?? 0) - Date.now();
    return token(retry, Math.max(delayMs, Math.min(askedMs, LONGEST_DELAY_MS)));
  }

  recordSuccess(last: RetryToken): void {
    this.#budget = Math.min(RETRY_BUDGET, this.#budget + last.getRetryCount() + 1);
  }
}

function token(count: number, delayMs: number): RetryToken {
  return { getRetryCount: () => count, getRetryDelay: () => delayMs, getRetryCost: () => count };
}

function isRetryable({ error, errorType }: Failure): boolean {
  if (errorType === 'THROTTLING' || errorType === 'TRANSIENT') return true;
  return error instanceof Error && error.name === 'ConditionalRequestConflict';
}
