import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { lockRun, runHolder } from '../../../coordinator/journal/lock.ts';

async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'volley-lock-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts a process that acquires the lock and waits to be killed. */
async function lockInChild(run: string): Promise<{ pid: number; kill(): Promise<void> }> {
  const module = new URL('../../../coordinator/journal/lock.ts', import.meta.url).href;
  const script = `
    const { lockRun } = await import(${JSON.stringify(module)});
    await lockRun(${JSON.stringify(run)});
    process.stdout.write('locked');
    setInterval(() => {}, 1000);
  `;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return {
    pid: child.pid ?? 0,
    async kill() {
      child.kill('SIGKILL');
      await once(child, 'close');
    },
  };
}

test('locks a run for one holder at a time, until the holder releases it', async (t) => {
  const run = await temporaryFolder(t);
  const lock = await lockRun(run);
  assert.equal(await runHolder(run), process.pid);
  await assert.rejects(lockRun(run), { code: 'RUN_LOCKED' });
  await lock.release();
  await lock.release();
  assert.equal(await runHolder(run), undefined);
  await (await lockRun(run)).release();
  assert.deepEqual(await readdir(join(run, 'lock')), []);
});

test('cannot lock a run while the process that holds it is alive', async (t) => {
  const run = await temporaryFolder(t);
  const child = await lockInChild(run);
  try {
    assert.equal(await runHolder(run), child.pid);
    await assert.rejects(lockRun(run), { code: 'RUN_LOCKED', message: new RegExp(`process ${child.pid}`) });
    assert.equal((await readdir(join(run, 'lock'))).length, 1, 'the failed attempt leaves no files');
  } finally {
    await child.kill();
  }
  assert.equal(await runHolder(run), undefined);
  const lock = await lockRun(run);
  assert.equal((await readdir(join(run, 'lock'))).length, 1, 'the file of the dead holder is removed');
  await lock.release();
});

test('recognizes a dead holder by its start time, even if its pid was reused', async (t) => {
  const run = await temporaryFolder(t);
  await mkdir(join(run, 'lock'));
  await writeFile(join(run, 'lock', `${process.ppid}-1`), '');
  assert.equal(await runHolder(run), undefined);
  await (await lockRun(run)).release();
});

test('allows only one of several concurrent attempts to lock a run', async (t) => {
  const run = await temporaryFolder(t);
  const results = await Promise.allSettled(Array.from({ length: 8 }, () => lockRun(run)));
  assert.equal(results.filter((result) => result.status === 'fulfilled').length, 1);
});

test('finds no holder for a run that was never locked', async (t) => {
  const run = await temporaryFolder(t);
  assert.equal(await runHolder(run), undefined);
  assert.equal(await runHolder(join(run, 'not-there')), undefined);
  assert.deepEqual(await readdir(run), [], 'the lookup leaves no files');
});
