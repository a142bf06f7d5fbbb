import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { FabricError } from '../../../engine/errors.ts';
import type { InputSource } from '../../../engine/scan/input-source.ts';
import { openInputSources } from '../../../engine/scan/input-sources.ts';
import { objectSource } from '../../../engine/scan/object-source.ts';
import { createFileStore } from '../../../engine/store/file.ts';
import type { ObjectStore } from '../../../engine/store/object-store.ts';

const root = mkdtempSync(join(tmpdir(), 'volley-objects-'));
after(() => rmSync(root, { recursive: true, force: true }));

const keys = ['d/a.csv', 'd/b/1.csv', 'd/b/c/2.csv', 'd/b/.tmp/3.csv', 'd/.hidden.csv', 'd/[x].csv', 'database/4.csv'];
const store: ObjectStore = createFileStore(root);
const source: InputSource = objectSource('bucket', store, ['d']);

before(async () => {
  for (const key of keys) await store.put(key, [Buffer.from(key)]);
});

test('finds objects and folders by their full location', async () => {
  const cases = [
    ['s3://bucket/d/a.csv', { kind: 'file', location: 's3://bucket/d/a.csv' }],
    ['s3://bucket/d', { kind: 'folder', location: 's3://bucket/d' }],
    ['s3://bucket/d/b/', { kind: 'folder', location: 's3://bucket/d/b' }],
  ] as const;
  for (const [location, found] of cases) assert.deepEqual(await source.find(location), found);
  const all = objectSource('bucket', store, ['']);
  assert.deepEqual(await all.find('s3://bucket/'), { kind: 'folder', location: 's3://bucket' });
  assert.deepEqual(
    (await all.entries('s3://bucket')).map(({ location }) => location),
    ['s3://bucket/d', 's3://bucket/database'],
  );
});

test('finds a folder if only its contents are readable, and rejects a forbidden object', async () => {
  const forbidden = new FabricError('STORE_FAILED', 'Access denied.', { details: { status: 403 } });
  const head: ObjectStore['head'] = async (key) => {
    if (!key.startsWith('d/')) throw forbidden;
    return store.head(key);
  };
  const guarded = objectSource('bucket', { ...store, head }, ['d', 'e']);
  assert.deepEqual(await guarded.find('s3://bucket/d'), { kind: 'folder', location: 's3://bucket/d' });
  await assert.rejects(guarded.find('s3://bucket/e'), forbidden);
});

test('lists the entries of a folder, and the files below it except hidden ones', async () => {
  const entries = await source.entries('s3://bucket/d');
  const listed = await Promise.all(entries.map(async ({ name, what }) => [name, await what()]));
  assert.deepEqual(listed, [
    ['.hidden.csv', 'file'],
    ['[x].csv', 'file'],
    ['a.csv', 'file'],
    ['b', 'folder'],
  ]);
  assert.deepEqual(await source.filesBelow('s3://bucket/d/b'), ['s3://bucket/d/b/1.csv', 's3://bucket/d/b/c/2.csv']);
});

test('matches the same files for a glob as on a local disk', async () => {
  const cases: readonly (readonly [glob: string, keys: readonly string[]])[] = [
    ['d/*.csv', ['d/[x].csv', 'd/a.csv']],
    ['d/?.csv', ['d/a.csv']],
    ['d/[a-c].csv', ['d/a.csv']],
    ['d/.*.csv', ['d/.hidden.csv']],
    ['d/**/*.csv', ['d/[x].csv', 'd/a.csv', 'd/b/1.csv', 'd/b/c/2.csv']],
    ['d/**', ['d/[x].csv', 'd/a.csv', 'd/b/1.csv', 'd/b/c/2.csv']],
    ['d/b/**/2.csv', ['d/b/c/2.csv']],
    ['d/*/*.csv', ['d/b/1.csv']],
  ];
  const disk = (await openInputSources([root], '/')).at(root);
  for (const [glob, found] of cases) {
    assert.deepEqual(
      await source.match(`s3://bucket/${glob}`),
      found.map((key) => `s3://bucket/${key}`),
      glob,
    );
    assert.deepEqual(
      await disk.match(`${root}/${glob}`),
      found.map((key) => `${root}/${key}`),
      glob,
    );
  }
});

test('rejects locations that are not allowed or do not exist', async () => {
  for (const [location, code] of [
    ['s3://bucket/database/4.csv', 'LOCATION_NOT_ALLOWED'],
    ['s3://bucket/database/none.csv', 'LOCATION_NOT_ALLOWED'],
    ['s3://bucket', 'LOCATION_NOT_ALLOWED'],
    ['s3://bucket/d/../database/4.csv', 'LOCATION_NOT_ALLOWED'],
    ['s3://bucket/d//a.csv', 'LOCATION_NOT_ALLOWED'],
    ['s3://bucket/d/none.csv', 'INPUT_NOT_FOUND'],
  ] as const) {
    await assert.rejects(source.find(location), { code }, location);
    await assert.rejects(source.open(location), (error) => error instanceof Error && 'code' in error, location);
  }
  await assert.rejects(source.match('s3://bucket/data*/4.csv'), { code: 'LOCATION_NOT_ALLOWED' });
  await assert.rejects(source.match('s3://bucket/d/*.json'), { code: 'INPUT_NOT_FOUND' });
  const sources = await openInputSources(['s3://bucket/d'], '/', async () => store);
  assert.deepEqual(sources.allowed, ['s3://bucket/d']);
  assert.throws(() => sources.at('s3://other/d'), { code: 'LOCATION_NOT_ALLOWED', message: /s3:\/\/bucket\/d/ });
});

test('reads only the opened version of an object', async () => {
  await store.put('d/changing.csv', [Buffer.from('old')]);
  const file = await source.open('s3://bucket/d/changing.csv');
  assert.equal(Buffer.from(await file.read({ start: 1, end: 3 })).toString(), 'ld');
  await store.delete(['d/changing.csv']);
  const gone = { code: 'INPUT_NOT_FOUND', message: /s3:\/\/bucket\/d\/changing\.csv/ };
  await assert.rejects(file.read({ start: 0, end: 3 }), gone);
  await store.put('d/changing.csv', [Buffer.from('new')]);
  await assert.rejects(file.read({ start: 0, end: 3 }), { code: 'INPUT_CHANGED' });
  await store.delete(['d/changing.csv']);
});
