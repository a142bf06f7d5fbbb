/** Standalone executors: `volley executor` from dist/, each in a process on a free loopback port. */
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { startVolleyServer, type VolleyServer } from './volley-server.ts';

const POLL_MS = 5;

export interface VolleyExecutorOptions {
  readonly store: string;
  /** Folders and files that tasks may read. */
  readonly allow: readonly string[];
  readonly scratch: string;
  readonly key: string;
  readonly memoryMiB: number;
  readonly concurrency?: number;
  /** The program. Defaults to the program in dist/. */
  readonly program?: string;
  /** The port. 0, the default, selects any free port. */
  readonly port?: number;
  /** Additional environment variables. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A running `volley executor`. */
export interface VolleyExecutor extends Omit<VolleyServer, 'url'> {
  readonly endpoint: string;
  readonly port: number;
  /** Returns the ids of the processes that run its tasks. */
  childPids(): readonly number[];
  /** Kills the executor. Idempotent. */
  close(): Promise<void>;
}

/** Starts an executor and waits until it listens. If it does not start, rejects with its output. */
export async function startVolleyExecutor(options: VolleyExecutorOptions): Promise<VolleyExecutor> {
  const { store, allow, scratch, key, memoryMiB, concurrency = 1, program, port = 0 } = options;
  const flags = ['--store', store, '--scratch', scratch, '--memory', memoryMiB, '--concurrency', concurrency];
  const args = ['executor', ...flags, '--port', port, ...allow.flatMap((path) => ['--allow', path])];
  const { url: endpoint, ...running } = await startVolleyServer({
    args: args.map(String),
    environment: { ...options.environment, VOLLEY_TASK_KEY: key },
    ...(program === undefined ? {} : { program }),
  });
  let hasExited = false;
  void running.exited.then(() => {
    hasExited = true;
  });
  return {
    ...running,
    endpoint,
    port: Number(new URL(endpoint).port),
    childPids: () => childrenOf(running.pid),
    close: async () => {
      const children = hasExited ? [] : childrenOf(running.pid);
      running.signal('SIGKILL');
      await running.exited;
      await Promise.all(children.map(endProcess));
    },
  };
}

/** Returns the child processes of a process, read from /proc on Linux. */
function childrenOf(pid: number): readonly number[] {
  const list = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return list.split(' ').flatMap((child) => (child === '' ? [] : [Number(child)]));
}

/**
 * Kills a process that is not a child of this process. Waits until it has ended, because until then it may write to its
 * scratch folder.
 */
async function endProcess(pid: number): Promise<void> {
  while (isRunning(pid)) {
    tryKill(pid);
    await delay(POLL_MS);
  }
}

/**
 * Returns whether a process is still running. A zombie is not running, because it only waits for its parent to collect
 * its exit status.
 */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

function tryKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // The process has just ended.
  }
}
