import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { lockRun } from '../../../coordinator/journal/lock.ts';
import { openFabric } from '../../../functions/fabric/open-fabric.ts';
import { loadServeConfig } from '../../../functions/serve/config.ts';

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
