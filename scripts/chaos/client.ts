/** A client that tolerates failing coordinators by sending the request to another coordinator. */
import { setTimeout as delay } from 'node:timers/promises';
import type { JobId } from '../../engine/task/task.ts';

/**
 * The request timeout. It is longer than a coordinator needs to respond, but shorter than the time for which a fault
 * stops a coordinator.
 */
const ANSWER_MS = 5000;
const PAUSE_MS = 25;

/** A coordinator that may be restarted at another address. Without `process`, it is not running. */
interface ClientPlace {
  readonly name: string;
  readonly process?: { readonly url: string } | undefined;
}

/** The end of a job, as seen by a client. */
export type ClientEnd =
  | {
      readonly kind: 'succeeded';
      readonly columns: readonly { readonly name: string; readonly type: string }[];
      readonly rows: readonly (readonly unknown[])[];
    }
  | { readonly kind: 'failed'; readonly error: ClientError }
  /** The job was still running at the time limit. */
  | { readonly kind: 'hung'; readonly last: string };

export interface ClientError {
  readonly code: string;
  readonly message: string;
  readonly details: { readonly stage?: number; readonly task?: number; readonly attempts?: number };
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

/**
 * Sends each request to one coordinator at a time until a coordinator returns a final response, or until the time is
 * up.
 */
export class PatientClient {
  readonly #coordinators: readonly ClientPlace[];
  readonly #endMs: number;
  #next: number;
  #last = 'no request was sent';

  /** `endMs` is the time of `Date.now` at which the client gives up. `first` is the index of the first coordinator. */
  constructor(coordinators: readonly ClientPlace[], endMs: number, first = 0) {
    this.#coordinators = coordinators;
    this.#endMs = endMs;
    this.#next = first;
  }

  /**
   * Submits a job exactly once, even if the request is repeated. Rejects if the job is rejected or cannot be submitted
   * in time.
   */
  async submit(sql: string, settings: Readonly<Record<string, string>>, key: string): Promise<JobId> {
    const body = JSON.stringify({ sql, settings });
    const headers = { 'content-type': 'application/json', 'idempotency-key': key };
    const answer = await this.#ask('/v1/jobs', { method: 'POST', headers, body });
    if (answer?.status !== 202) throw new Error(`the job was not accepted: ${answer?.text ?? this.#last}`);
    return JSON.parse(answer.text).id;
  }

  /** Waits for the end of a job and returns it. */
  async endOf(job: JobId): Promise<ClientEnd> {
    for (;;) {
      const answer = await this.#ask(`/v1/jobs/${job}`);
      if (answer === undefined) return { kind: 'hung', last: this.#last };
      if (answer.status !== 200) return { kind: 'failed', error: JSON.parse(answer.text) };
      const { state, error } = JSON.parse(answer.text);
      if (state === 'failed') return { kind: 'failed', error };
      if (state === 'succeeded') return this.#rowsOf(job);
      await delay(PAUSE_MS);
    }
  }

  /** Deletes a job. Resolves once a coordinator has accepted the request. */
  async delete(job: JobId): Promise<void> {
    const answer = await this.#ask(`/v1/jobs/${job}`, { method: 'DELETE' });
    // After a broken connection, the repeated request finds the job already deleted.
    if (answer?.status !== 204 && answer?.status !== 404) {
      throw new Error(`job ${job} was not deleted: ${answer?.text ?? this.#last}`);
    }
  }

  /** Returns whether a job exists. Rejects if no coordinator responds in time. */
  async has(job: JobId): Promise<boolean> {
    const answer = await this.#ask(`/v1/jobs/${job}`);
    if (answer === undefined) throw new Error(`job ${job} cannot be looked up: ${this.#last}`);
    return answer.status !== 404;
  }

  async #rowsOf(job: JobId): Promise<ClientEnd> {
    const answer = await this.#ask(`/v1/jobs/${job}/result?format=json`);
    if (answer === undefined) return { kind: 'hung', last: this.#last };
    if (answer.status !== 200) return { kind: 'failed', error: JSON.parse(answer.text) };
    const { columns, rows } = JSON.parse(answer.text);
    return { kind: 'succeeded', columns, rows };
  }

  /** Returns the first response that is neither a broken connection nor a 5xx, or `undefined` once the time is up. */
  async #ask(path: string, init: RequestInit = {}): Promise<Answer | undefined> {
    while (Date.now() < this.#endMs) {
      const coordinator = this.#coordinators[this.#next % this.#coordinators.length];
      const url = coordinator?.process?.url;
      const answer = url === undefined ? undefined : await this.#askOne(url + path, init, coordinator?.name);
      if (answer !== undefined && answer.status < 500 && answer.status !== 429) return answer;
      if (answer !== undefined) this.#last = `${coordinator?.name}: ${answer.status} ${answer.text}`;
      this.#next += 1;
      await delay(PAUSE_MS);
    }
    return undefined;
  }

  async #askOne(url: string, init: RequestInit, name = 'no coordinator'): Promise<Answer | undefined> {
    try {
      const response = await fetch(url, { ...init, signal: AbortSignal.timeout(ANSWER_MS) });
      return { status: response.status, text: await response.text() };
    } catch (error) {
      this.#last = `${name}: ${error}`;
      return undefined;
    }
  }
}
