import { createHash } from 'node:crypto';
import { asFabricError, FabricError } from '../../engine/errors.ts';
import type { JobId } from '../../engine/task/task.ts';
import { sleep } from '../../engine/timer.ts';
import type { JobIntent } from '../journal/journal.ts';
import { endingOf, historyOf, type JobHistory } from '../scheduler/history.ts';
import type { FencingToken, JobRequest } from '../scheduler/job.ts';
import { type JobSummary, summarize } from '../scheduler/summary.ts';
import { JobPool, type PoolContext, shuttingDown } from './job-pool.ts';
import { Sweeper } from './sweeper.ts';

// A job's life, in files of this folder: it is requested (coordinator), claimed (job-pool), planned (plan-job) and started or taken over
// (run-job). Its owner decides and acts (job-loop): it builds tasks (build-task), writes fragments and shuffle indexes (fragment-objects,
// write-index), and checks outputs (task-outputs), within the job's share of the executors (fair-shares). After the end its objects are
// deleted (delete-objects), by the owner and then the sweeper.

export interface CoordinatorOptions extends PoolContext {
  /** A unique job id. Ids sort by time. */
  readonly newId: () => JobId;
  /** How long a job stays visible after its end. */
  readonly keepRecordsMs: number;
}

/** A job as recorded in the journal. */
export interface JobView {
  readonly job: JobId;
  readonly history: JobHistory;
  /** The coordinator that owns it. Absent if the job has ended or waits for a free slot. */
  readonly owner?: string;
  /** Whether the owner is this coordinator. */
  readonly isHere?: boolean;
}

/** A job as lists show it. */
export interface JobListing {
  readonly summary: JobSummary;
  /** As in `JobView`. */
  readonly owner?: string;
  readonly isHere?: boolean;
  /** Absent if the saved summary was enough. */
  readonly history?: JobHistory;
}

/** The delay before `submit` looks again for the job of a key that another request is using. */
const KEY_RETRY_MS = 50;
/** How long `submit` waits for anything but the journal. */
const MAX_ANSWER_MS = 5000;
/** How often the journal may free overwritten entries. */
const COMPACT_EVERY_MS = 300_000;

/**
 * A coordinator of a shared journal: accepts jobs, runs them, takes over jobs whose coordinator died, and sweeps up after jobs that have
 * ended. Any coordinator answers for any job.
 */
export class Coordinator {
  readonly #options: CoordinatorOptions;
  readonly #pool: JobPool;
  readonly #sweeper: Sweeper;
  readonly #watching = new AbortController();
  /** The callers of `untilEnded`, by job. */
  readonly #waiting = new Map<JobId, Set<() => void>>();
  #watches: Promise<unknown> = Promise.resolve();
  #stopCompacting: () => void = () => undefined;
  #closed = false;

  constructor(options: CoordinatorOptions) {
    this.#options = options;
    this.#pool = new JobPool(options);
    this.#sweeper = new Sweeper(options);
  }

