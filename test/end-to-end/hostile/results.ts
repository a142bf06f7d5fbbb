/** A query whose result is large or unusual. Each is read in every format. */
export interface ResultCase {
  readonly name: string;
  readonly sql: string;
  /** The number of lines of the result as CSV, if it is known. */
  readonly lines?: number;
}

const columns = (count: number, make: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => make(at)).join(', ');

export const RESULTS: readonly ResultCase[] = [
  { name: '200,000 rows', sql: 'SELECT i, hash(i) AS h FROM range(200000) t(i)', lines: 200_001 },
  {
    name: '2,000 columns of 100 rows',
    sql: `SELECT ${columns(2000, (at) => `i + ${at} AS c${at}`)} FROM range(100) t(i)`,
    lines: 101,
  },
  { name: 'values of 8 MB', sql: "SELECT repeat('x', 8000000 + i::INTEGER) AS a FROM range(4) t(i)", lines: 5 },
  { name: 'quotes only', sql: `SELECT repeat('"', 1000000 + i::INTEGER) AS a FROM range(4) t(i)`, lines: 5 },
  {
    name: 'blobs of zeros',
    sql: 'SELECT CAST(repeat(chr(0), 1000000 + i::INTEGER) AS BLOB) AS a FROM range(4) t(i)',
    lines: 5,
  },
  { name: 'line breaks only', sql: 'SELECT repeat(chr(10), 1000000 + i::INTEGER) AS a FROM range(2) t(i)' },
  {
    name: 'text outside the basic plane',
    sql: "SELECT repeat('😀', 1000000 + i::INTEGER) AS a FROM range(2) t(i)",
    lines: 3,
  },
  { name: 'a list of 500,000 elements', sql: 'SELECT range(500000 + i) AS a FROM range(1) t(i)', lines: 2 },
  {
    name: 'a list of 50,000 lists',
    sql: 'SELECT list_transform(range(50000 + i), x -> [x]) AS a FROM range(1) t(i)',
    lines: 2,
  },
  {
    name: 'a bit string of 8 million bits',
    sql: "SELECT CAST(repeat('01', 4000000 + i::INTEGER) AS BIT) AS a FROM range(1) t(i)",
    lines: 2,
  },
  {
    name: 'names that JSON must escape',
    sql: 'SELECT 1 AS "a""\n\t\\", 2 AS "__proto__", 3 AS " ", 4 AS " " FROM range(1)',
  },
  {
    name: 'NaN and infinities',
    sql: "SELECT 'nan'::DOUBLE AS a, 'inf'::DOUBLE AS b, '-0'::DOUBLE AS c FROM range(3)",
    lines: 4,
  },
  { name: 'no rows', sql: 'SELECT i FROM range(1) t(i) WHERE i > 5', lines: 1 },
];

export const FORMATS = ['json', 'ndjson', 'csv', 'arrow'] as const;
