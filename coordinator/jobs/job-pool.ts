import { asFabricError, FabricError, isPermanent } from '../../engine/errors.ts';
import type { JobId } from '../../engine/task/task.ts';
import type { Clock } from '../clock.ts';
import type { Invoker } from '../invoke/invoker.ts';
import type { JobIntent, SharedJournal } from '../journal/journal.ts';
import { endingOf, endRecords, historyOf, type JobHistory } from '../scheduler/history.ts';
import type { FencingToken, JobEnd, JobRequest } from '../scheduler/job.ts';
import { summarize } from '../scheduler/summary.ts';
import type { JobStore } from './delete-objects.ts';
import { FairShares } from './fair-shares.ts';
import type { PlannedJob } from './plan-job.ts';
import { type EndedJob, raceAbort, resumeJob, runJob } from './run-job.ts';

/** The services and limits that a pool uses. */
export interface PoolContext {
  readonly journal: SharedJournal;
  readonly store: JobStore;
  readonly invoker: Invoker;
  readonly clock: Clock;
  /** Returns a random number from 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
  /** Plans a request. Rejects with the job's final error, or with `CANCELLED` if the signal aborts. */
  readonly plan: (request: JobRequest, signal: AbortSignal) => Promise<PlannedJob>;
  /** The maximum number of jobs to plan or run at the same time. Other jobs wait in the journal until any coordinator has a free slot. */
  readonly jobsAtOnce: number;
  /** Reports a message to the coordinator's operator. */
  readonly report: (message: string) => void;
}

/** A job that this pool owns. */
interface OwnedJob {
  readonly token: FencingToken;
  readonly cancel: AbortController;
  readonly settled: Promise<void>;
}

/** The delay before a job is retried after an error of the journal or the store. */
const BACK_OFF_MS = 5000;

/** The maximum number of intents to check at the same time. A journal can contain thousands of old intents. */
const INTENTS_AT_ONCE = 8;

/**
 * Runs a limited number of jobs of a shared journal at the same time, both new jobs and unowned jobs that it claims. When the pool is full,
 * other jobs stay unowned, so that the first coordinator with a free slot can claim them.
 */
export class JobPool {
  readonly #context: PoolContext;
  readonly #owned = new Map<JobId, OwnedJob>();
  /** Jobs that the journal last reported as unowned, oldest first. */
  readonly #unowned = new Set<JobId>();
  /** Jobs that are delayed after an error, each with a function that cancels its timer. */
  readonly #backedOff = new Map<JobId, () => void>();
  /** Possibly unowned jobs with a pending cancel or delete, oldest first. */
  readonly #intents = new Set<JobId>();
  /** The number of intents that are currently being checked. */
  #checkingIntents = 0;
  /** Acquisitions and intent checks in progress. These promises never reject. */
  readonly #pending = new Set<Promise<void>>();
  /** The number of jobs that are currently being acquired. */
  #acquiring = 0;
  /** Divides the invoker's capacity equally among the running jobs. */
  readonly #shares: FairShares;
  #closed = false;

