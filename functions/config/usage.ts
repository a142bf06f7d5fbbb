import { FabricError } from '../../engine/errors.ts';

/** What is thrown where a flag, a variable or a config file is wrong: code `USAGE`. */
export function usage(message: string): FabricError {
  return new FabricError('USAGE', message);
}
