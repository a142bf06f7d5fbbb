import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../coordinator/clock.ts';
import { asFabricError, FabricError } from '../../engine/errors.ts';

/** A service that a process depends on and that may become unavailable. */
export interface Dependency {
  /** The name and address shown to operators: `journal (etcd at http://etcd:2379)`. */
  readonly name: string;
  /** A sentence that describes the effect of an outage. */
  readonly meaning: string;
  /** The time between two checks while the dependency responds, in ms. */
  readonly everyMs: number;
  /**
   * The number of consecutive failed checks before an outage is reported. Short restarts and slow responses stay below
   * it.
   */
  readonly failuresToTell: number;
  /** Rejects with the reason if the dependency cannot be used. The first check may do more than later checks. */
  check(isFirst: boolean): Promise<void>;
}

/** The result of the latest checks. */
export type DependencyState = 'not asked' | 'answers' | 'away';

/** The delay after a failed check. */
const RETRY_MS = 1000;

/**
 * Watches a dependency. Reports once when the dependency becomes unavailable and once when it is available again, no
 * matter how many requests and tasks fail in between. Before the first success, a permanent failure indicates an
 * invalid setting and ends the watch.
 */
export class DependencyWatch {
  readonly #dependency: Dependency;
  readonly #clock: Clock;
  readonly #report: (line: string) => void;
  #state: DependencyState = 'not asked';
  #wasReached = false;
  #failures = 0;
  /** When the first of the current consecutive failures started. */
  #failingSince = 0;
  #callOff: () => void = () => undefined;
  #isClosed = false;

  constructor(dependency: Dependency, clock: Clock, report: (line: string) => void) {
    this.#dependency = dependency;
    this.#clock = clock;
    this.#report = report;
  }

  get state(): DependencyState {
    return this.#state;
  }

  /** Returns whether any check has succeeded. */
  get wasReached(): boolean {
    return this.#wasReached;
  }

  /** Checks once, then continues in the background. Rejects if the first check fails permanently. */
  async begin(onWrong: (error: unknown) => void): Promise<void> {
    try {
      await this.#checkOnce();
    } finally {
      this.#later(onWrong);
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#callOff();
  }

  #later(onWrong: (error: unknown) => void): void {
    if (this.#isClosed) return;
    const delayMs = this.#failures === 0 ? this.#dependency.everyMs : RETRY_MS;
    this.#callOff = this.#clock.after(delayMs, () => {
      void this.#checkOnce()
        .catch(onWrong)
        .then(() => this.#later(onWrong));
    });
  }

  async #checkOnce(): Promise<void> {
    const startedAt = this.#clock.now();
    try {
      await this.#dependency.check(!this.#wasReached);
      this.#reached();
    } catch (error) {
      if (this.#isClosed) return;
      if (!this.#wasReached && !asFabricError(error).retryable) throw error;
      this.#missed(error, startedAt);
    }
  }

  #reached(): void {
    if (this.#state === 'away') {
      const seconds = Math.round((this.#clock.now() - this.#failingSince) / 1000);
      this.#report(`${this.#dependency.name}: answers again, after ${seconds} s.`);
    }
    this.#wasReached = true;
    this.#failures = 0;
    this.#state = 'answers';
  }

  #missed(error: unknown, startedAt: number): void {
    if (this.#failures === 0) this.#failingSince = startedAt;
    this.#failures += 1;
    if (this.#failures < this.#dependency.failuresToTell || this.#state === 'away') return;
    this.#state = 'away';
    const since = new Date(this.#failingSince).toISOString();
    this.#report(`${this.#dependency.name}: no answer since ${since}. ${reasonOf(error)} ${this.#dependency.meaning}`);
  }
}

/** Returns the message of the underlying error instead of the message for clients. */
function reasonOf(error: unknown): string {
  const { message, cause } = asFabricError(error);
  const text = cause instanceof Error && cause.message !== '' ? cause.message : message;
  return `${text.replace(/\s+/g, ' ').replace(/[.\s]+$/, '')}.`;
}

/** Running watches. */
export interface BegunWatches {
  /** Rejects if a dependency fails permanently before its first success. Otherwise stays pending. */
  readonly wrong: Promise<never>;
  close(): void;
}

/** How long startup waits for dependencies that do not respond. They may start after this process. */
const START_MS = 3000;

/**
 * Starts watches. If a response shows that a dependency cannot be used as configured, ends the watches and rejects.
 * Waits in the background for dependencies that do not respond.
 */
export async function beginWatches(watches: readonly DependencyWatch[]): Promise<BegunWatches> {
  let fail: (error: unknown) => void = () => undefined;
  const wrong = new Promise<never>((_, reject) => {
    fail = reject;
  });
  wrong.catch(() => undefined);
  const close = () => {
    for (const watch of watches) watch.close();
  };
  const begun = Promise.all(watches.map((watch) => watch.begin(fail)));
  begun.catch(fail);
  await Promise.race([begun, delay(START_MS, undefined, { ref: false })]).catch((error) => {
    close();
    throw error;
  });
  return { wrong, close };
}

/** Rejects with `STORE_FAILED` if the work takes longer than `ms`. `what` is the subject of the message. */
export async function withTimeout<T>(work: Promise<T>, ms: number, what: string): Promise<T> {
  const controller = new AbortController();
  const late = delay(ms, undefined, { ref: false, signal: controller.signal }).then(() => {
    throw new FabricError('STORE_FAILED', `${what} did not answer within ${ms} ms.`, { retryable: true });
  });
  late.catch(() => undefined);
  work.catch(() => undefined);
  return Promise.race([work, late]).finally(() => controller.abort());
}
