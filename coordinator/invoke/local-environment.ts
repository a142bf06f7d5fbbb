import { permanentFailure } from '../../engine/task/failed-outcome.ts';
import { outOfMemory, scratchFull } from '../../engine/task/resource-errors.ts';
import type { SentTask, TaskOutcome } from '../../engine/task/task.ts';
import { ExecutorChild } from './executor-child.ts';
import { type ExecutorConfig, FUNCTION_DEADLINE_MARGIN_MS, FUNCTION_MEMORY_SHARE } from './executor-protocol.ts';
import { lambdaLimits } from './lambda-limits.ts';
import { type MemoryWatch, watchMemory } from './watch-memory.ts';
import { watchScratch } from './watch-scratch.ts';

/** The limits of one deployed function. */
export interface FunctionSize {
  readonly memoryMiB: number;
  readonly timeoutMs: number;
  /** The size limit of the scratch folder. */
  readonly scratchMiB: number;
}

export interface EnvironmentOptions {
  readonly entry: string;
  readonly execArgv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly config: Omit<ExecutorConfig, 'memoryMiB'>;
  readonly size: FunctionSize;
}

const ABORT_GRACE_MS = 2000;

/** An execution environment: a process that runs one task at a time under a function's limits. It cannot be reused once it has ended. */
export class LocalEnvironment {
  readonly #child: ExecutorChild;
  readonly #size: FunctionSize;
  readonly #memory: MemoryWatch | undefined;
  readonly #startedMs = performance.now();

  constructor({ entry, execArgv, environment, config, size }: EnvironmentOptions) {
    this.#size = size;
    const child = new ExecutorChild({
      entry,
      execArgv,
      environment,
      config: { ...config, memoryMiB: Math.floor(size.memoryMiB * FUNCTION_MEMORY_SHARE) },
      deadlineGraceMs: FUNCTION_DEADLINE_MARGIN_MS,
      abortGraceMs: ABORT_GRACE_MS,
      fileDescriptors: lambdaLimits.fileDescriptors,
    });
    this.#child = child;
    const { pid } = child;
    if (pid === undefined) return;
    const { memoryMiB, scratchMiB } = size;
    const memory = watchMemory(pid, memoryMiB, () => {
      const reason = `Its function was killed while it used ${Math.ceil(memory.mostMiB)} MiB.`;
      child.end(permanentFailure(outOfMemory(memoryMiB, { reason })));
    });
    this.#memory = memory;
    const endScratch = watchScratch(pid, config.scratch, scratchMiB, (usedMiB) => {
      const reason = `Its function was killed while it used ${Math.ceil(usedMiB)} MiB.`;
      child.end(permanentFailure(scratchFull({ scratchMiB, reason })));
    });
    void child.ended.then(() => {
      memory.end();
      endScratch();
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get hasEnded(): boolean {
    return this.#child.hasEnded;
  }

  /** Settles once the process has ended and its scratch folder is removed. */
  get ended(): Promise<void> {
    return this.#child.ended;
  }

  /** Waits until the process accepts tasks. Kills the process if this takes too long. Returns the time since its start, in ms. */
  async start(): Promise<number> {
    const { initMs } = lambdaLimits;
    const overdue = setTimeout(() => this.#child.kill(), initMs);
    await this.#child.ready();
    clearTimeout(overdue);
    return performance.now() - this.#startedMs;
  }

  /** Runs one task within the function's time limit. Never rejects. */
  async run(task: SentTask, signal: AbortSignal): Promise<TaskOutcome> {
    const { timeoutMs } = this.#size;
    this.#memory?.reset();
    const lastMs = Date.now() + timeoutMs - FUNCTION_DEADLINE_MARGIN_MS;
    if (task.deadlineMs <= lastMs) return this.#child.run(task, signal);
    const outcome = await this.#child.run({ ...task, deadlineMs: lastMs }, signal);
    if (outcome.kind !== 'timed-out') return outcome;
    return { ...outcome, limit: `its function's time limit of ${timeoutMs / 1000} s` };
  }

  kill(): void {
    this.#child.kill();
  }
}
