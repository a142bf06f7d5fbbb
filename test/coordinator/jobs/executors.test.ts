import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { tableFromIPC } from 'apache-arrow';
import { build } from 'esbuild';
import { systemClock } from '../../../coordinator/clock.ts';
import { createLocalInvoker, type LocalInvoker } from '../../../coordinator/invoke/local.ts';
import { type EndedJob, type RunJobOptions, resumeJob, runJob } from '../../../coordinator/jobs/run-job.ts';
import { openFileJournal } from '../../../coordinator/journal/file.ts';
import type { JobProgress } from '../../../coordinator/scheduler/progress.ts';
import type { StageGraph } from '../../../engine/plan/stage.ts';
import { localIdentity } from '../../../engine/scan/local-file.ts';
import { createFileStore } from '../../../engine/store/file.ts';
import { jobId, settings } from '../scheduler/graph.ts';
import { numbersGraph, rowCount, rowGroup } from './numbers-graph.ts';

/** The folder of the bundled executor. It is inside the project, so that the bundle can load its native packages. */
const bundle = fileURLToPath(new URL(`../../../node_modules/.cache/volley-test-${process.pid}/`, import.meta.url));

before(async () => {
  await build({
    entryPoints: ['functions/executor.ts', 'functions/kernel-worker.ts'],
    outdir: bundle,
    bundle: true,
    platform: 'node',
    target: 'node20.20',
    format: 'esm',
    external: ['koffi', '@duckdb/*'],
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    logLevel: 'error',
  });
});
after(() => rm(bundle, { recursive: true, force: true }));

interface Place {
  readonly root: string;
  readonly graph: StageGraph;
  readonly invoker: LocalInvoker;
  run(changes?: Partial<RunJobOptions>): Promise<EndedJob>;
  resume(): Promise<EndedJob>;
}

/** Sets up a journal, a store, a Parquet file of consecutive numbers from 0, and executors that may read the file. */
async function place(t: TestContext): Promise<Place> {
  const root = await mkdtemp(join(tmpdir(), 'volley-run-'));
  for (const folder of ['data', 'store', 'journal', 'scratch']) await mkdir(join(root, folder));
  const file = join(root, 'data', 'numbers.parquet');
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(
    `COPY (SELECT range AS i FROM range(${rowCount})) TO '${file}' (FORMAT parquet, ROW_GROUP_SIZE ${rowGroup})`,
  );
  connection.closeSync();
  const invoker = createLocalInvoker({
    executorEntry: join(bundle, 'executor.js'),
    count: 2,
    memoryMiB: 512,
    storeRoot: join(root, 'store'),
    scratchRoot: join(root, 'scratch'),
    inputRoots: [join(root, 'data')],
  });
  const journal = openFileJournal(join(root, 'journal'));
  t.after(async () => {
    await invoker.close();
    await journal.close();
    await rm(root, { recursive: true, force: true });
  });
  const store = createFileStore(join(root, 'store'));
  const graph = numbersGraph({ location: file, identity: localIdentity(await stat(file, { bigint: true })) });
  const context = { journal, invoker, store, clock: systemClock, random: Math.random };
  return {
    root,
    graph,
    invoker,
    run: (changes) => runJob({ job: jobId, graph, settings, ...context, ...changes }),
    resume: () => resumeJob({ job: jobId, renewTimeout: true, ...context }),
  };
}

/** Checks that the result of a job contains all numbers in order. */
async function assertRightResult({ root }: Place, ended: EndedJob): Promise<void> {
  assert.deepEqual(ended.state.end, { kind: 'succeeded' });
  const [part, ...others] = ended.result;
  assert.deepEqual(others, []);
  assert.ok(part?.kind === 'object');
  const table = tableFromIPC(await readFile(join(root, 'store', part.key)));
  const numbers = [...(table.getChildAt(0) ?? [])].map(Number);
  assert.deepEqual(
    numbers,
    Array.from({ length: rowCount - 100 }, (_, at) => at + 100),
  );
}

async function assertNothingLeft({ root, invoker }: Place, ended: EndedJob): Promise<void> {
  await ended.release();
  await invoker.close();
  assert.deepEqual(await readdir(join(root, 'journal')), []);
  assert.deepEqual(await readdir(join(root, 'scratch')), []);
  // An unfinished write of a killed process never becomes an object. It is removed with the store's folder.
  const objects: string[] = [];
  for await (const { key: name } of createFileStore(join(root, 'store')).list('')) objects.push(name);
  assert.deepEqual(objects, []);
}

describe('a job on executor processes', () => {
  test('returns every row exactly once and leaves no objects or files behind', async (t) => {
    const at = await place(t);
    const ended = await at.run();
    await assertRightResult(at, ended);
    await assertNothingLeft(at, ended);
  });

  test('returns every row exactly once when executors are killed in every stage', async (t) => {
    const at = await place(t);
    const killedAt = new Set<number>();
    const onProgress = ({ stagesDone, tasksRunning }: JobProgress) => {
      const { pids } = at.invoker;
      if (pids.length === 0 || tasksRunning === 0 || killedAt.has(stagesDone)) return;
      killedAt.add(stagesDone);
      for (const pid of pids) process.kill(pid, 'SIGKILL');
    };
    const ended = await at.run({ onProgress });
    await assertRightResult(at, ended);
    assert.deepEqual([...killedAt], [0, 1, 2]);
    assert.ok(ended.state.retriesUsed >= 3, 'each stage had something to retry');
    await assertNothingLeft(at, ended);
  });

  test('fails when executors are killed until a task has used all its retries', async (t) => {
    const at = await place(t);
    const killer = setInterval(() => {
      for (const pid of at.invoker.pids) process.kill(pid, 'SIGKILL');
    }, 5);
    const ended = await at.run({ settings: { ...settings, retries: 1 } });
    clearInterval(killer);
    assert.ok(ended.state.end?.kind === 'failed');
    assert.equal(ended.state.end.error.code, 'EXECUTOR_LOST');
    assert.match(ended.state.end.error.message, /stage 0, task [0-3] of 4, 2 attempts.*SIGKILL/);
    await assertNothingLeft(at, ended);
  });

  test('leaves no objects or files behind when it is cancelled while running', async (t) => {
    const at = await place(t);
    const controller = new AbortController();
    const onProgress = ({ stagesDone }: JobProgress) => {
      if (stagesDone === 1) controller.abort('user');
    };
    const ended = await at.run({ onProgress, signal: controller.signal });
    assert.deepEqual(ended.state.end, { kind: 'cancelled', by: 'user' });
    await assertNothingLeft(at, ended);
  });

  test('is finished by a new owner without repeating finished tasks when its owner dies', async (t) => {
    const at = await place(t);
    const onProgress = ({ stagesDone }: JobProgress) => {
      if (stagesDone === 1) throw new Error('the owner is dead');
    };
    await assert.rejects(at.run({ onProgress }), /the owner is dead/);
    const ended = await at.resume();
    await assertRightResult(at, ended);
    const attempts = ended.state.stages[0]?.tasks.map((task) => (task.kind === 'succeeded' ? task.attempt[0] : '?'));
    assert.deepEqual(attempts, ['1', '1', '1', '1']);
    await assertNothingLeft(at, ended);
  });
});
