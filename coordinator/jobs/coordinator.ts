import { createHash } from 'node:crypto';
import { asFabricError, FabricError } from '../../engine/errors.ts';
import type { JobId } from '../../engine/task/task.ts';
import { pause } from '../clock.ts';
import type { JobIntent } from '../journal/journal.ts';
import { endingOf, historyOf, type JobHistory } from '../scheduler/history.ts';
import type { FencingToken, JobRequest } from '../scheduler/job.ts';
import { type JobSummary, summarize } from '../scheduler/summary.ts';
import { ending, JobRunner, type RunnerContext } from './job-runner.ts';
import { Sweeper } from './sweeper.ts';

export interface CoordinatorOptions extends RunnerContext {
  /** An id that no other process picks; these ids sort by time. */
  readonly newId: () => JobId;
  /** How long after its end a job can be asked for. */
  readonly keepRecordsMs: number;
}

/** A job as the journal tells it to whoever may see it. */
export interface JobView {
  readonly job: JobId;
  readonly history: JobHistory;
  /** The coordinator that has it; absent where it has ended, or waits for one. */
  readonly owner?: string;
  /** Whether that is the coordinator that was asked. */
  readonly isHere?: boolean;
}

/** What a list, or any other call, shows of a job. */
export interface JobListing {
  readonly summary: JobSummary;
  /** As of a `JobView`. */
  readonly owner?: string;
  readonly isHere?: boolean;
  /** Absent where a note of its end was enough. */
  readonly history?: JobHistory;
}

/** Where the same key was used a moment ago and its job is not in the journal yet. */
const KEY_RETRY_MS = 50;
/** Who submits waits no longer than this for anybody but the journal. */
const LONGEST_ANSWER_MS = 5000;
/** How often the journal may free what was overwritten. */
const COMPACT_EVERY_MS = 300_000;

/**
 * A coordinator of a shared journal: takes jobs, runs them, takes over those that lost their coordinator, sweeps up after those that ended.
 * Whatever can be asked of a job can be asked of any coordinator.
 */
export class Coordinator {
  readonly #options: CoordinatorOptions;
  readonly #runner: JobRunner;
  readonly #sweeper: Sweeper;
  readonly #watching = new AbortController();
  /** Those who wait for a job's end. */
  readonly #waiting = new Map<JobId, Set<() => void>>();
  #watches: Promise<unknown> = Promise.resolve();
  #stopCompacting: () => void = () => undefined;
  #closed = false;

  constructor(options: CoordinatorOptions) {
    this.#options = options;
    this.#runner = new JobRunner(options);
    this.#sweeper = new Sweeper(options);
  }

