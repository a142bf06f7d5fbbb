import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { decodeOutcomeEnvelope } from '../../engine/execute/envelope.ts';
import { type AttemptLimits, closedOutcome, outcomeNotRun } from './attempt-limits.ts';
import { type Exchange, exchange } from './http-exchange.ts';
import type { Turn } from './take-turns.ts';

export interface EndpointTimings {
  /** Time between two health checks. */
  readonly healthMs: number;
  /** How long a connection, or the answer to a health check, may take. */
  readonly answerMs: number;
  /** Health checks in a row that must fail before the tasks that run there are given up. */
  readonly lostAfter: number;
}

const INVOKE_PATH = '/2015-03-31/functions/function/invocations';

/** One standalone executor as seen from here: whether it is healthy, how much it takes, what runs there. */
export class HttpEndpoint {
  readonly url: string;
  readonly #timings: EndpointTimings;
  readonly #agent: HttpAgent;
  readonly #changed: () => void;
  readonly #running = new Set<AttemptLimits>();
  #capacity = 0;
  #taken = 0;
  #isAdmitted = false;
  /** Since a refusal for want of room nothing is sent before the next health check: others use it too. */
  #isFull = false;
  #failures = 0;
  #reason = 'it was not asked yet';
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  /** `changed` is called when tasks may find room here that they did not before. */
  constructor(url: string, timings: EndpointTimings, changed: () => void) {
    this.url = url;
    this.#timings = timings;
    this.#changed = changed;
    // A connection for each task: one kept from the last may be closed just as it is used, and then nobody knows whether the task runs.
    this.#agent = url.startsWith('https:') ? new HttpsAgent({ keepAlive: false }) : new HttpAgent({ keepAlive: false });
    void this.#check();
  }

  /** Tasks at once that it takes; 0 while it is ejected. */
  get capacity(): number {
    return this.#isAdmitted ? this.#capacity : 0;
  }

  /** Of its places, the part that is taken from here; 1 or more where none is free. */
  get load(): number {
    if (!this.#isAdmitted || this.#isFull || this.#capacity === 0) return Number.POSITIVE_INFINITY;
    return this.#taken / this.#capacity;
  }

  /** Why it is ejected. */
  get reason(): string {
    return this.#reason;
  }

  /** Takes a place, for the next `run`. */
  take(): void {
    this.#taken += 1;
  }

  /** Runs one attempt in a place that was taken for it, and gives the place back. `envelope` is sent as it is. Never rejects. */
  async run(envelope: string, limits: AttemptLimits): Promise<Turn> {
    this.#running.add(limits);
    const url = new URL(INVOKE_PATH, this.url);
    const { answerMs: connectMs } = this.#timings;
    const answer = await exchange({ url, agent: this.#agent, signal: limits.signal, connectMs, body: envelope });
    this.#running.delete(limits);
    this.#taken -= 1;
    if (!limits.signal.aborted || answer.kind === 'answered') return this.#read(answer);
    // Without a connection nothing was sent: the task is not slow where its deadline came before.
    return answer.kind === 'unreachable' ? outcomeNotRun(limits) : limits.outcome();
  }

  /** Gives up what runs here. */
  close(): void {
    this.#isClosed = true;
    this.#isAdmitted = false;
    clearTimeout(this.#timer);
    for (const limits of this.#running) limits.stop(closedOutcome);
    this.#agent.destroy();
  }

  /** Takes no more tasks; those that run may end. */
  retire(): void {
    this.#isClosed = true;
    this.#isAdmitted = false;
    this.#reason = 'its name is gone';
    clearTimeout(this.#timer);
  }

  #read(answer: Exchange): Turn {
    switch (answer.kind) {
      case 'unreachable':
        this.#eject(answer.message);
        return { kind: 'away' };
      case 'broken':
        this.#eject(answer.message);
        return { kind: 'lost', message: `the executor ${this.url} was lost: ${answer.message}` };
      case 'answered':
        return this.#readStatus(answer.status, answer.body);
      default:
        return answer satisfies never;
    }
  }

  #readStatus(status: number, body: string): Turn {
    if (status === 429) {
      this.#isFull = true;
      return { kind: 'throttled' };
    }
    if (status === 503) {
      this.#eject('it goes away');
      return { kind: 'away' };
    }
    try {
      return decodeOutcomeEnvelope(body);
    } catch {
      // Some other server, or one between here and there.
      this.#eject(`it answered ${status}`);
      return { kind: 'lost', message: `the executor ${this.url} answered ${status} and no outcome` };
    }
  }

  #eject(reason: string): void {
    this.#isAdmitted = false;
    this.#reason = reason;
  }

  async #check(): Promise<void> {
    const { answerMs, healthMs, lostAfter } = this.#timings;
    const url = new URL('/healthz', this.url);
    const signal = AbortSignal.timeout(answerMs);
    const answer = await exchange({ url, agent: this.#agent, signal, connectMs: answerMs });
    if (this.#isClosed) return;
    const capacity = answer.kind === 'answered' && answer.status === 200 ? readCapacity(answer.body) : undefined;
    if (capacity !== undefined) {
      this.#failures = 0;
      this.#isAdmitted = true;
      this.#isFull = false;
      this.#capacity = capacity;
      this.#changed();
    } else {
      this.#eject(answer.kind === 'answered' ? `it answered ${answer.status}` : answer.message);
      // One that drains answers, and lets its tasks end.
      this.#failures = answer.kind === 'answered' ? 0 : this.#failures + 1;
      if (this.#failures >= lostAfter) this.#giveUp();
    }
    this.#timer = setTimeout(() => void this.#check(), healthMs);
  }

  #giveUp(): void {
    const message = `the executor ${this.url} does not answer: ${this.#reason}`;
    for (const limits of this.#running) limits.stop({ kind: 'lost', message });
  }
}

function readCapacity(body: string): number | undefined {
  try {
    const { concurrency } = JSON.parse(body);
    return Number.isInteger(concurrency) && concurrency > 0 ? concurrency : undefined;
  } catch {
    return undefined;
  }
}
