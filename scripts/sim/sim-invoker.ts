import type { Invoker } from '../../coordinator/invoke/invoker.ts';
import { billedGbSeconds } from '../../coordinator/price/usage.ts';
import { blockLength } from '../../engine/plan/blocks.ts';
import { encodeFooter } from '../../engine/shuffle/encode-footer.ts';
import { NO_REQUESTS, type StoreRequests } from '../../engine/store/request-counts.ts';
import type { Task, TaskOutcome } from '../../engine/task/task.ts';
import { lognormal, type Random } from './random.ts';
import type { SimStore } from './sim-store.ts';
import { type Environment, type TaskWork, type TaskWorld, workOf } from './task-time.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** The course of an attempt. Times are in ms. */
export interface AttemptRun {
  readonly stage: number;
  readonly task: number;
  /**
   * When the coordinator requested the attempt, when it was sent, when an environment was available, and when the
   * attempt was ready to work.
   */
  readonly askedAt: number;
  readonly sentAt: number;
  readonly placedAt: number;
  readonly readyAt: number;
  readonly endedAt: number;
  readonly isCold: boolean;
  readonly isStraggler: boolean;
  readonly work: TaskWork;
}

export interface SimInvokerOptions {
  readonly clock: VirtualClock;
  readonly store: SimStore;
  readonly world: TaskWorld;
  readonly random: Random;
  readonly concurrency: number;
  readonly memoryMiB: number;
  /** The share of attempts that are stragglers, and the factor by which they are slower. */
  readonly stragglers: number;
  readonly slowness: number;
}

/** Lambda lets a function start more environments every ten seconds. */
const RAMP_STEP_MS = 10_000;

/**
 * Simulated functions. The coordinator sends invocations sequentially. Each waits for a free or new environment, and
 * takes as long as its work. Records the course of each attempt.
 */
export class SimInvoker implements Invoker {
  readonly concurrency: number;
  readonly attempts: AttemptRun[] = [];
  gbSeconds = 0;
  readonly #options: SimInvokerOptions;
  readonly #coldStartMs: () => number;
  readonly #warmStartMs: () => number;
  readonly #free: Environment[] = [];
  readonly #waiting: ((environment: Environment | undefined) => void)[] = [];
  readonly #footers = new Map<string, Uint8Array>();
  #environments = 0;
  #firstAt: number | undefined;
  #sendsUntil = 0;
  #isStepSet = false;

  constructor(options: SimInvokerOptions) {
    const { model } = options.world;
    this.#options = options;
    this.concurrency = options.concurrency;
    this.#coldStartMs = lognormal(model.coldStart, options.random);
    this.#warmStartMs = lognormal(model.warmStart, options.random);
  }

  /** The number of environments started so far. */
  get environments(): number {
    return this.#environments;
  }

