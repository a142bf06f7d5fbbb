/** Rows `[start, end)` of a file. */
export interface RowRange {
  readonly start: number;
  readonly end: number;
}

/** How to join parts of files. */
export interface RangeJoin<Part> {
  /** Identifies a part's file. */
  readonly fileOf: (part: Part) => unknown;
  /** Two adjacent parts as one, which has the given rows. */
  readonly join: (first: Part, second: Part, rows: RowRange) => Part;
}

/** Joins parts whose rows follow each other in the same file. Parts without rows are whole files and stay as they are. */
export function joinRanges<Part extends { readonly rows?: RowRange }>(
  parts: readonly Part[],
  { fileOf, join }: RangeJoin<Part>,
): readonly Part[] {
  const joined: Part[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    const before = last?.rows;
    const isAdjacent = last !== undefined && fileOf(last) === fileOf(part) && before?.end === part.rows?.start;
    if (isAdjacent && before !== undefined && part.rows !== undefined) {
      joined[joined.length - 1] = join(last, part, { start: before.start, end: part.rows.end });
    } else {
      joined.push(part);
    }
  }
  return joined;
}
