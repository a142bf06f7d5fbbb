import { asFabricError } from '../errors.ts';
import type { FailedOutcome } from './task.ts';

/** Anything thrown, as the outcome of the task it was thrown for. */
export function failedOutcome(thrown: unknown): FailedOutcome {
  const { code, message, retryable, details } = asFabricError(thrown);
  return { kind: 'failed', code, message, retryable, details };
}

/** The same for an error that another attempt would meet again: the outcome is never retryable. */
export function permanentFailure(thrown: unknown): FailedOutcome {
  return { ...failedOutcome(thrown), retryable: false };
}
