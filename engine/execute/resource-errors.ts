import { FabricError } from '../errors.ts';

/**
 * A task that needed more memory than its share. Not retryable, since a retry has no more memory. `reason`: further detail, as a
 * sentence of its own.
 */
export function outOfMemory(memoryMiB: number, options: { reason?: string; cause?: unknown } = {}): FabricError {
  const { reason, cause } = options;
  const message = `The task needs more memory than the ${memoryMiB} MiB it has. Raise the setting memory, or make tasks smaller with the setting fanout.`;
  return new FabricError('OUT_OF_MEMORY', reason === undefined ? message : `${message} ${reason}`, {
    cause,
    details: { memoryMiB },
  });
}

/** A task that needed more disk space than its executor has. `reason`: further detail, as a sentence of its own. */
export function scratchFull(options: { scratchMiB?: number; reason?: string; cause?: unknown } = {}): FabricError {
  const { scratchMiB, reason, cause } = options;
  const room = scratchMiB === undefined ? 'is left on the disk' : `its scratch folder has (${scratchMiB} MiB)`;
  const message = `The task needs more space for temporary files than ${room}. Give the executor more disk (a Lambda function: ephemeral storage), raise the setting memory so that it spills less, or make tasks smaller with the setting fanout.`;
  return new FabricError('SCRATCH_FULL', reason === undefined ? message : `${message} ${reason}`, {
    cause,
    details: scratchMiB === undefined ? {} : { scratchMiB },
  });
}
