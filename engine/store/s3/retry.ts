import { type Backoff, backoffMs } from '../../retry.ts';

/** Why an attempt failed, as the SDK reports it. */
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

/** The number of pending or failed retries over all requests of a client. Successful requests return their retries to the budget. */
const RETRY_BUDGET = 500;

const MAX_DELAY_MS = 5_000;
const BACKOFF: Backoff = { firstMs: 50, longestMs: MAX_DELAY_MS, jitter: 1 };
const THROTTLED_BACKOFF: Backoff = { ...BACKOFF, firstMs: 500 };

/** The delay before retry `retry` (from 1), in whole ms. `random`: from 0 to 1. */
export function retryDelayMs(retry: number, isThrottled: boolean, random: number): number {
  return Math.floor(backoffMs(isThrottled ? THROTTLED_BACKOFF : BACKOFF, retry, random));
}

/**
 * The SDK's standard strategy with a larger budget. In the SDK's, 35 concurrent failures use up all retries: a store that restarts under 64
 * reads would fail 29 of them. Also retries conflicts of conditional writes, as S3 recommends.
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

  /** Rejects to stop retrying. The SDK then throws the last error. */
  async refreshRetryTokenForRetry(last: RetryToken, failure: Failure): Promise<RetryToken> {
    const retry = last.getRetryCount() + 1;
    if (!isRetryable(failure) || retry >= this.#maxAttempts || this.#budget < 1) throw new Error('No further attempt');
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
