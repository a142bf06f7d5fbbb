import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openFileJournal } from '../../../coordinator/journal/file.ts';
import { openIntentFiles } from '../../../coordinator/journal/intent-files.ts';
import { fragmentKey, indexKey, outputKey } from '../../../coordinator/scheduler/keys.ts';
import type { StageId } from '../../../engine/plan/stage.ts';
import { createFileStore } from '../../../engine/store/file.ts';
import type { MultipartStore } from '../../../engine/store/multipart-store.ts';
import type { ObjectStore } from '../../../engine/store/object-store.ts';
import type { AttemptId, JobId } from '../../../engine/task/task.ts';
import { startVersitygw } from '../../../scripts/servers/versitygw.ts';
import { cancelAt } from '../../coordinator/journal/sample-records.ts';
import { joinGraph, submission } from '../../coordinator/scheduler/graph.ts';
import { filesBelow, until, writeParquet } from '../../end-to-end/volley-process.ts';
import { deadRun } from '../../functions/fabric/dead-run.ts';
import { openBuckets } from '../s3/buckets.ts';
import { whyNoS3 } from '../s3/suite.ts';
import { type ServeProcess, startServe } from './fixture.ts';

// Each leftover below stands for a place in the code that creates a file or an object. These places leave nothing that a later process
// could sweep, and therefore have no leftover here:
// - engine/shuffle/spill-file.ts unlinks its file when it is opened.
// - No process listens on a Unix socket. Parents and children use pipes.
// - coordinator/journal/etcd/values.ts stores large values in `journal/{job}/`. The etcd journal deletes them with the job
//   (test/fabric/etcd/log.test.ts).
// - functions/serve/config.ts keeps its token for the next start.

const DAY_MS = 86_400_000;
const ended = 'ended' as JobId;
/** More than 256 KiB of text, so that the result is stored as an object. */
const LARGE = "select n, repeat('x', 100) as text from numbers";
const BYTES = [Buffer.alloc(1000)];

interface World {
  readonly state: string;
  readonly serve: () => Promise<ServeProcess>;
  readonly store: ObjectStore & Partial<MultipartStore>;
}

function makeWorld(t: TestContext): { readonly folder: string; readonly state: string } {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'volley-left-')));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ['data', 'state']) mkdirSync(join(folder, name));
  return { folder, state: join(folder, 'state') };
}

function writeNumbers(folder: string): Promise<void> {
  return writeParquet({ [join(folder, 'data/numbers.parquet')]: 'select range as n from range(10000)' });
}

/** Writes the leftovers of a job that ended, of jobs that never began, and of a killed process. */
async function writeLeftovers({ state, store }: World): Promise<void> {
  const job = { job: ended, graph: joinGraph };
  const [scan, , , last] = joinGraph.stages;
  assert.ok(scan !== undefined && last !== undefined);
  const attempt = '1-1' as AttemptId;
  // engine/execute/write-output.ts and run-combine.ts: shuffle objects and results, also under several prefixes.
  await store.put(outputKey(job, scan, 0, attempt), BYTES);
  await store.put(outputKey(job, last, 0, attempt), BYTES);
  // coordinator/jobs/write-index.ts and fragment-objects.ts: indexes, and fragments of tasks.
  await store.put(indexKey(job, scan.id, 0), BYTES);
  await store.put(fragmentKey(job, scan.id, 'a'.repeat(64)), BYTES);
  // functions/fabric/probe-store.ts: a probe.
  await store.put(`probes/${Date.now() - DAY_MS}-00000000-0000-4000-8000-000000000000`, BYTES);
  // engine/store/s3/multipart.ts: an unfinished upload.
  await store.upload?.(outputKey(job, scan, 1, attempt), BYTES);

  const folder = join(state, 'serve/journal');
  const journal = openFileJournal(folder);
  // coordinator/journal/file.ts: the records of a job that ended two days ago, and a file without records.
  const at = Date.now() - 2 * DAY_MS;
  await journal.append(ended, await journal.acquire(ended), [
    { ...submission(joinGraph, {}, at), job: ended } as ReturnType<typeof submission>,
    { kind: 'attempt-started', at, stage: 0 as StageId, task: 0, attempt, deadline: at + 1000 },
    { ...cancelAt(at) },
    { kind: 'job-ended', at, end: { kind: 'cancelled', by: 'me' } },
  ]);
  await journal.close();
  writeFileSync(join(folder, 'cut.journal'), 'VOLL');
  // coordinator/journal/intent-files.ts: an intent of a removed job, and an unfinished intent.
  await openIntentFiles(folder).save('removed' as JobId, { kind: 'forget', by: 'me' });
  writeFileSync(join(folder, 'ended.intent.new'), 'for');
  // coordinator/journal/folder-probe.ts: a probe file.
  writeFileSync(join(folder, 'probe'), 'x');
  // coordinator/journal/lock.ts: the lock of a dead process.
  writeFileSync(join(folder, 'lock/999999-1'), '');

  // functions/fabric/run-directory.ts: the run of a `volley sql` whose job was cancelled, with the folders of its children.
  const run = await deadRun(state, 'cancelled', { kind: 'cancelled', by: 'SIGINT' });
  const scratch = join(run, 'scratch');
  // coordinator/binder/program/stand-in-files.ts, engine/scan/sparse-file.ts, coordinator/catalog/text-samples.ts: files of the binder.
  // engine/execute/open-inputs.ts, local-inputs.ts and DuckDB: files of an executor.
  for (const path of [
    'binder/samples/a.csv.new',
    'executor-0/inputs-a/0.parquet',
    'executor-0/duckdb_temp_storage-0.tmp',
  ]) {
    mkdirSync(join(scratch, path, '..'), { recursive: true });
    writeFileSync(join(scratch, path), 'x');
  }
  await createFileStore(join(run, 'store')).put('jobs/cancelled/stages/0/0-1-1.shuffle', BYTES);
}