  constructor(context: PoolContext) {
    this.#context = context;
    this.#shares = new FairShares(() => context.invoker.concurrency);
    context.invoker.onCapacity?.(() => this.#shares.capacityChanged());
  }

  /** The number of jobs that this pool is planning or running. */
  get running(): number {
    return this.#owned.size;
  }

  /** Returns whether this pool owns a job. */
  has(job: JobId): boolean {
    return this.#owned.has(job);
  }

  /** Starts a job that the caller has just created and owns, or releases it if the pool is full. */
  async startOrRelease(job: JobId, token: FencingToken): Promise<void> {
    // An earlier job with the same id may have been delayed after an error and then deleted.
    this.#backedOff.get(job)?.();
    this.#backedOff.delete(job);
    if (!this.#closed && this.#hasFreeSlot()) return this.#start(job, token);
    try {
      await this.#context.journal.release(job, token);
    } catch (error) {
      this.#report(job, error);
      // No other coordinator can claim the job. Exceeding the limit by one job is better than never running the job.
      if (!this.#closed) this.#start(job, token);
    }
  }

  /** Records that a job is unowned, and claims it once a slot is free. */
  addUnowned(job: JobId): void {
    if (this.#closed || this.#backedOff.has(job)) return;
    this.#unowned.add(job);
    this.#claimNext();
  }

  /** Carries out a cancel or delete request. A job that is waiting for a slot ends immediately. */
  applyIntent(job: JobId, intent: JobIntent): void {
    const owned = this.#owned.get(job);
    if (owned !== undefined) owned.cancel.abort(intent.by);
    else this.#intents.add(job);
    this.#checkNextIntent();
  }

  /** Stops claiming jobs and releases all owned jobs in their current state. Resolves when all work has stopped. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const cancelTimer of this.#backedOff.values()) cancelTimer();
    const owned = [...this.#owned];
    const { journal } = this.#context;
    // Releasing a job also stops its event loop.
    await Promise.all(owned.map(([job, { token }]) => journal.release(job, token).catch(() => undefined)));
    await Promise.all([...owned.map(([, { settled }]) => settled), ...this.#pending]);
  }

  #hasFreeSlot(): boolean {
    return this.#owned.size + this.#acquiring < this.#context.jobsAtOnce;
  }

  #claimNext(): void {
    for (const job of this.#unowned) {
      if (this.#closed || !this.#hasFreeSlot()) return;
      // This process has lost the job and is still stopping its work. `#start` calls `#claimNext` again once that work has settled.
      if (this.#owned.has(job)) continue;
      this.#unowned.delete(job);
      this.#track(this.#acquire(job));
    }
  }

  #track(work: Promise<void>): void {
    const tracked = work.finally(() => this.#pending.delete(tracked));
    this.#pending.add(tracked);
  }

  async #acquire(job: JobId): Promise<void> {
    this.#acquiring += 1;
    try {
      const token = await this.#context.journal.acquireUnowned(job);
      if (token !== undefined) await this.#startUnlessOwned(job, token);
    } catch (error) {
      this.#backOff(job, error);
    } finally {
      this.#acquiring -= 1;
      this.#claimNext();
    }
  }

  async #startUnlessOwned(job: JobId, token: FencingToken): Promise<void> {
    if (this.#closed || this.#owned.has(job)) await this.#context.journal.release(job, token);
    else this.#start(job, token);
  }

  #checkNextIntent(): void {
    for (const job of this.#intents) {
      if (this.#closed || this.#checkingIntents === INTENTS_AT_ONCE) return;
      this.#intents.delete(job);
      this.#track(this.#endUnowned(job));
    }
  }

  /** Ends an unowned job that has an intent, even if the pool is full. Never rejects. */
  async #endUnowned(job: JobId): Promise<void> {
    const { journal } = this.#context;
    this.#checkingIntents += 1;
    try {
      if (this.#owned.has(job) || !(await journal.isUnowned(job))) return;
      const token = await journal.acquireUnowned(job);
      if (token === undefined) return;
      await this.#startUnlessOwned(job, token);
      await this.#owned.get(job)?.settled;
    } catch (error) {
      this.#report(job, error);
    } finally {
      this.#checkingIntents -= 1;
      this.#checkNextIntent();
    }
  }

  #start(job: JobId, token: FencingToken): void {
    this.#unowned.delete(job);
    const cancel = new AbortController();
    const settled = this.#run(job, token, cancel).then(() => {
      // The same job may have been claimed again with a later token.
      if (this.#owned.get(job)?.token === token) this.#owned.delete(job);
      this.#claimNext();
    });
    this.#owned.set(job, { token, cancel, settled });
  }

  /** Runs a job until it ends or this process cannot continue it, and then releases it. Never rejects. */
  async #run(job: JobId, token: FencingToken, cancel: AbortController): Promise<void> {
    const { journal } = this.#context;
    try {
      // The intent may have been recorded while the job was unowned.
      const [history, intent] = [historyOf(await journal.read(job)), await journal.intentOf(job)];
      if (intent !== undefined) cancel.abort(intent.by);
      if (history !== undefined && endingOf(history) === undefined)
        await this.#continue(job, token, history, cancel.signal);
    } catch (error) {
      if (this.#closed || asFabricError(error).code === 'OWNERSHIP_LOST') return;
      await this.#failOrBackOff(job, token, error);
    } finally {
      await journal.release(job, token).catch((error) => this.#report(job, error));
    }
  }

  async #continue(job: JobId, token: FencingToken, history: JobHistory, signal: AbortSignal): Promise<void> {
    const { journal, store, invoker, clock, random } = this.#context;
    const context = { journal, store, invoker, clock, random, signal, job, token, shares: this.#shares };
    if (history.kind === 'planned') {
      return this.#recordEnd(history, await resumeJob({ ...context, renewTimeout: false }), token);
    }
    const planned = await this.#plan(job, token, history.request, signal);
    if (!('graph' in planned)) return journal.append(job, token, endRecords(planned, clock.now()));
    await this.#recordEnd(history, await runJob({ ...context, ...planned, statement: history.request.sql }), token);
  }

  /** Records the owner's cleanup, which sweepers then skip, and saves the summary for lists. Errors are reported but not thrown. */
  async #recordEnd(
    { requestedAt, request }: JobHistory,
    { state, cleared }: EndedJob,
    token: FencingToken,
  ): Promise<void> {
    const { journal } = this.#context;
    const { job } = state;
    const history = { kind: 'planned', requestedAt, ...(request !== undefined && { request }), state } as const;
    try {
      if (cleared !== undefined) await journal.recordCleanup(job, token, cleared);
      await journal.saveSummary(job, token, summarize(job, history));
    } catch (error) {
      if (!this.#closed) this.#report(job, error);
    }
  }

  /** Plans a request. Returns the job's end if planning fails or is cancelled. Rejects if this process loses the job. */
  async #plan(
    job: JobId,
    token: FencingToken,
    request: JobRequest,
    cancelled: AbortSignal,
  ): Promise<PlannedJob | JobEnd> {
    const { plan, journal } = this.#context;
    const { lost } = journal.ownership(job, token);
    const stop = AbortSignal.any([cancelled, lost]);
    try {
      // A store may take minutes to answer. A cancelled or lost job must not wait for it.
      if (!cancelled.aborted) return await raceAbort(stop, () => plan(request, stop));
    } catch (error) {
      if (lost.aborted) throw lost.reason;
      const { code, message, details } = asFabricError(error);
      if (!cancelled.aborted) return { kind: 'failed', error: { code, message, details } };
    }
    return { kind: 'cancelled', by: String(cancelled.reason) };
  }

  /**
   * Fails the job if the error is a defect, which would recur on every coordinator. After any other error, or if the failure cannot be
   * journaled, delays the job.
   */
  async #failOrBackOff(job: JobId, token: FencingToken, error: unknown): Promise<void> {
    const { journal, clock } = this.#context;
    const { code, message, details } = asFabricError(error);
    if (code !== 'INTERNAL') return this.#backOff(job, error);
    this.#report(job, error);
    try {
      // No record may be appended to a damaged journal or after the end of a job.
      const history = historyOf(await journal.read(job));
      if (history === undefined || endingOf(history) !== undefined) return;
      await journal.append(job, token, endRecords({ kind: 'failed', error: { code, message, details } }, clock.now()));
    } catch (failure) {
      this.#backOff(job, failure);
    }
  }

  /**
   * Delays the next attempt to run a job, because the error would probably recur immediately. After a permanent error, the job is not
   * retried.
   */
  #backOff(job: JobId, error: unknown): void {
    this.#report(job, error);
    this.#unowned.delete(job);
    if (this.#closed) return;
    if (isPermanent(asFabricError(error).code)) {
      this.#backedOff.set(job, () => undefined);
      return;
    }
    const cancelTimer = this.#context.clock.after(BACK_OFF_MS, () => {
      this.#backedOff.delete(job);
      this.addUnowned(job);
    });
    this.#backedOff.set(job, cancelTimer);
  }

  #report(job: JobId, error: unknown): void {
    const { code, message } = asFabricError(error);
    // The journal's watch reports an outage only once for all jobs.
    if (code === 'JOURNAL_UNAVAILABLE') return;
    this.#context.report(`Job ${job}: ${code}: ${message}`);
  }
}

/** Creates the error for a request that arrives while the coordinator is shutting down. */
export function shuttingDown(): FabricError {
  const message = 'This coordinator is shutting down. Send the request to another coordinator, or try again later.';
  return new FabricError('THROTTLED', message, { retryable: true });
}
