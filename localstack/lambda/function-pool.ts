import { ExecutionEnvironment } from './execution-environment.ts';
import type { FunctionConfig } from './functions.ts';
import type { InvocationResult } from './invocation.ts';

/** The environments of one function. Reuses the most recently used free environment, or starts a new one. */
export class FunctionPool {
  readonly config: FunctionConfig;
  readonly #name: string;
  readonly #keepMs: number;
  readonly #environments = new Map<ExecutionEnvironment, NodeJS.Timeout | undefined>();
  #busy = 0;
  #isClosed = false;

  /** `keepMs` is how long an idle environment is kept. */
  constructor(name: string, config: FunctionConfig, keepMs: number) {
    this.#name = name;
    this.config = config;
    this.#keepMs = keepMs;
  }

  /** The number of running invocations. */
  get busy(): number {
    return this.#busy;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  get pids(): readonly number[] {
    return [...this.#environments.keys()].flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  }

  /** Invokes the function. Errors of the function do not cause a rejection. */
  async invoke(payload: Buffer): Promise<InvocationResult> {
    this.#busy += 1;
    try {
      const warm = [...this.#environments.keys()].findLast((environment) => environment.isIdle);
      // There is no `await` before the invocation, so no other call can take this environment.
      return await (warm === undefined ? this.#startAndInvoke(payload) : this.#invokeWarm(warm, payload));
    } finally {
      this.#busy -= 1;
    }
  }

  /** Ends all environments, including starting ones, whose invocations fail. */
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
    // A Map keeps insertion order, so this marks the environment as most recently used.
    this.#environments.delete(environment);
    this.#environments.set(environment, timer);
  }

  #drop(environment: ExecutionEnvironment): void {
    clearTimeout(this.#environments.get(environment));
    this.#environments.delete(environment);
  }
}
