import { FabricError } from '../../engine/errors.ts';

/** Creates the error for an invalid flag, variable or config file, with the code `USAGE`. */
export function usage(message: string): FabricError {
  return new FabricError('USAGE', message);
}

/** Parses a decimal integer from `least` to `most`, inclusive. `name` is used in error messages. Throws `USAGE`. */
export function wholeNumber(
  text: string | undefined,
  name: string,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): number {
  const number = /^\d+$/.test(text ?? '') ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  throw usage(`${name} must be a whole number ${range}, not "${text ?? ''}".`);
}
