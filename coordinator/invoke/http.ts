import { lookup } from 'node:dns/promises';
import { encodeTaskEnvelope } from '../../engine/execute/envelope.ts';
import type { SentTask, TaskOutcome } from '../../engine/execute/task.ts';
import { type AttemptLimits, closedOutcome, limitAttempt } from './attempt-limits.ts';
import { type EndpointTimings, HttpEndpoint } from './http-endpoint.ts';
import type { Invoker } from './invoker.ts';
import { type TurnOptions, untilRun } from './take-turns.ts';
import { unsendableOutcome } from './unsendable-outcome.ts';

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
  /** How long an attempt waits while not one executor is healthy. */
  readonly absenceMs?: number;
}

const TIMINGS: EndpointTimings = { healthMs: 1000, answerMs: 2000, lostAfter: 3 };
const DEADLINE_GRACE_MS = 5000;
const ABSENCE_MS = 10_000;
/** A task is signed when it is sent; what arrives later was held up by somebody. Also bounds how far clocks may differ. */
const SIGNATURE_MS = 60_000;

/**
 * Runs tasks on standalone executors over HTTP, each on the one that is least loaded from here. An executor that cannot be reached or is
 * not healthy gets no tasks until a health check finds it well again; one that stays silent loses those it has. What an executor refused
 * for want of room (other coordinators use it too) was not run and is tried again.
 */
export function createHttpInvoker(options: HttpInvokerOptions): Invoker {
  return new ExecutorFleet(options);
}

type Claim = (endpoint: HttpEndpoint | undefined) => void;

class ExecutorFleet implements Invoker {
  readonly #options: HttpInvokerOptions;
  readonly #endpoints = new Map<string, HttpEndpoint>();
  readonly #attempts = new Set<AttemptLimits>();
  /** Attempts that wait for a place, first come first served. */
  readonly #claims: Claim[] = [];
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

  async invoke(task: SentTask, signal: AbortSignal): Promise<TaskOutcome> {
    if (this.#isClosed) return closedOutcome;
    const limits = limitAttempt(task.deadlineMs, this.#options.deadlineGraceMs ?? DEADLINE_GRACE_MS, signal);
    this.#attempts.add(limits);
    try {
      return await this.#run(task, limits);
    } catch (error) {
      return unsendableOutcome(error);
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
    return untilRun(limits, this.#options, async () => {
      const endpoint = await this.#claim(limits);
      if (endpoint === undefined) return undefined;
      // Not bound by the task's deadline: an executor that gets an overdue task says so itself.
      const envelope = encodeTaskEnvelope(task, { key, expiresMs: Date.now() + SIGNATURE_MS });
      const turn = await endpoint.run(envelope, limits);
      this.#serveClaims();
      return turn;
    });
  }

  /** Takes a place at the healthy executor with the smallest load, once it has one free; undefined where the attempt ends first. */
  #claim(limits: AttemptLimits): Promise<HttpEndpoint | undefined> {
    const free = this.#claims.length === 0 ? this.#leastLoaded() : undefined;
    if (free !== undefined) {
      free.take();
      return Promise.resolve(free);
    }
    return new Promise((resolve) => {
      const absence = this.#watchAbsence(limits);
      const claim: Claim = (endpoint) => {
        clearInterval(absence);
        limits.signal.removeEventListener('abort', leave);
        resolve(endpoint);
      };
      const leave = () => {
        this.#claims.splice(this.#claims.indexOf(claim), 1);
        claim(undefined);
      };
      this.#claims.push(claim);
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
        const message = this.absence();
        if (message === undefined) seenMs = Date.now();
        else if (Date.now() - seenMs >= absenceMs) limits.stop({ kind: 'lost', message });
      },
      Math.ceil(absenceMs / 10),
    );
  }

  absence(): string | undefined {
    if ([...this.#endpoints.values()].some(({ capacity }) => capacity > 0)) return undefined;
    const { executors } = this.#options;
    const where = executors.kind === 'name' ? `under the name ${executors.host} ` : '';
    const reasons = [...this.#endpoints.values()].map(({ url, reason }) => `${url}: ${reason}`);
    return `no executor ${where}is healthy${reasons.length === 0 ? '' : ` (${reasons.join('; ')})`}.`;
  }

  #leastLoaded(): HttpEndpoint | undefined {
    let best: HttpEndpoint | undefined;
    for (const endpoint of this.#endpoints.values()) {
      if (endpoint.load < (best?.load ?? 1)) best = endpoint;
    }
    return best;
  }

  /** Gives places that are free to those who wait. */
  #serveClaims(): void {
    while (this.#claims.length > 0) {
      const endpoint = this.#leastLoaded();
      if (endpoint === undefined) return;
      endpoint.take();
      this.#claims.shift()?.(endpoint);
    }
  }

  #set(urls: readonly string[]): void {
    const timings = { ...TIMINGS, ...pick(this.#options) };
    for (const url of urls) {
      if (!this.#endpoints.has(url))
        this.#endpoints.set(url, new HttpEndpoint(url, timings, () => this.#serveClaims()));
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

function pick({ healthMs, answerMs, lostAfter }: Partial<EndpointTimings>): Partial<EndpointTimings> {
  return {
    ...(healthMs === undefined ? {} : { healthMs }),
    ...(answerMs === undefined ? {} : { answerMs }),
    ...(lostAfter === undefined ? {} : { lostAfter }),
  };
}
