import assert from 'node:assert/strict';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import test, { type TestContext } from 'node:test';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { quoteLiteral } from '../../../engine/plan/types.ts';
import { expandGlob, pathMatcher } from '../../../engine/scan/glob.ts';
import { temporaryFolder } from './parquet-fixture.ts';

type Glob = (pattern: string) => Promise<readonly string[]>;

const PATTERNS = 500;

/** ASCII names without a leading dot. `DIFFERENCES` covers other names. */
const NAMES = [
  ...[
    'a',
    'b',
    'c',
    'ab',
    'abc',
    'abcabc',
    'a.b',
    'a-b',
    'a b',
    'A',
    '0',
    '10',
    'x=1',
    '-',
    '!',
    '^',
    ']',
    '[',
    '[a]',
    'a]',
  ],
  ...['x*y', '{a,b}', '!(a)', '@(a)', '+(a)', '(a|b)', '$a', '#a', '~', "it's", 'a.csv', 'part-0.parquet'],
];

const FILES = ['', 'd/', 'd/e/', 'd/e/f/', 'x=1.d/', 'b[c]/'].flatMap((folder) => NAMES.map((name) => folder + name));

/**
 * Returns a function that finds Volley's matches among the files of a folder. It walks the folder, and asserts that matching every path
 * finds the same files.
 */
function volleyGlob(folder: string, files: readonly string[]): Glob {
  return async (pattern) => {
    const segments = pattern.split('/');
    const found = await expandGlob(folder, segments, {
      checkLink: async () => undefined,
      list: (path) => readdir(path, { withFileTypes: true }),
    });
    const paths = found.map((path) => relative(folder, path)).sort();
    assert.deepEqual(files.filter(pathMatcher(segments)).sort(), paths, `pathMatcher: ${pattern}`);
    return paths;
  };
}

/**
 * Returns a function that finds DuckDB's matches among the files of a folder. It ignores the folders that DuckDB also returns if the last
 * segment has no wildcard.
 */
async function duckdbGlob(folder: string, files: readonly string[]): Promise<Glob> {
  const known = new Set(files);
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  return async (pattern) => {
    const result = await connection.runAndReadAll(`SELECT file FROM glob(${quoteLiteral(`${folder}/${pattern}`)})`);
    return result
      .getRows()
      .map(([file]) => relative(folder, String(file)))
      .filter((path) => known.has(path))
      .sort();
  };
}

async function globsOver(
  t: TestContext,
  files: readonly string[],
): Promise<{ readonly ours: Glob; readonly duckdb: Glob }> {
  const folder = await temporaryFolder(t);
  for (const file of files) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), '');
  }
  return { ours: volleyGlob(folder, files), duckdb: await duckdbGlob(folder, files) };
}

const member = fc.constantFrom('a', 'b', 'e', 'a-c', '0-9', 'A-Z', '.', ' ', '*', '?', '[', '!');
const characterSet = fc
  .tuple(fc.constantFrom('', '!'), fc.constantFrom('', ']', 'a'), fc.array(member, { minLength: 1, maxLength: 3 }))
  .map(([not, first, members]) => `[${not}${first}${members.join('')}]`)
  // `[!]` names no characters, and Volley and DuckDB treat it differently.
  .filter((set) => set !== '[!]');
const wildcard = fc.oneof(fc.constantFrom('*', '*', '?', '**'), characterSet);

/** Generates path segments from a name by replacing some of its characters with wildcards. */
const segmentFrom = (name: string): fc.Arbitrary<string> =>
  fc
    .array(fc.option(wildcard, { freq: 2 }), { minLength: name.length, maxLength: name.length })
    .map((wildcards) => [...name].map((own, at) => wildcards[at] ?? (own === '[' ? '[[]' : own)).join(''))
    .map((segment) => (segment === '**' ? '*' : segment));

/** File paths with wildcards, some with `**` before or in place of a segment. DuckDB accepts only one `**` in a path. */
const pattern = fc
  .constantFrom(...FILES)
  .chain((file) =>
    fc.tuple(fc.tuple(...file.split('/').map(segmentFrom)), fc.option(fc.nat({ max: 3 })), fc.nat({ max: 1 })),
  )
  .map(([segments, at, replaced]) => (at === null ? segments : segments.toSpliced(at, replaced, '**')).join('/'));

test("matches the same files as DuckDB's glob() for random patterns", async (t) => {
  const { ours, duckdb } = await globsOver(t, FILES);
  let matching = 0;
  await fc.assert(
    fc.asyncProperty(pattern, async (glob) => {
      const expected = await duckdb(glob);
      if (expected.length > 0) matching += 1;
      assert.deepEqual(await ours(glob), expected);
    }),
    { numRuns: PATTERNS },
  );
  assert.ok(matching > PATTERNS / 4, `only ${matching} of ${PATTERNS} patterns match a file`);
});

/** Intentional differences from DuckDB. */
const DIFFERENCES: readonly {
  readonly why: string;
  readonly files: readonly string[];
  readonly glob: string;
  readonly ours: readonly string[];
  readonly duckdb: readonly string[] | RegExp;
}[] = [
  {
    why: 'a wildcard does not match a leading dot',
    files: ['.a', 'a', '.d/a'],
    glob: '**/*a',
    ours: ['a'],
    duckdb: ['.a', '.d/a', 'a'],
  },
  { why: '? matches a character, not a byte', files: ['é', 'a'], glob: '?', ours: ['a', 'é'], duckdb: ['a'] },
  { why: 'a set holds characters, not bytes', files: ['é', 'a'], glob: '[é]', ours: ['é'], duckdb: [] },
  { why: '[^a] is a negated set', files: ['^', 'a', 'b'], glob: '[^a]', ours: ['^', 'b'], duckdb: ['^', 'a'] },
  { why: 'a - at the end of a set is literal', files: ['-', 'a', 'b'], glob: '[a-]', ours: ['-', 'a'], duckdb: [] },
  { why: 'a [ without a ] is literal', files: ['[a', 'xa'], glob: '*[a', ours: ['[a'], duckdb: [] },
  { why: 'a backslash is literal', files: ['x\\y', 'x/y'], glob: 'x\\*', ours: ['x\\y'], duckdb: ['x/y'] },
  {
    why: 'a path may contain several **',
    files: ['d/e/a', 'd/a'],
    glob: '**/d/**/a',
    ours: ['d/a', 'd/e/a'],
    duckdb: /multiple '\*\*'/,
  },
];

for (const { why, files, glob, ours, duckdb } of DIFFERENCES) {
  test(`differs from DuckDB: ${why}`, async (t) => {
    const globs = await globsOver(t, files);
    assert.deepEqual(await globs.ours(glob), ours);
    if (duckdb instanceof RegExp) await assert.rejects(globs.duckdb(glob), duckdb);
    else assert.deepEqual(await globs.duckdb(glob), duckdb);
  });
}
