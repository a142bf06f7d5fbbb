/** Random choices determined by a seed. */
export interface Choices {
  /** Returns a whole number from 0 (inclusive) to `bound` (exclusive). */
  below(bound: number): number;
  chance(probability: number): boolean;
  one<T>(items: readonly T[]): T;
  /** Returns between `least` and `most` items, in their original order. */
  some<T>(items: readonly T[], least: number, most: number): T[];
}

/** Mulberry32: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
export function choicesFrom(seed: number): Choices {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (bound: number): number => Math.floor(next() * bound);
  return {
    below,
    chance: (probability) => next() < probability,
    one: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error('Cannot choose from an empty list.');
      return item;
    },
    some: (items, least, most) => {
      const wanted = Math.min(items.length, least + below(most - least + 1));
      const left = [...items.keys()];
      const taken: number[] = [];
      while (taken.length < wanted) taken.push(...left.splice(below(left.length), 1));
      return taken
        .sort((a, b) => a - b)
        .map((index) => items[index])
        .filter((item) => item !== undefined);
    },
  };
}
