import { FabricError } from '../../engine/errors.ts';

/** The error of a wrong flag, variable or config file: code `USAGE`. */
export function usage(message: string): FabricError {
  return new FabricError('USAGE', message);
}

/** Reads a count in decimal digits, from `least` to `most`, both included. `name` is for errors. Throws `USAGE`. */
export function wholeNumber(
  text: string | undefined,
  name: string,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): number {
  const number = /^\d+$/.test(text ?? '') ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  throw usage(`${name} takes a whole number ${range}, not "${text ?? ''}".`);
}
