import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { installVersitygw, startVersitygw } from '../../../scripts/servers/versitygw.ts';
import { startVolleyExecutor, type VolleyExecutorOptions } from '../../../scripts/servers/volley-executor.ts';
import { openBuckets } from '../s3/buckets.ts';
import { all } from '../s3/source.ts';
import { EXECUTOR_MEMORY_MIB, taskKey } from './open-invokers.ts';

const root = mkdtempSync(join(tmpdir(), 'volley-executor-start-'));
after(() => rmSync(root, { recursive: true, force: true }));

const start = (changes: Partial<VolleyExecutorOptions>) =>
  startVolleyExecutor({
    store: join(root, 'store'),
    allow: [root],
    scratch: join(root, 'scratch'),
    key: taskKey,
    memoryMiB: EXECUTOR_MEMORY_MIB,
    ...changes,
  });

const leftInScratch = () => (existsSync(join(root, 'scratch')) ? readdirSync(join(root, 'scratch')) : []);

const healthOf = async (endpoint: string) => {
  const answer = await fetch(new URL('/healthz', endpoint));
  return [answer.status, Object(await answer.json()).status];
};

describe('a standalone executor', () => {
  for (const [what, changes, said] of [
    ['a store that cannot be created', { store: '/proc/x' }, /status 1: .*STORE_FAILED.*--store/s],
    ['a scratch folder that cannot be created', { scratch: '/proc/x' }, /status 2: .*USAGE.*--scratch/s],
    ['input files that do not exist', { allow: ['/nonexist'] }, /status 1: .*INPUT_NOT_FOUND.*\/nonexist/s],
    ['too little memory for any task', { memoryMiB: 5 }, /status 2: .*USAGE.*--memory/s],
    ['more memory than any machine has', { memoryMiB: 9_999_999_999 }, /status 2: .*USAGE.*--memory/s],
  ] as const) {
    test(`does not start with ${what}, and leaves no scratch folder`, async () => {
      await assert.rejects(start(changes), said);
      assert.deepEqual(leftInScratch(), []);
    });
  }

  test('prints a stack trace if it cannot start and VOLLEY_DEBUG is set', async () => {
    const environment = { VOLLEY_DEBUG: '1' };
    await assert.rejects(start({ store: '/proc/x', environment }), /STORE_FAILED.*\n\s+at .*ENOENT.*\n\s+at /s);
  });

  test('does not start on a port that is in use, and leaves no scratch folder', async (t) => {
    const other = createServer().listen(0, '127.0.0.1');
    t.after(() => other.close());
    await once(other, 'listening');
    const address = other.address();
    assert.ok(typeof address === 'object' && address !== null);
    await assert.rejects(start({ port: address.port }), /status 2: .*USAGE.*Cannot listen/s);
    assert.deepEqual(leftInScratch(), []);
  });

  test('creates its folders, becomes ready, and removes its probe object from the store', async (t) => {
    const executor = await start({ store: join(root, 'new', 'store'), scratch: join(root, 'new', 'scratch') });
    t.after(() => executor.close());
    assert.deepEqual(await healthOf(executor.endpoint), [200, 'ready']);
    const left = readdirSync(join(root, 'new', 'store'), { recursive: true, withFileTypes: true });
    assert.deepEqual(
      left.filter((entry) => entry.isFile()),
      [],
    );
  });

  test('exits immediately after a second signal, and leaves no scratch folder', async (t) => {
    const executor = await start({});
    t.after(() => executor.close());
    assert.equal(leftInScratch().length, 1);
    executor.signal('SIGTERM');
    executor.signal('SIGTERM');
    await executor.exited;
    assert.deepEqual(leftInScratch(), []);
  });

  test('reports a store that does not answer, and becomes ready once the store answers', async (t) => {
    await installVersitygw();
    const server = await startVersitygw();
    t.after(() => server.close());
    const buckets = await openBuckets(server);
    t.after(() => buckets.close());
    const { environment } = buckets;
    await assert.rejects(start({ store: 's3://no-such-bucket/x', environment }), /status 1: .*NoSuchBucket/);
    await server.kill();
    const executor = await start({ store: 's3://jobs/x', environment });
    t.after(() => executor.close());
    assert.deepEqual(await healthOf(executor.endpoint), [503, 'starting']);
    const until = async (isSo: () => Promise<boolean>) => {
      while (!(await isSo())) await turn();
    };
    await until(async () => /store \(s3:\/\/jobs\/x\): no answer since .*not ready/.test(executor.said()));
    await server.restart();
    await until(async () => (await healthOf(executor.endpoint))[0] === 200);
    await until(async () => /store \(s3:\/\/jobs\/x\): answers again/.test(executor.said()));
    assert.deepEqual(await all(buckets.jobs.list('')), []);
  });
});
