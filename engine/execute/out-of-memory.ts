import { FabricError } from '../errors.ts';

/**
 * The error of a task that needed more memory than its share, however that showed. Not retryable: the same task has no more when it is
 * tried again. `reason`: what else is known, a sentence of its own.
 */
export function outOfMemory(memoryMiB: number, options: { reason?: string; cause?: unknown } = {}): FabricError {
  const { reason, cause } = options;
  const message = `The task needs more memory than the ${memoryMiB} MiB it has. Give it more (setting memory) or cut the work finer (setting fanout).`;
  return new FabricError('OUT_OF_MEMORY', reason === undefined ? message : `${message} ${reason}`, {
    cause,
    details: { memoryMiB },
  });
}
