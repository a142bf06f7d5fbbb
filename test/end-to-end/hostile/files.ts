import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { ErrorCode } from '../../../engine/errors.ts';

/** A hostile file. If its query fails, the error names the file. */
export interface FileCase {
  readonly name: string;
  /** The path in the data folder. */
  readonly path: string;
  /** Creates the file at a path. */
  readonly make: (path: string, valid: ValidFiles) => void;
  /** The query; `%` stands for the quoted path. By default, reads all columns. */
  readonly sql?: string;
  /** The codes with which the query may fail; `ok` permits success. */
  readonly codes: readonly (ErrorCode | 'ok')[];
  /** Whether the error need not name the file. */
  readonly isUnnamed?: boolean;
  readonly settings?: Readonly<Record<string, string>>;
  /** Whether the case takes several seconds and runs only in the long version. */
  readonly isSlow?: boolean;
}

/** The contents of valid files. */
export interface ValidFiles {
  readonly parquet: Buffer;
}

const INVALID: readonly (ErrorCode | 'ok')[] = ['INPUT_INVALID'];
const EITHER: readonly (ErrorCode | 'ok')[] = [
  'ok',
  'INPUT_INVALID',
  'QUERY_FAILED',
  'OUT_OF_MEMORY',
  'INVALID_QUERY',
  'PLAN_MEMORY',
  'PLAN_TIMEOUT',
  'OUTPUT_FAILED',
  'JOB_TIMEOUT',
];
const OUTSIDE: readonly (ErrorCode | 'ok')[] = ['LOCATION_NOT_ALLOWED', 'INPUT_NOT_FOUND', 'INPUT_INVALID'];

/** A symbolic link in the data folder. */
const link = (name: string, path: string, target: string): FileCase => ({
  name,
  path,
  make: (at) => symlinkSync(target, at),
  codes: OUTSIDE,
});

const content =
  (bytes: string | Buffer) =>
  (path: string): void =>
    writeFileSync(path, bytes);

const footerBytes = (parquet: Buffer): number => parquet.readUInt32LE(parquet.length - 8);

/** Makes a Parquet file from a valid one. */
const parquet =
  (change: (bytes: Buffer) => Buffer | undefined) =>
  (path: string, valid: ValidFiles): void => {
    const copy = Buffer.from(valid.parquet);
    writeFileSync(path, change(copy) ?? copy);
  };

const withFooterLength = (length: number) =>
  parquet((bytes) => {
    bytes.writeUInt32LE(length, bytes.length - 8);
    return bytes;
  });

const PARQUET: readonly FileCase[] = (
  [
    ['empty', content('')],
    ['four bytes', content('PAR1')],
    ['magic twice', content('PAR1PAR1')],
    ['an empty footer', content('PAR1\0\0\0\0PAR1')],
    ['only text', content('id,name\n1,text\n'.repeat(100))],
    ['cut in half', parquet((bytes) => bytes.subarray(0, bytes.length >> 1))],
    ['cut by a byte', parquet((bytes) => bytes.subarray(0, -1))],
    ['without its first page', parquet((bytes) => bytes.subarray(2000))],
    ['with a footer length of 0', withFooterLength(0)],
    ['with a footer length of 1', withFooterLength(1)],
    ['with a footer length beyond the file', withFooterLength(0x7fffffff)],
    ['with a negative footer length', withFooterLength(0xffffffff)],
    [
      'with a footer of zeros',
      parquet((bytes) => bytes.fill(0, bytes.length - 8 - footerBytes(bytes), bytes.length - 8)),
    ],
    [
      'with a footer of 0xFF',
      parquet((bytes) => bytes.fill(0xff, bytes.length - 8 - footerBytes(bytes), bytes.length - 8)),
    ],
    [
      'with a footer of random varints',
      parquet((bytes) => bytes.fill(0x9c, bytes.length - 8 - footerBytes(bytes), bytes.length - 8)),
    ],
    ['with pages of 0xFF', parquet((bytes) => bytes.fill(0xff, 4, bytes.length - 8 - footerBytes(bytes)))],
    ['with pages of zeros', parquet((bytes) => bytes.fill(0, 4, bytes.length - 8 - footerBytes(bytes)))],
    [
      'encrypted',
      parquet((bytes) => {
        bytes.write('PARE', bytes.length - 4);
        return bytes;
      }),
    ],
    [
      'with another magic',
      parquet((bytes) => {
        bytes.write('ORC\0', bytes.length - 4);
        return bytes;
      }),
    ],
    [
      'with a footer of 64 MB of zeros',
      content(Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(64 << 20), Buffer.of(0, 0, 0, 4), Buffer.from('PAR1')])),
    ],
    [
      'with a footer of nested structs',
      content(
        Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(1 << 20, 0x1c), Buffer.of(0, 0, 16, 0), Buffer.from('PAR1')]),
      ),
    ],
  ] as const
).map(([name, make], at) => ({ name: `a Parquet file: ${name}`, path: `p${at}.parquet`, make, codes: INVALID }));

