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

// The files of this folder follow the life of a job. A job is requested (coordinator), claimed (job-pool), planned (plan-job), and started
// or taken over (run-job). The owner's event loop (job-loop) builds tasks (build-task), writes fragments and shuffle indexes
// (fragment-objects, write-index), checks outputs (task-outputs), and stays within the job's share of the executors (fair-shares). After
// the job has ended, its owner deletes its objects (delete-objects), and the sweeper deletes the objects of late writers.

export interface CoordinatorOptions extends PoolContext {
  /** Returns a unique job id. Ids sort by creation time. */
  readonly newId: () => JobId;
  /** How long a job stays visible after its end. */
  readonly keepRecordsMs: number;
}

/** A job as recorded in the journal. */
export interface JobView {
  readonly job: JobId;
  readonly history: JobHistory;
  /** The name of the coordinator that owns the job. Absent if the job has ended or is waiting for a free slot. */
  readonly owner?: string;
  /** Whether this coordinator owns the job. */
  readonly isHere?: boolean;
}

/** A job as shown in lists. */
export interface JobListing {
  readonly summary: JobSummary;
  /** The owner, as in `JobView`. */
  readonly owner?: string;
  readonly isHere?: boolean;
  /** The job's history. Absent if the listing was read from a saved summary. */
  readonly history?: JobHistory;
}

/** The delay before `submit` tries again while another request is using the same idempotency key. */
const KEY_RETRY_MS = 50;
/** The maximum time that `submit` waits for another request with the same key, or for the job to start. */
const MAX_ANSWER_MS = 5000;
/** The interval between compactions of the journal. */
const COMPACT_EVERY_MS = 300_000;

/**
 * A coordinator of a shared journal. It accepts jobs, runs them, takes over jobs whose coordinator died, and cleans up after jobs that have
 * ended. Every coordinator can return the state of every job.
 */
export class Coordinator {
  readonly #options: CoordinatorOptions;
  readonly #pool: JobPool;
  readonly #sweeper: Sweeper;
  readonly #watching = new AbortController();
  /** Functions that wake the pending calls of `untilEnded`, by job. */
  readonly #waiting = new Map<JobId, Set<() => void>>();
  #watches: Promise<unknown> = Promise.resolve();
  #stopCompacting: () => void = () => undefined;
  #closed = false;

  constructor(options: CoordinatorOptions) {
    this.#options = options;
    this.#pool = new JobPool(options);
    this.#sweeper = new Sweeper(options);
  }

  /** Watches the journal until the coordinator is closed. Rejects if a watch fails permanently. */
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

  /** Whether this coordinator accepts jobs. */
  get isOpen(): boolean {
    return !this.#closed;
  }

  /** The number of jobs that this coordinator is planning or running. */
  get running(): number {
    return this.#pool.running;
  }

