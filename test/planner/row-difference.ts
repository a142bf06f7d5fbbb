type Row = readonly (string | null)[];

/**
 * The first difference between two answers, or `undefined`. Values are DuckDB's text of them; numbers may differ by 1e-9 of their size,
 * as sums of floating numbers do by the order of their rows. Rows are compared in order, or as bags.
 */
export function differenceOf(actual: readonly Row[], expected: readonly Row[], ordered: boolean): string | undefined {
  if (actual.length !== expected.length) return `${actual.length} rows, expected ${expected.length}`;
  const inOrder = (rows: readonly Row[]) => (ordered ? rows : [...rows].sort(compareRows));
  const wanted = inOrder(expected);
  for (const [index, row] of inOrder(actual).entries()) {
    const other = wanted[index] ?? [];
    if (row.length !== other.length || row.some((value, position) => !same(value, other[position] ?? null))) {
      return `row ${index}: ${text(row)}, expected ${text(other)}`;
    }
  }
  return undefined;
}

function same(left: string | null, right: string | null): boolean {
  if (left === right) return true;
  if (left === null || right === null) return false;
  const [a, b] = [Number(left), Number(right)];
  return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
}

/** Rounds numbers, so that ones that count as equal do not sort apart. */
function compareRows(left: Row, right: Row): number {
  const [a, b] = [rounded(left), rounded(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}

function rounded(row: Row): string {
  return row
    .map((value) => (value !== null && value.includes('.') && !Number.isNaN(Number(value)) ? Number(value).toPrecision(6) : value))
    .join('|');
}

function text(row: Row): string {
  return `(${row.map((value) => value ?? 'NULL').join(', ')})`;
}
