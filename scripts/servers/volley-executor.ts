/** Standalone executors as they are shipped: `volley executor` from dist/, each a process on a free loopback port. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const volley = fileURLToPath(new URL('../../bin/volley.js', import.meta.url));

const KEPT_LINES = 200;

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
export interface VolleyExecutor {
  readonly endpoint: string;
  readonly port: number;
  readonly pid: number;
  /** The processes that run its tasks. */
  childPids(): readonly number[];
  /** The last it said on stderr. */
  said(): string;
  /** Sends its process a signal. */
  signal(name: NodeJS.Signals): void;
  /** Settles with its exit status once it has ended; null where a signal ended it. */
  readonly exited: Promise<number | null>;
  /** Ends it at once. Idempotent. */
  close(): Promise<void>;
}

/** Starts one, and waits until it listens. Rejects with what it said where it does not come up. */
export async function startVolleyExecutor(options: VolleyExecutorOptions): Promise<VolleyExecutor> {
  const { store, allow, scratch, key, memoryMiB, concurrency = 1, program = volley, port = 0 } = options;
  const flags = ['--store', store, '--scratch', scratch, '--memory', memoryMiB, '--concurrency', concurrency];
  const args = [...flags, '--port', port, ...allow.flatMap((path) => ['--allow', path])];
  const child = spawn(process.execPath, [program, 'executor', ...args.map(String)], {
    env: { ...options.environment, PATH: process.env['PATH'] ?? '', VOLLEY_TASK_KEY: key },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = once(child, 'exit').then(([status]) => (typeof status === 'number' ? status : null));
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  child.once('exit', () => process.removeListener('exit', endWithUs));
  const said: string[] = [];
  const endpoint = await firstAddress(child.stderr, said);
  const { pid } = child;
  if (pid === undefined) throw new Error('A process that listens has an id.');
  return {
    endpoint,
    port: Number(new URL(endpoint).port),
    pid,
    childPids: () => childrenOf(pid),
    said: () => said.join('\n'),
    signal: (name) => child.kill(name),
    exited,
    close: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** Settles with the address it says it listens on; `said` gets every line, the last ones of many. */
async function firstAddress(stderr: NodeJS.ReadableStream, said: string[]): Promise<string> {
  const lines = createInterface({ input: stderr });
  return await new Promise<string>((resolve, reject) => {
    lines.on('line', (line) => {
      said.push(line);
      if (said.length > KEPT_LINES) said.shift();
      const [, address] = /listens on (http:\S+)/.exec(line) ?? [];
      if (address !== undefined) resolve(address);
    });
    lines.on('close', () => reject(new Error(`volley executor did not start: ${said.join('\n')}`)));
  });
}

/** The children of a process, by Linux's own list. */
function childrenOf(pid: number): readonly number[] {
  const list = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return list.split(' ').flatMap((child) => (child === '' ? [] : [Number(child)]));
}
