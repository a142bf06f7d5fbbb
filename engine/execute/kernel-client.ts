import { Worker } from 'node:worker_threads';
import { DuckdbError, isPoisoned } from '../duckdb/kernel/error.ts';
import { FabricError } from '../errors.ts';
import type { KernelAnswer, KernelEnd, KernelFailure, KernelRequest, KernelStart } from './kernel-protocol.ts';

/** A piece of an output. The last piece has `end`. */
export interface KernelBytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly end?: KernelEnd;
}

type RunRequest = Omit<KernelRequest & { readonly kind: 'run' }, 'kind' | 'id'>;
type KernelLimits = Omit<KernelStart, 'stop'>;

/**
 * The main thread's handle to the kernel worker, which performs one run at a time. If the worker dies or its DuckDB
 * reports an internal error, the next run starts a new worker. Promises reject with `DuckdbError` or `FabricError`, and
 * with `EXECUTOR_LOST` if the worker exits.
 */
export class Kernel {
  readonly #entry: URL;
  readonly #limits: KernelLimits;
  readonly #stop = new Int32Array(new SharedArrayBuffer(4));
  #worker: Worker | undefined;
  #ready: Promise<void> | undefined;
  #pending: Pending | undefined;
  #connection: number | undefined;
  #lastRun = 0;
  #isMidOutput = false;

  /** Starts the worker immediately, since opening DuckDB is the slowest step of process startup. */
  constructor(entry: URL, limits: KernelLimits) {
    this.#entry = entry;
    this.#limits = limits;
    this.#start();
  }

  /** Runs a fragment and returns the first bytes of its output. Transfers the buffers of `inputs`. */
  async run(request: RunRequest): Promise<KernelBytes> {
    if (this.#worker === undefined) this.#start();
    await this.#ready;
    const id = ++this.#lastRun;
    const transfer = request.inputs.flatMap((input) => input.streams.map((stream) => stream.bytes.buffer));
    return await this.#ask({ kind: 'run', id, ...request }, transfer);
  }

  /** Returns the next bytes of the output. */
  async more(): Promise<KernelBytes> {
    return await this.#ask({ kind: 'more', id: this.#lastRun }, []);
  }

  /** Discards the rest of an unfinished output, if any. */
  async giveUp(): Promise<void> {
    if (this.#isMidOutput) await this.#ask({ kind: 'stop', id: this.#lastRun }, []);
  }

  /** Requests that the run stop at its next batch. To stop work inside DuckDB, also interrupt the connection. */
  requestStop(): void {
    Atomics.store(this.#stop, 0, this.#lastRun);
  }

  /** The connection of the request in progress, or undefined if the kernel is idle. */
  get busyConnection(): number | undefined {
    return this.#pending === undefined ? undefined : this.#connection;
  }

  /** Terminates the worker. */
  async close(): Promise<void> {
    await this.#discard(new FabricError('EXECUTOR_LOST', 'The executor is shutting down.', { retryable: true }));
  }

  #start(): void {
    const worker = new Worker(this.#entry, { workerData: { ...this.#limits, stop: this.#stop.buffer } });
    this.#worker = worker;
    this.#ready = new Promise<void>((resolve, reject) => {
      worker.on('message', (answer: KernelAnswer) => {
        // Ignore late messages from a discarded worker.
        if (this.#worker !== worker) return;
        if (answer.kind === 'ready') {
          this.#connection = answer.connection;
          resolve();
        } else if (answer.kind === 'broken') reject(errorOf(answer.failure));
        else this.#settle(answer);
      });
      const lost = (error: FabricError) => {
        reject(error);
        if (this.#worker === worker) void this.#discard(error);
      };
      worker.on('error', (error) => lost(kernelLost(`failed: ${error.message}`)));
      worker.on('exit', (code) => lost(kernelLost(`exited with code ${code}`)));
    });
    // The next run awaits `#ready`. This handler prevents an unhandled rejection until then.
    this.#ready.catch(() => undefined);
  }

  #ask(request: KernelRequest, transfer: readonly ArrayBuffer[]): Promise<KernelBytes> {
    const worker = this.#worker;
    if (worker === undefined) return Promise.reject(kernelLost('has exited'));
    if (this.#pending !== undefined)
      return Promise.reject(new FabricError('INTERNAL', 'The kernel is busy with another request.'));
    return new Promise((resolve, reject) => {
      this.#pending = { resolve, reject };
      worker.postMessage(request, [...transfer]);
    });
  }

  #settle(answer: Exclude<KernelAnswer, { kind: 'ready' | 'broken' }>): void {
    const pending = this.#pending;
    this.#pending = undefined;
    this.#isMidOutput = answer.kind === 'bytes' && answer.end === undefined;
    switch (answer.kind) {
      case 'bytes':
        pending?.resolve(answer.end === undefined ? { bytes: answer.bytes } : { bytes: answer.bytes, end: answer.end });
        break;
      case 'stopped':
        pending?.resolve({ bytes: new Uint8Array(0) });
        break;
      case 'failed': {
        const error = errorOf(answer.failure);
        pending?.reject(error);
        if (error instanceof DuckdbError && isPoisoned(error)) void this.#discard(kernelLost('was replaced'));
        break;
      }
      default:
        answer satisfies never;
    }
  }

  async #discard(error: FabricError): Promise<void> {
    const worker = this.#worker;
    const pending = this.#pending;
    this.#worker = undefined;
    this.#pending = undefined;
    this.#connection = undefined;
    this.#isMidOutput = false;
    pending?.reject(error);
    await worker?.terminate();
  }
}

interface Pending {
  readonly resolve: (bytes: KernelBytes) => void;
  readonly reject: (error: Error) => void;
}

function kernelLost(what: string): FabricError {
  return new FabricError('EXECUTOR_LOST', `The kernel worker ${what}.`, { retryable: true });
}

function errorOf(failure: KernelFailure): DuckdbError | FabricError {
  switch (failure.kind) {
    case 'duckdb':
      return new DuckdbError(failure.message);
    case 'fabric':
      return new FabricError(failure.code, failure.message, failure);
    default:
      return failure satisfies never;
  }
}
