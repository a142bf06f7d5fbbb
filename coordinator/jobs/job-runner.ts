import { asFabricError, FabricError, isPermanent } from '../../engine/errors.ts';
import type { StageGraph } from '../../engine/plan/stage.ts';
import type { JobId } from '../../engine/task/task.ts';
import type { Clock } from '../clock.ts';
import type { Invoker } from '../invoke/invoker.ts';
import type { JobIntent, SharedJournal } from '../journal/journal.ts';
import { endOf, endRecords, historyOf, type JobHistory } from '../scheduler/history.ts';
import type { FencingToken, JobEnd, JobRequest, JobSettings } from '../scheduler/records.ts';
import { summarize } from '../scheduler/summary.ts';
import type { JobStore } from './delete-objects.ts';
import { JobShares } from './job-shares.ts';
import { raceAbort } from './race-abort.ts';
import { type EndedJob, resumeJob, runJob } from './run-job.ts';

/** A request, planned: what is to be computed, and how. */
export interface PlannedJob {
  readonly graph: StageGraph;
  readonly settings: JobSettings;
}

/** What a runner works with. */
export interface RunnerContext {
  readonly journal: SharedJournal;
  readonly store: JobStore;
  readonly invoker: Invoker;
  readonly clock: Clock;
  /** Numbers from 0 up to, not including, 1. */
  readonly random: () => number;
  /** Plans a request. Rejects with what the job then fails with, and with `CANCELLED` where the signal aborts. */
  readonly plan: (request: JobRequest, signal: AbortSignal) => Promise<PlannedJob>;
  /** Jobs that are planned or run at once; more wait in the journal, for any coordinator. */
  readonly jobsAtOnce: number;
  /** Told of what a person who runs the coordinator should see. */
  readonly report: (message: string) => void;
}

/** A job in this runner's hands. */
interface OwnedJob {
  readonly token: FencingToken;
  readonly cancel: AbortController;
  readonly settled: Promise<void>;
}

/** A job that could not be gone on with for a reason of the journal's or the store's is left alone for so long. */
const HOLD_OFF_MS = 5000;

/** Of so many jobs that somebody wants ended is found out at once whether they wait: a journal can hold thousands of old intents. */
const ENDED_AT_ONCE = 8;

/**
 * Runs the jobs of a shared journal: those given to it, and all that nobody owns, as many at once as it has room for. A job for which there
 * is no room stays without an owner, so that whichever coordinator has room first takes it.
 */
export class JobRunner {
  readonly #context: RunnerContext;
  readonly #owned = new Map<JobId, OwnedJob>();
  /** Jobs that had no owner when they were last heard of, the oldest first. */
  readonly #unowned = new Set<JobId>();
  /** Calls off the end of a wait, for each job that is left alone. */
  readonly #heldOff = new Map<JobId, () => void>();
  /** Jobs of which something is wished that nobody may own, in the order they were told of. */
  readonly #intents = new Set<JobId>();
  /** Those of them that are looked at. */
  #ending = 0;
  /** Jobs that are being acquired, or ended though there may be no room for them. None of these rejects. */
  readonly #underWay = new Set<Promise<void>>();
  /** Under way: jobs that are being acquired. */
  #acquiring = 0;
  /** Those it runs have equal shares of the invoker. */
  readonly #shares: JobShares;
  #closed = false;

