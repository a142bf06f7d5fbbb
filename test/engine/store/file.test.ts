import assert from 'node:assert/strict';
import { appendFile, mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createFileStore, type FileStore } from '../../../engine/store/file.ts';
import { storeFailure } from '../../../engine/store/file-errors.ts';
import { type OpenStore, storeConformance } from './conformance.ts';

async function open(): Promise<OpenStore & { readonly root: string; readonly store: FileStore }> {
  const folder = await mkdtemp(join(tmpdir(), 'volley-store-'));
  const root = join(folder, 'not made yet');
  return { root, store: createFileStore(root), close: () => rm(folder, { recursive: true }) };
}

storeConformance('file store', open);
storeConformance('durable file store', async () => {
  const opened = await open();
  return { ...opened, store: createFileStore(opened.root, { durable: true }) };
});

const TEXT = Buffer.from('0123456789');

test('get rejects an object whose file was modified in place', async () => {
  const { root, store, close } = await open();
  const identity = await store.put('k', [TEXT]);
  await utimes(join(root, 'k'), 1, 1);
  await assert.rejects(store.get('k', { start: 0, end: 1 }, identity), { code: 'INPUT_CHANGED' });
  const touched = await store.head('k');
  assert.ok(touched !== undefined);
  await appendFile(join(root, 'k'), 'x');
  await assert.rejects(store.get('k', { start: 0, end: 1 }, touched), { code: 'INPUT_CHANGED' });
  await close();
});

test('put and delete leave no empty folders or temporary files', async () => {
  const { root, store, close } = await open();
  await store.put('a/b/c', [TEXT]);
  await assert.rejects(store.put('a/b/c', [TEXT]));
  await store.put('a/d', [TEXT]);
  await store.delete(['a/b/c']);
  assert.deepEqual(await readdir(root, { recursive: true }), ['a', 'a/d']);
  await store.delete(['a/d']);
  assert.deepEqual(await readdir(root), []);
  await close();
});

test('does not treat symbolic links and folders as objects', async () => {
  const { root, store, close } = await open();
  await mkdir(root);
  await writeFile(join(root, '..', 'secret'), 'secret');
  await symlink(join('..', 'secret'), join(root, 'link'));
  await mkdir(join(root, 'folder'));
  for (const key of ['link', 'folder']) {
    assert.equal(await store.head(key), undefined);
    await assert.rejects(store.get(key, { start: 0, end: 0 }), { code: 'OBJECT_NOT_FOUND' });
    await assert.rejects(store.put(key, [TEXT]), { code: 'STORE_FAILED', message: /both an object and a folder/ });
  }
  for await (const { key } of store.list('')) assert.fail(key);
  await close();
});

test("reports that a part of the store's path is a file", async () => {
  const { root, close } = await open();
  await writeFile(root, '');
  for (const place of [root, join(root, 'below')]) {
    const message = /A part of the store's path is a file/;
    await assert.rejects(createFileStore(place).put('k', [TEXT]), { code: 'STORE_FAILED', message });
  }
  await close();
});

test('hides the folder of incomplete objects, and rejects keys in it', async () => {
  const { store, close } = await open();
  async function* parts() {
    yield TEXT;
    for await (const { key } of store.list('')) assert.fail(key);
    for await (const { key } of store.list('.inc')) assert.fail(key);
    for await (const { key } of store.list('.incomplete/')) assert.fail(key);
  }
  await store.put('k', parts());
  await assert.rejects(store.head('.incomplete/x'), { code: 'STORE_FAILED' });
  await close();
});

test('lists and removes the uploads of a killed writer, but no finished object', async () => {
  const { root, store, close } = await open();
  const uploads = async (prefix: string) => {
    const found = [];
    for await (const { key, uploadId } of store.listUploads(prefix)) found.push({ key, uploadId });
    return found;
  };
  async function* killed(): AsyncGenerator<Uint8Array> {
    yield TEXT;
    // This generator never continues, like a killed writer.
    await new Promise(() => undefined);
  }
  void store.put('jobs/a/stages/1/x', killed());
  void store.put('jobs/ab/x', killed());
  await store.put('jobs/a/result', [TEXT]);
  assert.deepEqual(
    (await uploads('jobs/')).map(({ key }) => key),
    ['jobs/a/stages/1/', 'jobs/ab/'],
  );
  const [left, ...others] = await uploads('jobs/a/');
  assert.ok(left !== undefined && others.length === 0);
  await store.abort(left);
  await store.abort(left);
  assert.deepEqual(await uploads('jobs/a/'), []);
  for (const upload of await uploads('')) await store.abort(upload);
  await store.delete(['jobs/a/result']);
  assert.deepEqual(await readdir(root), []);
  await close();
});

test('prunes the folders of a writer that was killed before it created its file', async () => {
  const { root, store, close } = await open();
  for (const path of ['.incomplete/jobs/a/stages/1', 'jobs/a/stages/2', 'jobs/b/stages']) {
    await mkdir(join(root, path), { recursive: true });
  }
  await store.put('jobs/a/kept', [TEXT]);
  await store.prune('jobs/a/');
  assert.deepEqual((await readdir(root, { recursive: true })).sort(), [
    'jobs',
    'jobs/a',
    'jobs/a/kept',
    'jobs/b',
    'jobs/b/stages',
  ]);
  await store.prune('jobs/c/');
  await close();
});

test('leaves no folder behind when a put fails', async () => {
  const { root, store, close } = await open();
  const broken = () => {
    throw new Error('no more');
  };
  await assert.rejects(store.put('a/b/c', { [Symbol.iterator]: broken }), /no more/);
  assert.deepEqual(await readdir(root), []);
  await close();
});

test('rejects a key below another object, and explains why', async () => {
  const { store, close } = await open();
  await store.put('a', [TEXT]);
  await assert.rejects(store.put('a/b', [TEXT]), {
    code: 'STORE_FAILED',
    message: /a\/b.*both an object and a folder/,
  });
  await close();
});

for (const { code, message, retryable } of [
  { code: 'ENOSPC', message: /disk is full\. Free space/, retryable: false },
  { code: 'EACCES', message: /read and write access/, retryable: false },
  { code: 'EMFILE', message: /Too many files are open/, retryable: true },
  { code: 'EIO', message: /Try again/, retryable: true },
  { code: 'ESOMETHING', message: /: made up\.$/, retryable: false },
]) {
  test(`${code} becomes a ${retryable ? 'retryable' : 'permanent'} STORE_FAILED error`, () => {
    const error = storeFailure(
      'write',
      'a/b',
      '/root',
      Object.assign(new Error('made up'), { code, syscall: 'write' }),
    );
    assert.deepEqual([error.code, error.retryable], ['STORE_FAILED', retryable]);
    assert.match(error.message, message);
    assert.match(error.message, /^Could not write a\/b in the store \/root: /);
  });
}
