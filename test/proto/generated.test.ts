import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { ENGINE_VERSION } from '../../engine/plan/wire/version.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('the generated code matches the schemas', () => {
  const check = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/proto.mjs', '--check'], {
    cwd: root,
    encoding: 'utf8',
  });
  assert.equal(check.status, 0, check.stderr);
});

test('the engine version in plans matches the installed engine', () => {
  const { dependencies } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));
  const [version] = dependencies['@duckdb/node-bindings'].split('-');
  assert.equal(ENGINE_VERSION, `duckdb-${version}`);
});
