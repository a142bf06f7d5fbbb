import { join } from 'node:path';
import { encodeOutcomeEnvelope, encodeTaskEnvelope } from '../../engine/task/envelope.ts';
import { permanentFailure } from '../../engine/task/failed-outcome.ts';
import type { SentTask, TaskOutcome } from '../../engine/task/task.ts';
import { AdaptiveGate } from './adaptive-gate.ts';
import { type AttemptLimits, closedOutcome, limitAttempt } from './attempt-limits.ts';
import type { Invoker } from './invoker.ts';
import { outcomeOfFailure, refusalOfSize } from './lambda-failure.ts';
import { lambdaLimits } from './lambda-limits.ts';
import type { LocalInvokerOptions } from './local.ts';
import { type FunctionSize, LocalEnvironment } from './local-environment.ts';
import { type TurnOptions, takeTurns } from './take-turns.ts';

/** The rate at which environments may start. */
export interface RampLimit {
  readonly environments: number;
  readonly everyMs: number;
}

export interface LocalLambdaOptions
  extends Pick<
      LocalInvokerOptions,
      'executorEntry' | 'execArgv' | 'environment' | 'storeRoot' | 'scratchRoot' | 'inputRoots'
    >,
    TurnOptions {
  readonly size: FunctionSize;
  /** The maximum number of concurrent invocations that this machine can run. */
  readonly concurrency: number;
  /** The account's concurrency limit. Further invocations are throttled. */
  readonly accountConcurrency?: number;
  readonly ramp?: RampLimit;
}

/** Statistics about starts of environments. */
export interface ColdStarts {
  readonly count: number;
  /** The total time from the start of each process until it accepted tasks. */
  readonly initMs: number;
}

export interface LocalLambdaInvoker extends Invoker {
  /** The number of concurrent invocations that the platform is expected to accept. */
  readonly limit: number;
  readonly coldStarts: ColdStarts;
  /** The ids of the running processes. */
  readonly pids: readonly number[];
}

/**
 * How long an attempt may outlast its deadline. An attempt normally ends together with its environment at the function's time limit. The
 * grace period matters only if the environment does not end.
 */
const DEADLINE_GRACE_MS = 5000;

/**
 * Creates an invoker that runs tasks in child processes under the limits of Lambda: memory, time, payload, scratch, open files, cold starts
 * and throttling. docs/fabric-limits.md lists the emulated limits.
 */
export function createLocalLambdaInvoker(options: LocalLambdaOptions): LocalLambdaInvoker {
  return new EmulatedFunction(options);
}

class EmulatedFunction implements LocalLambdaInvoker {
  readonly concurrency: number;
  readonly #options: LocalLambdaOptions;
  readonly #gate: AdaptiveGate;
  readonly #ramp: EnvironmentRamp;
  readonly #environments = new Set<LocalEnvironment>();
  /** The idle environments. The most recently used one is reused first. */
  readonly #idle: LocalEnvironment[] = [];
  readonly #running = new Set<AttemptLimits>();
  #busy = 0;
  #coldStarts = 0;
  #initMs = 0;
  #isClosed = false;

  constructor(options: LocalLambdaOptions) {
    this.#options = options;
    this.concurrency = options.concurrency;
    this.#gate = new AdaptiveGate(options.concurrency);
    this.#ramp = new EnvironmentRamp(options.ramp ?? lambdaLimits.ramp);
  }

  get limit(): number {
    return Math.floor(this.#gate.limit);
  }

  get coldStarts(): ColdStarts {
    return { count: this.#coldStarts, initMs: this.#initMs };
  }

  get pids(): readonly number[] {
    return [...this.#environments].flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  }

  async invoke(task: SentTask, signal: AbortSignal): Promise<TaskOutcome> {
    if (this.#isClosed) return closedOutcome;
    const limits = limitAttempt(task.deadlineMs, DEADLINE_GRACE_MS, signal);
    this.#running.add(limits);
    try {
      const refusal = refusalOfSize(Buffer.byteLength(encodeTaskEnvelope(task)));
      if (refusal !== undefined) return refusal;
      return answered(
        await takeTurns(this.#gate, task.job, limits, this.#options, () => this.#invokeOnce(task, limits)),
      );
    } catch (error) {
      return permanentFailure(error);
    } finally {
      this.#running.delete(limits);
      limits.release();
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const limits of this.#running) limits.stop(closedOutcome);
    const environments = [...this.#environments];
    for (const environment of environments) environment.kill();
    await Promise.all(environments.map(({ ended }) => ended));
  }

  /** Makes one invocation. The outcome is `throttled` if no environment is available. */
  async #invokeOnce(task: SentTask, limits: AttemptLimits): Promise<TaskOutcome> {
    if (this.#busy >= (this.#options.accountConcurrency ?? lambdaLimits.accountConcurrency))
      return { kind: 'throttled' };
    this.#busy += 1;
    try {
      const environment = this.#idle.pop() ?? (await this.#start());
      if (environment === undefined) return { kind: 'throttled' };
      const outcome = await environment.run(task, limits.signal);
      if (!environment.hasEnded) this.#idle.push(environment);
      return limits.signal.aborted ? limits.outcome() : outcome;
    } finally {
      this.#busy -= 1;
    }
  }

  /** Starts an environment. Returns undefined if the platform would not start one at present. */
  async #start(): Promise<LocalEnvironment | undefined> {
    if (!this.#ramp.take(performance.now())) return undefined;
    const { executorEntry, execArgv = [], environment = {}, scratchRoot, storeRoot, inputRoots, size } = this.#options;
    this.#coldStarts += 1;
    const scratch = join(scratchRoot, `environment-${this.#coldStarts}`);
    const config = { storeRoot, inputRoots, scratch };
    const started = new LocalEnvironment({ entry: executorEntry, execArgv, environment, config, size });
    this.#environments.add(started);
    void started.ended.then(() => this.#drop(started));
    this.#initMs += await started.start();
    return started;
  }

  #drop(environment: LocalEnvironment): void {
    this.#environments.delete(environment);
    const at = this.#idle.indexOf(environment);
    if (at >= 0) this.#idle.splice(at, 1);
  }
}

/** Returns the outcome that the invoker would get from Lambda: an error if the response is too large. */
function answered(outcome: TaskOutcome): TaskOutcome {
  const sizeBytes = Buffer.byteLength(encodeOutcomeEnvelope(outcome));
  const most = lambdaLimits.responseBytes;
  if (sizeBytes <= most) return outcome;
  const errorMessage = `Response payload size (${sizeBytes} bytes) exceeded maximum allowed payload size (${most} bytes).`;
  return outcomeOfFailure({
    payload: JSON.stringify({ errorType: 'Function.ResponseSizeTooLarge', errorMessage }),
    log: '',
  });
}

/** Limits the rate at which environments start: an initial burst, then a constant rate. */
export class EnvironmentRamp {
  readonly #limit: RampLimit;
  #left: number;
  #atMs: number | undefined;

  constructor(limit: RampLimit) {
    this.#limit = limit;
    this.#left = limit.environments;
  }

  /** Returns whether an environment may start now, and counts it. `nowMs` must not decrease between calls. */
  take(nowMs: number): boolean {
    const { environments, everyMs } = this.#limit;
    const passedMs = nowMs - (this.#atMs ?? nowMs);
    this.#atMs = nowMs;
    this.#left = Math.min(environments, this.#left + (passedMs / everyMs) * environments);
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
