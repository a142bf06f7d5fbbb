import { execFile } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { FabricError } from '../../engine/errors.ts';
import { isErrno } from '../../engine/store/file-errors.ts';
import { makeFolder } from '../../engine/store/make-folder.ts';

/** A lock that this process holds on a run's folder. */
export interface RunLock {
  /** Releases the lock. Idempotent. */
  release(): Promise<void>;
}

/** A process, identified by its pid and its start time because pids are reused. */
interface Holder {
  readonly pid: number;
  readonly startedAt: string;
}

/**
 * Locks a run's folder for this process by creating the file `lock/{pid}-{start time}` in it. Each process creates its own file before it
 * looks for others, so if two processes try at the same time, at least one of them finds the other. File names are never reused, so the
 * files of dead processes can be removed without a race. The lock works only among processes on the same machine and in the same pid
 * namespace. Rejects with `RUN_LOCKED` if a living process has locked the folder, and with the system's error if the folder is not writable.
 * `advice` is the part of the message that states what to do, in complete sentences.
 */
export async function lockRun(runDirectory: string, advice = 'End that process first.'): Promise<RunLock> {
  const directory = join(runDirectory, 'lock');
  makeFolder(directory, 0o700);
  const startedAt = await startTime(process.pid);
  if (startedAt === undefined)
    throw new FabricError('INTERNAL', 'The start time of this process cannot be read on this platform.');
  const own = nameOf({ pid: process.pid, startedAt });
  const ownPath = join(directory, own);
  try {
    await writeFile(ownPath, '', { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error;
    throw locked(runDirectory, process.pid, advice, error);
  }
  for (const name of await readdir(directory)) {
    if (name === own) continue;
    const holder = parseName(name);
    if (holder !== undefined && (await isAlive(holder))) {
      await rm(ownPath, { force: true });
      throw locked(runDirectory, holder.pid, advice);
    }
    await rm(join(directory, name), { force: true });
  }
  return { release: () => rm(ownPath, { force: true }) };
}

/** Returns the pid of the living process that has locked a run, if there is one. */
export async function runHolder(runDirectory: string): Promise<number | undefined> {
  let names: string[];
  try {
    names = await readdir(join(runDirectory, 'lock'));
  } catch {
    return undefined;
  }
  for (const name of names) {
    const holder = parseName(name);
    if (holder !== undefined && (await isAlive(holder))) return holder.pid;
  }
  return undefined;
}

async function isAlive(holder: Holder): Promise<boolean> {
  return (await startTime(holder.pid)) === holder.startedAt;
}

/** Returns the start time of a process as text in the platform's format, or undefined if the process does not exist. */
async function startTime(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
    // The second field is the command's name in parentheses, which may itself contain spaces and parentheses.
    const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ended = fields?.[0] === 'Z' || fields?.[0] === 'X';
    return ended ? undefined : fields?.[19];
  }
  const listed = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => undefined);
  return listed?.stdout.trim().replaceAll(/[^0-9A-Za-z]+/g, '_');
}

function nameOf(holder: Holder): string {
  return `${holder.pid}-${holder.startedAt}`;
}

function parseName(name: string): Holder | undefined {
  const parts = /^([0-9]+)-([0-9A-Za-z_]+)$/.exec(name);
  return parts?.[1] === undefined || parts[2] === undefined
    ? undefined
    : { pid: Number(parts[1]), startedAt: parts[2] };
}

function locked(folder: string, pid: number, advice: string, cause?: unknown): FabricError {
  const message = `The folder ${folder} is in use by process ${pid}. ${advice}`;
  return new FabricError('RUN_LOCKED', message, { details: { pid }, cause });
}
