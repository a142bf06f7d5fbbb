import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createFileStore } from '../../../engine/store/file.ts';
import { makeFolder } from '../../../engine/store/make-folder.ts';

const home = mkdtempSync(join(tmpdir(), 'volley-make-folder-'));
after(() => rmSync(home, { recursive: true, force: true }));

test('a folder is made with all above it, with its mode, and may be there already', () => {
  const path = join(home, 'a', 'b', 'c');
  makeFolder(path, 0o700);
  makeFolder(path, 0o700);
  assert.deepEqual(
    [path, join(home, 'a')].map((each) => statSync(each).mode & 0o777),
    [0o700, 0o700],
  );
  makeFolder('/');
});

test('a link to a folder is one', () => {
  makeFolder(join(home, 'target'));
  symlinkSync('target', join(home, 'link'));
  makeFolder(join(home, 'link'));
  makeFolder(join(home, 'link', 'below'));
  assert.ok(statSync(join(home, 'target', 'below')).isDirectory());
});

test('where a part of the path is a file, there can be none', () => {
  writeFileSync(join(home, 'file'), '');
  assert.throws(() => makeFolder(join(home, 'file')), { code: 'EEXIST' });
  assert.throws(() => makeFolder(join(home, 'file', 'x', 'y')), { code: 'ENOTDIR' });
});

// Linux: mkdir says ENOENT below /proc, where the folder above is there. Node's own mkdir never comes back from it.
const isLinux = process.platform === 'linux';
test('where the system lets nobody make a folder, it says so', { skip: !isLinux && 'there is no /proc' }, async () => {
  assert.throws(() => makeFolder('/proc/x/y'), { code: 'ENOENT' });
  const store = createFileStore('/proc/x');
  await assert.rejects(store.put('k', [Buffer.from('1')]), {
    code: 'STORE_FAILED',
    message: /store \/proc\/x.*another/,
  });
});
