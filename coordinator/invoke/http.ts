import { lookup } from 'node:dns/promises';
import { encodeTaskEnvelope } from '../../engine/task/envelope.ts';
import { permanentFailure } from '../../engine/task/failed-outcome.ts';
import type { FailedOutcome, SentTask, TaskOutcome } from '../../engine/task/task.ts';
import { type AttemptLimits, closedOutcome, limitAttempt } from './attempt-limits.ts';
import { type EndpointTimings, HttpEndpoint } from './http-endpoint.ts';
import type { Invoker } from './invoker.ts';
import { type TurnOptions, untilRun } from './take-turns.ts';

/** The addresses of standalone executors. */
export type ExecutorAddresses =
  | { readonly kind: 'list'; readonly urls: readonly string[] }
  /** Each address that the host name resolves to is an executor. The name is resolved every `refreshMs`. */
  | { readonly kind: 'name'; readonly host: string; readonly port: number; readonly refreshMs: number };

export interface HttpInvokerOptions extends Partial<EndpointTimings>, TurnOptions {
  readonly executors: ExecutorAddresses;
  /** The key for signing tasks. */
  readonly key: Uint8Array;
  /** How long to wait for an answer after a task's deadline. */
  readonly deadlineGraceMs?: number;
  /** How long an attempt waits while no executor is healthy, before it ends as throttled. */
  readonly unavailableMs?: number;
  /** Called with one line when an executor begins to refuse tasks. */
  readonly report?: (line: string) => void;
}

const TIMINGS: EndpointTimings = { healthMs: 1000, answerMs: 2000, lostAfter: 3, refusedMs: 30_000 };
const DEADLINE_GRACE_MS = 5000;
const UNAVAILABLE_MS = 10_000;
/**
 * How long a signature is valid. A task is signed right before it is sent, so a late arrival is suspect. This is also the maximum tolerated
 * difference between the clocks of the machines.
 */
const SIGNATURE_MS = 60_000;

/**
 * Creates an invoker that runs each task on the least loaded standalone executor, over HTTP. An unreachable or unhealthy executor gets no
 * tasks until a health check succeeds. The tasks of a silent executor are lost. A task that was refused with 429 did not run and is sent
 * again. An executor that refuses this coordinator, because of another key or version, gets few tasks while others accept tasks. An attempt
 * fails once every executor has refused it.
 */
export function createHttpInvoker(options: HttpInvokerOptions): Invoker {
  return new ExecutorFleet(options);
}

/** An endpoint with a reserved slot, `refused` if every executor refused the attempt, or undefined if the attempt ended. */
type Slot = HttpEndpoint | 'refused' | undefined;

/** The executors that refused an attempt, and their answers. */
type Refusals = Map<HttpEndpoint, FailedOutcome>;

interface Waiter {
  readonly refusals: Refusals;
  readonly settle: (slot: Slot) => void;
}

