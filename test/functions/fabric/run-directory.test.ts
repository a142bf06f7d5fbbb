import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openFileJournal } from '../../../coordinator/journal/file.ts';
import { runHolder } from '../../../coordinator/journal/lock.ts';
import { FabricError } from '../../../engine/errors.ts';
import { createFileStore } from '../../../engine/store/file.ts';
import type { JobId } from '../../../engine/task/task.ts';
import { loadConfig } from '../../../functions/config/config.ts';
import { findJob, listJobs } from '../../../functions/embedded/job-list.ts';
import { cancelJob } from '../../../functions/embedded/known-jobs.ts';
import { adoptRun, createRun, listRuns, openOwnRunStore, sweepRuns } from '../../../functions/fabric/run-directory.ts';
import { deadRun } from './dead-run.ts';

const openRunStore = async (root: string) => createFileStore(root);
const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function stateDirectory(): string {
  const folder = mkdtempSync(join(tmpdir(), 'volley-runs-'));
  folders.push(folder);
  return folder;
}

test('a run is locked while its process lives, and deleted when closed', async () => {
  const state = stateDirectory();
  const run = await createRun(state);
  await assert.rejects(adoptRun(run.path), { code: 'RUN_LOCKED', message: /volley cancel ID/ });
  await sweepRuns(state, openRunStore);
  assert.deepEqual(await listRuns(state), [run.path]);
  await run.close(true);
  assert.deepEqual(await listRuns(state), []);
});

test('a sweep deletes only dead runs that have no jobs to resume', async () => {
  const state = stateDirectory();
  const unfinished = await deadRun(state, 'unfinished');
  const unread = await deadRun(state, 'unread', { kind: 'succeeded' });
  const failed = await deadRun(state, 'failed', {
    kind: 'failed',
    error: { code: 'QUERY_FAILED', message: '', details: {} },
  });
  const cancelled = await deadRun(state, 'cancelled', { kind: 'cancelled', by: 'SIGINT' });
  const empty = join(state, 'runs', 'empty');
  mkdirSync(join(empty, 'scratch'), { recursive: true });
  writeFileSync(join(empty, 'scratch', 'left'), 'x');
  await sweepRuns(state, openRunStore);
  assert.deepEqual([unfinished, unread, failed, cancelled, empty].map(existsSync), [true, true, false, false, false]);
});

test('a sweep deletes the objects of ended jobs from the store that their run recorded', async () => {
  const state = stateDirectory();
  const root = join(state, 'elsewhere');
  const store = createFileStore(root);
  const ended = await deadRun(state, 'ended', { kind: 'cancelled', by: 'SIGINT' }, root);
  const unfinished = await deadRun(state, 'unfinished', undefined, root);
  for (const id of ['ended', 'unfinished', 'of-another-run']) {
    await store.put(`jobs/${id}/stages/0/0-1-0.shuffle`, [new Uint8Array(1)]);
  }
  await sweepRuns(state, openRunStore);
  assert.equal(existsSync(ended), false);
  const keys: string[] = [];
  for await (const { key } of store.list('')) keys.push(key);
  assert.deepEqual(
    keys.map((key) => key.split('/')[1]),
    ['of-another-run', 'unfinished'],
  );
  const adopted = await adoptRun(unfinished);
  assert.equal(adopted.store, root);
  await adopted.close(true);
});

test('a sweep opens all local stores, but in S3 only its own store', async () => {
  const open = openOwnRunStore('s3://jobs/x', { endpoint: 'http://127.0.0.1:9', region: 'us-east-1' });
  const isOpened = async (location: string) => (await open(location)) !== undefined;
  assert.deepEqual(await Promise.all(['/data/store', 's3://jobs/x', 's3://jobs/x/'].map(isOpened)), [true, true, true]);
  assert.deepEqual(await Promise.all(['s3://jobs/y', 's3://jobs', 's3://others/x'].map(isOpened)), [
    false,
    false,
    false,
  ]);
});

test('finds a job by a unique prefix of its id', async () => {
  const state = stateDirectory();
  await deadRun(state, '20261121-aa');
  await deadRun(state, '20261121-ab');
  assert.deepEqual((await listJobs(state)).map(({ id }) => id).sort(), ['20261121-aa', '20261121-ab']);
  assert.equal((await findJob(state, '20261121-ab')).id, '20261121-ab');
  for (const id of ['20261121-a', 'x', '']) {
    await assert.rejects(findJob(state, id), (error) => error instanceof FabricError && error.code === 'UNKNOWN_JOB');
  }
});

test('an unusable state directory causes an error that contains its path and advice', async () => {
  const state = join(stateDirectory(), 'file');
  writeFileSync(state, '');
  const message = new RegExp(`^The state directory ${state} cannot be used: [^.]*[^.]\\. Set VOLLEY_STATE_DIR to `);
  await assert.rejects(createRun(state), { code: 'STORE_FAILED', message });
});

test('a damaged journal does not hide other jobs, is reported for its own job, and can be deleted', async () => {
  const state = stateDirectory();
  const damaged = await deadRun(state, 'damaged-1');
  await deadRun(state, 'whole-1');
  const [file] = readdirSync(join(damaged, 'journal')).filter((name) => name.includes('damaged-1'));
  assert.ok(file !== undefined);
  const path = join(damaged, 'journal', file);
  const middle = readFileSync(path).length - 1;
  // Append another record, so that the damage cannot be mistaken for a torn last write.
  const journal = openFileJournal(join(damaged, 'journal'));
  const token = await journal.acquire('damaged-1' as JobId);
  await journal.append('damaged-1' as JobId, token, [{ kind: 'cancel-requested', at: 2, by: 'a test' }]);
  await journal.close();
  const bytes = readFileSync(path);
  bytes[middle] = (bytes[middle] ?? 0) ^ 0xff;
  writeFileSync(path, bytes);
  assert.deepEqual(
    (await listJobs(state)).map((job) => job.id),
    ['whole-1'],
  );
  await assert.rejects(
    findJob(state, 'damaged'),
    (error) => error instanceof FabricError && error.code === 'JOURNAL_CORRUPT',
  );
  const config = loadConfig({}, { VOLLEY_STATE_DIR: state, XDG_CONFIG_HOME: state });
  assert.equal(await cancelJob(config, 'damaged'), 'forgotten');
  assert.ok(!(await listRuns(state)).includes(damaged), 'its run is deleted');
});

test('a failed attempt to delete a job leaves its run unlocked', async () => {
  const state = stateDirectory();
  const path = await deadRun(state, 'stuck-1');
  // Replace the store with a link to itself, so that it cannot be listed.
  rmSync(join(path, 'store'), { recursive: true, force: true });
  symlinkSync('store', join(path, 'store'));
  const config = loadConfig({}, { VOLLEY_STATE_DIR: state, XDG_CONFIG_HOME: state });
  await assert.rejects(cancelJob(config, 'stuck'), { code: 'STORE_FAILED' });
  assert.equal(await runHolder(path), undefined);
  assert.deepEqual(
    (await listJobs(state)).map(({ id }) => id),
    ['stuck-1'],
  );
  rmSync(join(path, 'store'));
  assert.equal(await cancelJob(config, 'stuck'), 'forgotten');
  assert.deepEqual(await listRuns(state), []);
});
