import assert from 'node:assert/strict';
import { mkdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import test, { type TestContext } from 'node:test';
import { type ErrorCode, FabricError } from '../../../engine/errors.ts';
import { segmentMatcher } from '../../../engine/scan/glob.ts';
import { localIdentity } from '../../../engine/scan/local-file.ts';
import {
  type AllowedRoots,
  allowRoots,
  listAllowedFolder,
  openAllowedFile,
  openPlannedFileSync,
  resolveGlob,
} from '../../../engine/scan/locations.ts';
import { temporaryFolder } from './parquet-fixture.ts';

/** Creates an allowed folder `data`, other folders next to it, and links from `data` to them. */
async function tree(t: TestContext): Promise<{ readonly folder: string; readonly allowed: AllowedRoots }> {
  const folder = await temporaryFolder(t);
  for (const path of ['data/sub/deep', 'data2', 'secret/inner']) await mkdir(join(folder, path), { recursive: true });
  const files = [
    'data/a.csv',
    'data/b.csv',
    'data/.hidden.csv',
    'data/sub/c.csv',
    'data/sub/deep/d.csv',
    'data2/e.csv',
    'secret/s.csv',
    'secret/inner/t.csv',
  ];
  for (const file of files) await writeFile(join(folder, file), 'x\n1\n');
  await mkdir(join(folder, 'data/links'));
  await symlink('../../secret/s.csv', join(folder, 'data/links/file.csv'));
  await symlink('../../secret', join(folder, 'data/links/folder'));
  await symlink('../sub/c.csv', join(folder, 'data/links/inside.csv'));
  await symlink('nowhere.csv', join(folder, 'data/links/dangling.csv'));
  return { folder, allowed: await allowRoots([join(folder, 'data')], folder) };
}

const cases: readonly { readonly location: string; readonly expected: readonly string[] | ErrorCode }[] = [
  { location: 'data/a.csv', expected: ['data/a.csv'] },
  { location: 'data/sub/../b.csv', expected: ['data/b.csv'] },
  { location: './data/sub/c.csv', expected: ['data/sub/c.csv'] },
  { location: 'data/*.csv', expected: ['data/a.csv', 'data/b.csv'] },
  { location: 'data/**/*.csv', expected: 'LOCATION_NOT_ALLOWED' },
  { location: 'data/sub/**/*.csv', expected: ['data/sub/c.csv', 'data/sub/deep/d.csv'] },
  { location: 'data/sub/**', expected: ['data/sub/c.csv', 'data/sub/deep/d.csv'] },
  { location: 'data/[ab].csv', expected: ['data/a.csv', 'data/b.csv'] },
  { location: 'data/?.csv', expected: ['data/a.csv', 'data/b.csv'] },
  { location: 'data/s*/c.csv', expected: ['data/sub/c.csv'] },
  { location: 'data/.h*.csv', expected: ['data/.hidden.csv'] },
  { location: 'data/links/inside.csv', expected: ['data/links/inside.csv'] },
  { location: 'data/links/in*.csv', expected: ['data/links/inside.csv'] },
  { location: 'data/none.csv', expected: 'INPUT_NOT_FOUND' },
  { location: 'data/none*.csv', expected: 'INPUT_NOT_FOUND' },
  { location: 'data/none/*.csv', expected: 'INPUT_NOT_FOUND' },
  { location: 'data/links/dangling.csv', expected: 'INPUT_NOT_FOUND' },
  { location: 'data/links/dang*.csv', expected: 'INPUT_NOT_FOUND' },
  { location: 'secret/s.csv', expected: 'LOCATION_NOT_ALLOWED' },
  { location: 'secret/none.csv', expected: 'LOCATION_NOT_ALLOWED' },
  { location: 'secret/*.csv', expected: 'LOCATION_NOT_ALLOWED' },
  { location: 'secret/none/*.csv', expected: 'LOCATION_NOT_ALLOWED' },
  { location: 'data/../secret/s.csv', expected: 'LOCATION_NOT_ALLOWED' },
  { location: 'data/../secret/*.csv', expected: 'LOCATION_NOT_ALLOWED' },
  { location: 'data/*/../../secret/s.csv', expected: 'LOCATION_NOT_ALLOWED' },
  { location: '*/s.csv', expected: 'LOCATION_NOT_ALLOWED' },
  { location: '**', expected: 'LOCATION_NOT_ALLOWED' },
  { location: 'data2/e.csv', expected: 'LOCATION_NOT_ALLOWED' },
  { location: 'data/links/file.csv', expected: 'LOCATION_NOT_ALLOWED' },
  { location: 'data/links/f*.csv', expected: 'LOCATION_NOT_ALLOWED' },
  { location: 'data/links/folder/s.csv', expected: 'LOCATION_NOT_ALLOWED' },
  { location: 'data/links/folder/none.csv', expected: 'LOCATION_NOT_ALLOWED' },
  { location: 'data/links/folder/none/none.csv', expected: 'LOCATION_NOT_ALLOWED' },
  { location: 'data/links/folder/*.csv', expected: 'LOCATION_NOT_ALLOWED' },
  { location: 'data/links/*/s.csv', expected: 'LOCATION_NOT_ALLOWED' },
  { location: 'data/links/folder/../a.csv', expected: 'INPUT_NOT_FOUND' },
  { location: '/etc/passwd', expected: 'LOCATION_NOT_ALLOWED' },
  { location: '/', expected: 'LOCATION_NOT_ALLOWED' },
  { location: '', expected: 'LOCATION_NOT_ALLOWED' },
  { location: '/*', expected: 'LOCATION_NOT_ALLOWED' },
  { location: '~/a.csv', expected: 'LOCATION_NOT_ALLOWED' },
  { location: 'file:///etc/passwd', expected: 'LOCATION_NOT_ALLOWED' },
  { location: 's3://bucket/key.parquet', expected: 'LOCATION_NOT_ALLOWED' },
  { location: 'https://example.com/a.csv', expected: 'LOCATION_NOT_ALLOWED' },
  { location: 'data/a.csv\0.csv', expected: 'LOCATION_NOT_ALLOWED' },
];

test('resolves locations below the allowed folder, and rejects missing and forbidden locations', async (t) => {
  const { folder, allowed } = await tree(t);
  for (const { location, expected } of cases) {
    // Try each local location both relative to the working folder and as an absolute path.
    const isLocal = !/^[a-z0-9]+:|^[/~]|^$|\0/.test(location);
    for (const tried of isLocal ? [location, `${folder}/${location}`] : [location]) {
      let found: readonly string[] | ErrorCode;
      try {
        found = (await resolveGlob(tried, allowed)).map((path) => relative(folder, path));
      } catch (error) {
        found = error instanceof FabricError ? error.code : 'INTERNAL';
      }
      assert.deepEqual(found, expected, tried);
    }
  }
});

test('accepts the path of a linked root and the path of its target', async (t) => {
  const { folder } = await tree(t);
  await symlink('data', join(folder, 'alias'));
  const allowed = await allowRoots(['alias'], folder);
  assert.deepEqual(await resolveGlob('alias/a.csv', allowed), [join(folder, 'alias/a.csv')]);
  assert.deepEqual(await resolveGlob('data/a.csv', allowed), [join(folder, 'data/a.csv')]);
});

test('a root that is a file allows only that file', async (t) => {
  const { folder } = await tree(t);
  const allowed = await allowRoots(['data/a.csv'], folder);
  assert.deepEqual(await resolveGlob('data/a.csv', allowed), [join(folder, 'data/a.csv')]);
  for (const location of ['data/b.csv', 'data/*.csv', 'data/a.csv2']) {
    await assert.rejects(
      resolveGlob(location, allowed),
      (error) => error instanceof FabricError && error.code === 'LOCATION_NOT_ALLOWED',
    );
  }
});

const matches: readonly (readonly [pattern: string, matching: readonly string[], other: readonly string[]])[] = [
  ['*', ['a', 'a.b'], ['.a']],
  ['*.csv', ['a.csv', 'a.b.csv'], ['.csv', 'a.csvx', 'csv']],
  ['a*b*c', ['abc', 'aXbYc', 'abbcc'], ['ab', 'acb', 'abcd']],
  ['?', ['a', 'é', '\u{1F600}'], ['', 'ab']],
  ['[a-c]x', ['ax', 'cx'], ['dx', 'x']],
  ['[!a-c]x', ['dx'], ['ax']],
  ['[]a]', [']', 'a'], ['b']],
  ['[a', ['[a'], ['a']],
  ['.*', ['.a'], ['a']],
];

for (const [pattern, matching, other] of matches) {
  test(`matches names with the glob ${pattern}`, () => {
    const matcher = segmentMatcher(pattern);
    for (const name of matching) assert.ok(matcher(name), name);
    for (const name of other) assert.ok(!matcher(name), name);
  });
}

test('matches a glob with many stars without exponential backtracking', () => {
  assert.equal(segmentMatcher(`${'*a'.repeat(200)}b`)('a'.repeat(5000)), false);
});

const withCode = (code: ErrorCode) => (error: unknown) => error instanceof FabricError && error.code === code;

test('opens only the planned version of a file', async (t) => {
  const { folder, allowed } = await tree(t);
  const path = join(folder, 'data/a.csv');
  const planned = localIdentity(await stat(path, { bigint: true }));
  await (await openAllowedFile(path, allowed, planned)).close();
  await writeFile(`${path}.new`, 'x\n1\n');
  await rename(`${path}.new`, path);
  await assert.rejects(openAllowedFile(path, allowed, planned), withCode('INPUT_CHANGED'));
  assert.throws(() => openPlannedFileSync(path, [join(folder, 'data')], planned), withCode('INPUT_CHANGED'));
  await rm(path);
  assert.throws(() => openPlannedFileSync(path, [join(folder, 'data')], planned), withCode('INPUT_CHANGED'));
  await assert.rejects(openAllowedFile(path, allowed, planned), withCode('INPUT_NOT_FOUND'));
});

test('checks the real location of an open file or folder, not only its name', {
  skip: process.platform !== 'linux' && 'reads /proc',
}, async (t) => {
  const { folder, allowed } = await tree(t);
  // Open the link directly, as if it had appeared after the name was checked.
  const link = join(folder, 'data/links/file.csv');
  const planned = localIdentity(await stat(link, { bigint: true }));
  const roots = [join(folder, 'data')];
  assert.throws(() => openPlannedFileSync(link, roots, planned), withCode('LOCATION_NOT_ALLOWED'));
  await assert.rejects(listAllowedFolder(join(folder, 'data/links/folder'), allowed), withCode('LOCATION_NOT_ALLOWED'));
  assert.equal((await listAllowedFolder(join(folder, 'data/sub'), allowed)).length, 2);
});
