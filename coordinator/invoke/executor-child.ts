import { type ChildProcess, type ForkOptions, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeOutcome } from '../../engine/task/decode-outcome.ts';
import { encodeTask } from '../../engine/task/encode-task.ts';
import { permanentFailure } from '../../engine/task/failed-outcome.ts';
import { MEMORY_EXIT_CODE, outOfMemory } from '../../engine/task/resource-errors.ts';
import type { EncodedTask, SentTask, TaskOutcome } from '../../engine/task/task.ts';
import { MAX_TIMER_MS } from '../../engine/timer.ts';
import { abortedOutcome } from './attempt-limits.ts';
import { type ExecutorConfig, type ExecutorRequest, parseReply } from './executor-protocol.ts';
import { watchLife } from './watch-life.ts';

/** The options for starting an executor process, and its time limits. */
export interface ExecutorChildOptions {
  /** The module that the process runs. */
  readonly entry: string;
  /** The Node options of the process. */
  readonly execArgv: readonly string[];
  /** The complete environment of the process. */
  readonly environment: Readonly<Record<string, string>>;
  readonly config: ExecutorConfig;
  /** How long the process may still answer after the task's deadline before it is killed. */
  readonly deadlineGraceMs: number;
  /** How long the process may still answer after an abort before it is killed. */
  readonly abortGraceMs: number;
  /**
   * How long to wait for each answer to a ping. After a few consecutive missed answers, the process is killed and its task is lost. 3 s by
   * default.
   */
  readonly pingTimeoutMs?: number;
  /** The maximum number of open files, sockets and pipes. The machine's limit by default. */
  readonly fileDescriptors?: number;
}

/** The running task. */
interface Request {
  readonly id: number;
  readonly deadlineMs: number;
  readonly memoryMiB: number;
  /** The result of `kernelKills` when the task started. */
  readonly killsBefore: number;
  readonly settle: (outcome: TaskOutcome) => void;
  /** The outcome, if the parent stopped the task. */
  stopped?: TaskOutcome;
}

const PING_TIMEOUT_MS = 3000;
/** The number of consecutive missed answers after which a process is killed. A process that has never answered is `starting`. */
const MISSES = { alive: 3, starting: 20 };

/** The number of characters kept from the end of stderr, where a crash is reported. */
const STDERR_KEPT_CHARACTERS = 2000;

/** One executor process. It runs one task at a time and cannot be reused once it has ended. */
export class ExecutorChild {
  /** Settles once the process has ended and its scratch folder is removed. */
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
      // The parent writes rows to its own stdout, so the output of an executor must not go there.
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

  /** The process id; undefined once the process has ended, because the system may reuse the id. */
  get pid(): number | undefined {
    const { pid, exitCode, signalCode } = this.#process;
    return exitCode === null && signalCode === null ? pid : undefined;
  }

