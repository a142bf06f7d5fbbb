/** Errors of tasks that need more resources than their executor has. Executors report them, and invokers infer them from how an executor exited. */
import { FabricError } from '../errors.ts';

/**
 * The exit code of an executor that terminated itself because it exceeded its memory limit and DuckDB did not stop in
 * time (`EX_SOFTWARE`, which Node never uses).
 */
export const MEMORY_EXIT_CODE = 70;

/**
 * The error for a task that needs more memory than its share. Not retryable, because another attempt has the same
 * share. `reason` is appended to the message as a separate sentence.
 */
export function outOfMemory(memoryMiB: number, options: { reason?: string; cause?: unknown } = {}): FabricError {
  const { reason, cause } = options;
  const message = `The task needs more memory than the ${memoryMiB} MiB it has. Increase the setting memory, or increase the setting fanout to split the work into more tasks.`;
  return new FabricError('OUT_OF_MEMORY', reason === undefined ? message : `${message} ${reason}`, {
    cause,
    details: { memoryMiB },
  });
}

/**
 * The error for a task that needs more disk space than its executor has. `reason` is appended to the message as a
 * separate sentence.
 */
export function scratchFull(options: { scratchMiB?: number; reason?: string; cause?: unknown } = {}): FabricError {
  const { scratchMiB, reason, cause } = options;
  const room = scratchMiB === undefined ? 'its disk has left' : `the ${scratchMiB} MiB of its scratch folder`;
  const message = `The task needs more space for temporary files than ${room}. Give the executor more disk space (for a Lambda function: ephemeral storage), increase the setting memory so that the task spills less, or increase the setting fanout to split the work into more tasks.`;
  return new FabricError('SCRATCH_FULL', reason === undefined ? message : `${message} ${reason}`, {
    cause,
    details: scratchMiB === undefined ? {} : { scratchMiB },
  });
}
