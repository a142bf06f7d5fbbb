import { usage } from './usage.ts';

/** Reads a count in decimal digits, from `least` to `most`, both included. Throws `USAGE`, which calls it `name`. */
export function wholeNumber(
  text: string | undefined,
  name: string,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): number {
  const number = /^\d+$/.test(text ?? '') ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} on` : `from ${least} to ${most}`;
  throw usage(`${name} takes a whole number ${range}, not "${text ?? ''}".`);
}
