import { Readable } from 'node:stream';
import { FabricError } from '../../../engine/errors.ts';
import type { ResultWriter, WrittenFormat } from '../result/result-writer.ts';
import type { StoredResult } from '../result/stored-result.ts';
import { WriterDied, WriterProcess, type WriterProgram } from './writer-process.ts';

/** A pool of child processes that write results. */
export interface WriterPool extends ResultWriter {
  /** Kills all processes. Results that are being written are truncated. Idempotent. */
  close(): Promise<void>;
}

export interface WriterPoolOptions extends WriterProgram {
  /** The maximum number of processes, and therefore of results that are written concurrently. */
  readonly count: number;
}

/** The maximum number of results that wait for a process. */
const MAX_WAITING = 256;
/** After writing a result, a process is replaced if it uses more memory than this. */
const IDLE_MEMORY_BYTES = 256 << 20;
/** The size of the buffer between a process and a client that reads slowly. */
const HELD_BYTES = 1 << 20;

interface Waiter {
  readonly give: (process: WriterProcess) => void;
  readonly refuse: (error: FabricError) => void;
}

/**
 * Opens a pool of writers. The coordinator's own process only forwards bytes, because the time and memory for reading and formatting rows
 * depend on the result. Each process writes one result at a time. It is killed when its client disconnects, and replaced when it dies. One
 * process starts immediately. The others start on demand.
 */
export function openWriterPool(options: WriterPoolOptions): WriterPool {
  return new Pool(options);
}

class Pool implements WriterPool {
  readonly #options: WriterPoolOptions;
  readonly #idle: WriterProcess[] = [];
  readonly #busy = new Set<WriterProcess>();
  readonly #waiters: Waiter[] = [];
  #closed = false;

  constructor(options: WriterPoolOptions) {
    this.#options = options;
    this.#idle.push(new WriterProcess(options));
  }

  async write(result: StoredResult, format: WrittenFormat, signal: AbortSignal): Promise<Readable> {
    try {
      return await this.#begin(result, format, signal);
    } catch (error) {
      if (!(error instanceof WriterDied)) throw error;
    }
    try {
      // Try once more. Nothing has been sent, and the process may have been killed from outside.
      return await this.#begin(result, format, signal);
    } catch (error) {
      throw error instanceof WriterDied ? died(error) : error;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const { refuse } of this.#waiters.splice(0)) refuse(shuttingDown());
    for (const process of [...this.#idle.splice(0), ...this.#busy]) process.kill();
  }

  async #begin(result: StoredResult, format: WrittenFormat, signal: AbortSignal): Promise<Readable> {
    const process = await this.#acquire(signal);
    const stop = (): void => process.kill();
    signal.addEventListener('abort', stop);
    let isReleased = false;
    const release = (): void => {
      if (isReleased) return;
      isReleased = true;
      signal.removeEventListener('abort', stop);
      this.#release(process);
    };
    const chunks = process.write({ result, format });
    try {
      if (signal.aborted) throw clientGone();
      const first = await chunks.next();
      const stream = Readable.from(all(first, chunks, release), { objectMode: false, highWaterMark: HELD_BYTES });
      stream.once('close', () => {
        // If the stream closes early, its process is in the middle of a result.
        if (!isReleased) process.kill();
        // If the stream closes right after the first chunk, it never started the generator of the rest.
        void chunks.return(undefined);
        release();
      });
      return stream;
    } catch (error) {
      // A process that reported an error is ready for the next result.
      if (!(error instanceof FabricError)) process.kill();
      release();
      throw signal.aborted ? clientGone() : error;
    }
  }

  #acquire(signal: AbortSignal): Promise<WriterProcess> {
    if (this.#closed) throw shuttingDown();
    const idle = this.#takeIdle();
    if (idle !== undefined) {
      this.#busy.add(idle);
      return Promise.resolve(idle);
    }
    if (this.#waiters.length >= MAX_WAITING) throw tooMany();
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
        reject(clientGone());
      };
      const waiter: Waiter = {
        give: (process) => {
          signal.removeEventListener('abort', leave);
          resolve(process);
        },
        refuse: (error) => {
          signal.removeEventListener('abort', leave);
          reject(error);
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiters.push(waiter);
    });
  }

  /** Returns an idle process, or a new one if the pool is not full. */
  #takeIdle(): WriterProcess | undefined {
    for (let process = this.#idle.pop(); process !== undefined; process = this.#idle.pop()) {
      if (process.isUsable) return process;
    }
    return this.#busy.size < this.#options.count ? new WriterProcess(this.#options) : undefined;
  }

  #release(process: WriterProcess): void {
    this.#busy.delete(process);
    if (process.isUsable && process.memoryBytes > IDLE_MEMORY_BYTES) process.kill();
    if (this.#closed) {
      process.kill();
      return;
    }
    if (process.isUsable) this.#idle.push(process);
    const waiter = this.#waiters.shift();
    const next = waiter === undefined ? undefined : this.#takeIdle();
    if (waiter === undefined || next === undefined) return;
    this.#busy.add(next);
    waiter.give(next);
  }
}

/** Yields all chunks of a result. Calls `ended` once the last chunk has been received. */
async function* all(
  first: IteratorResult<Uint8Array, void>,
  rest: AsyncGenerator<Uint8Array>,
  ended: () => void,
): AsyncGenerator<Uint8Array> {
  try {
    if (first.done !== true) yield first.value;
    yield* rest;
    ended();
  } catch (error) {
    throw error instanceof WriterDied ? died(error) : error;
  }
}

function clientGone(): FabricError {
  return new FabricError('CANCELLED', 'The client has disconnected.');
}

function shuttingDown(): FabricError {
  return new FabricError('THROTTLED', 'This coordinator is shutting down. Try again.', { retryable: true });
}

function tooMany(): FabricError {
  return new FabricError('THROTTLED', 'Too many results are being read from this coordinator. Try again later.', {
    retryable: true,
  });
}

function died(cause: WriterDied): FabricError {
  const reason = cause.message === '' ? '' : `: ${cause.message}`;
  const message = `The process that writes the result died${reason}. Try again.`;
  return new FabricError('OUTPUT_FAILED', message, { cause, retryable: true });
}
