import { type ChildProcess, fork } from 'node:child_process';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { FabricError } from '../../../engine/errors.ts';
import { residentBytes } from '../../process-memory.ts';
import { ByteReader } from './byte-reader.ts';
import { ANSWER_FD, FRAME_HEAD_BYTES, FRAME_KINDS, type WriteFailure, type WriteRequest } from './writer-protocol.ts';

/** What writer processes run. */
export interface WriterProgram {
  /** The module: `functions/result-writer.ts`, or its bundle. */
  readonly entry: URL;
  readonly arguments: readonly string[];
  /** Node's own options. */
  readonly execArgv: readonly string[];
  /** The complete environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** A process that takes more memory is killed. */
  readonly memoryLimitMiB: number;
}

const MIB = 2 ** 20;
const WATCH_MS = 50;
const STDERR_CHARACTERS = 2000;
/** Strings are on the heap, Arrow batches and the bytes on the way to the client are not. */
const HEAP_SHARE = 0.75;

/** The process died without an error of its own. */
export class WriterDied extends Error {}

/** A child process that formats results, one at a time. */
export class WriterProcess {
  readonly #child: ChildProcess;
  readonly #pipe: Readable;
  readonly #answers: ByteReader;
  readonly #memoryLimitMiB: number;
  #stderr = '';
  #isTooLarge = false;
  #isGone = false;

  constructor(program: WriterProgram) {
    const { entry, arguments: given, execArgv, environment, memoryLimitMiB } = program;
    this.#memoryLimitMiB = memoryLimitMiB;
    const heapMiB = Math.floor(memoryLimitMiB * HEAP_SHARE);
    const child = fork(fileURLToPath(entry), given, {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: [...execArgv, `--max-old-space-size=${heapMiB}`],
      env: { ...environment },
    });
    const pipe = child.stdio[ANSWER_FD];
    if (!(pipe instanceof Readable)) throw new Error('A writer has a pipe for its answers');
    this.#child = child;
    this.#pipe = pipe;
    this.#answers = new ByteReader(pipe);
    pipe.on('error', () => undefined);
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_CHARACTERS);
    });
    const gone = (): void => {
      this.#isGone = true;
      pipe.destroy();
    };
    child.on('error', gone);
    child.on('exit', gone);
  }

  /** Whether it can take a request. */
  get isUsable(): boolean {
    return !this.#isGone && !this.#child.killed;
  }

  /** Resident bytes of the process, where the system tells them. */
  get memoryBytes(): number {
    return residentBytes(this.#child.pid);
  }

  /**
   * The bytes of a result. The process must be idle. Throws the writer's error, `OUTPUT_FAILED` if the process needs too much memory, and
   * `WriterDied` if it ends.
   */
  async *write(request: WriteRequest): AsyncGenerator<Uint8Array> {
    const watch = setInterval(() => this.#checkMemory(), WATCH_MS);
    try {
      this.#child.send(request, (error) => {
        if (error !== null) this.kill();
      });
      for (;;) {
        const head = await this.#read(FRAME_HEAD_BYTES);
        const [kind, length] = [head.readUInt8(), head.readUInt32LE(1)];
        if (kind === FRAME_KINDS.end) return;
        const content = await this.#read(length);
        if (kind === FRAME_KINDS.failed) throw failureOf(content);
        yield content;
      }
    } finally {
      clearInterval(watch);
    }
  }

  /** Ends the process, whatever it is doing. */
  kill(): void {
    this.#child.kill('SIGKILL');
    this.#pipe.destroy();
  }

  #checkMemory(): void {
    if (this.memoryBytes <= this.#memoryLimitMiB * MIB) return;
    this.#isTooLarge = true;
    this.kill();
  }

  async #read(length: number): Promise<Buffer> {
    const bytes = await this.#answers.read(length);
    if (bytes === undefined) throw await this.#death();
    return bytes;
  }

  /** The error of a process that has ended, or is about to. */
  async #death(): Promise<Error> {
    const child = this.#child;
    if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
      await new Promise((resolve) => child.once('exit', resolve));
    }
    if (this.#isTooLarge || /heap out of memory|allocation failed/i.test(this.#stderr)) {
      return tooMuchMemory(this.#memoryLimitMiB);
    }
    return new WriterDied(this.#stderr.trim().split('\n').slice(-3).join(' '));
  }
}

function failureOf(content: Buffer): FabricError {
  // A checked border: the writer is this program.
  const { code, message, retryable, details } = JSON.parse(content.toString()) as WriteFailure;
  return new FabricError(code, message, { retryable, details });
}

function tooMuchMemory(limitMiB: number): FabricError {
  const message =
    `Writing this result takes more than ${limitMiB} MiB of memory: its values or rows are too large. Select less, or cut long values ` +
    'into several rows.';
  return new FabricError('OUTPUT_FAILED', message);
}