  /** Begins to look after the journal's jobs. Settles when it is closed; rejects where it cannot go on. */
  async run(): Promise<void> {
    const { journal } = this.#options;
    const { signal } = this.#watching;
    const watches = [
      journal.watchUnowned((job) => this.#runner.addUnowned(job), signal),
      journal.watchIntents((job, intent) => this.#applyIntent(job, intent), signal),
      journal.watchEnds((job) => this.#ended(job), signal),
    ];
    this.#watches = Promise.allSettled(watches);
    this.#compactLater();
    await Promise.all(watches);
  }

  /** Whether it takes jobs. */
  get isOpen(): boolean {
    return !this.#closed;
  }

  /** How many jobs it plans and runs. */
  get running(): number {
    return this.#runner.running;
  }

  /**
   * Takes a job; it is in the journal when this settles, and will be run whatever happens to this process. The same key of the same
   * subject is the same job, on any coordinator. Rejects with `IDEMPOTENCY_CONFLICT` where the key's job asks for something else, and with
   * `JOURNAL_UNAVAILABLE` where the journal does not answer: `details.job` is then the job that was taken, or was not.
   */
  async submit(request: JobRequest, key?: string): Promise<JobId> {
    const { journal, clock, newId } = this.#options;
    const job = key === undefined ? newId() : jobOfKey(request.subject, key);
    const until = clock.now() + LONGEST_ANSWER_MS;
    for (;;) {
      if (this.#closed) throw ending();
      if (key !== undefined && (await this.#isKnown(job, request))) return job;
      const token = await journal.acquireUnowned(job);
      if (token === undefined) {
        if (clock.now() >= until) throw keyIsBusy(job);
        await new Promise<void>((resolve) => clock.after(KEY_RETRY_MS, resolve));
        continue;
      }
      try {
        // Another may have used the key, and let go of the job, before it was acquired.
        if (key !== undefined && (await this.#isKnown(job, request))) {
          await journal.release(job, token);
          return job;
        }
        await journal.append(job, token, [{ kind: 'job-requested', at: clock.now(), job, request }]);
      } catch (error) {
        // Takes as long as the journal is away, which nobody who asks should wait for.
        void journal.release(job, token).catch(() => undefined);
        throw leavesDoubt(error) ? inDoubt(job, error) : error;
      }
      await this.#takeSoon(job, token);
      return job;
    }
  }

  /** What there is to know of a job; undefined where there is none, or it is to be forgotten. Rejects as the journal does. */
  async getJob(job: JobId): Promise<JobView | undefined> {
    const { journal } = this.#options;
    // Asked first: the intent goes together with the records.
    if ((await journal.intentOf(job))?.kind === 'forget') return undefined;
    // Before the records: the owner of a job that ends meanwhile lets go of it, and it would seem to wait for another.
    const owner = await journal.ownerOf(job);
    const history = historyOf(await journal.read(job));
    if (history === undefined) return undefined;
    if (owner === undefined || endingOf(history) !== undefined) return { job, history };
    return { job, history, owner, isHere: this.#runner.has(job) };
  }

  /**
   * What there is to show of a job; undefined as `getJob` says. Of one that has ended it mostly reads a note of a few hundred bytes; of
   * others, and where there is no such note, all that `getJob` does.
   */
  async getSummary(job: JobId): Promise<JobListing | undefined> {
    const { journal } = this.#options;
    // Asked first, as by `getJob`.
    if ((await journal.intentOf(job))?.kind === 'forget') return undefined;
    const summary = await journal.summaryOf(job);
    return summary === undefined ? shown(await this.getJob(job)) : { summary };
  }

  /** The ids of all jobs, descending: those of keys, in no order of time, then the others from the newest. Reads no job. */
  async list(): Promise<readonly JobId[]> {
    return (await this.#options.journal.list()).toReversed();
  }

  /** Leaves a intent about a job, whoever has it. */
  recordIntent(job: JobId, intent: JobIntent): Promise<void> {
    return this.#options.journal.recordIntent(job, intent);
  }

  /** Settles when a job has ended, the time is over, or the signal aborts. */
  async untilEnded(job: JobId, timeoutMs: number, signal: AbortSignal): Promise<void> {
    const { clock, journal } = this.#options;
    let wake = (): void => undefined;
    const woken = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const waiting = this.#waiting.get(job) ?? new Set();
    this.#waiting.set(job, waiting.add(wake));
    const callOff = clock.after(timeoutMs, wake);
    signal.addEventListener('abort', wake);
    try {
      // Looked up only now: an end from here on wakes.
      const history = historyOf(await journal.read(job));
      if (history !== undefined && endingOf(history) === undefined && !signal.aborted) await woken;
    } finally {
      callOff();
      signal.removeEventListener('abort', wake);
      waiting.delete(wake);
      if (waiting.size === 0 && this.#waiting.get(job) === waiting) this.#waiting.delete(job);
    }
  }

  /** Takes no more jobs and lets go of those it has; others go on with them. Settles when nothing is under way. Idempotent. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#stopCompacting();
    this.#watching.abort();
    for (const waiting of this.#waiting.values()) for (const wake of waiting) wake();
    await Promise.all([this.#runner.close(), this.#sweeper.close(), this.#watches]);
  }

  /** Gives a job that is in the journal to the runner. Where that has no room and the journal is away, nobody waits for the job to be let go of. */
  async #takeSoon(job: JobId, token: FencingToken): Promise<void> {
    const settled = new AbortController();
    const taken = this.#runner.take(job, token).finally(() => settled.abort());
    await Promise.race([taken, pause(this.#options.clock, LONGEST_ANSWER_MS, settled.signal)]);
  }

  #applyIntent(job: JobId, intent: JobIntent): void {
    this.#runner.applyIntent(job, intent);
    if (intent.kind === 'forget') this.#sweeper.look(job);
  }

  #ended(job: JobId): void {
    for (const wake of this.#waiting.get(job) ?? []) wake();
    this.#sweeper.look(job);
  }

  async #isKnown(job: JobId, request: JobRequest): Promise<boolean> {
    const { journal } = this.#options;
    const isForgotten = (await journal.intentOf(job))?.kind === 'forget';
    const history = historyOf(await journal.read(job));
    if (history === undefined) return false;
    if (!isForgotten && JSON.stringify(history.request) === JSON.stringify(request)) return true;
    throw new FabricError(
      'IDEMPOTENCY_CONFLICT',
      `This Idempotency-Key was used for another request, or its job was deleted: job ${job}. Use a new key.`,
      { details: { job } },
    );
  }

  #compactLater(): void {
    const { clock, journal } = this.#options;
    this.#stopCompacting = clock.after(COMPACT_EVERY_MS, () => {
      void journal.compact().catch((error) => this.#notCompacted(error));
      if (!this.#closed) this.#compactLater();
    });
  }

  #notCompacted(cause: unknown): void {
    const error = asFabricError(cause);
    // That the journal is away is told by whoever looks after it, once, and the next time makes up for this one.
    if (error.code === 'JOURNAL_UNAVAILABLE') return;
    this.#options.report(`The journal could not be compacted: ${error.code}: ${error.message}`);
  }
}

/** Whether what was appended may be in the journal although the append was rejected. */
function leavesDoubt(error: unknown): boolean {
  return error instanceof FabricError && ['JOURNAL_UNAVAILABLE', 'OWNERSHIP_LOST'].includes(error.code);
}

/** That nobody knows whether a job is in the journal: where it is, it will be run. */
function inDoubt(job: JobId, cause: unknown): FabricError {
  const message =
    `The journal did not answer in time, so that job ${job} may have been taken or not. Ask for it once the journal answers again, ` +
    'or send the request again with the same Idempotency-Key if it had one: that never makes a second job.';
  return new FabricError('JOURNAL_UNAVAILABLE', message, { cause, retryable: true, details: { job } });
}

/** That somebody has been submitting the same for a while. */
function keyIsBusy(job: JobId): FabricError {
  const message = 'Another request with this Idempotency-Key is under way. Send this one again, with the same key.';
  return new FabricError('THROTTLED', message, { retryable: true, details: { job } });
}

function shown(known: JobView | undefined): JobListing | undefined {
  if (known === undefined) return undefined;
  const { job, history, ...rest } = known;
  return { summary: summarize(job, history), history, ...rest };
}

/** The job of a subject's key. Everybody comes to the same id, so that nobody has to look keys up. */
function jobOfKey(subject: string, key: string): JobId {
  const hash = createHash('sha256')
    .update(JSON.stringify([subject, key]))
    .digest('hex');
  return `key-${hash.slice(0, 40)}` as JobId;
}
