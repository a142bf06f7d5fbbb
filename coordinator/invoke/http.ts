import { lookup } from 'node:dns/promises';
import { encodeTaskEnvelope } from '../../engine/task/envelope.ts';
import { permanentFailure } from '../../engine/task/failed-outcome.ts';
import type { FailedOutcome, SentTask, TaskOutcome } from '../../engine/task/task.ts';
import { type AttemptLimits, closedOutcome, limitAttempt } from './attempt-limits.ts';
import { type EndpointTimings, HttpEndpoint } from './http-endpoint.ts';
import type { Invoker } from './invoker.ts';
import { type TurnOptions, untilRun } from './take-turns.ts';

/** Where standalone executors are found. */
export type ExecutorAddresses =
  | { readonly kind: 'list'; readonly urls: readonly string[] }
  /** Every address that a name has is an executor; the name is looked up again every `refreshMs`. */
  | { readonly kind: 'name'; readonly host: string; readonly port: number; readonly refreshMs: number };

export interface HttpInvokerOptions extends Partial<EndpointTimings>, TurnOptions {
  readonly executors: ExecutorAddresses;
  /** With what tasks are signed. */
  readonly key: Uint8Array;
  /** How long after a task's deadline an answer is waited for. */
  readonly deadlineGraceMs?: number;
  /** How long an attempt waits while not one executor is healthy, before it is given back as throttled. */
  readonly absenceMs?: number;
  /** Told, in a line, when an executor begins to refuse tasks. */
  readonly report?: (line: string) => void;
}

const TIMINGS: EndpointTimings = { healthMs: 1000, answerMs: 2000, lostAfter: 3, refusedMs: 30_000 };
const DEADLINE_GRACE_MS = 5000;
const ABSENCE_MS = 10_000;
/** A task is signed when it is sent; what arrives later was held up by somebody. Also bounds how far clocks may differ. */
const SIGNATURE_MS = 60_000;

/**
 * Runs tasks on standalone executors over HTTP, each on the one that is least loaded from here. An executor that cannot be reached or is
 * not healthy gets no tasks until a health check finds it well again; one that stays silent loses those it has. What an executor refused
 * for want of room (other coordinators use it too) was not run and is tried again. One that refuses what comes from here (another key,
 * another version) gets tasks only now and then while others take them; an attempt fails of it where every executor has refused it.
 */
export function createHttpInvoker(options: HttpInvokerOptions): Invoker {
  return new ExecutorFleet(options);
}

/** What an attempt gets that asks for a place: one, or none because each executor has refused it, or because it has ended. */
type Place = HttpEndpoint | 'refused' | undefined;

/** Of the executors that have refused an attempt, what they said. */
type Refusals = Map<HttpEndpoint, FailedOutcome>;

interface Waiter {
  readonly refusals: Refusals;
  readonly settle: (place: Place) => void;
}

class ExecutorFleet implements Invoker {
  readonly #options: HttpInvokerOptions;
  readonly #endpoints = new Map<string, HttpEndpoint>();
  readonly #attempts = new Set<AttemptLimits>();
  /** Attempts that wait for a place, first come first served. */
  readonly #waiters: Waiter[] = [];
  readonly #watchers: (() => void)[] = [];
  #refresh: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: HttpInvokerOptions) {
    this.#options = options;
    if (options.executors.kind === 'list') this.#set(options.executors.urls);
    else void this.#lookUp(options.executors);
  }

  /** Places of all healthy executors; at least 1, so that a job that begins early waits rather than stands still. */
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
      const endpoint = await this.#nextPlace(limits, refusals);
      if (endpoint === undefined) return undefined;
      if (endpoint === 'refused') return refusedByAll(refusals);
      // Not bound by the task's deadline: an executor that gets an overdue task says so itself.
      const envelope = encodeTaskEnvelope(task, { key, expiresMs: Date.now() + SIGNATURE_MS });
      const turn = await endpoint.run(envelope, limits);
      if (turn.kind === 'refused') refusals.set(endpoint, turn.outcome);
      this.#serveClaims();
      return turn.kind === 'refused' ? { kind: 'away' } : turn;
    });
  }

  /** Takes a place at the healthy executor with the smallest load, once it has one free; undefined where the attempt ends first. */
  #nextPlace(limits: AttemptLimits, refusals: Refusals): Promise<Place> {
    const free = this.#waiters.length === 0 ? this.#take(refusals) : undefined;
    if (free !== undefined) return Promise.resolve(free);
    return new Promise((resolve) => {
      const watch = this.#watchAbsence(limits);
      const settle = (place: Place) => {
        clearInterval(watch);
        limits.signal.removeEventListener('abort', leave);
        resolve(place);
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

  /** Ends an attempt that waits while for a long time there has been nobody to run it. */
  #watchAbsence(limits: AttemptLimits): NodeJS.Timeout {
    const { absenceMs = ABSENCE_MS } = this.#options;
    let seenMs = Date.now();
    return setInterval(
      () => {
        const message = this.unavailableReason();
        if (message === undefined) seenMs = Date.now();
        else if (Date.now() - seenMs >= absenceMs) limits.stop({ kind: 'throttled', unavailableReason: message });
      },
      Math.ceil(absenceMs / 10),
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
   * Takes a place that is free, if there is one. Executors that refuse tasks are passed over while there are others. Where there are none,
   * each is asked again, once for an attempt: what is wrong may have been mended, or may be wrong on this side.
   */
  #take(refusals: Refusals): Place {
    const all = [...this.#endpoints.values()];
    const takers = all.filter(({ isRefuser }) => !isRefuser);
    const wanted = takers.length > 0 ? takers : all.filter((endpoint) => !refusals.has(endpoint));
    if (wanted.length === 0 && all.length > 0) return 'refused';
    const best = leastLoaded(wanted);
    best?.take();
    return best;
  }

  /** Gives places that are free to those who wait. */
  #serveClaims(): void {
    for (let first = this.#waiters[0]; first !== undefined; first = this.#waiters[0]) {
      const place = this.#take(first.refusals);
      if (place === undefined) return;
      this.#waiters.shift();
      first.settle(place);
    }
  }

  #set(urls: readonly string[]): void {
    const timings = { ...TIMINGS, ...pick(this.#options) };
    const changed = () => {
      this.#serveClaims();
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
    // A name that cannot be looked up just now keeps the addresses it had.
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

/** Why an attempt failed that every executor has refused: what the last of them said, and who they are. */
function refusedByAll(refusals: Refusals): FailedOutcome {
  const executors = [...refusals.keys()].map(({ url }) => url);
  const [last] = [...refusals.values()].slice(-1);
  if (last === undefined) throw new Error('An attempt that nobody has refused was given up as refused.');
  const { code, message, retryable, details } = last;
  const who = executors.length === 1 ? 'executor' : 'executors';
  const where = `${message} No executor takes it (${who} ${executors.join(', ')}).`;
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