  async invoke(task: Task): Promise<TaskOutcome> {
    const { clock, world, random } = this.#options;
    const askedAt = clock.time;
    this.#firstAt ??= askedAt;
    this.#sendsUntil = Math.max(this.#sendsUntil, askedAt) + world.model.dispatchMs;
    await clock.sleep(this.#sendsUntil - askedAt);
    const sentAt = clock.time;
    const { environment, isCold } = await this.#place();
    const placedAt = clock.time;
    await clock.sleep(isCold ? this.#coldStartMs() : this.#warmStartMs());
    const readyAt = clock.time;
    const isStraggler = random() < this.#options.stragglers;
    const work = workOf(task, readyAt, isStraggler ? this.#options.slowness : 1, environment, world);
    await clock.sleep(work.indexMs + work.readMs + work.computeMs + work.writeMs);
    const endedAt = clock.time;
    const { stage, index } = task;
    const times = { askedAt, sentAt, placedAt, readyAt, endedAt };
    this.attempts.push({ stage: stage.id, task: index, ...times, isCold, isStraggler, work });
    this.gbSeconds += billedGbSeconds(this.#options.memoryMiB, endedAt - (isCold ? placedAt : readyAt));
    this.#giveBack(environment);
    return this.#outcome(task, work);
  }

  async close(): Promise<void> {}

  /** Returns a free environment, or starts a new one, or waits for the first environment that becomes available. */
  async #place(): Promise<{ readonly environment: Environment; readonly isCold: boolean }> {
    const free = this.#free.pop();
    if (free !== undefined) return { environment: free, isCold: false };
    if (this.#environments < this.#mostEnvironments()) return { environment: this.#start(), isCold: true };
    this.#wakeAtNextStep();
    const given = await new Promise<Environment | undefined>((resolve) => {
      this.#waiting.push(resolve);
    });
    return given === undefined ? { environment: this.#start(), isCold: true } : { environment: given, isCold: false };
  }

  #start(): Environment {
    this.#environments += 1;
    return { burstBytes: this.#options.world.model.burstBytes };
  }

  #mostEnvironments(): number {
    const { clock, world, concurrency } = this.#options;
    const steps = 1 + Math.floor((clock.time - (this.#firstAt ?? clock.time)) / RAMP_STEP_MS);
    return Math.min(concurrency, steps * world.model.environmentsPerTenSeconds);
  }

  #wakeAtNextStep(): void {
    const { clock, concurrency } = this.#options;
    if (this.#isStepSet || this.#environments >= concurrency) return;
    this.#isStepSet = true;
    const sinceFirst = clock.time - (this.#firstAt ?? clock.time);
    clock.after(RAMP_STEP_MS - (sinceFirst % RAMP_STEP_MS), () => {
      this.#isStepSet = false;
      const more = this.#mostEnvironments() - this.#environments;
      for (const start of this.#waiting.splice(0, more)) start(undefined);
      if (this.#waiting.length > 0) this.#wakeAtNextStep();
    });
  }

  #giveBack(environment: Environment): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(environment);
    else next(environment);
  }

  #outcome(task: Task, work: TaskWork): TaskOutcome {
    const { store } = this.#options;
    const { output } = task.stage;
    const statistics = {
      rowsRead: 0,
      rowsWritten: 0,
      inputBytes: work.inputBytes,
      shuffleBytesRead: work.shuffleBytes,
      shuffleRowsRead: 0,
      bytesWritten: work.outputBytes,
      cpuMs: work.computeMs,
      wallMs: work.indexMs + work.readMs + work.computeMs + work.writeMs,
      requests: requestsOf(work),
    };
    if (output.kind === 'result') {
      return { kind: 'succeeded', output: { kind: 'inline', bytes: new Uint8Array(0), rows: 0 }, statistics };
    }
    const identity = store.hold(task.outputKey, work.outputBytes);
    const written = { kind: 'object', key: task.outputKey, identity, rows: 1 } as const;
    const parts = partsWritten(task);
    const footer = parts === undefined ? {} : { footer: this.#footer(parts, work.outputBytes) };
    return { kind: 'succeeded', output: { ...written, ...footer }, statistics };
  }

  /** Returns a real footer of an object with partitions of equal size. Objects with equal partitions share a footer. */
  #footer(partitions: number, bytes: number): Uint8Array {
    const name = `${partitions} ${bytes}`;
    const known = this.#footers.get(name);
    if (known !== undefined) return known;
    const sizeBytes = Math.floor(bytes / partitions);
    const ranges = Array.from({ length: partitions }, (_none, at) => ({
      offset: at * sizeBytes,
      sizeBytes,
      rows: 1,
      checksum: 0,
    }));
    const footer = encodeFooter(ranges);
    this.#footers.set(name, footer);
    return footer;
  }
}

/** Returns the number of index entries for each object of a stage, or `undefined` if the stage has no index. */
export function partsWritten({ stage: { output }, index }: Task): number | undefined {
  switch (output.kind) {
    case 'hash':
      return output.blocks ?? output.partitions;
    case 'combined':
      return blockLength(output.partitions, output.partitionBlocks, index % output.partitionBlocks);
    case 'single':
    case 'result':
      return undefined;
    default:
      return output satisfies never;
  }
}

function requestsOf(work: TaskWork): StoreRequests {
  const none = NO_REQUESTS.requests;
  return {
    inputs: { ...NO_REQUESTS, requests: { ...none, get: work.inputReads }, readBytes: work.inputBytes },
    job: {
      ...NO_REQUESTS,
      requests: { ...none, get: work.shuffleReads, ...work.writes },
      readBytes: work.shuffleBytes,
      writtenBytes: work.outputBytes,
    },
  };
}
