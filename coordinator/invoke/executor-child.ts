import { type ChildProcess, type ForkOptions, fork } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { MEMORY_EXIT_CODE } from '../../engine/execute/end-process.ts';
import { outOfMemory } from '../../engine/execute/resource-errors.ts';
import { decodeOutcome } from '../../engine/task/decode-outcome.ts';
import { encodeTask } from '../../engine/task/encode-task.ts';
import type { SentTask, TaskOutcome } from '../../engine/task/task.ts';
import { LONGEST_TIMER_MS } from '../clock.ts';
import { abortedOutcome } from './attempt-limits.ts';
import { type ExecutorConfig, type ExecutorRequest, parseReply } from './executor-protocol.ts';
import { kernelKills } from './kernel-kills.ts';
import { unsendableOutcome } from './unsendable-outcome.ts';
import { watchLife } from './watch-life.ts';

/** How an executor process is started and when it is given up. */
export interface ExecutorChildOptions {
  /** The module the process runs. */
  readonly entry: string;
  /** Node's own options for it. */
  readonly execArgv: readonly string[];
  /** Its whole environment. */
  readonly environment: Readonly<Record<string, string>>;
  readonly config: ExecutorConfig;
  /** How long after a task's deadline it may still answer before it is killed. */
  readonly deadlineGraceMs: number;
  /** How long after being told to stop it may still answer before it is killed. */
  readonly abortGraceMs: number;
  /**
   * How long each of a few questions in a row for a sign of life may go unanswered, before the process and its task are given up; 3 s by
   * default.
   */
  readonly lifePatienceMs?: number;
  /** Files, sockets and pipes it may have open; what the machine allows by default. */
  readonly fileDescriptors?: number;
}

/** The task that is under way. */
interface Request {
  readonly id: number;
  readonly deadlineMs: number;
  readonly memoryMiB: number;
  /** `kernelKills` as it began. */
  readonly killsBefore: number;
  readonly settle: (outcome: TaskOutcome) => void;
  /** How the task ended, where that was this side's doing. */
  stopped?: TaskOutcome;
}

const LIFE_PATIENCE_MS = 3000;
/** Questions for a sign of life that may go unanswered: by a process that has given one, and by one that still starts. */
const MISSES = { alive: 3, starting: 20 };

/** Of what a process wrote to stderr the end is kept: a crash speaks last. */
const STDERR_KEPT_CHARACTERS = 2000;

/** One executor process. Runs one task at a time; once it has ended it is not used again. */
export class ExecutorChild {
  /** Settles once the process is gone and its scratch is removed. */
  readonly ended: Promise<void>;
  readonly #options: ExecutorChildOptions;
  readonly #process: ChildProcess;
  readonly #pings = new Map<number, () => void>();
  #request: Request | undefined;
  #lastId = 0;
  #hasAnswered = false;
  #stderr = '';
  #hasEnded = false;

