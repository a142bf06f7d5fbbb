import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { systemClock } from '../../../coordinator/clock.ts';
import { createHttpInvoker } from '../../../coordinator/invoke/http.ts';
import { runJob } from '../../../coordinator/jobs/run-job.ts';
import type { JobState } from '../../../coordinator/scheduler/state.ts';
import { localIdentity } from '../../../engine/scan/local-file.ts';
import { createFileStore } from '../../../engine/store/file.ts';
import { decodeOutcomeEnvelope, encodeTaskEnvelope, type TaskSigner } from '../../../engine/task/envelope.ts';
import type { JobId } from '../../../engine/task/task.ts';
import { startVolleyExecutor, type VolleyExecutor } from '../../../scripts/servers/volley-executor.ts';
import { rowOf } from '../../coordinator/invoke/conformance.ts';
import { numbersGraph, rowCount } from '../../coordinator/jobs/numbers-graph.ts';
import { MemoryJournal } from '../../coordinator/journal/memory-journal.ts';
import { settings } from '../../coordinator/scheduler/graph.ts';
import { range, taskOf, totals, writeParquet } from '../../engine/execute/fixture.ts';
import { EXECUTOR_MEMORY_MIB, taskKey } from './open-invokers.ts';

let root = '';

before(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'volley-trust-')));
  for (const folder of ['store', 'scratch', 'allowed', 'elsewhere']) await mkdir(join(root, folder));
  for (const folder of ['allowed', 'elsewhere']) {
    writeParquet(join(root, folder, 'numbers.parquet'), `SELECT range AS i FROM range(${rowCount})`);
  }
});
after(() => rm(root, { recursive: true, force: true }));

function start(program?: string): Promise<VolleyExecutor> {
  return startVolleyExecutor({
    store: join(root, 'store'),
    allow: [join(root, 'allowed')],
    scratch: join(root, 'scratch'),
    key: taskKey,
    memoryMiB: EXECUTOR_MEMORY_MIB,
    ...(program === undefined ? {} : { program }),
  });
}

/** Runs a job that reads a folder's file, without the coordinator's check of locations. */
async function runOver(executor: VolleyExecutor, folder: string, job: string): Promise<JobState> {
  const invoker = createHttpInvoker({
    executors: { kind: 'list', urls: [executor.endpoint] },
    key: Buffer.from(taskKey),
    healthMs: 50,
  });
  const location = join(root, folder, 'numbers.parquet');
  const ended = await runJob({
    job: job as JobId,
    graph: numbersGraph({ location, identity: localIdentity(await stat(location, { bigint: true })) }),
    settings: { ...settings, taskMemoryMiB: EXECUTOR_MEMORY_MIB, retries: 3, retryBudget: 12 },
    journal: new MemoryJournal(),
    store: createFileStore(join(root, 'store')),
    invoker,
    clock: systemClock,
    random: Math.random,
  });
  await ended.release();
  await invoker.close();
  return ended.state;
}

describe('a standalone executor', () => {
  let executor: VolleyExecutor;
  before(async () => {
    executor = await start();
  });
  after(() => executor.close());

  const send = async (envelope: string) => {
    const url = new URL('/2015-03-31/functions/function/invocations', executor.endpoint);
    const answer = await fetch(url, { method: 'POST', body: envelope });
    return { status: answer.status, outcome: decodeOutcomeEnvelope(await answer.text()) };
  };
  const signer = (changes: Partial<TaskSigner> = {}): TaskSigner => ({
    key: Buffer.from(taskKey),
    expiresMs: Date.now() + 60_000,
    ...changes,
  });
  const task = taskOf(totals(range(10n)));

  test('runs a task with a valid signature', async () => {
    const { status, outcome } = await send(encodeTaskEnvelope(task, signer()));
    assert.equal(status, 200);
    assert.deepEqual(rowOf(outcome), [45n, 10n]);
  });

  const altered = (change: (fields: { task: string; signature: { expires_ms: number } }) => void) => () => {
    const fields = JSON.parse(encodeTaskEnvelope(task, signer()));
    change(fields);
    return JSON.stringify(fields);
  };
  const refused: readonly (readonly [string, string, () => string])[] = [
    ['is not signed', 'unsigned', () => encodeTaskEnvelope(task)],
    ['has an expired signature', 'expired', () => encodeTaskEnvelope(task, signer({ expiresMs: Date.now() - 1 }))],
    [
      'was signed with a different key',
      'altered',
      () => encodeTaskEnvelope(task, signer({ key: Buffer.from('x'.repeat(32)) })),
    ],
    [
      'was changed after it was signed',
      'altered',
      altered((fields) => {
        fields.task = JSON.parse(encodeTaskEnvelope(taskOf(totals(range(11n))))).task;
      }),
    ],
    [
      'has an expiry time that was changed after signing',
      'altered',
      altered((fields) => {
        fields.signature.expires_ms += 1000;
      }),
    ],
  ];
  for (const [what, reason, envelope] of refused) {
    test(`rejects a task that ${what}`, async () => {
      const { status, outcome } = await send(envelope());
      assert.equal(status, 403);
      assert.ok(outcome.kind === 'failed');
      assert.deepEqual([outcome.code, outcome.retryable, outcome.details['reason']], ['TASK_REFUSED', false, reason]);
    });
  }

  test('runs a job that reads only locations on its own allow-list', async () => {
    assert.deepEqual((await runOver(executor, 'allowed', 'allowed')).end, { kind: 'succeeded' });
  });

  test('fails a job that reads other locations, even if the coordinator allows them', async () => {
    const { end, attempts, retriesUsed } = await runOver(executor, 'elsewhere', 'elsewhere');
    assert.ok(end?.kind === 'failed', JSON.stringify(end));
    assert.equal(end.error.code, 'LOCATION_NOT_ALLOWED');
    assert.deepEqual([attempts, retriesUsed], [1, 0]);
  });
});

test('a job on an executor with a different engine version fails with VERSION_SKEW and without a retry', async (t) => {
  const program = await buildExecutorOf('9.9.9', t);
  const executor = await start(program);
  t.after(() => executor.close());
  const { end, attempts, retriesUsed } = await runOver(executor, 'allowed', 'skewed');
  assert.ok(end?.kind === 'failed', JSON.stringify(end));
  assert.equal(end.error.code, 'VERSION_SKEW');
  assert.match(end.error.message, /engine "duckdb-1\.[0-9.]+", not duckdb-9\.9\.9/);
  assert.deepEqual([attempts, retriesUsed], [1, 0]);
});

/** Builds an executor with a different engine version. The output folder is inside the project, so that the executor finds its packages. */
async function buildExecutorOf(version: string, t: { after(end: () => Promise<void>): void }): Promise<string> {
  const folder = fileURLToPath(new URL(`../../../node_modules/.cache/volley-skew-${process.pid}/`, import.meta.url));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const otherEngine: Plugin = {
    name: 'other-engine',
    setup(setting) {
      setting.onLoad({ filter: /engine-version\.ts$/ }, () => ({
        contents: `export const DUCKDB_VERSION = '${version}';`,
        loader: 'ts',
      }));
    },
  };
  await build({
    entryPoints: ['functions/executor.ts', 'functions/kernel-worker.ts'],
    outdir: folder,
    bundle: true,
    platform: 'node',
    target: 'node20.20',
    format: 'esm',
    external: ['koffi', '@duckdb/*'],
    plugins: [otherEngine],
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    logLevel: 'error',
  });
  return join(folder, 'executor.js');
}