class ExecutorFleet implements Invoker {
  readonly #options: HttpInvokerOptions;
  readonly #endpoints = new Map<string, HttpEndpoint>();
  readonly #attempts = new Set<AttemptLimits>();
  /** The attempts that wait for a slot, in order of arrival. */
  readonly #waiters: Waiter[] = [];
  readonly #watchers: (() => void)[] = [];
  #refresh: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: HttpInvokerOptions) {
    this.#options = options;
    if (options.executors.kind === 'list') this.#set(options.executors.urls);
    else void this.#lookUp(options.executors);
  }

  /** The number of slots of all healthy executors. It is at least 1, so that a job that starts early waits for executors. */
  get concurrency(): number {
    return Math.max(
      1,
      [...this.#endpoints.values()].reduce((sum, { capacity }) => sum + capacity, 0),
    );
  }

  onCapacity(changed: () => void): void {
    this.#watchers.push(changed);
  }

  async invoke(task: SentTask, signal: AbortSignal): Promise<TaskOutcome> {
    if (this.#isClosed) return closedOutcome;
    const limits = limitAttempt(task.deadlineMs, this.#options.deadlineGraceMs ?? DEADLINE_GRACE_MS, signal);
    this.#attempts.add(limits);
    try {
      return await this.#run(task, limits);
    } catch (error) {
      return permanentFailure(error);
    } finally {
      this.#attempts.delete(limits);
      limits.release();
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#refresh);
    for (const limits of this.#attempts) limits.stop(closedOutcome);
    for (const endpoint of this.#endpoints.values()) endpoint.close();
  }

  #run(task: SentTask, limits: AttemptLimits): Promise<TaskOutcome> {
    const { key } = this.#options;
    const refusals: Refusals = new Map();
    return untilRun(limits, this.#options, async () => {
      const endpoint = await this.#nextSlot(limits, refusals);
      if (endpoint === undefined) return undefined;
      if (endpoint === 'refused') return refusedByAll(refusals);
      // The signature may outlive the task's deadline, because the executor itself reports an overdue task.
      const envelope = encodeTaskEnvelope(task, { key, expiresMs: Date.now() + SIGNATURE_MS });
      const turn = await endpoint.run(envelope, limits);
      if (turn.kind === 'refused') refusals.set(endpoint, turn.outcome);
      this.#serveWaiters();
      return turn.kind === 'refused' ? { kind: 'away' } : turn;
    });
  }

  /** Waits for a slot at the least loaded healthy executor and reserves it. */
  #nextSlot(limits: AttemptLimits, refusals: Refusals): Promise<Slot> {
    const free = this.#waiters.length === 0 ? this.#take(refusals) : undefined;
    if (free !== undefined) return Promise.resolve(free);
    return new Promise((resolve) => {
      const watch = this.#watchAvailability(limits);
      const settle = (slot: Slot) => {
        clearInterval(watch);
        limits.signal.removeEventListener('abort', leave);
        resolve(slot);
      };
      const waiter: Waiter = { refusals, settle };
      const leave = () => {
        this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
        settle(undefined);
      };
      this.#waiters.push(waiter);
      if (limits.signal.aborted) leave();
      else limits.signal.addEventListener('abort', leave);
    });
  }

  /** Ends a waiting attempt once no executor has been healthy for `unavailableMs`. */
  #watchAvailability(limits: AttemptLimits): NodeJS.Timeout {
    const { unavailableMs = UNAVAILABLE_MS } = this.#options;
    let seenMs = Date.now();
    return setInterval(
      () => {
        const message = this.unavailableReason();
        if (message === undefined) seenMs = Date.now();
        else if (Date.now() - seenMs >= unavailableMs) limits.stop({ kind: 'throttled', unavailableReason: message });
      },
      Math.ceil(unavailableMs / 10),
    );
  }

  unavailableReason(): string | undefined {
    if ([...this.#endpoints.values()].some(({ capacity }) => capacity > 0)) return undefined;
    const { executors } = this.#options;
    const where = executors.kind === 'name' ? `under the name ${executors.host} ` : '';
    const reasons = [...this.#endpoints.values()].map(({ url, reason }) => `${url}: ${reason}`);
    return `no executor ${where}is healthy${reasons.length === 0 ? '' : ` (${reasons.join('; ')})`}.`;
  }

  /**
   * Reserves a free slot; undefined if no slot is free. Uses executors that refuse tasks only if all executors do. Each of them is then
   * tried once per attempt, because its configuration may have been fixed since.
   */
  #take(refusals: Refusals): Slot {
    const all = [...this.#endpoints.values()];
    const takers = all.filter(({ isRefuser }) => !isRefuser);
    const wanted = takers.length > 0 ? takers : all.filter((endpoint) => !refusals.has(endpoint));
    if (wanted.length === 0 && all.length > 0) return 'refused';
    const best = leastLoaded(wanted);
    best?.take();
    return best;
  }

  /** Assigns free slots to waiting attempts. */
  #serveWaiters(): void {
    for (let first = this.#waiters[0]; first !== undefined; first = this.#waiters[0]) {
      const slot = this.#take(first.refusals);
      if (slot === undefined) return;
      this.#waiters.shift();
      first.settle(slot);
    }
  }

  #set(urls: readonly string[]): void {
    const timings = { ...TIMINGS, ...pick(this.#options) };
    const changed = () => {
      this.#serveWaiters();
      for (const watcher of this.#watchers) watcher();
    };
    for (const url of urls) {
      if (this.#endpoints.has(url)) continue;
      const refuses = (reason: string) => this.#options.report?.(`the executor at ${url} refuses tasks: ${reason}`);
      this.#endpoints.set(url, new HttpEndpoint(url, timings, { changed, refuses }));
    }
    for (const [url, endpoint] of this.#endpoints) {
      if (urls.includes(url)) continue;
      endpoint.retire();
      this.#endpoints.delete(url);
    }
  }

  async #lookUp(name: Extract<ExecutorAddresses, { kind: 'name' }>): Promise<void> {
    // If the name cannot be resolved, keep the current addresses.
    const found = await lookup(name.host, { all: true }).catch(() => undefined);
    if (this.#isClosed) return;
    if (found !== undefined) {
      this.#set(found.map(({ address, family }) => `http://${family === 6 ? `[${address}]` : address}:${name.port}`));
    }
    this.#refresh = setTimeout(() => void this.#lookUp(name), name.refreshMs);
  }
}

function leastLoaded(endpoints: readonly HttpEndpoint[]): HttpEndpoint | undefined {
  let best: HttpEndpoint | undefined;
  for (const endpoint of endpoints) {
    if (endpoint.load < (best?.load ?? 1)) best = endpoint;
  }
  return best;
}

/** The failure of an attempt that every executor refused: the last answer, and the executors that refused it. */
function refusedByAll(refusals: Refusals): FailedOutcome {
  const executors = [...refusals.keys()].map(({ url }) => url);
  const [last] = [...refusals.values()].slice(-1);
  if (last === undefined) throw new Error('An attempt has failed as refused, but no executor has refused it.');
  const { code, message, retryable, details } = last;
  const who = executors.length === 1 ? 'executor' : 'executors';
  const where = `${message} No executor accepts it (${who} ${executors.join(', ')}).`;
  return { kind: 'failed', code, message: where, retryable, details: { ...details, executors } };
}

function pick({ healthMs, answerMs, lostAfter, refusedMs }: Partial<EndpointTimings>): Partial<EndpointTimings> {
  return {
    ...(healthMs === undefined ? {} : { healthMs }),
    ...(answerMs === undefined ? {} : { answerMs }),
    ...(lostAfter === undefined ? {} : { lostAfter }),
    ...(refusedMs === undefined ? {} : { refusedMs }),
  };
}
