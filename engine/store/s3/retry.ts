import { type Backoff, backoffMs } from '../../retry.ts';

/** The cause of a failed attempt, as reported by the SDK. */
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

/**
 * The maximum number of retries that are pending or have failed, over all requests of a client. A successful request
 * returns its retries to the budget.
 */
const RETRY_BUDGET = 500;

const MAX_DELAY_MS = 5_000;
const BACKOFF: Backoff = { firstMs: 50, longestMs: MAX_DELAY_MS, jitter: 1 };
const THROTTLED_BACKOFF: Backoff = { ...BACKOFF, firstMs: 500 };

/** Returns the delay before retry number `retry` (from 1), in whole ms. `random` is a number from 0 to 1. */
export function retryDelayMs(retry: number, isThrottled: boolean, random: number): number {
  return Math.floor(backoffMs(isThrottled ? THROTTLED_BACKOFF : BACKOFF, retry, random));
}

/**
 * The SDK's standard retry strategy with a larger budget. With the SDK's own budget, 35 concurrent failures use up all
 * retries. If a store restarted during 64 reads, 29 of them would fail. This strategy also retries conflicts of
 * conditional writes, as S3 recommends.
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

  /** Rejects if the request must not be retried. The SDK then throws the last error. */
  async refreshRetryTokenForRetry(last: RetryToken, failure: Failure): Promise<RetryToken> {
    const retry = last.getRetryCount() + 1;
    if (!isRetryable(failure) || retry >= this.#maxAttempts || this.#budget < 1)
      throw new Error('No further attempt is allowed.');
    this.#budget -= 1;
    const delayMs = retryDelayMs(retry, failure.errorType === 'THROTTLING', Math.random());
    const askedMs = (failure.retryAfterHint?.getTime() ?? 0) - Date.now();
    return token(retry, Math.max(delayMs, Math.min(askedMs, MAX_DELAY_MS)));
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
