import { execFile } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { FabricError } from '../../engine/errors.ts';
import { makeFolder } from '../../engine/store/make-folder.ts';

/** A run locked by this process. */
export interface RunLock {
  /** Releases the run. Idempotent. */
  release(): Promise<void>;
}

/** A process, identified by its pid and start time: pids are reused. */
interface Holder {
  readonly pid: number;
  readonly startedAt: string;
}

/**
 * Locks a run's folder for this process by creating `lock/{pid}-{start time}` in it. Each process creates its own name before it looks for
 * others, so of two that run at the same time, at least one sees the other. Names are never reused, so the names of dead processes can be
 * removed without a race. Works among the processes of one machine and pid namespace. Rejects with `RUN_LOCKED` if a living process has the
 * run. `advice`: what the message tells the user to do, in complete sentences.
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

/** The pid of the living process that holds a run, if any. */
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

/** When a process started, as an exact text in the platform's format; undefined if there is no such process. */
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
