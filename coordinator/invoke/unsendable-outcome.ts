import { asFabricError } from '../../engine/errors.ts';
import type { TaskOutcome } from '../../engine/task/task.ts';

/** The outcome of an attempt that could not be sent, or whose answer could not be read: trying it again would not mend that. */
export function unsendableOutcome(thrown: unknown): TaskOutcome {
  const { code, message, details } = asFabricError(thrown);
  return { kind: 'failed', code, message, retryable: false, details };
}