  /**
   * Accepts a job. Once the promise resolves, the job is in the journal and will run even if this process dies. Requests from one subject
   * with the same idempotency key refer to the same job on every coordinator. Rejects with `IDEMPOTENCY_CONFLICT` if the key was used for a
   * different request or for a deleted job, and with `JOURNAL_UNAVAILABLE` if the journal does not answer. After `JOURNAL_UNAVAILABLE`, the
   * job named in `details.job` may or may not have been accepted.
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
        // Another request with this key may have submitted and released the job before this request acquired it.
        if (key !== undefined && (await this.#isSubmitted(job, request))) {
          await journal.release(job, token);
          return job;
        }
        await journal.append(job, token, [{ kind: 'job-requested', at: clock.now(), job, request }]);
      } catch (error) {
        // The release is not awaited, because it may take as long as the journal is unavailable.
        void journal.release(job, token).catch(() => undefined);
        throw isUncertain(error) ? uncertain(job, error) : error;
      }
      await this.#startSoon(job, token);
      return job;
    }
  }

  /** Returns a job and its history, or undefined if the job does not exist or is being deleted. Rejects with the journal's errors. */
  async getJob(job: JobId): Promise<JobView | undefined> {
    const { journal } = this.#options;
    // The intent must be read before the records, because both are removed together.
    if ((await journal.intentOf(job))?.kind === 'forget') return undefined;
    // The owner must also be read before the records. Otherwise, a job that ends between the two reads would appear to be waiting for a
    // slot.
    const owner = await journal.ownerOf(job);
    const history = historyOf(await journal.read(job));
    if (history === undefined) return undefined;
    if (owner === undefined || endingOf(history) !== undefined) return { job, history };
    return { job, history, owner, isHere: this.#pool.has(job) };
  }

  /**
   * Returns a job as shown in lists, or undefined if `getJob` returns undefined. For most ended jobs, it reads only a saved summary of a
   * few hundred bytes. For all other jobs, it reads as much as `getJob`.
   */
  async getSummary(job: JobId): Promise<JobListing | undefined> {
    const { journal } = this.#options;
    // The intent must be read first, as in `getJob`.
    if ((await journal.intentOf(job))?.kind === 'forget') return undefined;
    const summary = await journal.summaryOf(job);
    return summary === undefined ? listingOf(await this.getJob(job)) : { summary };
  }

  /**
   * Returns the ids of all jobs in descending order. Jobs with an idempotency key come first and are not ordered by time. All other jobs
   * follow, newest first. Reads no records.
   */
  async list(): Promise<readonly JobId[]> {
    return (await this.#options.journal.list()).toReversed();
  }

  /** Records a request to cancel or delete a job, which the job's owner then carries out. */
  recordIntent(job: JobId, intent: JobIntent): Promise<void> {
    return this.#options.journal.recordIntent(job, intent);
  }

  /** Waits until a job has ended, the timeout has passed, or the signal aborts. */
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
      // The records must be read after the callback is registered. Otherwise, the end of the job could be missed.
      const history = historyOf(await journal.read(job));
      if (history !== undefined && endingOf(history) === undefined && !signal.aborted) await woken;
    } finally {
      callOff();
      signal.removeEventListener('abort', wake);
      waiting.delete(wake);
      if (waiting.size === 0 && this.#waiting.get(job) === waiting) this.#waiting.delete(job);
    }
  }

  /**
   * Stops accepting jobs and releases all owned jobs, so that other coordinators can take them over. Resolves when all work has stopped.
   * Idempotent.
   */
  async close(): Promise<void> {
    this.#closed = true;
    this.#stopCompacting();
    this.#watching.abort();
    for (const waiting of this.#waiting.values()) for (const wake of waiting) wake();
    await Promise.all([this.#pool.close(), this.#sweeper.close(), this.#watches]);
  }

  /** Starts a journaled job, or releases it if the pool is full. Waits at most `MAX_ANSWER_MS` for an unavailable journal. */
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
      `The Idempotency-Key belongs to job ${job}, which was submitted with a different request or has been deleted. Use a new key.`,
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
    // An outage is not reported here, because the journal's watch reports it. The next compaction makes up for this one.
    if (error.code === 'JOURNAL_UNAVAILABLE') return;
    this.#options.report(`The journal could not be compacted: ${error.code}: ${error.message}`);
  }
}

/** Returns whether a rejected append may have reached the journal. */
function isUncertain(error: unknown): boolean {
  return error instanceof FabricError && ['JOURNAL_UNAVAILABLE', 'OWNERSHIP_LOST'].includes(error.code);
}

/** Creates the error for an append whose outcome is unknown. If the append reached the journal, the job will run. */
function uncertain(job: JobId, cause: unknown): FabricError {
  const message =
    `The journal did not answer in time, so job ${job} may or may not have been accepted. ` +
    'Look up the job once the journal is available again. If the request had an Idempotency-Key, you can also repeat it. The same key never creates a second job.';
  return new FabricError('JOURNAL_UNAVAILABLE', message, { cause, retryable: true, details: { job } });
}

/** Creates the error for a request whose key has been in use by another request for too long. */
function keyIsBusy(job: JobId): FabricError {
  const message = 'Another request with this Idempotency-Key is in progress. Retry with the same key.';
  return new FabricError('THROTTLED', message, { retryable: true, details: { job } });
}

function listingOf(view: JobView | undefined): JobListing | undefined {
  if (view === undefined) return undefined;
  const { job, history, ...owner } = view;
  return { summary: summarize(job, history), history, ...owner };
}

/** Derives a job id from a subject and its idempotency key. The id is a hash, so coordinators need not look up keys. */
function jobOfKey(subject: string, key: string): JobId {
  const hash = createHash('sha256')
    .update(JSON.stringify([subject, key]))
    .digest('hex');
  return `key-${hash.slice(0, 40)}` as JobId;
}
