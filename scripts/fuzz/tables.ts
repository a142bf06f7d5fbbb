import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { NAN_FILE } from '../../test/engine/scan/nan-file.ts';
import type { Choices } from './choices.ts';

/**
 * The kind of a column, which determines the valid operations. `wide` columns hold integers whose sum overflows their
 * type. `extreme` columns hold floating-point numbers whose sum depends on their order.
 */
export type Kind =
  | 'int'
  | 'wide'
  | 'decimal'
  | 'double'
  | 'extreme'
  | 'bool'
  | 'text'
  | 'date'
  | 'timestamp'
  | 'list'
  | 'struct'
  | 'other';

export interface Column {
  readonly name: string;
  readonly kind: Kind;
}

/** A table of random data. The column `id` is unique in each table. */
export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Whether the table is too large for a join of two such tables. */
  readonly isLarge: boolean;
  /** Whether the table has at most one row. */
  readonly isTiny: boolean;
  /** The expression with which plain DuckDB reads the table. */
  readonly reader: string;
  /** Whether plain DuckDB reads a copy of the rows instead of the file. */
  readonly isCopied: boolean;
}

/** A column with its possible values, as SQL literals of its type. */
interface Values extends Column {
  readonly type: string;
  readonly literals: readonly string[];
  /** Whether the column can be written as CSV and JSON and read back as the same kind. */
  readonly isPlain: boolean;
}

const TEXTS = [
  "''",
  "'a'",
  "'A'",
  "'b'",
  "'B'",
  "'ab'",
  "'Ab'",
  "'é'",
  "'É'",
  "'e'",
  "'z'",
  "'ß'",
  "'日本'",
  "'a b'",
  "'%'",
];
const VALUES: readonly Values[] = [
  { name: 'k', kind: 'int', type: 'INTEGER', literals: ['0', '1', '2', '3', '-1', '7'], isPlain: true },
  { name: 's', kind: 'text', type: 'VARCHAR', literals: TEXTS, isPlain: true },
  { name: 'b', kind: 'bool', type: 'BOOLEAN', literals: ['true', 'false'], isPlain: true },
  {
    name: 'f',
    kind: 'double',
    type: 'DOUBLE',
    literals: ['0.0', "'-0.0'", '0.5', '3.0', '-2.25', "'nan'", "'inf'", "'-inf'", '100.0', '1e6'],
    isPlain: false,
  },
  {
    name: 'x',
    kind: 'extreme',
    type: 'DOUBLE',
    literals: ['1e308', '-1e308', '5e-324', "'nan'", '3.0', '0.1', "'inf'"],
    isPlain: false,
  },
  {
    name: 'fl',
    kind: 'extreme',
    type: 'FLOAT',
    literals: ['0.1', '3.4e38', '-1.5', "'nan'", "'-0.0'"],
    isPlain: false,
  },
  {
    name: 'd',
    kind: 'decimal',
    type: 'DECIMAL(18,3)',
    literals: ['0', '0.001', '-0.001', '999999999999999.999', '-999999999999999.999', '12.5', '12.500', '-7'],
    isPlain: false,
  },
  {
    name: 'w',
    kind: 'wide',
    type: 'BIGINT',
    literals: ['9223372036854775807', "'-9223372036854775808'", '0', '1', '-1', '4294967296'],
    isPlain: false,
  },
  { name: 'u', kind: 'wide', type: 'UBIGINT', literals: ['18446744073709551615', '0', '1', '255'], isPlain: false },
  { name: 'ti', kind: 'int', type: 'TINYINT', literals: ['-128', '127', '0', '5'], isPlain: false },
  {
    name: 'dt',
    kind: 'date',
    type: 'DATE',
    literals: [
      "'2024-02-29'",
      "'1970-01-01'",
      "'1969-12-31'",
      "'infinity'",
      "'-infinity'",
      "'0001-01-01'",
      "'9999-12-31'",
    ],
    isPlain: false,
  },
  {
    name: 'ts',
    kind: 'timestamp',
    type: 'TIMESTAMP',
    literals: [
      "'2024-02-29 12:00:00.123456'",
      "'1969-12-31 23:59:59.999999'",
      "'infinity'",
      "'-infinity'",
      "'2024-03-01'",
    ],
    isPlain: false,
  },
  {
    name: 'tz',
    kind: 'other',
    type: 'TIMESTAMPTZ',
    literals: ["'2024-02-29 12:00:00+02'", "'1999-12-31 23:00:00Z'", "'2024-02-29 10:00:00Z'"],
    isPlain: false,
  },
  {
    name: 'tm',
    kind: 'other',
    type: 'TIME',
    literals: ["'00:00:00'", "'23:59:59.999999'", "'12:30:00'"],
    isPlain: false,
  },
  { name: 'bl', kind: 'other', type: 'BLOB', literals: ["'\\x00'", "'ab'", "''", "'\\xFF\\x00'"], isPlain: false },
  {
    name: 'id2',
    kind: 'other',
    type: 'UUID',
    literals: ["'00000000-0000-0000-0000-000000000000'", "'ffffffff-ffff-ffff-ffff-ffffffffffff'"],
    isPlain: false,
  },
  {
    name: 'l',
    kind: 'list',
    type: 'INTEGER[]',
    literals: ['[]', '[1]', '[1, NULL]', '[2, 1, 3]', '[NULL]'],
    isPlain: false,
  },
  {
    name: 'st',
    kind: 'struct',
    type: 'STRUCT(a INTEGER, b VARCHAR)',
    literals: ["{a: 1, b: 'x'}", '{a: NULL, b: NULL}', "{a: 2, b: ''}", "{a: 1, b: 'X'}"],
    isPlain: false,
  },
];

