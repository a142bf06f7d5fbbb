import { FabricError } from '../errors.ts';

/** Returns why a text is not a valid object key in any store, or undefined if it is valid. */
export function keyProblem(key: string): string | undefined {
  return firstProblem(key.split('/'));
}

/** Returns why a text is not the prefix of a valid key, or undefined if it is. The last segment may be incomplete. */
export function prefixProblem(prefix: string): string | undefined {
  const segments = prefix.split('/');
  const last = segments.pop() ?? '';
  if (last === '..' || last.includes('\0')) return 'is not a valid prefix of a key';
  return firstProblem(segments);
}

/** The error for an invalid key. `problem` completes the sentence "It ...". */
export function badKey(key: string, problem: string): FabricError {
  return new FabricError('STORE_FAILED', `${JSON.stringify(key)} is not a valid object key. It ${problem}.`);
}

function firstProblem(segments: readonly string[]): string | undefined {
  return segments.map(segmentProblem).find((found) => found !== undefined);
}

function segmentProblem(segment: string): string | undefined {
  if (segment === '') return 'has an empty segment';
  if (segment === '.' || segment === '..') return `has a segment "${segment}"`;
  return segment.includes('\0') ? 'contains a NUL character' : undefined;
}
