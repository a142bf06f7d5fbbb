import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { decodeOutcomeEnvelope } from '../../engine/task/envelope.ts';
import type { FailedOutcome, TaskOutcome } from '../../engine/task/task.ts';
import { type AttemptLimits, closedOutcome, outcomeNotRun } from './attempt-limits.ts';
import { type Reply, sendRequest } from './send-request.ts';
import type { Turn } from './take-turns.ts';

export interface EndpointTimings {
  /** The time between two health checks. */
  readonly healthMs: number;
  /** The time limit for connecting, and for the answer to a health check. */
  readonly answerMs: number;
  /** The number of consecutive failed health checks after which the endpoint's tasks count as lost. */
  readonly lostAfter: number;
  /** How long an endpoint receives no tasks after it has refused one, provided that other endpoints accept tasks. */
  readonly refusedMs: number;
}

/**
 * The result of sending an attempt to one executor. `refused` means that the executor rejects this coordinator because their keys or
 * versions differ. The task did not run.
 */
export type EndpointTurn = Turn | { readonly kind: 'refused'; readonly outcome: FailedOutcome };

/** Callbacks of an endpoint. */
export interface EndpointListener {
  /** Called when the endpoint may have free slots. */
  readonly changed: () => void;
  /** Called when the endpoint refuses tasks, once per reason. */
  readonly refuses: (reason: string) => void;
}

const INVOKE_PATH = '/2015-03-31/functions/function/invocations';

/** The coordinator's view of one standalone executor: its health, its capacity, and the attempts that it runs. */
export class HttpEndpoint {
  readonly url: string;
  readonly #timings: EndpointTimings;
  readonly #agent: HttpAgent;
  readonly #listener: EndpointListener;
  readonly #running = new Set<AttemptLimits>();
  #capacity = 0;
  #taken = 0;
  #isAdmitted = false;
  /** Set by a 429 until the next health check. Meanwhile nothing is sent, because other coordinators use the executor too. */
  #isFull = false;
  /** The time when the last refusal expires, in ms since the epoch; 0 if there is no refusal. */
  #refusedUntil = 0;
  /** The reason why the executor refused the last task; empty if it accepted the task. */
  #refusal = '';
  #failures = 0;
  #reason = 'it has not been checked yet';
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(url: string, timings: EndpointTimings, listener: EndpointListener) {
    this.url = url;
    this.#timings = timings;
    this.#listener = listener;
    // Use a new connection for each task. If a reused connection closed just as a task is sent, it would be unknown whether the task runs.
    this.#agent = url.startsWith('https:') ? new HttpsAgent({ keepAlive: false }) : new HttpAgent({ keepAlive: false });
    void this.#check();
  }

  /** The number of tasks that the executor can run concurrently; 0 while it is ejected. */
  get capacity(): number {
    return this.#isAdmitted && !this.isRefuser ? this.#capacity : 0;
  }

  /** Whether the executor is healthy but ejected for refusing tasks. */
  get isRefuser(): boolean {
    return this.#refusedUntil > 0;
  }

  /** The share of the executor's slots that this coordinator uses; at least 1 if no slot is free. Refusals do not change it. */
  get load(): number {
    if (!this.#isAdmitted || this.#isFull || this.#capacity === 0) return Number.POSITIVE_INFINITY;
    return this.#taken / this.#capacity;
  }

  /** The reason why the executor is ejected. */
  get reason(): string {
    return this.isRefuser ? `it refuses tasks: ${this.#refusal}` : this.#reason;
  }

  /** Reserves a slot for the next `run`. */
  take(): void {
    this.#taken += 1;
  }

  /** Runs one attempt in a reserved slot, and then frees the slot. Sends `envelope` unchanged. Never rejects. */
  async run(envelope: string, limits: AttemptLimits): Promise<EndpointTurn> {
    this.#running.add(limits);
    const url = new URL(INVOKE_PATH, this.url);
    const { answerMs: connectMs } = this.#timings;
    const answer = await sendRequest({ url, agent: this.#agent, signal: limits.signal, connectMs, body: envelope });
    this.#running.delete(limits);
    this.#taken -= 1;
    if (!limits.signal.aborted || answer.kind === 'answered') return this.#read(answer);
    // Without a connection nothing was sent. A missed deadline then does not mean that the task was slow.
    return answer.kind === 'unreachable' ? outcomeNotRun(limits) : limits.outcome();
  }

  /** Stops using the executor, and ends all attempts that run there. */
  close(): void {
    this.#isClosed = true;
    this.#isAdmitted = false;
    clearTimeout(this.#timer);
    for (const limits of this.#running) limits.stop(closedOutcome);
    this.#agent.destroy();
  }

  /** Stops sending tasks to the executor. Running tasks may finish. */
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
      // The answer is not from an executor. A 503 from a proxy may mean that the connection to the executor broke during the task.
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
    // Forget the refusal, because a restarted executor may have another configuration.
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
      // A draining executor still answers, and its running tasks may finish.
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
 * Returns whether the reason for a refusal lies in the executor (its key or version), so that another executor may accept the task. In
 * contrast, every executor refuses a task that is too long.
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
