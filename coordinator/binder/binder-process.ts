import { type ChildProcess, fork } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FabricError } from '../../engine/errors.ts';
import { makeFolder } from '../../engine/store/make-folder.ts';
import { residentBytes } from '../process-memory.ts';
import type { BinderAnswer, BinderMessage, BinderRequest, BinderStart, Numbered } from './binder-protocol.ts';

export interface BinderProcessOptions {
  /** The entry module of the binder: `functions/binder.ts`, or its bundle. */
  readonly entry: URL;
  /** A folder for the binder's files. `BinderProcess` creates and removes it. */
  readonly scratchFolder: string;
  /** The local files and folders that CSV and JSON inputs may be read from, with symlinks resolved. */
  readonly localRoots: readonly string[];
  readonly memoryLimitMiB: number;
  /** The time limit of a request, measured from its start. */
  readonly timeoutMs: number;
}

/** The interval at which the parent checks the memory of the process, in case the process cannot check it itself. */
const WATCH_MS = 50;
/** A process should exit when it exceeds its memory limit. If it fails to exit, the parent kills it at this multiple of the limit. */
const KILL_FACTOR = 1.25;
const STDERR_CHARACTERS = 2000;
/** A process may crash for reasons unrelated to its request, so the request is sent to the next one. A request fails at this many crashes. */
const MAX_CRASHES = 2;
/** The signals with which users and systems end processes. A defect of the binder ends it with another signal or an exit status. */
const KILL_SIGNALS: ReadonlySet<NodeJS.Signals> = new Set(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT']);
/**
 * A request fails when this many of its processes were killed from outside. Such kills rarely depend on the request, but the kernel may
 * kill every process that the request makes too large for the machine.
 */
const MAX_KILLS = 10;

interface PendingRequest {
  readonly request: BinderRequest;
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number;
  readonly resolve: (answer: Exclude<BinderAnswer, { kind: 'failed' }>) => void;
  readonly reject: (error: FabricError) => void;
  /** The number of processes that crashed during the request. */
  crashes: number;
  /** The number of processes that were killed from outside during the request, or had ended before they received it. */
  kills: number;
}

/** Runs a binder in a child process, replaces the process when it dies, and queues its requests. */
export class BinderProcess {
  readonly #options: BinderProcessOptions;
  readonly #queue: PendingRequest[] = [];
  #child: ChildProcess | undefined;
  #current: { readonly id: number; readonly pending: PendingRequest; readonly end: () => void } | undefined;
  #stderr = '';
  /** The text file whose columns the process is determining. */
  #reading: string | undefined;
  /** Settles when the folders of all ended processes are removed. */
  #removed: Promise<void> = Promise.resolve();
  #generation = 0;
  #nextId = 0;
  #closed = false;

  constructor(options: BinderProcessOptions) {
    this.#options = options;
  }

  /** A folder for samples of remote text files, which the process may read. */
  get samplesFolder(): string {
    return join(this.#options.scratchFolder, 'samples');
  }

  /** Starts the process if it is not running. */
  start(): void {
    if (this.#child !== undefined || this.#closed) return;
    this.#generation += 1;
    const { entry, localRoots, memoryLimitMiB } = this.#options;
    const scratchFolder = join(this.#options.scratchFolder, `binder-${this.#generation}`);
    makeFolder(scratchFolder);
    const start: BinderStart = { scratchFolder, localRoots: [...localRoots, this.samplesFolder], memoryLimitMiB };
    this.#stderr = '';
    const child = fork(fileURLToPath(entry), [JSON.stringify(start)], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [],
      // The child parses untrusted SQL, so it receives no environment variables.
      env: {},
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_CHARACTERS);
    });
    child.on('message', (message) => {
      // Messages from a replaced process are dropped.
      if (this.#child === child) this.#receive(message);
    });
    child.on('error', (error) => {
      this.#stderr += error.message;
      if (child.pid === undefined) this.#ended(child, 'crash', 'it could not be started');
    });
    child.on('exit', (code, signal) => {
      this.#removed = this.#removed
        .then(() => rm(scratchFolder, { recursive: true, force: true }))
        .catch(() => undefined);
      if (signal === null) this.#ended(child, 'crash', `exit status ${code}`);
      else this.#ended(child, KILL_SIGNALS.has(signal) ? 'kill' : 'crash', `signal ${signal}`);
    });
    this.#child = child;
    // An idle binder must not keep this process alive.
    child.unref();
    child.channel?.unref();
    if (child.stderr !== null && 'unref' in child.stderr && typeof child.stderr.unref === 'function')
      child.stderr.unref();
  }

  /**
   * Sends a request after all earlier requests have been answered, and again if the process dies. Rejects with the error in the answer, or
   * with an error that describes why the process ended. `timeoutMs` can lower the time limit of the process.
   */
  request(
    request: BinderRequest,
    signal?: AbortSignal,
    timeoutMs = Number.POSITIVE_INFINITY,
  ): Promise<Exclude<BinderAnswer, { kind: 'failed' }>> {
    return new Promise((resolve, reject) => {
      if (this.#closed) {
        reject(new FabricError('CANCELLED', 'The binder is closed.'));
        return;
      }
      const limitMs = Math.min(timeoutMs, this.#options.timeoutMs);
      this.#queue.push({ request, signal, timeoutMs: limitMs, resolve, reject, crashes: 0, kills: 0 });
      this.#next();
    });
  }

  /** Ends the process and rejects all pending requests. Resolves once the process has ended and its folder is removed. Idempotent. */
  async close(): Promise<void> {
    this.#closed = true;
    const cancelled = new FabricError('CANCELLED', 'The binder was closed.');
    for (const pending of this.#queue.splice(0)) pending.reject(cancelled);
    const child = this.#child;
    if (child !== undefined) {
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      this.#kill(cancelled);
      child.ref();
      if (child.pid !== undefined) await gone;
    }
    await this.#removed;
    await rm(this.#options.scratchFolder, { recursive: true, force: true });
  }

  #next(): void {
    if (this.#current !== undefined || this.#closed) return;
    const pending = this.#queue.shift();
    if (pending === undefined) return;
    if (pending.signal?.aborted === true) {
      pending.reject(cancelledBySignal());
      this.#next();
      return;
    }
    this.start();
    const child = this.#child;
    if (child === undefined) return;
    this.#nextId += 1;
    this.#current = { id: this.#nextId, pending, end: this.#guard(pending) };
    child.ref();
    child.channel?.ref();
    const message: Numbered<BinderRequest> = { kind: 'numbered', id: this.#nextId, body: pending.request };
    child.send(message, (error) => {
      // The process had ended before it received the request.
      if (error !== null) this.#ended(child, 'kill', error.message);
    });
  }

  /** Enforces the deadline, memory limit and abort signal of a running request. Returns a function that stops the checks. */
  #guard({ signal, timeoutMs }: PendingRequest): () => void {
    const { memoryLimitMiB } = this.#options;
    const deadline = setTimeout(() => {
      this.#kill(this.#tookTooLong(timeoutMs));
    }, timeoutMs);
    const watch = setInterval(() => {
      if (residentBytes(this.#child?.pid) > memoryLimitMiB * KILL_FACTOR * 1024 * 1024)
        this.#kill(this.#tooMuchMemory());
    }, WATCH_MS);
    const abort = (): void => this.#kill(cancelledBySignal());
    signal?.addEventListener('abort', abort, { once: true });
    return () => {
      clearTimeout(deadline);
      clearInterval(watch);
      signal?.removeEventListener('abort', abort);
    };
  }

  #receive(message: unknown): void {
    const current = this.#current;
    // An unchecked cast is safe here, because both processes belong to the same build.
    const received = message as BinderMessage;
    if (received.kind === 'too-large') {
      this.#kill(this.#tooMuchMemory());
      return;
    }
    if (received.kind === 'reading') {
      this.#reading = received.location;
      return;
    }
    const { id, body } = received;
    if (current === undefined || id !== current.id) return;
    this.#settle();
    if (body.kind === 'failed') {
      const { code, message: text, retryable, details } = body;
      current.pending.reject(new FabricError(code, text, { retryable, details }));
    } else current.pending.resolve(body);
    this.#next();
  }

  #settle(): void {
    this.#reading = undefined;
    this.#current?.end();
    this.#current = undefined;
    this.#child?.unref();
    this.#child?.channel?.unref();
  }

  /** Kills the process. The running request fails with `error`. Queued requests go to the next process. */
  #kill(error: FabricError): void {
    const child = this.#child;
    this.#child = undefined;
    child?.kill('SIGKILL');
    this.#fail(error);
  }

  #fail(error: FabricError): void {
    const pending = this.#current?.pending;
    this.#settle();
    pending?.reject(error);
    this.#next();
  }

  /**
   * Handles a process that this client did not kill. Its request goes to the next process, ahead of the others, up to `MAX_CRASHES` and
   * `MAX_KILLS` times.
   */
  #ended(child: ChildProcess, cause: 'crash' | 'kill', how: string): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    child.kill('SIGKILL');
    const pending = this.#current?.pending;
    if (pending === undefined) return;
    if (cause === 'crash') pending.crashes += 1;
    else pending.kills += 1;
    if (pending.crashes >= MAX_CRASHES || pending.kills >= MAX_KILLS) {
      const { crashes, kills } = pending;
      this.#fail(this.#crashed(how, crashes + kills));
      return;
    }
    this.#settle();
    this.#queue.unshift(pending);
    this.#next();
  }

  #tooMuchMemory(): FabricError {
    const limit = `${this.#options.memoryLimitMiB} MiB of memory`;
    return this.#reading === undefined
      ? new FabricError('PLAN_MEMORY', `Planning the query took more than ${limit}. Make its constants smaller.`)
      : unreadable(this.#reading, `more than ${limit}`);
  }

  #tookTooLong(timeoutMs: number): FabricError {
    return this.#reading === undefined
      ? new FabricError(
          'PLAN_TIMEOUT',
          `Planning the query took longer than ${timeoutMs} ms. Simplify the query, or make its constants smaller.`,
        )
      : unreadable(this.#reading, `longer than ${timeoutMs} ms`);
  }

  #crashed(how: string, deaths: number): FabricError {
    const last = this.#stderr.trim().split('\n').slice(-3).join(' ');
    return new FabricError(
      'PLANNER_CRASHED',
      `${deaths} binder processes died while planning this query. The last one ended with ${how}${last === '' ? '' : `: ${last}`}. Simplify the query.`,
    );
  }
}

function unreadable(location: string, taken: string): FabricError {
  return new FabricError(
    'INPUT_INVALID',
    `Detecting the columns of ${location} took ${taken}. Its lines or values are too long or too deeply nested. Correct or split the file.`,
    { details: { location } },
  );
}

function cancelledBySignal(): FabricError {
  return new FabricError('CANCELLED', 'The query was cancelled during planning.');
}
