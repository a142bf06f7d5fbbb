import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { MEMORY_EXIT_CODE } from '../../../engine/task/resource-errors.ts';

describe('an executor whose kernel does not stop', () => {
  for (const [behaviour, exitCode, signal, reason] of [
    ['passes its deadline', null, 'SIGKILL', /deadline/],
    ['is cancelled', null, 'SIGKILL', /cancelled/],
    ['uses more memory than its share', MEMORY_EXIT_CODE, null, /its task exceeded 64 MiB of memory/],
  ] as const) {
    it(`terminates if the task ${behaviour}, prints the reason and removes its scratch folder`, async (test) => {
      const folder = await mkdtemp(join(tmpdir(), 'volley-stuck-'));
      test.after(() => rm(folder, { recursive: true, force: true }));
      const scratch = join(folder, 'scratch');
      const program = fileURLToPath(new URL('./stuck-executor.ts', import.meta.url));
      const child = spawn(process.execPath, ['--import', 'tsx', program, behaviour, scratch], {
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      let errors = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        errors += text;
      });
      assert.deepEqual(await once(child, 'close'), [exitCode, signal], errors);
      assert.match(errors, reason);
      assert.ok(!existsSync(scratch));
    });
  }
});
