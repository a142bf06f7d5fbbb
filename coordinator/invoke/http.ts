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
  /** Every address of the name is an executor. The name is resolved again every `refreshMs`. */
  | { readonly kind: 'name'; readonly host: string; readonly port: number; readonly refreshMs: number };

export interface HttpInvokerOptions extends Partial<EndpointTimings>, TurnOptions {
  readonly executors: ExecutorAddresses;
  /** The key that tasks are signed with. */
  readonly key: Uint8Array;
  /** The time to wait for an answer after a task's deadline. */
  readonly deadlineGraceMs?: number;
  /** The time an attempt waits without any healthy executor before it ends as throttled. */
  readonly unavailableMs?: number;
  /** Called with one line when an executor begins to refuse tasks. */
  readonly report?: (line: string) => void;
}

const TIMINGS: EndpointTimings = { healthMs: 1000, answerMs: 2000, lostAfter: 3, refusedMs: 30_000 };
const DEADLINE_GRACE_MS = 5000;
const UNAVAILABLE_MS = 10_000;
/**
 * How long a signature is valid. A task is signed when it is sent, so a late arrival is suspect. This is also the largest tolerated
 * difference between clocks.
 */
const SIGNATURE_MS = 60_000;

/**
 * Runs tasks on standalone executors over HTTP, each on the least loaded one. An unreachable or unhealthy executor gets no tasks until a
 * health check succeeds; a silent one loses its tasks. A task refused with 429 did not run and is tried again. An executor that refuses
 * this coordinator (another key or version) gets few tasks while others accept them. An attempt fails once every executor has refused it.
 */
export function createHttpInvoker(options: HttpInvokerOptions): Invoker {
  return new ExecutorFleet(options);
}

/** The end of an attempt's wait: a slot at an endpoint, `refused` if every executor refused it, undefined if the attempt ended. */
type Slot = HttpEndpoint | 'refused' | undefined;

/** The executors that refused an attempt, with their answers. */
type Refusals = Map<HttpEndpoint, FailedOutcome>;

interface Waiter {
  readonly refusals: Refusals;
  readonly settle: (slot: Slot) => void;
}

class ExecutorFleet implements Invoker {
  readonly #options: HttpInvokerOptions;
  readonly #endpoints = new Map<string, HttpEndpoint>();
  readonly #attempts = new Set<AttemptLimits>();
  /** Attempts that wait for a slot; first come, first served. */
  readonly #waiters: Waiter[] = [];
  readonly #watchers: (() => void)[] = [];
  #refresh: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: HttpInvokerOptions) {
    this.#options = options;
    if (options.executors.kind === 'list') this.#set(options.executors.urls);
    else void this.#lookUp(options.executors);
  }

  /** The slots of all healthy executors; at least 1, so that a job that starts early waits for executors. */
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
      // Not limited by the task's deadline: the executor itself reports an overdue task.
      const envelope = encodeTaskEnvelope(task, { key, expiresMs: Date.now() + SIGNATURE_MS });
      const turn = await endpoint.run(envelope, limits);
      if (turn.kind === 'refused') refusals.set(endpoint, turn.outcome);
      this.#serveWaiters();
      return turn.kind === 'refused' ? { kind: 'away' } : turn;
    });
  }

  /** Takes a slot at the least loaded healthy executor as soon as one is free. Returns undefined if the attempt ends first. */
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

  /** Ends a waiting attempt after a long time without any healthy executor. */
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
   * Takes a free slot, if any. Executors that refuse tasks are used only if there is no other. Then each is tried once per attempt: its
   * configuration may have been fixed, or this coordinator's may be wrong.
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

  /** Hands free slots to waiting attempts. */
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
    // If resolving fails, the current addresses remain in use.
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

/** The failure of an attempt that every executor refused: the last answer, and who refused it. */
function refusedByAll(refusals: Refusals): FailedOutcome {
  const executors = [...refusals.keys()].map(({ url }) => url);
  const [last] = [...refusals.values()].slice(-1);
  if (last === undefined) throw new Error('An attempt was given up as refused, but no executor refused it.');
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