/** Writes tables of all formats and sizes to a folder. Each table is a separate subfolder. */
export async function writeTables(
  connection: DuckDBConnection,
  folder: string,
  choices: Choices,
): Promise<readonly Table[]> {
  const tables: Table[] = [];
  const add = async (
    name: string,
    format: Format,
    fileRows: readonly number[],
    folders?: readonly string[],
  ): Promise<void> => {
    tables.push(await writeTable(connection, folder, choices, { name, format, fileRows, folders }));
  };
  await add('p1', 'parquet', [20, 0, 25]);
  await add('p2', 'parquet', [30]);
  await add('p3', 'parquet', [12, 1, 9, 18]);
  await add('big', 'parquet', [5000, 300]);
  await add('none', 'parquet', [0, 0]);
  await add('one', 'parquet', [1]);
  await add('c1', 'csv', [22, 18]);
  await add('j1', 'json', [25, 10]);
  await add('hp', 'parquet', [14, 0, 11, 6], HIVE_FOLDERS);
  await add('hc', 'csv', [12, 9, 7], HIVE_FOLDERS);
  await add('hj', 'json', [8, 13, 5], HIVE_FOLDERS);
  tables.push(writeNanTable(folder));
  return tables;
}

type Format = 'parquet' | 'csv' | 'json';

interface TablePlan {
  readonly name: string;
  readonly format: Format;
  readonly fileRows: readonly number[];
  /** The Hive folders of the files, or undefined if the table has none. */
  readonly folders: readonly string[] | undefined;
}

/** Folders that give each file the columns `h` and `z`. */
const HIVE_FOLDERS = ['h=1/z=a', 'h=2/z=B', 'h=1/z=b', 'h=3/z=A'];

const COPY_OPTIONS: Readonly<Record<Format, string>> = {
  parquet: 'FORMAT parquet, ROW_GROUP_SIZE 2048',
  csv: 'FORMAT csv',
  json: 'FORMAT json',
};

async function writeTable(
  connection: DuckDBConnection,
  folder: string,
  choices: Choices,
  { name, format, fileRows, folders }: TablePlan,
): Promise<Table> {
  const isText = format !== 'parquet';
  const columns = VALUES.filter(({ isPlain }) => isPlain || !isText);
  const place = join(folder, name);
  mkdirSync(place);
  const extension = format === 'json' ? 'ndjson' : format;
  let firstId = 0;
  for (const [file, count] of fileRows.entries()) {
    const home = join(place, folders?.[file] ?? '');
    mkdirSync(home, { recursive: true });
    const path = join(home, `${file}.${extension}`);
    const chosen = columns.map((column) => columnSql(column, choices, isText));
    const rows = `SELECT (${firstId} + i)::INTEGER AS id, ${chosen.join(', ')} FROM range(${count}) r(i)`;
    await connection.run(`COPY (${rows}) TO '${path}' (${COPY_OPTIONS[format]})`);
    firstId += count;
  }
  const reader =
    folders === undefined
      ? `read_${format}('${place}/*.${extension}')`
      : `read_${format}('${place}/**/*.${extension}', hive_partitioning = true)`;
  const hive: readonly Column[] =
    folders === undefined
      ? []
      : [
          { name: 'h', kind: 'int' },
          { name: 'z', kind: 'text' },
        ];
  return {
    name,
    columns: [
      { name: 'id', kind: 'int' },
      ...columns.map(({ name: column, kind }) => ({ name: column, kind })),
      ...hive,
    ],
    isLarge: firstId > 1000,
    isTiny: firstId < 2,
    reader,
    isCopied: false,
  };
}

/** Writes a file whose statistics ignore its NaN. Plain DuckDB relies on them, so it reads the file in full into a table. */
function writeNanTable(folder: string): Table {
  const place = join(folder, 'nan');
  mkdirSync(place);
  writeFileSync(join(place, '0.parquet'), NAN_FILE);
  return {
    name: 'nan',
    columns: [
      { name: 'id', kind: 'int' },
      { name: 'd', kind: 'double' },
      { name: 'f', kind: 'extreme' },
    ],
    isLarge: false,
    isTiny: false,
    reader: `read_parquet('${place}/0.parquet')`,
    isCopied: true,
  };
}

/**
 * Returns an SQL expression over `i` for a column. It draws from some of the literals, favors one literal, and includes
 * NULLs.
 */
function columnSql({ name, type, literals }: Values, choices: Choices, isText: boolean): string {
  // DuckDB reads an empty CSV text as NULL, and infers a different type for JSON columns with negative numbers.
  const usable = isText ? literals.filter((literal) => literal !== "''" && !literal.startsWith('-')) : literals;
  const used = isText ? usable : choices.some(usable, 1, usable.length);
  const first = choices.one(used);
  const skew = choices.below(60);
  // The first row of a text file must have a value, because the type is inferred from it.
  const nulls = isText ? 10 : choices.one([0, 0, 10, 30, 100]);
  const salt = choices.below(1_000_000);
  const draw = (part: number, bound: number): string => `(hash(i + ${salt}, ${part}) % ${bound})::INTEGER`;
  const list = `[${used.map((literal) => `CAST(${literal} AS ${type})`).join(', ')}]`;
  const value = `CASE WHEN ${draw(1, 100)} < ${skew} THEN CAST(${first} AS ${type}) ELSE ${list}[1 + ${draw(2, used.length)}] END`;
  return `CASE WHEN ${draw(3, 100)} < ${nulls}${isText ? ' AND i > 0' : ''} THEN NULL::${type} ELSE ${value} END AS ${name}`;
}