  /** Settles once the process answers or has ended. */
  async ready(): Promise<void> {
    if (this.#hasEnded) return;
    await new Promise<void>((resolve) => this.#ping(resolve));
  }

  /**
   * Runs one attempt. The outcome is `lost` if the process ends without an answer, if it stops answering pings, or if the signal aborts. It
   * is `timed-out` if the process misses the deadline, and `OUT_OF_MEMORY` if it runs out of memory. An aborted attempt settles once the
   * process has stopped working on it, so nothing is written afterwards.
   */
  async run(task: SentTask | EncodedTask, signal: AbortSignal): Promise<TaskOutcome> {
    if (this.#request !== undefined) throw new Error('An executor runs one task at a time.');
    let bytes: Uint8Array;
    try {
      bytes = 'bytes' in task ? task.bytes : encodeTask(task);
    } catch (error) {
      return permanentFailure(error);
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
    const overdue = setTimeout(() => this.end({ kind: 'timed-out' }), Math.min(leftMs, MAX_TIMER_MS));
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

  /** Kills the process. A running task ends with this outcome, unless it has already been stopped. */
  end(outcome: TaskOutcome): void {
    this.#stop(outcome);
    this.kill();
  }

  /** Kills the process without setting an outcome. */
  kill(): void {
    this.#process.kill('SIGKILL');
  }

  /** Kills the process if it stops answering. A suspended or stuck process would otherwise keep its task until the deadline. */
  #watchLife(): () => void {
    return watchLife({
      ask: (answered) => this.#ping(answered),
      timeoutMs: this.#options.pingTimeoutMs ?? PING_TIMEOUT_MS,
      misses: () => (this.#hasAnswered ? MISSES.alive : MISSES.starting),
      silent: (silentMs) => {
        const message = `its process did not answer for ${silentMs / 1000} s and was killed.`;
        this.end({ kind: 'lost', message });
      },
    });
  }

  /** Sends a ping. Calls `answered` once the process has answered or ended. */
  #ping(answered: () => void): void {
    const id = this.#nextId();
    this.#pings.set(id, answered);
    this.#send({ kind: 'ping', id });
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  /** Records the outcome of a task that the parent stops. Later outcomes are ignored. */
  #stop(outcome: TaskOutcome): void {
    if (this.#request !== undefined) this.#request.stopped ??= outcome;
  }

  /** Sends a request. Ignores errors, because the end of the process is reported separately. */
  #send(request: ExecutorRequest): void {
    if (this.#process.connected) this.#process.send(request, () => undefined);
  }

  #receive(message: unknown): void {
    const reply = parseReply(message);
    if (reply === undefined) {
      this.#stderr += 'It sent an invalid message.';
      this.kill();
    } else if (reply.kind === 'pong') {
      this.#hasAnswered = true;
      this.#pings.get(reply.id)?.();
      this.#pings.delete(reply.id);
    } else if (reply.id === this.#request?.id) {
      this.#request.settle(this.#request.stopped === abortedOutcome ? abortedOutcome : outcomeFrom(reply.outcome));
    }
  }

  /** The outcome of a task whose process has ended. */
  #outcomeOfEnd(status: number | null, signal: NodeJS.Signals | null): TaskOutcome {
    const stopped = this.#request?.stopped;
    if (stopped !== undefined) return stopped;
    // An executor also kills itself if its kernel does not stop at the deadline.
    if (signal === 'SIGKILL' && Date.now() >= (this.#request?.deadlineMs ?? Number.POSITIVE_INFINITY))
      return { kind: 'timed-out' };
    const isKernels = signal === 'SIGKILL' && kernelKills() > (this.#request?.killsBefore ?? Number.POSITIVE_INFINITY);
    if (isKernels || status === MEMORY_EXIT_CODE || HEAP_EXHAUSTED.test(this.#stderr)) {
      const { memoryMiB } = this.#options.config;
      const reason = isKernels ? { reason: CONTAINER_IS_FULL } : {};
      return permanentFailure(outOfMemory(Math.min(memoryMiB, this.#request?.memoryMiB ?? memoryMiB), reason));
    }
    const how =
      signal !== null
        ? `was killed by ${signal}`
        : status !== null
          ? `exited with status ${status}`
          : 'had already exited';
    const said = this.#stderr.trim();
    return { kind: 'lost', message: `its process ${how}${said === '' ? '' : ` (stderr: ${said})`}.` };
  }
}

const CONTAINER_IS_FULL = 'The kernel killed its process because the container ran out of memory.';

/** The command that starts the process. Node cannot limit open files, so a shell sets the limit and then replaces itself with Node. */
function programOf({ execArgv, fileDescriptors }: ExecutorChildOptions): Pick<ForkOptions, 'execPath' | 'execArgv'> {
  if (fileDescriptors === undefined) return { execArgv: [...execArgv] };
  const script = `ulimit -n ${fileDescriptors} && exec "$0" "$@"`;
  return { execPath: '/bin/sh', execArgv: ['-c', script, process.execPath, ...execArgv] };
}

/** Matches the message that V8 prints before it ends a process whose heap is full. */
const HEAP_EXHAUSTED = /heap out of memory/i;

function outcomeFrom(bytes: Uint8Array): TaskOutcome {
  try {
    return decodeOutcome(bytes);
  } catch (error) {
    return permanentFailure(error);
  }
}

/**
 * The number of processes that the kernel has killed because this process's control group (usually a container) ran out of memory. The
 * kernel kills with SIGKILL, which carries no reason. Returns 0 if the count is unavailable: on systems other than Linux, or in a group
 * without a limit. Linux's cgroup-v2.rst (`memory.events`) and cgroup-v1/memory.rst (`memory.oom_control`) describe the files. `root` is
 * the folder that contains /proc and /sys.
 */
export function kernelKills(root = '/'): number {
  const groups = readIfThere(join(root, 'proc/self/cgroup')).split('\n');
  for (const { name, mount, file } of HIERARCHIES) {
    const [, path = '/'] = groups.map((line) => name.exec(line)).find((match) => match !== null) ?? [];
    // Inside a container, the group is mounted as the root, but /proc may list its path outside the container.
    for (const folder of [path, '/']) {
      const [, count] = /^oom_kill (\d+)$/m.exec(readIfThere(join(root, mount, folder, file))) ?? [];
      if (count !== undefined) return Number(count);
    }
  }
  return 0;
}

const HIERARCHIES = [
  { name: /^\d+:memory:(.*)$/, mount: 'sys/fs/cgroup/memory', file: 'memory.oom_control' },
  { name: /^0::(.*)$/, mount: 'sys/fs/cgroup', file: 'memory.events' },
] as const;

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
