import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createFileStore } from '../../../engine/store/file.ts';
import { makeFolder } from '../../../engine/store/make-folder.ts';

const home = mkdtempSync(join(tmpdir(), 'volley-make-folder-'));
after(() => rmSync(home, { recursive: true, force: true }));

test('creates a folder and its parents with the given mode, and accepts an existing folder', () => {
  const path = join(home, 'a', 'b', 'c');
  makeFolder(path, 0o700);
  makeFolder(path, 0o700);
  assert.deepEqual(
    [path, join(home, 'a')].map((each) => statSync(each).mode & 0o777),
    [0o700, 0o700],
  );
  makeFolder('/');
});

test('accepts a link to a folder', () => {
  makeFolder(join(home, 'target'));
  symlinkSync('target', join(home, 'link'));
  makeFolder(join(home, 'link'));
  makeFolder(join(home, 'link', 'below'));
  assert.ok(statSync(join(home, 'target', 'below')).isDirectory());
});

test('throws if a part of the path is a file', () => {
  writeFileSync(join(home, 'file'), '');
  assert.throws(() => makeFolder(join(home, 'file')), { code: 'EEXIST' });
  assert.throws(() => makeFolder(join(home, 'file', 'x', 'y')), { code: 'ENOTDIR' });
});

// On Linux, mkdir reports ENOENT below /proc although the parent exists. Node's own recursive mkdir never returns there.
const isLinux = process.platform === 'linux';
test('throws if the system does not allow creating the folder', { skip: !isLinux && 'there is no /proc' }, async () => {
  assert.throws(() => makeFolder('/proc/x/y'), { code: 'ENOENT' });
  const store = createFileStore('/proc/x');
  await assert.rejects(store.put('k', [Buffer.from('1')]), {
    code: 'STORE_FAILED',
    message: /store \/proc\/x.*another/,
  });
});
