/** Standalone executors as they are shipped: `volley executor` from dist/, each a process on a free loopback port. */
import { readFileSync } from 'node:fs';
import { startVolleyServer, type VolleyServer } from './volley-server.ts';

export interface VolleyExecutorOptions {
  readonly store: string;
  /** Folders and files that tasks may read. */
  readonly allow: readonly string[];
  readonly scratch: string;
  readonly key: string;
  readonly memoryMiB: number;
  readonly concurrency?: number;
  /** The program; by default the one in dist/. */
  readonly program?: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Further variables of its environment. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** One `volley executor` that runs. */
export interface VolleyExecutor extends Omit<VolleyServer, 'url'> {
  readonly endpoint: string;
  readonly port: number;
  /** The processes that run its tasks. */
  childPids(): readonly number[];
  /** Ends it at once. Idempotent. */
  close(): Promise<void>;
}

/** Starts one, and waits until it listens. Rejects with what it said where it does not come up. */
export async function startVolleyExecutor(options: VolleyExecutorOptions): Promise<VolleyExecutor> {
  const { store, allow, scratch, key, memoryMiB, concurrency = 1, program, port = 0 } = options;
  const flags = ['--store', store, '--scratch', scratch, '--memory', memoryMiB, '--concurrency', concurrency];
  const args = ['executor', ...flags, '--port', port, ...allow.flatMap((path) => ['--allow', path])];
  const { url: endpoint, ...running } = await startVolleyServer({
    args: args.map(String),
    environment: { ...options.environment, VOLLEY_TASK_KEY: key },
    ...(program === undefined ? {} : { program }),
  });
  return {
    ...running,
    endpoint,
    port: Number(new URL(endpoint).port),
    childPids: () => childrenOf(running.pid),
    close: async () => {
      running.signal('SIGKILL');
      await running.exited;
    },
  };
}

/** The children of a process, by Linux's own list. */
function childrenOf(pid: number): readonly number[] {
  const list = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return list.split(' ').flatMap((child) => (child === '' ? [] : [Number(child)]));
}