  constructor(context: RunnerContext) {
    this.#context = context;
    this.#shares = new JobShares(() => context.invoker.concurrency);
    context.invoker.onCapacity?.(() => this.#shares.capacityChanged());
  }

  /** How many jobs it plans and runs. */
  get running(): number {
    return this.#owned.size;
  }

  /** Whether it plans or runs a job. */
  has(job: JobId): boolean {
    return this.#owned.has(job);
  }

  /** Takes a job that its caller has just made and owns; lets go of it where there is no room. */
  async take(job: JobId, token: FencingToken): Promise<void> {
    // One of the same id may have been given up and forgotten.
    this.#heldOff.get(job)?.();
    this.#heldOff.delete(job);
    if (!this.#closed && this.#hasRoom()) return this.#work(job, token);
    try {
      await this.#context.journal.release(job, token);
    } catch (error) {
      this.#tell(job, error);
      // Nobody else can have it: better one job too many than one that is forgotten.
      if (!this.#closed) this.#work(job, token);
    }
  }

  /** Takes note that nobody owns a job. */
  addUnowned(job: JobId): void {
    if (this.#closed || this.#heldOff.has(job)) return;
    this.#unowned.add(job);
    this.#takeNext();
  }

  /** Takes note of what is wished of a job. One that waits for room ends without waiting any longer. */
  applyIntent(job: JobId, intent: JobIntent): void {
    const owned = this.#owned.get(job);
    if (owned !== undefined) owned.cancel.abort(intent.by);
    else this.#intents.add(job);
    this.#endNext();
  }

  /** Takes no more jobs, and lets go of all it has, as they are. Settles when nothing of them is under way. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const callOff of this.#heldOff.values()) callOff();
    const owned = [...this.#owned];
    const { journal } = this.#context;
    // The owner stops as soon as the job is not its own any more.
    await Promise.all(owned.map(([job, { token }]) => journal.release(job, token).catch(() => undefined)));
    await Promise.all([...owned.map(([, { settled }]) => settled), ...this.#underWay]);
  }

  #hasRoom(): boolean {
    return this.#owned.size + this.#acquiring < this.#context.jobsAtOnce;
  }

  #takeNext(): void {
    for (const job of this.#unowned) {
      if (this.#closed || !this.#hasRoom()) return;
      // This process has lost it and is still stopping its work: looked at again once that has settled.
      if (this.#owned.has(job)) continue;
      this.#unowned.delete(job);
      this.#keep(this.#acquire(job));
    }
  }

  #keep(work: Promise<void>): void {
    const kept = work.finally(() => this.#underWay.delete(kept));
    this.#underWay.add(kept);
  }

  async #acquire(job: JobId): Promise<void> {
    this.#acquiring += 1;
    try {
      const token = await this.#context.journal.acquireUnowned(job);
      if (token !== undefined) await this.#takeOrRelease(job, token);
    } catch (error) {
      this.#holdOff(job, error);
    } finally {
      this.#acquiring -= 1;
      this.#takeNext();
    }
  }

  async #takeOrRelease(job: JobId, token: FencingToken): Promise<void> {
    if (this.#closed || this.#owned.has(job)) await this.#context.journal.release(job, token);
    else this.#work(job, token);
  }

  #endNext(): void {
    for (const job of this.#intents) {
      if (this.#closed || this.#ending === ENDED_AT_ONCE) return;
      this.#intents.delete(job);
      this.#keep(this.#endWaiting(job));
    }
  }

  /** Ends a job that nobody owns and somebody wants ended, whether there is room or not. Never rejects. */
  async #endWaiting(job: JobId): Promise<void> {
    const { journal } = this.#context;
    this.#ending += 1;
    try {
      if (this.#owned.has(job) || !(await journal.isUnowned(job))) return;
      const token = await journal.acquireUnowned(job);
      if (token === undefined) return;
      await this.#takeOrRelease(job, token);
      await this.#owned.get(job)?.settled;
    } catch (error) {
      this.#tell(job, error);
    } finally {
      this.#ending -= 1;
      this.#endNext();
    }
  }

  #work(job: JobId, token: FencingToken): void {
    this.#unowned.delete(job);
    const cancel = new AbortController();
    const settled = this.#run(job, token, cancel).then(() => {
      // One that was taken with a later token is another's to end.
      if (this.#owned.get(job)?.token === token) this.#owned.delete(job);
      this.#takeNext();
    });
    this.#owned.set(job, { token, cancel, settled });
  }

  /** Brings a job to its end, or as far as this process can, and lets go of it. Never rejects. */
  async #run(job: JobId, token: FencingToken, cancel: AbortController): Promise<void> {
    const { journal } = this.#context;
    try {
      // A intent that came while nobody had the job was told to nobody.
      const [history, intent] = [historyOf(await journal.read(job)), await journal.intentOf(job)];
      if (intent !== undefined) cancel.abort(intent.by);
      if (history !== undefined && endOf(history) === undefined) await this.#goOn(job, token, history, cancel.signal);
    } catch (error) {
      if (this.#closed || asFabricError(error).code === 'OWNERSHIP_LOST') return;
      await this.#failOrHoldOff(job, token, error);
    } finally {
      await journal.release(job, token).catch((error) => this.#tell(job, error));
    }
  }

  async #goOn(job: JobId, token: FencingToken, history: JobHistory, signal: AbortSignal): Promise<void> {
    const { journal, store, invoker, clock, random } = this.#context;
    const context = { journal, store, invoker, clock, random, signal, job, token, shares: this.#shares };
    if (history.kind === 'planned') {
      return this.#noteEnd(history, await resumeJob({ ...context, renewTimeout: false }), token);
    }
    const planned = await this.#plan(job, token, history.request, signal);
    if (!('graph' in planned)) return journal.append(job, token, endRecords(planned, clock.now()));
    await this.#noteEnd(history, await runJob({ ...context, ...planned, statement: history.request.sql }), token);
  }

  /** Saves the sweepers what the owner has done, and lists the reading of all that the job's tasks did. Where it cannot be noted, they do it. */
  async #noteEnd(
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
      if (!this.#closed) this.#tell(job, error);
    }
  }

  /** The plan of a request, or how the job ends for want of one. Rejects where the job is not this process's any more. */
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
      // Inputs are looked for where nothing may answer for minutes: nobody waits for that in vain.
      if (!cancelled.aborted) return await raceAbort(stop, () => plan(request, stop));
    } catch (error) {
      if (lost.aborted) throw lost.reason;
      const { code, message, details } = asFabricError(error);
      if (!cancelled.aborted) return { kind: 'failed', error: { code, message, details } };
    }
    return { kind: 'cancelled', by: String(cancelled.reason) };
  }

