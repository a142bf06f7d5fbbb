import { asFabricError } from '../errors.ts';
import type { FailedOutcome } from './task.ts';

/** Returns the outcome of a task that threw an error. */
export function failedOutcome(thrown: unknown): FailedOutcome {
  const { code, message, retryable, details } = asFabricError(thrown);
  return { kind: 'failed', code, message, retryable, details };
}

/** Returns the outcome for an error that every attempt would produce. It is never retryable. */
export function permanentFailure(thrown: unknown): FailedOutcome {
  return { ...failedOutcome(thrown), retryable: false };
}
