/**
 * Returns the number of distinct objects and arrays in a plan, or any number above `limit` once the count exceeds it. Each row, constant,
 * expression, column and operator is at least one. The time to copy, distribute or encode a plan is proportional to this number.
 */
export function countParts(plan: object, limit: number): number {
  const counted = new Set<object>([plan]);
  // A set iterates over the members that are added during the iteration.
  for (const part of counted) {
    if (counted.size > limit) break;
    if (part instanceof Uint8Array) continue;
    for (const value of Object.values(part)) if (typeof value === 'object' && value !== null) counted.add(value);
  }
  return counted.size;
}
