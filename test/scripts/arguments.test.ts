import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

for (const [script, usage] of [
  ['scripts/demo.ts', /npm run demo/],
  ['scripts/bench/coordinator.ts', /--burst/],
  ['scripts/test.mjs', /coordinator\/planner/],
] as const) {
  const run = (flag: string) =>
    spawnSync(process.execPath, ['--import', 'tsx', script, flag], { cwd: root, encoding: 'utf8' });

  test(`${script} --help describes its arguments and runs nothing`, () => {
    const { status, stdout } = run('--help');
    assert.equal(status, 0);
    assert.match(stdout, usage);
  });

  test(`${script} rejects unknown flags`, () => {
    const { status, stdout, stderr } = run('--no-such-flag');
    assert.equal(status, 2);
    assert.match(stderr, /'--no-such-flag'/);
    assert.match(stderr, usage);
    assert.equal(stdout, '');
  });
}
