import { join } from 'node:path';
import type { EncodedTask, SentTask, TaskOutcome } from '../../engine/task/task.ts';
import { abortedOutcome, closedOutcome } from './attempt-limits.ts';
import { ExecutorChild } from './executor-child.ts';
import type { Invoker } from './invoker.ts';

/** The options of executor processes: their program, resources and time limits. */
export interface LocalInvokerOptions {
  /** The module that executor processes run. */
  readonly executorEntry: string;
  /** The number of executors, and therefore of concurrent tasks. */
  readonly count: number;
  /** The number of executors to start immediately. The others start on demand. */
  readonly startNow?: number;
  /** The memory limit of one executor. */
  readonly memoryMiB: number;
  /** The object store: an absolute path or `s3://bucket/prefix`. */
  readonly storeRoot: string;
  /** The folder in which each executor creates its scratch folder. */
  readonly scratchRoot: string;
  /** The locations that tasks may read: local folders and files, and `s3://bucket/prefix`. */
  readonly inputRoots: readonly string[];
  /** The Node options of the processes; none by default. */
  readonly execArgv?: readonly string[];
  /** The complete environment of the processes; empty by default, so that no secret reaches them. */
  readonly environment?: Readonly<Record<string, string>>;
  /** How long a process may still answer after a task's deadline before it is killed; 5 s by default. */
  readonly deadlineGraceMs?: number;
  /** How long a process may still answer after an abort before it is killed; 2 s by default. */
  readonly abortGraceMs?: number;
  /**
   * How long to wait for each answer to a ping. After a few consecutive missed answers, the process is killed and its task is lost. 3 s by
   * default.
   */
  readonly pingTimeoutMs?: number;
}

/** An invoker whose executors are processes on this machine. */
export interface LocalInvoker extends Invoker {
  /** The ids of the running processes. */
  readonly pids: readonly number[];
  /** Like `Invoker.invoke`. Forwards an encoded task unchanged. */
  invoke(task: SentTask | EncodedTask, signal: AbortSignal): Promise<TaskOutcome>;
  /** Starts the executors that are not running. Settles once every executor has answered or ended. */
  warm(): Promise<void>;
}

/**
 * Creates an invoker that runs tasks in child processes. Each process runs one task at a time. If a process dies, its task is lost, and a
 * new process starts when the next task needs it. The child processes end with this process.
 */
export function createLocalInvoker(options: LocalInvokerOptions): LocalInvoker {
  return new ExecutorPool(options);
}

/**
 * The grace period after a deadline. An executor interrupts its kernel at the deadline and reports the timeout, which may take a while on a
 * busy machine. Waiting is better than killing the process, because the report is more precise and no other process must be started.
 */
const DEADLINE_GRACE_MS = 5000;

/** The grace period after an abort. It is short, because the user who pressed Ctrl-C is waiting and needs no report. */
const ABORT_GRACE_MS = 2000;

/** A task that is waiting for an executor. */
interface Waiter {
  /** Assigns an executor to the task; undefined if the task gets no executor. */
  readonly give: (executor: ExecutorChild | undefined) => void;
  /** Reports that no executor could be started. */
  readonly fail: (error: unknown) => void;
}

class ExecutorPool implements LocalInvoker {
  readonly concurrency: number;
  readonly #options: LocalInvokerOptions;
  /** The executors that have not ended, or whose end has not been reported yet. */
  readonly #executors = new Set<ExecutorChild>();
  readonly #idle: ExecutorChild[] = [];
  /** The tasks that are waiting for an executor, in order of arrival. */
  readonly #waiters: Waiter[] = [];
  #started = 0;
  #closed = false;

  constructor(options: LocalInvokerOptions) {
    this.concurrency = options.count;
    this.#options = options;
    for (let each = 0; each < Math.min(options.startNow ?? 0, options.count); each += 1) this.#idle.push(this.#start());
  }

  get pids(): readonly number[] {
    return [...this.#executors].flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  }

  async invoke(task: SentTask | EncodedTask, signal: AbortSignal): Promise<TaskOutcome> {
    let executor: ExecutorChild | undefined;
    try {
      executor = await this.#nextExecutor(signal);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { kind: 'lost', message: `no executor could be started: ${reason}` };
    }
    if (executor === undefined) return this.#closed ? closedOutcome : abortedOutcome;
    try {
      return await executor.run(task, signal);
    } finally {
      this.#giveBack(executor);
    }
  }

  async warm(): Promise<void> {
    while (!this.#closed && this.#executors.size < this.concurrency) this.#giveBack(this.#start());
    await Promise.all([...this.#executors].map((executor) => executor.ready()));
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const waiter of this.#waiters.splice(0)) waiter.give(undefined);
    const executors = [...this.#executors];
    for (const executor of executors) executor.kill();
    await Promise.all(executors.map((executor) => executor.ended));
  }

  async #nextExecutor(signal: AbortSignal): Promise<ExecutorChild | undefined> {
    if (this.#closed || signal.aborted) return undefined;
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    if (this.#executors.size < this.concurrency) return this.#start();
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        give: (executor) => {
          signal.removeEventListener('abort', leave);
          resolve(executor);
        },
        fail: (error) => {
          signal.removeEventListener('abort', leave);
          reject(error);
        },
      };
      const leave = () => {
        this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
        waiter.give(undefined);
      };
      signal.addEventListener('abort', leave);
      this.#waiters.push(waiter);
    });
  }

  #giveBack(executor: ExecutorChild): void {
    if (this.#closed || executor.hasEnded) return;
    const next = this.#waiters.shift();
    if (next !== undefined) next.give(executor);
    else this.#idle.push(executor);
  }

  #start(): ExecutorChild {
    const { executorEntry, execArgv, environment, scratchRoot, storeRoot, inputRoots, memoryMiB } = this.#options;
    const { pingTimeoutMs } = this.#options;
    this.#started += 1;
    const executor = new ExecutorChild({
      entry: executorEntry,
      execArgv: execArgv ?? [],
      environment: environment ?? {},
      config: { storeRoot, inputRoots, memoryMiB, scratch: join(scratchRoot, `executor-${this.#started}`) },
      deadlineGraceMs: this.#options.deadlineGraceMs ?? DEADLINE_GRACE_MS,
      abortGraceMs: this.#options.abortGraceMs ?? ABORT_GRACE_MS,
      ...(pingTimeoutMs === undefined ? {} : { pingTimeoutMs }),
    });
    this.#executors.add(executor);
    void executor.ended.then(() => this.#replace(executor));
    return executor;
  }

  /**
   * Replaces an executor that has ended, if a task is waiting. Never throws. If starting an executor fails, the waiting task fails too,
   * because no later event may start an executor for it.
   */
  #replace(executor: ExecutorChild): void {
    this.#executors.delete(executor);
    const at = this.#idle.indexOf(executor);
    if (at >= 0) this.#idle.splice(at, 1);
    while (!this.#closed && this.#executors.size < this.concurrency) {
      const waiter = this.#waiters.shift();
      if (waiter === undefined) return;
      try {
        waiter.give(this.#start());
      } catch (error) {
        waiter.fail(error);
      }
    }
  }
}