  constructor(options: ExecutorChildOptions) {
    this.#options = options;
    this.#process = fork(options.entry, [JSON.stringify(options.config)], {
      serialization: 'advanced',
      ...programOf(options),
      env: { ...options.environment },
      // Rows go to the parent's stdout; nothing an executor prints may get among them.
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_KEPT_CHARACTERS);
    });
    this.#process.on('message', (message) => this.#receive(message));
    this.#process.on('error', (error) => {
      this.#stderr += error.message;
    });
    this.ended = new Promise((resolve) => {
      this.#process.on('close', (status, signal) => {
        this.#hasEnded = true;
        for (const answer of this.#pings.values()) answer();
        const settle = () => {
          this.#request?.settle(this.#outcomeOfEnd(status, signal));
          resolve();
        };
        rm(options.config.scratch, { recursive: true, force: true }).then(settle, settle);
      });
    });
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Undefined once the process is gone: its number may then be another's. */
  get pid(): number | undefined {
    const { pid, exitCode, signalCode } = this.#process;
    return exitCode === null && signalCode === null ? pid : undefined;
  }

  /** Settles once the process answers, or has ended. */
  async ready(): Promise<void> {
    if (this.#hasEnded) return;
    await new Promise<void>((resolve) => this.#ping(resolve));
  }

  /**
   * Runs one attempt. The outcome is `lost` where the process ends without an answer, makes no sign of life any more, or the signal is
   * aborted, `timed-out` where it does not answer in time, and a failure `OUT_OF_MEMORY` where it ended for want of memory. An aborted
   * attempt settles when the process has stopped working on it, so that nothing is written any more.
   */
  async run(task: SentTask, signal: AbortSignal): Promise<TaskOutcome> {
    if (this.#request !== undefined) throw new Error('An executor runs one task at a time.');
    let bytes: Uint8Array;
    try {
      bytes = encodeTask(task);
    } catch (error) {
      return unsendableOutcome(error);
    }
    if (this.#hasEnded) return this.#outcomeOfEnd(null, null);
    const id = this.#nextId();
    let patience: NodeJS.Timeout | undefined;
    const abort = () => {
      this.#stop(abortedOutcome);
      this.#send({ kind: 'abort', id });
      patience = setTimeout(() => this.kill(), this.#options.abortGraceMs);
    };
    const leftMs = Math.max(0, task.deadlineMs - Date.now()) + this.#options.deadlineGraceMs;
    const overdue = setTimeout(() => this.end({ kind: 'timed-out' }), Math.min(leftMs, LONGEST_TIMER_MS));
    const endLifeWatch = this.#watchLife();
    try {
      return await new Promise<TaskOutcome>((settle) => {
        const { deadlineMs, memoryMiB } = task;
        this.#request = { id, deadlineMs, memoryMiB, killsBefore: kernelKills(), settle };
        this.#send({ kind: 'run', id, task: bytes });
        if (signal.aborted) abort();
        else signal.addEventListener('abort', abort);
      });
    } finally {
      this.#request = undefined;
      signal.removeEventListener('abort', abort);
      endLifeWatch();
      clearTimeout(overdue);
      clearTimeout(patience);
    }
  }

  /** Ends the process at once; the task it runs, if any, has ended with this outcome, unless it was aborted before. */
  end(outcome: TaskOutcome): void {
    this.#stop(outcome);
    this.kill();
  }

  /** Ends the process at once, whatever it is doing. */
  kill(): void {
    this.#process.kill('SIGKILL');
  }

  /** Gives up a process that says nothing: stopped, or stuck outside its kernel, it would keep its task until the deadline. */
  #watchLife(): () => void {
    return watchLife({
      ask: (answered) => this.#ping(answered),
      patienceMs: this.#options.lifePatienceMs ?? LIFE_PATIENCE_MS,
      misses: () => (this.#hasAnswered ? MISSES.alive : MISSES.starting),
      silent: (silentMs) => {
        const message = `its process made no sign of life for ${silentMs / 1000} s and was ended.`;
        this.end({ kind: 'lost', message });
      },
    });
  }

  /** Calls back once the process has answered, or has ended. */
  #ping(answered: () => void): void {
    const id = this.#nextId();
    this.#pings.set(id, answered);
    this.#send({ kind: 'ping', id });
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  /** Notes that what happens next to the task is this side's doing; the first reason counts. */
  #stop(outcome: TaskOutcome): void {
    if (this.#request !== undefined) this.#request.stopped ??= outcome;
  }

  /** A request that does not reach the process needs no handling of its own: the channel is closed, and the end is on its way. */
  #send(request: ExecutorRequest): void {
    if (this.#process.connected) this.#process.send(request, () => undefined);
  }

  #receive(message: unknown): void {
    const reply = parseReply(message);
    if (reply === undefined) {
      this.#stderr += 'It sent a message that is none of the protocol.';
      this.kill();
    } else if (reply.kind === 'pong') {
      this.#hasAnswered = true;
      this.#pings.get(reply.id)?.();
      this.#pings.delete(reply.id);
    } else if (reply.id === this.#request?.id) {
      this.#request.settle(this.#request.stopped === abortedOutcome ? abortedOutcome : outcomeFrom(reply.outcome));
    }
  }

  /** What the end of the process means for the task it was running. */
  #outcomeOfEnd(status: number | null, signal: NodeJS.Signals | null): TaskOutcome {
    const stopped = this.#request?.stopped;
    if (stopped !== undefined) return stopped;
    // An executor whose kernel does not give way at the deadline ends itself.
    if (signal === 'SIGKILL' && Date.now() >= (this.#request?.deadlineMs ?? Number.POSITIVE_INFINITY))
      return { kind: 'timed-out' };
    const isKernels = signal === 'SIGKILL' && kernelKills() > (this.#request?.killsBefore ?? Number.POSITIVE_INFINITY);
    if (isKernels || status === MEMORY_EXIT_CODE || HEAP_EXHAUSTED.test(this.#stderr)) {
      const { memoryMiB } = this.#options.config;
      const reason = isKernels ? { reason: CONTAINER_IS_FULL } : {};
      return unsendableOutcome(outOfMemory(Math.min(memoryMiB, this.#request?.memoryMiB ?? memoryMiB), reason));
    }
    const how =
      signal !== null ? `killed by ${signal}` : status !== null ? `gone with status ${status}` : 'gone before';
    const said = this.#stderr.trim();
    return { kind: 'lost', message: `its process was ${how}${said === '' ? '.' : `, saying: ${said}`}` };
  }
}

const CONTAINER_IS_FULL = 'The kernel ended its process: the memory of the whole container was used up.';

/** How the process is started: a limit of open files is taken on by a shell, which then becomes the process. */
function programOf({ execArgv, fileDescriptors }: ExecutorChildOptions): Pick<ForkOptions, 'execPath' | 'execArgv'> {
  if (fileDescriptors === undefined) return { execArgv: [...execArgv] };
  const script = `ulimit -n ${fileDescriptors} && exec "$0" "$@"`;
  return { execPath: '/bin/sh', execArgv: ['-c', script, process.execPath, ...execArgv] };
}

/** What V8 says before it ends a process whose heap is full. */
const HEAP_EXHAUSTED = /heap out of memory/i;

function outcomeFrom(bytes: Uint8Array): TaskOutcome {
  try {
    return decodeOutcome(bytes);
  } catch (error) {
    return unsendableOutcome(error);
  }
}
