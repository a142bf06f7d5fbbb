import { execFile } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { FabricError } from '../../engine/errors.ts';
import { makeFolder } from '../../engine/store/make-folder.ts';

/** A run held by this process. */
export interface RunLock {
  /** Lets go of the run. Idempotent. */
  release(): Promise<void>;
}

/** A process, told apart from a later one that was given the same pid by when it started. */
interface Holder {
  readonly pid: number;
  readonly startedAt: string;
}

/**
 * Claims a run's folder for this process: makes `lock/{pid}-{start time}` in it. Everybody makes a name of their own before
 * looking at the others', so of two that come together at least one sees the other; and as no name is ever used twice, those of
 * dead processes can be cleared away without a race. Works among the processes of one machine (and one pid namespace).
 * Rejects with `RUN_LOCKED` where a living process has the run; `advice`, in whole sentences, is what its message says to do about that.
 */
export async function lockRun(runDirectory: string, advice = 'End that process first.'): Promise<RunLock> {
  const directory = join(runDirectory, 'lock');
  makeFolder(directory, 0o700);
  const startedAt = await startTime(process.pid);
  if (startedAt === undefined) throw new FabricError('INTERNAL', 'This platform does not tell when a process started.');
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

/** The pid of the living process that has a run, or undefined. */
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

/** When a process started, in whatever terms the platform tells it exactly; undefined if there is no such process. */
async function startTime(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
    // The second field is the command's name in parentheses, and may itself hold spaces and parentheses.
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
  const message = `The folder ${folder} belongs to process ${pid}, which is alive. ${advice}`;
  return new FabricError('RUN_LOCKED', message, { details: { pid }, cause });
}
