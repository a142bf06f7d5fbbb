/** Standalone executors: `volley executor` from dist/, each in a process on a free loopback port. */
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
  /** Additional environment variables. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A running `volley executor`. */
export interface VolleyExecutor extends Omit<VolleyServer, 'url'> {
  readonly endpoint: string;
  readonly port: number;
  /** The processes that run its tasks. */
  childPids(): readonly number[];
  /** Kills it. Idempotent. */
  close(): Promise<void>;
}

/** Starts one and waits until it listens. Rejects with its output if it does not start. */
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

/** The children of a process, from Linux's /proc. */
function childrenOf(pid: number): readonly number[] {
  const list = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return list.split(' ').flatMap((child) => (child === '' ? [] : [Number(child)]));
}
