import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../../functions/executor.ts', import.meta.url));

test('an executor does not start if its scratch folder cannot be created', () => {
  const arguments_ = ['--import', 'tsx', program, '--store', '/s', '--port', '0', '--scratch', '/dev/null'];
  const env = { PATH: process.env['PATH'], VOLLEY_TASK_KEY: 'a key that is long enough' };
  const { status, stderr } = spawnSync(process.execPath, arguments_, { env, encoding: 'utf8', timeout: 60_000 });
  assert.match(stderr, /^volley: USAGE: The scratch folder cannot be created: ENOTDIR.*\/dev\/null.*--scratch/);
  assert.equal(status, 2);
});
