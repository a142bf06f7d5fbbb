import { FabricError } from '../../engine/errors.ts';

/** What is thrown where a flag, a variable or a config file is wrong: code `USAGE`. */
export function usage(message: string): FabricError {
  return new FabricError('USAGE', message);
}

/**
 * Throws `USAGE` where a flag was given an empty value: what was meant is not known, and `--port=$PORT` with nothing in PORT is not meant
 * to be the default. `flags` are as a parser gives them, repeated ones as lists, by their names without the dashes.
 */
export function refuseEmptyFlags(flags: object): void {
  for (const [name, value] of Object.entries(flags)) {
    if (value === '' || (Array.isArray(value) && value.includes(''))) {
      throw usage(`--${name} was given an empty value. Give it one, or leave it out.`);
    }
  }
}
