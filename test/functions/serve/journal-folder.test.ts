import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { lockRun } from '../../../coordinator/journal/lock.ts';
import { openFabric } from '../../../functions/fabric/open-fabric.ts';
import { loadServeConfig } from '../../../functions/serve/config.ts';
import { mountSmallDisk } from '../../engine/store/small-disk.ts';

test('a second coordinator on the same journal folder fails with advice to set --journal', async (t) => {
  const home = await mkdtemp(join(tmpdir(), 'volley-journal-folder-'));
  t.after(() => rm(home, { recursive: true, force: true }));
  const request = loadServeConfig(['--insecure', '--journal', home], { HOME: home, VOLLEY_STATE_DIR: join(home, 's') });
  assert.ok(request.kind === 'serve');
  const lock = await lockRun(home);
  t.after(() => lock.release());
  const opening = openFabric(request.config.fabric, { inputRoots: [], scratch: join(home, 'scratch') });
  await assert.rejects(opening, (error) => {
    assert.ok(error instanceof Error && 'code' in error && error.code === 'RUN_LOCKED');
    assert.match(error.message, /in use by process \d+.*choose another folder \(--journal\), or use etcd/);
    assert.doesNotMatch(error.message, /VOLLEY_STATE_DIR/);
    return true;
  });
});

const disk = mountSmallDisk(1);

test('a coordinator whose journal folder is read-only fails with the reason', {
  skip: typeof disk === 'string' && disk,
}, async (t) => {
  assert.ok(typeof disk !== 'string');
  t.after(() => disk.remove());
  const { path } = disk;
  await mkdir(join(path, 'lock'));
  disk.setReadOnly(true);
  const request = loadServeConfig(['--insecure', '--journal', path], { HOME: '/', VOLLEY_STATE_DIR: '/nowhere' });
  assert.ok(request.kind === 'serve');
  const opening = openFabric(request.config.fabric, { inputRoots: [], scratch: '/nowhere' });
  await assert.rejects(opening, { code: 'STORE_FAILED', message: /cannot be used: EROFS.*--journal/ });
});
