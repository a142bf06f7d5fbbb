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
  /** The time limit for connecting, and for the answer to a health check. */
  readonly answerMs: number;
  /** The number of consecutive failed health checks after which the endpoint's tasks count as lost. */
  readonly lostAfter: number;
  /** The time for which an endpoint that refused a task gets no further tasks if others accept them. */
  readonly refusedMs: number;
}

/**
 * How a turn at one executor ended. `refused`: the executor accepts nothing from this coordinator (another key or version); the task did
 * not run.
 */
export type EndpointTurn = Turn | { readonly kind: 'refused'; readonly outcome: FailedOutcome };

/** Callbacks of an endpoint. */
export interface EndpointListener {
  /** The endpoint may have free slots. */
  readonly changed: () => void;
  /** The endpoint refuses tasks. Called once per reason. */
  readonly refuses: (reason: string) => void;
}

const INVOKE_PATH = '/2015-03-31/functions/function/invocations';

/** One standalone executor as the coordinator sees it: its health, its capacity, and what runs there. */
export class HttpEndpoint {
  readonly url: string;
  readonly #timings: EndpointTimings;
  readonly #agent: HttpAgent;
  readonly #listener: EndpointListener;
  readonly #running = new Set<AttemptLimits>();
  #capacity = 0;
  #taken = 0;
  #isAdmitted = false;
  /** After a 429 nothing is sent until the next health check: other coordinators use the executor too. */
  #isFull = false;
  /** When the last refusal expires, in ms since the epoch. */
  #refusedUntil = 0;
  /** Why it refused the last task; empty if it accepted the task. */
  #refusal = '';
  #failures = 0;
  #reason = 'it was not checked yet';
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(url: string, timings: EndpointTimings, listener: EndpointListener) {
    this.url = url;
    this.#timings = timings;
    this.#listener = listener;
    // One connection per task. If a reused connection is closed just as the task is sent, it is unknown whether the task runs.
    this.#agent = url.startsWith('https:') ? new HttpsAgent({ keepAlive: false }) : new HttpAgent({ keepAlive: false });
    void this.#check();
  }

  /** The number of tasks it runs at once; 0 while it is ejected. */
  get capacity(): number {
    return this.#isAdmitted && !this.isRefuser ? this.#capacity : 0;
  }

  /** Whether it is ejected for refusing tasks, although it is healthy. */
  get isRefuser(): boolean {
    return this.#refusedUntil > 0;
  }

  /** The share of its slots that this coordinator uses; at least 1 if none is free. A refusing endpoint counts its slots as usual. */
  get load(): number {
    if (!this.#isAdmitted || this.#isFull || this.#capacity === 0) return Number.POSITIVE_INFINITY;
    return this.#taken / this.#capacity;
  }

  /** Why it is ejected. */
  get reason(): string {
    return this.isRefuser ? `it refuses tasks: ${this.#refusal}` : this.#reason;
  }

  /** Takes a slot for the next `run`. */
  take(): void {
    this.#taken += 1;
  }

  /** Runs one attempt in a slot taken before, and frees the slot. Sends `envelope` unchanged. Never rejects. */
  async run(envelope: string, limits: AttemptLimits): Promise<EndpointTurn> {
    this.#running.add(limits);
    const url = new URL(INVOKE_PATH, this.url);
    const { answerMs: connectMs } = this.#timings;
    const answer = await sendRequest({ url, agent: this.#agent, signal: limits.signal, connectMs, body: envelope });
    this.#running.delete(limits);
    this.#taken -= 1;
    if (!limits.signal.aborted || answer.kind === 'answered') return this.#read(answer);
    // Without a connection nothing was sent, so a passed deadline does not mean a slow task.
    return answer.kind === 'unreachable' ? outcomeNotRun(limits) : limits.outcome();
  }

  /** Ends the attempts that run here. */
  close(): void {
    this.#isClosed = true;
    this.#isAdmitted = false;
    clearTimeout(this.#timer);
    for (const limits of this.#running) limits.stop(closedOutcome);
    this.#agent.destroy();
  }

  /** Stops taking tasks. Running tasks may finish. */
  retire(): void {
    this.#isClosed = true;
    this.#isAdmitted = false;
    this.#reason = 'its address was removed';
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
      // Not an executor's answer. A proxy's 503 may mean that the executor was cut off in the middle of the task.
      this.#eject(`it answered ${status}`);
      return { kind: 'lost', message: `the executor ${this.url} answered ${status} without an outcome` };
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
      this.#eject('it is shutting down');
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
    // After its restart, the executor may have another configuration.
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
      // A draining executor still answers, and its tasks may end.
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
 * Whether the executor refused the task for its own reasons (key, version), so that another may accept it. A task that is too long is
 * refused everywhere.
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
