import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FabricError } from '../../engine/errors.ts';
import { makeFolder } from '../../engine/store/make-folder.ts';
import type { BinderAnswer, BinderMessage, BinderRequest, BinderStart, Numbered } from './binder-protocol.ts';

export interface BinderProcessOptions {
  /** The module of the binder: `functions/binder.ts`, or its bundle. */
  readonly entry: URL;
  /** A folder for the process's files; made and removed with it. */
  readonly scratchFolder: string;
  /** Local files and folders, symlinks resolved, that CSV and JSON inputs may lie under. */
  readonly localRoots: readonly string[];
  readonly memoryLimitMiB: number;
  /** How long one request may take once it is at work. */
  readonly timeoutMs: number;
}

/** How often the process's memory is looked at from outside, in case it no longer can itself. */
const WATCH_MS = 50;
/** The process ends itself at its limit; this much later it is ended. */
const OUTSIDE_SHARE = 1.25;
const STDERR_CHARACTERS = 2000;
const PAGE_BYTES = 4096;

interface Job {
  readonly request: BinderRequest;
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number;
  readonly resolve: (answer: Exclude<BinderAnswer, { kind: 'failed' }>) => void;
  readonly reject: (error: FabricError) => void;
}

/** A binder (which binds and optimizes; it distributes nothing), its queue of requests, and its successors. */
export class BinderProcess {
  readonly #options: BinderProcessOptions;
  readonly #queue: Job[] = [];
  #child: ChildProcess | undefined;
  #current: { readonly id: number; readonly job: Job; readonly end: () => void } | undefined;
  #stderr = '';
  #generation = 0;
  #nextId = 0;
  #closed = false;

  constructor(options: BinderProcessOptions) {
    this.#options = options;
  }

  /** What is put here the process may read. */
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
      // It parses what strangers write, so it gets nothing it does not need.
      env: {},
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_CHARACTERS);
    });
    child.on('message', (message) => {
      // What an ended process had on its way is for nobody.
      if (this.#child === child) this.#receive(message);
    });
    child.on('error', (error) => {
      this.#stderr += error.message;
      if (child.pid === undefined) this.#ended(child, null, null);
    });
    child.on('exit', (code, signal) => {
      rmSync(scratchFolder, { recursive: true, force: true });
      this.#ended(child, code, signal);
    });
    this.#child = child;
    // An idle binder keeps nobody waiting for it.
    child.unref();
    child.channel?.unref();
    if (child.stderr !== null && 'unref' in child.stderr && typeof child.stderr.unref === 'function')
      child.stderr.unref();
  }

  /**
   * Sends a request once those before it have their answers. Rejects with the error it is answered with, or that of its process.
   * `timeoutMs`: where it may take less time than others.
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
      const patienceMs = Math.min(timeoutMs, this.#options.timeoutMs);
      this.#queue.push({ request, signal, timeoutMs: patienceMs, resolve, reject });
      this.#next();
    });
  }

  /** Ends the process and rejects what waits for it. Resolves once it is gone and its folder is removed. Idempotent. */
  async close(): Promise<void> {
    this.#closed = true;
    const cancelled = new FabricError('CANCELLED', 'The binder was closed.');
    for (const job of this.#queue.splice(0)) job.reject(cancelled);
    const child = this.#child;
    if (child !== undefined) {
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      this.#kill(cancelled);
      child.ref();
      if (child.pid !== undefined) await gone;
    }
    rmSync(this.#options.scratchFolder, { recursive: true, force: true });
  }

  #next(): void {
    if (this.#current !== undefined || this.#closed) return;
    const job = this.#queue.shift();
    if (job === undefined) return;
    if (job.signal?.aborted === true) {
      job.reject(cancelledBySignal());
      this.#next();
      return;
    }
    this.start();
    const child = this.#child;
    if (child === undefined) return;
    this.#nextId += 1;
    this.#current = { id: this.#nextId, job, end: this.#guard(job) };
    child.ref();
    child.channel?.ref();
    const message: Numbered<BinderRequest> = { kind: 'numbered', id: this.#nextId, body: job.request };
    child.send(message, (error) => {
      if (error !== null && this.#child === child) this.#kill(this.#crashed(error.message));
    });
  }

  /** Watches over the request at work: its time, its process's memory, its caller's patience. Gives what ends the watch. */
  #guard({ signal, timeoutMs }: Job): () => void {
    const { memoryLimitMiB } = this.#options;
    const deadline = setTimeout(() => {
      this.#kill(
        new FabricError(
          'PLAN_TIMEOUT',
          `Planning the query took longer than ${timeoutMs} ms. Make it simpler, or its constants smaller.`,
        ),
      );
    }, timeoutMs);
    const watch = setInterval(() => {
      if (residentBytes(this.#child?.pid) > memoryLimitMiB * OUTSIDE_SHARE * 1024 * 1024)
        this.#kill(tooMuchMemory(memoryLimitMiB));
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
    // The border between two processes of one program.
    const received = message as BinderMessage;
    if (received.kind === 'too-large') {
      this.#kill(tooMuchMemory(this.#options.memoryLimitMiB));
      return;
    }
    const { id, body } = received;
    if (current === undefined || id !== current.id) return;
    this.#settle();
    if (body.kind === 'failed') {
      const { code, message: text, retryable, details } = body;
      current.job.reject(new FabricError(code, text, { retryable, details }));
    } else current.job.resolve(body);
    this.#next();
  }

  #settle(): void {
    this.#current?.end();
    this.#current = undefined;
    this.#child?.unref();
    this.#child?.channel?.unref();
  }

  /** Ends the process now; the request at work fails with `error`, the others go to the next process. */
  #kill(error: FabricError): void {
    const child = this.#child;
    this.#child = undefined;
    child?.kill('SIGKILL');
    this.#fail(error);
  }

  #fail(error: FabricError): void {
    const job = this.#current?.job;
    this.#settle();
    job?.reject(error);
    this.#next();
  }

  #ended(child: ChildProcess, code: number | null, signal: NodeJS.Signals | null): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    this.#fail(this.#crashed(signal === null ? `exit status ${code}` : `signal ${signal}`));
  }

  #crashed(how: string): FabricError {
    const last = this.#stderr.trim().split('\n').slice(-3).join(' ');
    return new FabricError(
      'PLANNER_CRASHED',
      `The process that plans queries died (${how}${last === '' ? '' : `: ${last}`}) while it planned this one. It was replaced; if this happens again, the query is at fault.`,
    );
  }
}

function tooMuchMemory(limitMiB: number): FabricError {
  return new FabricError(
    'PLAN_MEMORY',
    `Planning the query took more than ${limitMiB} MiB of memory. Make its constants smaller.`,
  );
}

function cancelledBySignal(): FabricError {
  return new FabricError('CANCELLED', 'The query was cancelled while it was planned.');
}

/** Resident bytes of a process, where the system tells; else 0. */
function residentBytes(pid: number | undefined): number {
  if (pid === undefined || process.platform !== 'linux') return 0;
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1] ?? 0) * PAGE_BYTES;
  } catch {
    // It just ended; its exit says so.
    return 0;
  }
}
