import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deleteJobObjects } from '../../coordinator/jobs/delete-objects.ts';
import { openFileJournal } from '../../coordinator/journal/file.ts';
import { lockRun, type RunLock, runHolder } from '../../coordinator/journal/lock.ts';
import { fold } from '../../coordinator/scheduler/apply.ts';
import { FabricError } from '../../engine/errors.ts';
import { makeFolder } from '../../engine/store/make-folder.ts';
import type { ObjectStore } from '../../engine/store/object-store.ts';
import type { S3Settings } from '../config/s3-settings.ts';
import { locationText, parseStoreLocation } from '../config/store-location.ts';
import { newId } from '../process/new-id.ts';
import { openStore } from './open-store.ts';

/** The folder of one process's run: its journal, objects and scratch files. */
export interface RunDirectory {
  readonly path: string;
  readonly journal: string;
  readonly scratch: string;
}

/** A run owned by this process until it is closed. */
export interface OwnedRun extends RunDirectory {
  /** The location of its jobs' objects: an absolute path or `s3://bucket/prefix`. */
  readonly store: string;
  /** Releases the run. If `remove` is set, deletes the run first. */
  close(remove: boolean): Promise<void>;
}

/** The maximum number of attempts to create a run. Another process's sweep may remove a folder before it is locked. */
const CREATE_ATTEMPTS = 5;

const RUN_IS_LOCKED = 'Wait until its jobs have ended, or cancel them with volley cancel ID.';

function runsDirectory(stateDirectory: string): string {
  return join(stateDirectory, 'runs');
}

/** Returns the folders of the run at a path. */
export function runDirectory(path: string): RunDirectory {
  return { path, journal: join(path, 'journal'), scratch: join(path, 'scratch') };
}

/**
 * Creates a run for this process, with its objects in `store` or, by default, in the run's own folder. Rejects with
 * `STORE_FAILED` if the state directory is not writable.
 */
export async function createRun(stateDirectory: string, store?: string): Promise<OwnedRun> {
  let failure: unknown;
  for (let attempt = 0; attempt < CREATE_ATTEMPTS; attempt += 1) {
    try {
      return await claim(join(runsDirectory(stateDirectory), newId(new Date())), store);
    } catch (error) {
      failure = error;
    }
  }
  const reason = failure instanceof Error ? failure.message : String(failure);
  throw new FabricError(
    'STORE_FAILED',
    `The state directory ${stateDirectory} cannot be used: ${reason}. Set VOLLEY_STATE_DIR to a writable folder.`,
    { cause: failure },
  );
}

/** Takes over the run of a dead process. Rejects with `RUN_LOCKED` if the process is alive. */
export function adoptRun(path: string): Promise<OwnedRun> {
  return claim(path);
}

async function claim(path: string, store?: string): Promise<OwnedRun> {
  const run = runDirectory(path);
  makeFolder(run.journal, 0o700);
  const lock: RunLock = await lockRun(path, RUN_IS_LOCKED);
  makeFolder(run.journal, 0o700);
  if (store !== undefined) await writeFile(storeFile(path), store);
  return {
    ...run,
    store: await storeOf(path),
    async close(remove) {
      if (remove) await rm(path, { recursive: true, force: true });
      await lock.release();
    },
  };
}

/**
 * Records the location of a run's objects, because the process that adopts the run may be configured with another
 * store.
 */
function storeFile(path: string): string {
  return join(path, 'store-location');
}

async function storeOf(path: string): Promise<string> {
  try {
    return await readFile(storeFile(path), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return join(path, 'store');
    throw error;
  }
}

/** The paths of all runs, oldest first. */
export async function listRuns(stateDirectory: string): Promise<readonly string[]> {
  const names = await readdir(runsDirectory(stateDirectory)).catch(() => []);
  return names.sort().map((name) => join(runsDirectory(stateDirectory), name));
}

/**
 * Opens the store of a run. Returns `undefined` if its objects must not be deleted, for example in a store that other
 * processes use.
 */
export type OpenRunStore = (location: string) => Promise<ObjectStore | undefined>;

/** Opens the stores of dead runs for a sweep: local ones, and in S3 only `own`, the store of this process. */
export function openOwnRunStore(own: string | undefined, s3: S3Settings): OpenRunStore {
  const ownText = own === undefined ? undefined : locationText(parseStoreLocation(own));
  return async (text) => {
    const location = parseStoreLocation(text);
    if (location.kind === 's3' && locationText(location) !== ownText) return undefined;
    return openStore(location, s3);
  };
}

/**
 * Deletes runs of dead processes that hold no job worth resuming. Runs that cannot be deleted are left to the next
 * sweep.
 */
export async function sweepRuns(stateDirectory: string, openRunStore: OpenRunStore): Promise<void> {
  for (const path of await listRuns(stateDirectory)) {
    if ((await runHolder(path)) !== undefined) continue;
    await sweepRun(path, openRunStore).catch(() => undefined);
  }
}

async function sweepRun(path: string, openRunStore: OpenRunStore): Promise<void> {
  if (await holdsResumableJob(path)) return;
  // If another process has adopted the run, that process sweeps the run when it ends.
  const run = await claim(path);
  let isDone = false;
  try {
    if (await holdsResumableJob(path)) return;
    // The jobs have ended, but their process may have died before it deleted their objects.
    const store = await openRunStore(run.store);
    if (store === undefined) return;
    const journal = openFileJournal(run.journal);
    for (const job of await journal.list()) {
      const records = await journal.read(job);
      if (records.length > 0) await deleteJobObjects(store, fold(records), []);
    }
    await journal.close();
    isDone = true;
  } finally {
    await run.close(isDone);
  }
}

/**
 * Returns whether a job of the run can still be finished or its result can still be read. Also returns true for an
 * unreadable job.
 */
async function holdsResumableJob(path: string): Promise<boolean> {
  const names = await readdir(runDirectory(path).journal).catch(() => []);
  if (names.length === 0) return false;
  const journal = openFileJournal(runDirectory(path).journal);
  try {
    for (const job of await journal.list()) {
      const records = await journal.read(job);
      if (records.length === 0) continue;
      const { end } = fold(records);
      if (end === undefined || end.kind === 'succeeded') return true;
    }
    return false;
  } catch {
    return true;
  } finally {
    await journal.close();
  }
}
