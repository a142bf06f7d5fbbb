import { type ChildProcess, fork } from 'node:child_process';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { FabricError } from '../../../engine/errors.ts';
import { residentBytes } from '../../process-memory.ts';
import { ByteReader } from './byte-reader.ts';
import { ANSWER_FD, FRAME_HEAD_BYTES, FRAME_KINDS, type WriteFailure, type WriteRequest } from './writer-protocol.ts';

/** The program of writer processes, and its limits. */
export interface WriterProgram {
  /** The module: `functions/result-writer.ts`, or its bundle. */
  readonly entry: URL;
  readonly arguments: readonly string[];
  /** The Node options of the process. */
  readonly execArgv: readonly string[];
  /** The complete environment of the process. */
  readonly environment: Readonly<Record<string, string>>;
  /** The memory limit. A process that exceeds it is killed. */
  readonly memoryLimitMiB: number;
}

const MIB = 2 ** 20;
const WATCH_MS = 50;
const STDERR_CHARACTERS = 2000;
/** The share of the memory limit that the heap may use. It holds strings, but not Arrow batches or bytes on their way to the client. */
const HEAP_SHARE = 0.75;

/** Thrown if a process died without reporting an error. */
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
    if (!(pipe instanceof Readable)) throw new Error('A writer must have a pipe for its answers.');
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

  /** Whether the process can accept a request. */
  get isUsable(): boolean {
    return !this.#isGone && !this.#child.killed;
  }

  /** Resident bytes of the process; 0 if the system does not report them. */
  get memoryBytes(): number {
    return residentBytes(this.#child.pid);
  }

  /**
   * Writes a result and yields its bytes. The process must be idle. Throws the error that the writer reports, `OUTPUT_FAILED` if the
   * process exceeds its memory limit, and `WriterDied` if the process ends for another reason.
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

  /** Kills the process immediately. */
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

  /** Waits until the process has ended, and returns the error that explains why. */
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
  // An unchecked cast is safe here, because the writer process runs the code of this program.
  const { code, message, retryable, details } = JSON.parse(content.toString()) as WriteFailure;
  return new FabricError(code, message, { retryable, details });
}

function tooMuchMemory(limitMiB: number): FabricError {
  const message =
    `Writing this result requires more than ${limitMiB} MiB of memory, because its values or rows are too large. Select fewer columns or ` +
    'shorter values.';
  return new FabricError('OUTPUT_FAILED', message);
}
