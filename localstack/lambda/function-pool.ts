import { ExecutionEnvironment } from './execution-environment.ts';
import type { FunctionConfig } from './functions.ts';
import type { InvocationResult } from './invocation.ts';

/** One function's environments. A free one is used again, the last used first; else a new one is started. */
export class FunctionPool {
  readonly config: FunctionConfig;
  readonly #name: string;
  readonly #keepMs: number;
  readonly #environments = new Map<ExecutionEnvironment, NodeJS.Timeout | undefined>();
  #busy = 0;
  #isClosed = false;

  /** `keepMs`: how long an environment that has nothing to do is kept. */
  constructor(name: string, config: FunctionConfig, keepMs: number) {
    this.#name = name;
    this.config = config;
    this.#keepMs = keepMs;
  }

  /** Invocations that run. */
  get busy(): number {
    return this.#busy;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  get pids(): readonly number[] {
    return [...this.#environments.keys()].flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  }

  /** Never rejects for what the function does. */
  async invoke(payload: Buffer): Promise<InvocationResult> {
    this.#busy += 1;
    try {
      const warm = [...this.#environments.keys()].findLast((environment) => environment.isIdle);
      // Between here and its invocation nothing is waited for, so nobody else takes it.
      return await (warm === undefined ? this.#startAndInvoke(payload) : this.#invokeWarm(warm, payload));
    } finally {
      this.#busy -= 1;
    }
  }

  /** Ends all environments, also one that is just being started: what it was started for fails. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const environments = [...this.#environments.keys()];
    for (const environment of environments) environment.kill();
    await Promise.all(environments.map(({ ended }) => ended));
  }

  async #startAndInvoke(payload: Buffer): Promise<InvocationResult> {
    const environment = await ExecutionEnvironment.start(this.#name, this.config);
    const result = environment.invoke(payload, true);
    this.#environments.set(environment, undefined);
    void environment.ended.then(() => this.#drop(environment));
    if (this.#isClosed) environment.kill();
    await result;
    this.#keep(environment);
    return result;
  }

  async #invokeWarm(environment: ExecutionEnvironment, payload: Buffer): Promise<InvocationResult> {
    clearTimeout(this.#environments.get(environment));
    const result = await environment.invoke(payload, false);
    this.#keep(environment);
    return result;
  }

  #keep(environment: ExecutionEnvironment): void {
    if (environment.hasEnded) {
      this.#drop(environment);
      return;
    }
    const timer = setTimeout(() => environment.kill(), this.#keepMs);
    timer.unref();
    // Set anew, it is the last in order.
    this.#environments.delete(environment);
    this.#environments.set(environment, timer);
  }

  #drop(environment: ExecutionEnvironment): void {
    clearTimeout(this.#environments.get(environment));
    this.#environments.delete(environment);
  }
}