/** Kills a process in the middle of two writes to a file store (engine/store/file.ts), of which one is an old probe. */
async function killWriter(root: string): Promise<void> {
  const module = new URL('../../../engine/store/file.ts', import.meta.url).href;
  const script = `
    const { createFileStore } = await import(${JSON.stringify(module)});
    async function* parts() {
      yield Buffer.alloc(9 << 20);
      await new Promise(() => setInterval(() => {}, 1000));
    }
    for (const key of ['jobs/${ended}/stages/0/2-1-1.shuffle', 'probes/1-a']) void createFileStore(${JSON.stringify(root)}).put(key, parts());
    process.stdout.write('writing');
  `;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  const probes = join(root, '.incomplete/probes');
  await until(
    'both files exist',
    async () => (existsSync(probes) && existsSync(join(root, `.incomplete/jobs/${ended}`))) || undefined,
  );
  child.kill('SIGKILL');
  await once(child, 'exit');
  const old = new Date(Date.now() - DAY_MS);
  for (const name of readdirSync(probes)) utimesSync(join(probes, name), old, old);
}

/** Returns the files and folders that the next server should have swept. Excludes the server's run, which has the last id. */
function filesIn(state: string): readonly string[] {
  const current = `runs/${readdirSync(join(state, 'runs')).sort().at(-1)}`;
  return filesBelow(state, '').filter((path) => !path.startsWith(current));
}

/** Runs a job whose result stays, kills the server, adds leftovers, and checks what the next server keeps. */
async function checkSweep(world: World, addMore: () => Promise<void>, kept: (id: string) => readonly string[]) {
  const { state, store } = world;
  const first = await world.serve();
  const { id } = await first.submit(LARGE);
  const { text } = await first.ask('GET', `/v1/jobs/${id}/result?wait=60&format=csv`);
  first.signal('SIGKILL');
  await first.exited;
  await writeLeftovers(world);
  await addMore();
  const second = await world.serve();
  const look = async (): Promise<readonly string[]> => {
    const objects: string[] = [];
    for await (const { key } of store.list('')) objects.push(key);
    if (store.listUploads !== undefined)
      for await (const { key } of store.listUploads('')) objects.push(`upload ${key}`);
    return [...filesIn(state), ...objects].filter(
      (path) => !/^(runs|serve|serve\/journal|serve\/journal\/lock)$/.test(path),
    );
  };
  const isSwept = async () => {
    const left = await look();
    return left.length <= kept(id).length ? left : undefined;
  };
  const left = await until('the leftovers are swept', isSwept).catch(look);
  assert.deepEqual(left.map((path) => path.replace(/lock\/.+/, 'lock/own')).sort(), [...kept(id)].sort());
  assert.equal((await second.ask('GET', `/v1/jobs/${id}/result?format=csv`)).text, text);
}

const COMMON = (id: string): readonly string[] => ['serve/journal/lock/own', `serve/journal/${id}.journal`];

test('a server with a store in a folder sweeps all leftovers except what a living job needs', async (t) => {
  const { folder, state } = makeWorld(t);
  await writeNumbers(folder);
  const root = join(folder, 'store');
  const flags = ['--data', join(folder, 'data'), '--store', root];
  const environment = { HOME: state, VOLLEY_STATE_DIR: state, VOLLEY_TOKEN: 'a-token-that-only-the-tests-know' };
  const serve = () => startServe(t, 'a', flags, environment);
  await checkSweep(
    { state, serve, store: createFileStore(root) },
    () => killWriter(root),
    (id) => [...COMMON(id), `jobs/${id}/result/0-1-0.arrow`],
  );
  assert.equal(existsSync(join(root, '.incomplete')), false);
});

test('a server with a store in S3 sweeps all leftovers except what a living job needs', {
  skip: (await whyNoS3()) ?? false,
}, async (t) => {
  const { folder, state } = makeWorld(t);
  await writeNumbers(folder);
  const server = await startVersitygw();
  t.after(() => server.close());
  const buckets = await openBuckets(server);
  t.after(() => buckets.close());
  const flags = ['--data', join(folder, 'data'), '--store', 's3://jobs'];
  const token = 'a-token-that-only-the-tests-know';
  const environment = { ...buckets.environment, HOME: state, VOLLEY_STATE_DIR: state, VOLLEY_TOKEN: token };
  await checkSweep(
    { state, serve: () => startServe(t, 'a', flags, environment), store: buckets.jobs },
    async () => undefined,
    (id) => [...COMMON(id), `jobs/${id}/result/0-1-0.arrow`],
  );
});
