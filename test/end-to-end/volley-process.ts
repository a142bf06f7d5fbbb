import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { type KnownLocalJob, listJobs } from '../../functions/embedded/job-list.ts';

const PROGRAM = fileURLToPath(new URL('../../bin/volley.js', import.meta.url));
const PATIENCE_MS = 60_000;
const POLL_MS = 20;

/** The exit status and output of a program that ended. */
export interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder for one test file, with its data and its own state directory. */
export interface Place {
  readonly folder: string;
  readonly state: string;
  /** Runs the program until it exits. */
  volley(arguments_: readonly string[], stdin?: string): Promise<Ended>;
  /** Starts the program. */
  start(arguments_: readonly string[]): Started;
  /** Starts the program and leaves its stdin open. */
  startReading(arguments_: readonly string[]): Started;
  /** Returns the remaining run directories. */
  leftovers(): Promise<readonly string[]>;
  /** Returns all files and folders in `folder`, including the state directory and the program's temporary folder. */
  files(): readonly string[];
  /** Returns the ids of all processes of runs in this folder, including orphans. Linux only. */
  processes(): readonly number[];
  remove(): void;
}

export interface Started {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
}

export function makePlace(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'volley-e2e-'));
  const state = join(folder, 'state');
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  const start = (arguments_: readonly string[], stdin: string | undefined): Started => {
    const child = spawn(process.execPath, [PROGRAM, ...arguments_], {
      cwd: folder,
      env: { PATH: process.env['PATH'], HOME: folder, VOLLEY_STATE_DIR: state, TMPDIR: temporary, TZ: 'UTC' },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    if (stdin !== undefined) child.stdin.end(stdin);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const ended = new Promise<Ended>((resolve) => {
      child.on('close', (status, signal) => resolve({ status, signal, stdout, stderr }));
    });
    return { process: child, ended };
  };
  return {
    folder,
    state,
    volley: (arguments_, stdin) => start(arguments_, stdin ?? '').ended,
    start: (arguments_) => start(arguments_, ''),
    startReading: (arguments_) => start(arguments_, undefined),
    leftovers: () => readdir(join(state, 'runs')).catch(() => []),
    files: () => filesBelow(folder, ''),
    // The arguments of child processes include the folders of their run.
    processes: () => processesWhere((argument) => argument.includes(folder)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Writes Parquet files. `files` maps each path to the `SELECT` that returns its rows. */
export async function writeParquet(files: Readonly<Record<string, string>>): Promise<void> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  for (const [path, query] of Object.entries(files))
    await connection.run(`COPY (${query}) TO '${path}' (FORMAT parquet, ROW_GROUP_SIZE 2048)`);
  connection.closeSync();
}

/** Polls until `look` returns a value. Rejects after a minute. */
export async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > giveUpAt) throw new Error(`Gave up after ${PATIENCE_MS} ms: ${what}`);
    await delay(POLL_MS);
  }
}

/** Waits until `isReached` is true for a job in the state directory of `place`, and returns the job. */
export function untilJob(
  place: Place,
  what: string,
  isReached: (job: KnownLocalJob) => boolean,
): Promise<KnownLocalJob> {
  return until(what, async () => (await listJobs(place.state)).find(isReached));
}

/** Returns the ids of a process's live children. Linux only. */
export function childrenOf(pid: number): readonly number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return text.split(' ').filter(Boolean).map(Number);
}

/** Returns the ids of the executors that a process started. Linux only. */
export function executorsOf(pid: number): readonly number[] {
  return childrenOf(pid).filter((child) => commandOf(child).some((argument) => argument.endsWith('/executor.js')));
}

/** Returns the paths of all files and folders below a folder. Does not follow links. */
export function filesBelow(folder: string, prefix: string): readonly string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = join(prefix, entry.name);
    return entry.isDirectory() ? [path, ...filesBelow(folder, path)] : [path];
  });
}

function processesWhere(isWanted: (argument: string) => boolean): readonly number[] {
  const ids = readdirSync('/proc').map(Number).filter(Number.isInteger);
  return ids.filter((id) => id !== process.pid && commandOf(id).some(isWanted));
}

/** Returns a process's arguments, or an empty list if it has exited. */
export function commandOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

/** Returns whether a process exists and is not a zombie. Linux only. */
export function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) !== 'Z';
  } catch {
    return false;
  }
}
