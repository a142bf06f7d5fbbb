/** Rows `[start, end)` of a file. */
export interface RowRange {
  readonly start: number;
  readonly end: number;
}

/** How to identify and join parts of files. */
export interface RangeJoin<Part> {
  /** Returns a value that identifies a part's file. */
  readonly fileOf: (part: Part) => unknown;
  /** Returns one part in place of two adjacent parts. The joined part has the given rows. */
  readonly join: (first: Part, second: Part, rows: RowRange) => Part;
}

/** Joins consecutive parts whose rows are adjacent in the same file. A part without rows is a whole file and stays unchanged. */
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