const csv = (name: string, bytes: string | Buffer | (() => Buffer), codes = EITHER, extension = 'csv'): FileCase => ({
  name: `a ${extension} file: ${name}`,
  path: `${name.replace(/[^a-z0-9]+/gi, '-')}.${extension}`,
  make: (path) => writeFileSync(path, typeof bytes === 'function' ? bytes() : bytes),
  codes,
});
const json = (name: string, bytes: string | Buffer | (() => Buffer), codes = EITHER): FileCase =>
  csv(name, bytes, codes, 'json');

const TEXTS: readonly FileCase[] = [
  csv('empty', '', EITHER),
  csv('a NUL in the header', 'a\0b,c\n1,2\n'),
  csv('a NUL in a value', 'a,b\n1\0,2\n'),
  csv('only NULs', Buffer.alloc(100_000)),
  csv('only a byte order mark', '\ufeff'),
  csv('only line breaks', '\n'.repeat(100_000)),
  csv('only commas', ','.repeat(100_000)),
  csv('only quotes', '"'.repeat(1_000_001)),
  csv('a quote that never closes', `a,b\n1,"${'x\n'.repeat(100_000)}`),
  csv('a line of 10 MB', () => Buffer.alloc(10_000_000, 'x')),
  csv('a small bomb', () => gzipSync(Buffer.alloc(20_000_000, 'x')), EITHER, 'csv.gz'),
  csv('rows of different lengths', `a,b\n1,2\n1,2,3\n1\n${'1,'.repeat(100)}\n`),
  csv('invalid UTF-8', Buffer.concat([Buffer.from('a,b\n'), Buffer.of(0xc3, 0x28, 0x2c, 0xff, 0x0a)])),
  csv('invalid UTF-8 in the header', Buffer.concat([Buffer.of(0xff, 0xfe, 0x41, 0x2c), Buffer.from('b\n1,2\n')])),
  csv('UTF-16', Buffer.from('a,b\n1,2\n', 'utf16le')),
  csv(
    'invalid UTF-8 after 100,000 rows',
    Buffer.concat([Buffer.from('a,b\n'), Buffer.from('1,x\n'.repeat(100_000)), Buffer.of(0x31, 0x2c, 0xff, 0x0a)]),
  ),
  csv('text after 100,000 numbers', `a\n${'1\n'.repeat(100_000)}x\n`),
  csv('names of DuckDB types', 'DROP TABLE,"""; COPY",__proto__\n1,2,3\n'),
  csv('CR only', 'a,b\r1,2\r3,4\r'),
  csv('control characters', `${'\u0001\u001b[2J,'.repeat(10)}x\n`),
  csv('Parquet bytes', Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(1000, 0x15), Buffer.from('PAR1')])),
  csv('cut', () => gzipSync(Buffer.from('a,b\n1,2\n'.repeat(10_000))).subarray(0, 60), EITHER, 'csv.gz'),
  csv('not compressed', 'a,b\n1,2\n', EITHER, 'csv.gz'),
  csv('damaged', () => gzipSync(Buffer.from('a,b\n1,2\n'.repeat(10_000))).fill(0x55, 20, 60), EITHER, 'csv.gz'),
  csv('not Zstandard', 'a,b\n1,2\n', EITHER, 'csv.zst'),
  json('empty', '', EITHER),
  json('white space', ' \n'.repeat(100_000)),
  json('50 MB of brackets', () => Buffer.alloc(50_000_000, '[')),
  json('50 MB of braces', () => Buffer.alloc(50_000_000, '{')),
  json('objects nested 100,000 deep', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`),
  json('arrays nested 1,000 deep', `{"a":${'['.repeat(1000)}1${']'.repeat(1000)}}`),
  json('a scalar', '7'),
  json('a text', '"x"'),
  json('truncated', '[{"a": 1}, {"a": '),
  json('text after an array', '[{"a": 1}] x'),
  json('a NUL in a name', '{"a\\u0000b": 1}\n{"a\\u0000b": 2}\n'),
  json('a NUL in a nested name', '{"s": {"a\\u0000b": 1}}\n'),
  json('a NUL in a value', '{"a": "x\\u0000y"}\n'),
  json('a NUL byte', '{"a": 1}\0\n{"a": 2}\n'),
  json('half of a surrogate pair', '{"a": "\\ud800"}\n'),
  json('invalid UTF-8', Buffer.concat([Buffer.from('{"a": "'), Buffer.of(0xff, 0xfe), Buffer.from('"}\n')])),
  json('an invalid escape', '{"a": "\\x41"}\n'),
  json('a huge number', `{"a": ${'9'.repeat(100_000)}}\n`),
  json('an infinite number', '{"a": 1e999}\n'),
  json('repeated names', '{"a": 1, "a": 2, "A": 3}\n'),
  json('a prototype', '{"__proto__": {"a": 1}, "constructor": 2}\n'),
  json('20,000 names', `{${Array.from({ length: 20_000 }, (_, at) => `"n${at}": ${at}`).join(', ')}}\n`),
  json('a value of 20 MB', () => Buffer.from(`{"a": "${'x'.repeat(20_000_000)}"}\n`)),
  json('types that change after 50,000 rows', `${'{"a": 1}\n'.repeat(50_000)}{"a": {"b": [1]}}\n`),
  json('an invalid line after 50,000 rows', `${'{"a": 1}\n'.repeat(50_000)}{"a": \n`),
  json('a CSV file', 'a,b\n1,2\n'),
];

const SLOW_TEXTS: readonly FileCase[] = [
  csv('a line of 40 MB after a header', () => Buffer.concat([Buffer.from('a,b\n'), Buffer.alloc(40_000_000, 'x')])),
  csv('20,000 columns', `${Array.from({ length: 20_000 }, (_, at) => `c${at}`).join(',')}\n${'1,'.repeat(19_999)}1\n`),
  csv('the same name 2,000 times', `${'a,'.repeat(1999)}a\n${'1,'.repeat(1999)}1\n`),
  csv('a bomb', () => gzipSync(Buffer.alloc(200_000_000, 'x')), EITHER, 'csv.gz'),
  csv('a bomb of zeros', () => gzipSync(Buffer.alloc(200_000_000)), EITHER, 'csv.gz'),
].map((file) => ({ ...file, isSlow: true }));

const valid = content('a,b\n1,2\n');

const PLACES: readonly FileCase[] = [
  {
    name: 'a folder with the name of a Parquet file',
    path: 'folder.parquet',
    make: (path) => mkdirSync(path),
    codes: ['INPUT_INVALID', 'INPUT_NOT_FOUND'],
  },
  {
    name: 'a folder with the name of a CSV file',
    path: 'folder.csv',
    make: (path) => mkdirSync(path),
    codes: ['INPUT_INVALID', 'INPUT_NOT_FOUND'],
  },
  { name: 'a pipe', path: 'pipe.csv', make: (path) => void execFileSync('mkfifo', [path]), codes: OUTSIDE },
  {
    name: 'a pipe named as Parquet',
    path: 'pipe.parquet',
    make: (path) => void execFileSync('mkfifo', [path]),
    codes: OUTSIDE,
  },
  link('a link to an endless device', 'zero.csv', '/dev/zero'),
  link('a link to an endless device named as Parquet', 'zero.parquet', '/dev/zero'),
  link('a link to standard input', 'stdin.json', '/dev/stdin'),
  link('a link to a file outside', 'outside.csv', '/etc/passwd'),
  link('a link to the environment of the process', 'environ.csv', '/proc/self/environ'),
  link('a link to nothing', 'broken.csv', 'missing.csv'),
  { name: 'a link to itself', path: 'loop.csv', make: (path) => symlinkSync(path, path), codes: OUTSIDE },
  {
    name: 'a sparse CSV file of 1 TB',
    settings: { timeout: '2s' },
    path: 'sparse.csv',
    make: (path) => {
      writeFileSync(path, 'a,b\n1,2\n');
      truncateSync(path, 2 ** 40);
    },
    codes: [...EITHER, 'JOB_TIMEOUT', 'TASK_TIMEOUT', 'SCRATCH_FULL'],
  },
  {
    name: 'a sparse Parquet file of 1 TB',
    path: 'sparse.parquet',
    make: (path) => {
      writeFileSync(path, 'PAR1');
      truncateSync(path, 2 ** 40);
    },
    codes: INVALID,
  },
  {
    name: 'a sparse JSON file of 1 TB',
    settings: { timeout: '2s' },
    path: 'sparse.json',
    make: (path) => {
      writeFileSync(path, '{"a": 1}\n');
      truncateSync(path, 2 ** 40);
    },
    codes: [...EITHER, 'JOB_TIMEOUT', 'TASK_TIMEOUT', 'SCRATCH_FULL'],
  },
  { name: 'a missing file', path: 'missing.parquet', make: () => undefined, codes: ['INPUT_NOT_FOUND'] },
  { name: 'a name with a quote', path: "it's.csv", make: valid, codes: ['ok'] },
  {
    name: 'a name with a line break',
    path: 'line\nbreak.csv',
    make: valid,
    codes: ['ok', 'INPUT_NOT_FOUND'],
    isUnnamed: true,
  },
  {
    name: 'a name with glob characters',
    path: 'a[b]*?.csv',
    make: valid,
    codes: ['ok', 'INPUT_NOT_FOUND', 'INPUT_INVALID'],
  },
  { name: 'a name that is not ASCII', path: '😀 ß.csv', make: valid, codes: ['ok'] },
  { name: 'a name of 250 bytes', path: `${'n'.repeat(246)}.csv`, make: valid, codes: ['ok'] },
  {
    name: 'a name longer than the system allows',
    path: `${'n'.repeat(5000)}.csv`,
    make: () => undefined,
    codes: ['INPUT_NOT_FOUND', 'INPUT_INVALID'],
  },
  {
    name: 'an unknown extension',
    path: 'program.exe',
    make: valid,
    codes: ['ok', 'INPUT_INVALID', 'INVALID_QUERY', 'UNKNOWN_TABLE'],
    sql: 'FROM %',
  },
  {
    name: '2,000 files with an invalid one',
    path: 'many/1234.csv',
    make: (path) => {
      for (let at = 0; at < 2000; at += 1) writeFileSync(join(path, '..', `${at}.csv`), 'a\n1\n');
      writeFileSync(path, Buffer.of(0x61, 0x0a, 0x31, 0x2c, 0xff, 0x0a));
    },
    sql: "SELECT count(a) FROM read_csv('DATA/many/*.csv')",
    codes: EITHER,
    isUnnamed: true,
  },
];

/** All hostile files. */
export const FILES: readonly FileCase[] = [...PARQUET, ...TEXTS, ...SLOW_TEXTS, ...PLACES];

/** The query of a file. */
export function queryOf({ path, sql }: FileCase, data: string): string {
  const quoted = `'${join(data, path).replaceAll("'", "''")}'`;
  if (sql !== undefined) return sql.replaceAll('DATA', data).replaceAll('%', quoted);
  const reader = path.endsWith('.parquet') ? 'read_parquet' : /\.json$/.test(path) ? 'read_json' : 'read_csv';
  return `FROM ${reader}(${quoted})`;
}
