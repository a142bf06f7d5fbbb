import { wrong } from './job-request.ts';

/** Checks that a request's parameters are among those its call takes, and each is there once. Throws `REQUEST_INVALID`. */
export function checkParameters({ searchParams, pathname }: URL, known: readonly string[]): void {
  for (const name of searchParams.keys()) {
    if (!known.includes(name)) {
      const taken = known.length === 0 ? 'none' : known.join(', ');
      throw wrong(`${pathname} has no parameter ${JSON.stringify(name)}. It takes: ${taken}.`);
    }
    if (searchParams.getAll(name).length > 1) throw wrong(`The parameter "${name}" is given more than once.`);
  }
}

/** A parameter that is a whole number, or what it is where it is not given. Throws `REQUEST_INVALID`. */
export function wholeNumber(url: URL, name: string, otherwise: number, least: number, most: number): number {
  const text = url.searchParams.get(name);
  if (text === null) return otherwise;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw wrong(`"${name}" takes a whole number from ${least} to ${most}, not "${text}".`);
}