  /** A defect would stop the job wherever it is taken next: it ends the job. Where that cannot be journaled either, the job is left alone. */
  async #failOrHoldOff(job: JobId, token: FencingToken, error: unknown): Promise<void> {
    const { journal, clock } = this.#context;
    const { code, message, details } = asFabricError(error);
    if (code !== 'INTERNAL') return this.#holdOff(job, error);
    this.#tell(job, error);
    try {
      // Nothing can follow records that do not fit together, or an end.
      const history = historyOf(await journal.read(job));
      if (history === undefined || endOf(history) !== undefined) return;
      await journal.append(job, token, endRecords({ kind: 'failed', error: { code, message, details } }, clock.now()));
    } catch (because) {
      this.#holdOff(job, because);
    }
  }

  /** Leaves a job alone for a while: what failed is likely to fail again at once. For good, where it always would. */
  #holdOff(job: JobId, error: unknown): void {
    this.#tell(job, error);
    this.#unowned.delete(job);
    if (this.#closed) return;
    if (isPermanent(asFabricError(error).code)) {
      this.#heldOff.set(job, () => undefined);
      return;
    }
    const callOff = this.#context.clock.after(HOLD_OFF_MS, () => {
      this.#heldOff.delete(job);
      this.addUnowned(job);
    });
    this.#heldOff.set(job, callOff);
  }

  #tell(job: JobId, error: unknown): void {
    const { code, message } = asFabricError(error);
    // It is away for all jobs: whoever watches the journal says so once.
    if (code === 'JOURNAL_UNAVAILABLE') return;
    this.#context.report(`Job ${job}: ${code}: ${message}`);
  }
}

/** The error of whoever asks for something while the coordinator is ending. */
export function ending(): FabricError {
  const message = 'This coordinator is ending. Ask another, or this one once it is back.';
  return new FabricError('THROTTLED', message, { retryable: true });
}
