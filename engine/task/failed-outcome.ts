import { asFabricError } from '../errors.ts';
import type { FailedOutcome } from './task.ts';

/** The outcome of a task that threw. */
export function failedOutcome(thrown: unknown): FailedOutcome {
  const { code, message, retryable, details } = asFabricError(thrown);
  return { kind: 'failed', code, message, retryable, details };
}

/** The outcome of an error that another attempt would meet again: never retryable. */
export function permanentFailure(thrown: unknown): FailedOutcome {
  return { ...failedOutcome(thrown), retryable: false };
}
