import { FabricError } from '../errors.ts';

/** What keeps a text from being the key of an object in any store, or undefined. */
export function keyProblem(key: string): string | undefined {
  return firstProblem(key.split('/'));
}

/** What keeps a text from being what keys begin with, or undefined. Its last segment need not be a whole one. */
export function prefixProblem(prefix: string): string | undefined {
  const segments = prefix.split('/');
  const last = segments.pop() ?? '';
  if (last === '..' || last.includes('\0')) return 'names nothing a key can begin with';
  return firstProblem(segments);
}

/** Why a text cannot be a key. */
export function badKey(key: string, problem: string): FabricError {
  return new FabricError('STORE_FAILED', `${JSON.stringify(key)} cannot be the key of an object: it ${problem}`);
}

function firstProblem(segments: readonly string[]): string | undefined {
  return segments.map(segmentProblem).find((found) => found !== undefined);
}

function segmentProblem(segment: string): string | undefined {
  if (segment === '') return 'has an empty segment';
  if (segment === '.' || segment === '..') return `has a segment ${segment}`;
  return segment.includes('\0') ? 'has a NUL' : undefined;
}
