import { join } from 'node:path';
import type { EncodedTask, SentTask, TaskOutcome } from '../../engine/task/task.ts';
import { abortedOutcome, closedOutcome } from './attempt-limits.ts';
import { ExecutorChild } from './executor-child.ts';
import type { Invoker } from './invoker.ts';

/** The options of executor processes: their program, resources and time limits. */
export interface LocalInvokerOptions {
  /** The module that executor processes run. */
  readonly executorEntry: string;
  /** The number of executors, and so of concurrent tasks. */
  readonly count: number;
  /** The number of executors to start at once. The others start on demand. */
  readonly startNow?: number;
  /** The memory limit of one executor. */
  readonly memoryMiB: number;
  /** The object store: an absolute path or `s3://bucket/prefix`. */
  readonly storeRoot: string;
  /** The folder in which each executor creates its own. */
  readonly scratchRoot: string;
  /** The locations that tasks may read: local folders and files, and `s3://bucket/prefix`. */
  readonly inputRoots: readonly string[];
  /** Node's own options for the processes; none by default. */
  readonly execArgv?: readonly string[];
  /** The complete environment of the processes; empty by default, so that no secret reaches them. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The time after its deadline in which a task may still answer before its process is killed; 5 s by default. */
  readonly deadlineGraceMs?: number;
  /** The time after an abort in which a task may still answer before its process is killed; 2 s by default. */
  readonly abortGraceMs?: number;
  /**
   * How long to wait for each answer to a ping. After a few consecutive missed answers, the process is killed and its task is lost. 3 s by
   * default.
   */
  readonly pingTimeoutMs?: number;
}

/** An invoker whose executors are processes of this machine. */
export interface LocalInvoker extends Invoker {
  /** The running processes. */
  readonly pids: readonly number[];
  /** Like `Invoker.invoke`. An encoded task is passed on unchanged. */
  invoke(task: SentTask | EncodedTask, signal: AbortSignal): Promise<TaskOutcome>;
  /** Starts all missing executors. Settles once each answers or has ended. */
  warm(): Promise<void>;
}

/**
 * Runs tasks in child processes, one at a time each. A process that dies loses its task, and is replaced when the next task needs it. The
 * processes end with this one.
 */
export function createLocalInvoker(options: LocalInvokerOptions): LocalInvoker {
  return new ExecutorPool(options);
}

/**
 * An executor interrupts its kernel at the deadline and answers by itself. The grace period leaves time for that on a busy machine: the
 * answer is more exact than a kill, and a kill costs a process start.
 */
const DEADLINE_GRACE_MS = 5000;

/** Shorter than after a deadline: the user who aborts (Ctrl-C) waits for it and needs no answer. */
const ABORT_GRACE_MS = 2000;

/** A task that waits for an executor. */
interface Waiter {
  /** Passes an executor to the task; undefined if no executor will be available. */
  readonly give: (executor: ExecutorChild | undefined) => void;
  /** Reports that no executor could be started. */
  readonly fail: (error: unknown) => void;
}

class ExecutorPool implements LocalInvoker {
  readonly concurrency: number;
  readonly #options: LocalInvokerOptions;
  /** Executors that have not ended, or whose task has not been informed of their end. */
  readonly #executors = new Set<ExecutorChild>();
  readonly #idle: ExecutorChild[] = [];
  /** Tasks that wait for an executor; first come, first served. */
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
   * Replaces an executor that has ended, if a task is waiting. Never throws: if no executor can be started, the waiting tasks that had a
   * slot fail, since no later event may start an executor for them.
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
