/** `volley serve` with a file journal, killed and restarted on the same folders. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openFileJournal } from '../../coordinator/journal/file.ts';
import { childrenOf, commandOf, filesBelow } from '../../test/end-to-end/volley-process.ts';
import { PatientClient } from '../chaos/client.ts';
import { startVolleyServe, type VolleyServe } from '../servers/volley-serve.ts';

/** The kinds of processes of a server. */
export const VICTIMS = ['server', 'binder', 'executor', 'result-writer'] as const;
export type Victim = (typeof VICTIMS)[number];

const POLL_MS = 50;

interface RestartingServerOptions {
  /** The folder of the tables. */
  readonly data: string;
  /** The state directory. */
  readonly state: string;
  /** The maximum number of open files. The machine's limit by default. */
  readonly openFiles?: number;
}

/** A server that runs at most one process at a time. */
export class RestartingServer {
  readonly name = 'server';
  process: VolleyServe | undefined;
  readonly #options: RestartingServerOptions;

  constructor(options: RestartingServerOptions) {
    this.#options = options;
  }

  /** Starts the process. Rejects with its output if it does not start. */
  async start(): Promise<void> {
    const { data, state, openFiles } = this.#options;
    const environment = { HOME: state, VOLLEY_STATE_DIR: state };
    this.process = await startVolleyServe(['--data', data], environment, openFiles);
  }

  /** Kills one process of the server. Returns false if no process of that kind is running. */
  async kill(victim: Victim): Promise<boolean> {
    const { process: running } = this;
    if (running === undefined) return false;
    if (victim === 'server') {
      this.process = undefined;
      const children = childrenOf(running.pid);
      running.signal('SIGKILL');
      await running.exited;
      // The next process must not find executors that still write.
      await untilGone(children);
      return true;
    }
    const child = childrenOf(running.pid).find((pid) => commandOf(pid).some((word) => word.endsWith(`/${victim}.js`)));
    if (child === undefined) return false;
    process.kill(child, 'SIGKILL');
    return true;
  }

  /** Stops the process with a signal and waits for its end. */
  async stop(): Promise<void> {
    const { process: running } = this;
    this.process = undefined;
    await running?.close();
  }

  /** Returns a client that sends requests until `endMs`, a time of `Date.now`. */
  client(endMs: number): PatientClient {
    return new PatientClient([this], endMs);
  }

  /** Returns the status of `/readyz`, or undefined if the server does not respond. */
  async readiness(): Promise<number | undefined> {
    const url = this.process?.url;
    if (url === undefined) return undefined;
    return fetch(`${url}/readyz`).then(
      ({ status }) => status,
      () => undefined,
    );
  }

  /** Returns the number of jobs in the journal. */
  async journaled(): Promise<number> {
    return (await openFileJournal(join(this.#options.state, 'serve/journal')).list()).length;
  }

  /**
   * Returns the files that no running process needs, relative to the state directory. A running server needs its lock files and the
   * current folder of its run.
   */
  leftovers(): readonly string[] {
    const { state } = this.#options;
    const runs = readdirSync(join(state, 'runs')).sort();
    const current = this.process === undefined ? undefined : runs.at(-1);
    return filesBelow(state, '').filter((path) => {
      if (path === 'filler' || path === 'serve' || path === 'runs' || path === 'serve/store') return false;
      if (path === 'serve/journal' || path.startsWith('serve/journal/lock')) return false;
      return current === undefined || !`${path}/`.startsWith(`runs/${current}/`);
    });
  }

  /** Waits until no leftovers remain, or until `endMs`. Returns the remaining ones. Records of jobs count only if `countsRecords` is set. */
  async sweptLeftovers(endMs: number, countsRecords = true): Promise<readonly string[]> {
    for (;;) {
      const left = this.leftovers().filter((path) => countsRecords || !/\.(journal|intent)$/.test(path));
      if (left.length === 0 || Date.now() > endMs) return left;
      await delay(POLL_MS);
    }
  }
}

/** Waits until processes have ended. */
export async function untilGone(pids: readonly number[]): Promise<void> {
  while (pids.some((pid) => commandOf(pid).length > 0)) await delay(POLL_MS);
}
