import { FabricError } from '../errors.ts';

/** Why a text cannot be an object's key in any store; undefined if it can. */
export function keyProblem(key: string): string | undefined {
  return firstProblem(key.split('/'));
}

/** Why a text cannot be the prefix of a key; undefined if it can. Its last segment may be incomplete. */
export function prefixProblem(prefix: string): string | undefined {
  const segments = prefix.split('/');
  const last = segments.pop() ?? '';
  if (last === '..' || last.includes('\0')) return 'is not the prefix of a valid key';
  return firstProblem(segments);
}

/** The error of an invalid key. `problem` completes "it ...". */
export function badKey(key: string, problem: string): FabricError {
  return new FabricError('STORE_FAILED', `${JSON.stringify(key)} is not a valid object key: it ${problem}`);
}

function firstProblem(segments: readonly string[]): string | undefined {
  return segments.map(segmentProblem).find((found) => found !== undefined);
}

function segmentProblem(segment: string): string | undefined {
  if (segment === '') return 'has an empty segment';
  if (segment === '.' || segment === '..') return `has a segment ${segment}`;
  return segment.includes('\0') ? 'contains a NUL' : undefined;
}
