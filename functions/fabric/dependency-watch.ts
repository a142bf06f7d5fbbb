import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../coordinator/clock.ts';
import { asFabricError, FabricError } from '../../engine/errors.ts';

/** Something that a process cannot do without and that can be away while it lives. */
export interface Dependency {
  /** What people know it by, with its address: `journal (etcd at http://etcd:2379)`. */
  readonly name: string;
  /** What it means that it is away. A sentence. */
  readonly meaning: string;
  /** Time between two checks while it answers, in ms. */
  readonly everyMs: number;
  /** Checks in a row that must fail before it counts as away: what restarts or was only slow is not. */
  readonly failuresToTell: number;
  /** Rejects with why it cannot be used. May do more until it has been passed once. */
  check(isFirst: boolean): Promise<void>;
}

/** Whether a dependency can be used, as far as it was asked. */
export type DependencyState = 'not asked' | 'answers' | 'away';

/** After a check that failed. */
const RETRY_MS = 1000;

/**
 * Looks after a dependency: says once when it is away and once when it is back, however many requests and tasks meet it meanwhile. Until it was
 * reached for the first time, a failure that does not pass by itself is a wrong setting and ends the watch.
 */
export class DependencyWatch {
  readonly #dependency: Dependency;
  readonly #clock: Clock;
  readonly #report: (line: string) => void;
  #state: DependencyState = 'not asked';
  #wasReached = false;
  #failures = 0;
  /** Of the checks that fail at present, the first. */
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

  /** Whether it has ever been reached. */
  get wasReached(): boolean {
    return this.#wasReached;
  }

  /** Checks once, then goes on in the background. Rejects where it was never reached and cannot be as things are set. */
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

/** What the system said, rather than what a client is told. */
function reasonOf(error: unknown): string {
  const { message, cause } = asFabricError(error);
  const text = cause instanceof Error && cause.message !== '' ? cause.message : message;
  return `${text.replace(/\s+/g, ' ').replace(/[.\s]+$/, '')}.`;
}

/** Watches that have begun. */
export interface BegunWatches {
  /** Rejects where a dependency was never reached and cannot be as things are set; settles never otherwise. */
  readonly wrong: Promise<never>;
  close(): void;
}

/** How long a start waits for what does not answer: it may be started later than this process. */
const START_MS = 3000;

/**
 * Begins watches. Rejects, and ends them, where a dependency answers that it cannot be used as it is set; what does not answer may be
 * started later, and is waited for in the background.
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

/** Rejects with `STORE_FAILED` where something takes longer than `ms`. `what`: what is said to have not answered. */
export async function withTimeout<T>(work: Promise<T>, ms: number, what: string): Promise<T> {
  const controller = new AbortController();
  const late = delay(ms, undefined, { ref: false, signal: controller.signal }).then(() => {
    throw new FabricError('STORE_FAILED', `${what} has not answered in ${ms} ms.`, { retryable: true });
  });
  late.catch(() => undefined);
  work.catch(() => undefined);
  return Promise.race([work, late]).finally(() => controller.abort());
}
