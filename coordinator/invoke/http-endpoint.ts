import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { decodeOutcomeEnvelope } from '../../engine/task/envelope.ts';
import type { FailedOutcome, TaskOutcome } from '../../engine/task/task.ts';
import { type AttemptLimits, closedOutcome, outcomeNotRun } from './attempt-limits.ts';
import { type Reply, sendRequest } from './send-request.ts';
import type { Turn } from './take-turns.ts';

export interface EndpointTimings {
  /** Time between two health checks. */
  readonly healthMs: number;
  /** How long a connection, or the answer to a health check, may take. */
  readonly answerMs: number;
  /** Health checks in a row that must fail before the tasks that run there are given up. */
  readonly lostAfter: number;
  /** How long one that refuses tasks gets none, where another takes them. */
  readonly refusedMs: number;
}

/** How a turn at one executor ended. `refused`: it will not run what comes from here (another key, another version), so nothing was run. */
export type EndpointTurn = Turn | { readonly kind: 'refused'; readonly outcome: FailedOutcome };

/** Whom an endpoint tells what. */
export interface EndpointListener {
  /** Tasks may find room there that they did not before. */
  readonly changed: () => void;
  /** It refuses tasks, for another reason than the last it was told for, if any. */
  readonly refuses: (reason: string) => void;
}

const INVOKE_PATH = '/2015-03-31/functions/function/invocations';

/** One standalone executor as seen from here: whether it is healthy, how much it takes, what runs there. */
export class HttpEndpoint {
  readonly url: string;
  readonly #timings: EndpointTimings;
  readonly #agent: HttpAgent;
  readonly #listener: EndpointListener;
  readonly #running = new Set<AttemptLimits>();
  #capacity = 0;
  #taken = 0;
  #isAdmitted = false;
  /** Since a refusal for want of room nothing is sent before the next health check: others use it too. */
  #isFull = false;
  /** Until when it counts as one that refuses tasks, in ms since the epoch. */
  #refusedUntil = 0;
  /** Why it refused the last task it answered; empty where it took that. */
  #refusal = '';
  #failures = 0;
  #reason = 'it was not asked yet';
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(url: string, timings: EndpointTimings, listener: EndpointListener) {
    this.url = url;
    this.#timings = timings;
    this.#listener = listener;
    // A connection for each task: one kept from the last may be closed just as it is used, and then nobody knows whether the task runs.
    this.#agent = url.startsWith('https:') ? new HttpsAgent({ keepAlive: false }) : new HttpAgent({ keepAlive: false });
    void this.#check();
  }

  /** Tasks at once that it takes; 0 while it is ejected. */
  get capacity(): number {
    return this.#isAdmitted && !this.isRefuser ? this.#capacity : 0;
  }

  /** Whether it is ejected because it refuses tasks, although it is well. */
  get isRefuser(): boolean {
    return this.#refusedUntil > 0;
  }

  /** Of its places, the part that is taken from here; 1 or more where none is free. One that refuses tasks has places all the same. */
  get load(): number {
    if (!this.#isAdmitted || this.#isFull || this.#capacity === 0) return Number.POSITIVE_INFINITY;
    return this.#taken / this.#capacity;
  }

  /** Why it is ejected. */
  get reason(): string {
    return this.isRefuser ? `it refuses tasks: ${this.#refusal}` : this.#reason;
  }

  /** Takes a place, for the next `run`. */
  take(): void {
    this.#taken += 1;
  }

  /** Runs one attempt in a place that was taken for it, and gives the place back. `envelope` is sent as it is. Never rejects. */
  async run(envelope: string, limits: AttemptLimits): Promise<EndpointTurn> {
    this.#running.add(limits);
    const url = new URL(INVOKE_PATH, this.url);
    const { answerMs: connectMs } = this.#timings;
    const answer = await sendRequest({ url, agent: this.#agent, signal: limits.signal, connectMs, body: envelope });
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

  #read(answer: Reply): EndpointTurn {
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

  #readStatus(status: number, body: string): EndpointTurn {
    let outcome: TaskOutcome;
    try {
      outcome = decodeOutcomeEnvelope(body);
    } catch {
      // Some other server, or one between here and there: its 503 may mean that the executor was cut off in the middle of the task.
      this.#eject(`it answered ${status}`);
      return { kind: 'lost', message: `the executor ${this.url} answered ${status} and no outcome` };
    }
    switch (outcome.kind) {
      case 'throttled':
        return this.#throttled(status, outcome);
      case 'failed':
        return this.#failed(status, outcome);
      default:
        this.#takes();
        return outcome;
    }
  }

  #throttled(status: number, outcome: TaskOutcome): EndpointTurn {
    if (status === 503) {
      this.#eject('it goes away');
      return { kind: 'away' };
    }
    if (status === 429) this.#isFull = true;
    return outcome;
  }

  #failed(status: number, outcome: FailedOutcome): EndpointTurn {
    const placed = { ...outcome, details: { ...outcome.details, executor: this.url } };
    if (status !== 200 && isOfTheExecutor(outcome)) {
      this.#refused(outcome.message);
      return { kind: 'refused', outcome: placed };
    }
    if (status === 200) this.#takes();
    return placed;
  }

  #takes(): void {
    this.#refusal = '';
    this.#refusedUntil = 0;
  }

  #refused(reason: string): void {
    this.#refusedUntil = Date.now() + this.#timings.refusedMs;
    if (this.#refusal === reason) return;
    this.#refusal = reason;
    this.#listener.refuses(reason);
  }

  #eject(reason: string): void {
    this.#isAdmitted = false;
    this.#reason = reason;
    // Whoever comes back there may have been started with another configuration.
    this.#refusedUntil = 0;
  }

  async #check(): Promise<void> {
    const { answerMs, healthMs, lostAfter } = this.#timings;
    const url = new URL('/healthz', this.url);
    const signal = AbortSignal.timeout(answerMs);
    const answer = await sendRequest({ url, agent: this.#agent, signal, connectMs: answerMs });
    if (this.#isClosed) return;
    const capacity = answer.kind === 'answered' && answer.status === 200 ? readCapacity(answer.body) : undefined;
    if (capacity !== undefined) {
      this.#failures = 0;
      this.#isAdmitted = true;
      this.#isFull = false;
      this.#capacity = capacity;
      if (Date.now() >= this.#refusedUntil) this.#refusedUntil = 0;
      this.#listener.changed();
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

/**
 * Whether a task that was not run was refused for what the executor is, and not for what the task is: a task that is too long is so
 * everywhere.
 */
function isOfTheExecutor({ code, details }: FailedOutcome): boolean {
  return code === 'VERSION_SKEW' || (code === 'TASK_REFUSED' && 'reason' in details);
}

function readCapacity(body: string): number | undefined {
  try {
    const { concurrency } = JSON.parse(body);
    return Number.isInteger(concurrency) && concurrency > 0 ? concurrency : undefined;
  } catch {
    return undefined;
  }
}
