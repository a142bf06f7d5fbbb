import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openFileJournal } from '../../coordinator/journal/file.ts';
import { lockRun, type RunLock, runHolder } from '../../coordinator/journal/lock.ts';
import { fold } from '../../coordinator/scheduler/apply.ts';
import { FabricError } from '../../engine/errors.ts';

/** The folder of one process's run: its journal, its objects, its scratch files. */
export interface RunDirectory {
  readonly path: string;
  readonly journal: string;
  readonly store: string;
  readonly scratch: string;
}

/** A run that belongs to this process until it lets go. */
export interface OwnedRun extends RunDirectory {
  /** Lets go of the run; with `remove`, deletes it first. */
  close(remove: boolean): Promise<void>;
}

/** How often a new run is tried: another process that sweeps may take a folder away before it is locked. */
const CREATE_ATTEMPTS = 5;

function runsDirectory(stateDirectory: string): string {
  return join(stateDirectory, 'runs');
}

/** The folders of a run by its path. */
export function runDirectory(path: string): RunDirectory {
  return { path, journal: join(path, 'journal'), store: join(path, 'store'), scratch: join(path, 'scratch') };
}

/** An id that sorts by time and that no other process picks: `20261121-093005-3f9a1c`. */
export function newId(now: Date): string {
  const digits = now.toISOString().replace(/[-:]/g, '').slice(0, 15).replace('T', '-');
  return `${digits}-${randomBytes(3).toString('hex')}`;
}

/** Makes a run of this process's own. Rejects with `STORE_FAILED` where the state directory cannot be written. */
export async function createRun(stateDirectory: string): Promise<OwnedRun> {
  let failure: unknown;
  for (let attempt = 0; attempt < CREATE_ATTEMPTS; attempt += 1) {
    try {
      return await claim(join(runsDirectory(stateDirectory), newId(new Date())));
    } catch (error) {
      failure = error;
    }
  }
  const reason = failure instanceof Error ? failure.message : String(failure);
  throw new FabricError(
    'STORE_FAILED',
    `The state directory ${stateDirectory} cannot be used: ${reason} Set VOLLEY_STATE_DIR to a folder that can be written.`,
    { cause: failure },
  );
}

/** Takes over a run whose process has died. Rejects with `RUN_LOCKED` where it is alive. */
export function adoptRun(path: string): Promise<OwnedRun> {
  return claim(path);
}

async function claim(path: string): Promise<OwnedRun> {
  const run = runDirectory(path);
  await mkdir(run.journal, { recursive: true, mode: 0o700 });
  const lock: RunLock = await lockRun(path);
  await mkdir(run.journal, { recursive: true, mode: 0o700 });
  return {
    ...run,
    async close(remove) {
      if (remove) await rm(path, { recursive: true, force: true });
      await lock.release();
    },
  };
}

/** The paths of all runs, oldest first. */
export async function listRuns(stateDirectory: string): Promise<readonly string[]> {
  const names = await readdir(runsDirectory(stateDirectory)).catch(() => []);
  return names.sort().map((name) => join(runsDirectory(stateDirectory), name));
}

/** Deletes runs whose process is dead and that hold no job worth resuming. What cannot be deleted now is left to the next sweep. */
export async function sweepRuns(stateDirectory: string): Promise<void> {
  for (const path of await listRuns(stateDirectory)) {
    if ((await runHolder(path)) !== undefined) continue;
    await sweepRun(path).catch(() => undefined);
  }
}

async function sweepRun(path: string): Promise<void> {
  if (await holdsResumableJob(path)) return;
  // Whoever owns the run now is alive, and sweeps it itself at its end.
  const run = await claim(path);
  await run.close(!(await holdsResumableJob(path)));
}

/** Whether a job of the run could still be finished, or its result still be handed out. What cannot be read counts as one. */
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
