/** Errors of a task that needed more than its executor has. Executors report them; invokers infer them from how an executor ended. */
import { FabricError } from '../errors.ts';

/**
 * The exit code of an executor that ended itself because it passed its memory limit and DuckDB did not stop in time (`EX_SOFTWARE`,
 * which Node never uses).
 */
export const MEMORY_EXIT_CODE = 70;

/**
 * A task needed more memory than its share. Not retryable: another attempt has no more memory. `reason` is appended to the message as a
 * separate sentence.
 */
export function outOfMemory(memoryMiB: number, options: { reason?: string; cause?: unknown } = {}): FabricError {
  const { reason, cause } = options;
  const message = `The task needs more memory than the ${memoryMiB} MiB it has. Give it more (setting memory) or split the work into more tasks (setting fanout).`;
  return new FabricError('OUT_OF_MEMORY', reason === undefined ? message : `${message} ${reason}`, {
    cause,
    details: { memoryMiB },
  });
}

/** A task needed more disk space than its executor has. `reason` is appended to the message as a separate sentence. */
export function scratchFull(options: { scratchMiB?: number; reason?: string; cause?: unknown } = {}): FabricError {
  const { scratchMiB, reason, cause } = options;
  const room = scratchMiB === undefined ? 'what is left on its disk' : `the ${scratchMiB} MiB of its scratch folder`;
  const message = `The task needs more space for temporary files than ${room}. Give the executor more (a Lambda function: its ephemeral storage), give it more memory so that it spills less (setting memory), or split the work into more tasks (setting fanout).`;
  return new FabricError('SCRATCH_FULL', reason === undefined ? message : `${message} ${reason}`, {
    cause,
    details: scratchMiB === undefined ? {} : { scratchMiB },
  });
}
