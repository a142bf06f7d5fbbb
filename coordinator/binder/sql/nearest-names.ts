import { foldName } from '../../../engine/plan/fold-name.ts';

/** Returns up to three candidates that are similar to a name, ignoring case, with the most similar first. */
export function nearestNames(name: string, candidates: Iterable<string>): readonly string[] {
  const wanted = foldName(name);
  const limit = Math.max(2, Math.ceil(wanted.length / 3));
  const scored: { readonly candidate: string; readonly distance: number }[] = [];
  for (const candidate of candidates) {
    const distance = editDistance(wanted, foldName(candidate), limit);
    if (distance <= limit) scored.push({ candidate, distance });
  }
  scored.sort((left, right) => left.distance - right.distance || (left.candidate < right.candidate ? -1 : 1));
  return scored.slice(0, 3).map(({ candidate }) => candidate);
}

/** Returns the Levenshtein distance between two texts. A distance above `limit` may be returned as `limit + 1`. */
function editDistance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const changed = (previous[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min(changed, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[right.length] ?? limit + 1;
}