  /** Starts watching the journal. Settles when the coordinator is closed; rejects if a watch fails permanently. */
  async run(): Promise<void> {
    const { journal } = this.#options;
    const { signal } = this.#watching;
    const watches = [
      journal.watchUnowned((job) => this.#pool.addUnowned(job), signal),
      journal.watchIntents((job, intent) => this.#applyIntent(job, intent), signal),
      journal.watchEnds((job) => this.#ended(job), signal),
    ];
    this.#watches = Promise.allSettled(watches);
    this.#compactLater();
    await Promise.all(watches);
  }

  /** Whether it accepts jobs. */
  get isOpen(): boolean {
    return !this.#closed;
  }

  /** The number of jobs that it is planning or running. */
  get running(): number {
    return this.#pool.running;
  }

  /**
   * Accepts a job. When this settles the job is in the journal and will run, whatever happens to this process. The same key of the same
   * subject means the same job, on any coordinator. Rejects with `IDEMPOTENCY_CONFLICT` if the key's job is a different request, and with
   * `JOURNAL_UNAVAILABLE` if the journal does not answer: the job of `details.job` may then have been accepted or not.
   */
  async submit(request: JobRequest, key?: string): Promise<JobId> {
    const { journal, clock, newId } = this.#options;
    const job = key === undefined ? newId() : jobOfKey(request.subject, key);
    const until = clock.now() + MAX_ANSWER_MS;
    for (;;) {
      if (this.#closed) throw shuttingDown();
      if (key !== undefined && (await this.#isSubmitted(job, request))) return job;
      const token = await journal.acquireUnowned(job);
      if (token === undefined) {
        if (clock.now() >= until) throw keyIsBusy(job);
        await sleep(clock, KEY_RETRY_MS);
        continue;
      }
      try {
        // Another request may have used the key, and released the job, before this one acquired it.
        if (key !== undefined && (await this.#isSubmitted(job, request))) {
          await journal.release(job, token);
          return job;
        }
        await journal.append(job, token, [{ kind: 'job-requested', at: clock.now(), job, request }]);
      } catch (error) {
        // Not awaited: it takes as long as the journal is unavailable.
        void journal.release(job, token).catch(() => undefined);
        throw isUncertain(error) ? uncertain(job, error) : error;
      }
      await this.#startSoon(job, token);
      return job;
    }
  }

  /** A job and its history. Undefined if it does not exist or is to be deleted. Rejects as the journal does. */
  async getJob(job: JobId): Promise<JobView | undefined> {
    const { journal } = this.#options;
    // Read first: the intent is removed together with the records.
    if ((await journal.intentOf(job))?.kind === 'forget') return undefined;
    // Read before the records: if the job ends in between, its owner releases it, and it would seem to wait for a slot.
    const owner = await journal.ownerOf(job);
    const history = historyOf(await journal.read(job));
    if (history === undefined) return undefined;
    if (owner === undefined || endingOf(history) !== undefined) return { job, history };
    return { job, history, owner, isHere: this.#pool.has(job) };
  }

  /**
   * A job as lists show it; undefined if `getJob` returns undefined. For most jobs that have ended it reads a saved summary of a few
   * hundred bytes; for all others it reads as much as `getJob`.
   */
  async getSummary(job: JobId): Promise<JobListing | undefined> {
    const { journal } = this.#options;
    // Read first, as in `getJob`.
    if ((await journal.intentOf(job))?.kind === 'forget') return undefined;
    const summary = await journal.summaryOf(job);
    return summary === undefined ? listingOf(await this.getJob(job)) : { summary };
  }

  /** The ids of all jobs in descending order: jobs with a key, not ordered by time, then the others, newest first. Reads no job. */
  async list(): Promise<readonly JobId[]> {
    return (await this.#options.journal.list()).toReversed();
  }

  /** Records a cancel or delete for a job's owner to carry out. */
  recordIntent(job: JobId, intent: JobIntent): Promise<void> {
    return this.#options.journal.recordIntent(job, intent);
  }

  /** Settles when a job has ended, the timeout has passed, or the signal aborts. */
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
      // Read only after registering, so that no end is missed.
      const history = historyOf(await journal.read(job));
      if (history !== undefined && endingOf(history) === undefined && !signal.aborted) await woken;
    } finally {
      callOff();
      signal.removeEventListener('abort', wake);
      waiting.delete(wake);
      if (waiting.size === 0 && this.#waiting.get(job) === waiting) this.#waiting.delete(job);
    }
  }

  /** Accepts no more jobs and releases its own for other coordinators. Settles when all work has stopped. Idempotent. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#stopCompacting();
    this.#watching.abort();
    for (const waiting of this.#waiting.values()) for (const wake of waiting) wake();
    await Promise.all([this.#pool.close(), this.#sweeper.close(), this.#watches]);
  }

  /** Starts a journaled job, or releases it if the pool is full. Waits only briefly if the journal is unavailable. */
  async #startSoon(job: JobId, token: FencingToken): Promise<void> {
    const settled = new AbortController();
    const started = this.#pool.startOrRelease(job, token).finally(() => settled.abort());
    await Promise.race([started, sleep(this.#options.clock, MAX_ANSWER_MS, settled.signal)]);
  }

  #applyIntent(job: JobId, intent: JobIntent): void {
    this.#pool.applyIntent(job, intent);
    if (intent.kind === 'forget') this.#sweeper.schedule(job);
  }

  #ended(job: JobId): void {
    for (const wake of this.#waiting.get(job) ?? []) wake();
    this.#sweeper.schedule(job);
  }

  async #isSubmitted(job: JobId, request: JobRequest): Promise<boolean> {
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
    // The journal's watch reports an outage once, and the next compaction makes up for this one.
    if (error.code === 'JOURNAL_UNAVAILABLE') return;
    this.#options.report(`The journal could not be compacted: ${error.code}: ${error.message}`);
  }
}

/** Returns whether a rejected append may have reached the journal. */
function isUncertain(error: unknown): boolean {
  return error instanceof FabricError && ['JOURNAL_UNAVAILABLE', 'OWNERSHIP_LOST'].includes(error.code);
}

/** The append's outcome is unknown. If it reached the journal, the job will run. */
function uncertain(job: JobId, cause: unknown): FabricError {
  const message =
    `The journal did not answer in time, so job ${job} may or may not have been accepted. Look it up once the journal answers again, ` +
    'or repeat the request if it had an Idempotency-Key: the same key never makes a second job.';
  return new FabricError('JOURNAL_UNAVAILABLE', message, { cause, retryable: true, details: { job } });
}

/** Another request with the same key has been in progress for too long. */
function keyIsBusy(job: JobId): FabricError {
  const message = 'Another request with this Idempotency-Key is in progress. Retry with the same key.';
  return new FabricError('THROTTLED', message, { retryable: true, details: { job } });
}

function listingOf(view: JobView | undefined): JobListing | undefined {
  if (view === undefined) return undefined;
  const { job, history, ...owner } = view;
  return { summary: summarize(job, history), history, ...owner };
}

/** The job id of a subject's key: a hash, so that coordinators need not look keys up. */
function jobOfKey(subject: string, key: string): JobId {
  const hash = createHash('sha256')
    .update(JSON.stringify([subject, key]))
    .digest('hex');
  return `key-${hash.slice(0, 40)}` as JobId;
}
