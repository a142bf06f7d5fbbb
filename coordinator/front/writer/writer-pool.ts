import { Readable } from 'node:stream';
import { FabricError } from '../../../engine/errors.ts';
import type { ResultWriter, WrittenFormat } from '../result/result-writer.ts';
import type { StoredResult } from '../result/stored-result.ts';
import { WriterDied, WriterProcess, type WriterProgram } from './writer-process.ts';

/** A pool of processes that write results. */
export interface WriterPool extends ResultWriter {
  /** Ends all processes. Results that are being written break off. Idempotent. */
  close(): Promise<void>;
}

export interface WriterPoolOptions extends WriterProgram {
  /** How many results are written at once. */
  readonly count: number;
}

/** Results that wait for a process. */
const MAX_WAITING = 256;
/** A process that has grown beyond this is replaced after its result. */
const IDLE_MEMORY_BYTES = 256 << 20;
/** How much of a result is held for a client that reads slowly. */
const HELD_BYTES = 1 << 20;

interface Waiter {
  readonly give: (process: WriterProcess) => void;
  readonly refuse: (error: FabricError) => void;
}

/**
 * Opens a pool of writers. The coordinator's own process only passes bytes on: reading and formatting rows takes as long, and as much
 * memory, as the result's values demand. Each process writes one result at a time, is killed when its client goes away, and is replaced
 * when it dies. One starts right away, the others when they are needed.
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
      // No byte has been sent, and the process may have been killed from outside.
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
        // A stream that closes early leaves a process in the middle of a result.
        if (!isReleased) process.kill();
        // The stream has not started to read the rest if it closes right after the first chunk.
        void chunks.return(undefined);
        release();
      });
      return stream;
    } catch (error) {
      // After an error of its own the process is ready for the next result.
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

  /** A process without work: a waiting one, or a new one if the pool has room. */
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

/** All chunks of a result. `ended` is called once the last one has been received. */
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
  return new FabricError('CANCELLED', 'The client is gone.');
}

function shuttingDown(): FabricError {
  return new FabricError('THROTTLED', 'This coordinator is shutting down. Ask again.', { retryable: true });
}

function tooMany(): FabricError {
  return new FabricError('THROTTLED', 'Too many results are being read from this coordinator. Ask again later.', {
    retryable: true,
  });
}

function died(cause: WriterDied): FabricError {
  const reason = cause.message === '' ? '' : `: ${cause.message}`;
  const message = `The process that writes the result died${reason}. Ask again.`;
  return new FabricError('OUTPUT_FAILED', message, { cause, retryable: true });
}
