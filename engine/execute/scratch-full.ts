import { FabricError } from '../errors.ts';

/** The error of a task that needs more room on its executor's disk than there is. `reason`: what else is known, a sentence of its own. */
export function scratchFull(options: { scratchMiB?: number; reason?: string; cause?: unknown } = {}): FabricError {
  const { scratchMiB, reason, cause } = options;
  const room = scratchMiB === undefined ? 'what is left on its disk' : `the ${scratchMiB} MiB of its scratch folder`;
  const message = `The task needs more room for temporary files than ${room}. Give the executor more (a Lambda function: its ephemeral storage), give it more memory so that it spills less (setting memory), or cut the work finer (setting fanout).`;
  return new FabricError('SCRATCH_FULL', reason === undefined ? message : `${message} ${reason}`, {
    cause,
    details: scratchMiB === undefined ? {} : { scratchMiB },
  });
}
