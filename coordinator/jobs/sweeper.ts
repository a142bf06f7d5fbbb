import { asFabricError, isPermanent } from '../../engine/errors.ts';
import { type Backoff, backoffMs } from '../../engine/retry.ts';
import type { JobId } from '../../engine/task/task.ts';
import type { Clock } from '../clock.ts';
import { type EndedEntry, isDamaged, type SharedJournal } from '../journal/journal.ts';
import { endingOf, historyOf, type JobHistory } from '../scheduler/history.ts';
import type { FencingToken, Millis } from '../scheduler/job.ts';
import { keptObjects, mayHaveObjects } from '../scheduler/job-objects.ts';
import type { KeyedJob } from '../scheduler/keys.ts';
import { deleteDamagedJob, deleteJobObjects, type JobStore } from './delete-objects.ts';

/** The services and limits that a sweeper uses. */
export interface SweeperContext {
  readonly journal: SharedJournal;
  readonly store: JobStore;
  readonly clock: Clock;
  /** Returns a random number from 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
  /** How long a job stays visible after its end. */
  readonly keepRecordsMs: number;
  readonly report: (message: string) => void;
}

/** One step of the cleanup of a job that has ended. */
type Step =
  /**
   * Deletes all objects except those in `keep`. The owner may have died before deleting them, or attempts may have written more objects
   * since.
   */
  | { readonly kind: 'clear'; readonly at: Millis; readonly keys: KeyedJob; readonly keep: readonly string[] }
  /** Removes the job from the journal after all its objects have been deleted. */
  | { readonly kind: 'remove'; readonly at: Millis };

/** The remaining cleanup steps of an ended job, in order. */
interface CleanupPlan {
  readonly job: JobId;
  /** Distinguishes this job from a later job with the same id. */
  readonly endedAt: Millis;
  readonly steps: readonly Step[];
}

/** An allowance for clock skew and for writes that began before an attempt's deadline. */
const LATE_WRITER_MARGIN_MS = 5000;
/**
 * The maximum random delay before a coordinator starts a due step. Because the delays differ, one coordinator finishes the step before the
 * others check it.
 */
const JITTER_MS = 1000;
/** The time after a job's end by which most writes in progress have finished. */
const LATE_WRITES_MS = 60_000;
/**
 * The delays before retrying the cleanup of a job after a failure, or while another coordinator owns the job. That coordinator usually
 * releases it soon.
 */
const RETRY_BACKOFF: Backoff = { firstMs: 100, longestMs: 15_000, jitter: 0 };

/**
 * Cleans up after jobs that have ended. It deletes the objects of late writers once no attempt can write any more, deletes results once
 * they expire, and finally removes the records. It acts only on jobs whose end is in the journal, and owns each job during the cleanup.
 * Every coordinator watches every job, so cleanup continues if a coordinator dies. The sweeper and the job's owner record each finished
 * step in the journal, so that it is not repeated.
 */
export class Sweeper {
  readonly #context: SweeperContext;
  /** For each job that is waiting for its next step, a function that cancels the timer. */
  readonly #timers = new Map<JobId, () => void>();
  /** The newest plan of each job. An older plan is not followed, because it may predate the deletion of the job. */
  readonly #plans = new Map<JobId, CleanupPlan>();
  /** The number of consecutive cleanup failures of each job. */
  readonly #failures = new Map<JobId, number>();
  #busy: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(context: SweeperContext) {
    this.#context = context;
  }

  /** Schedules the cleanup of a job that has ended or has a pending delete. Jobs are processed one at a time. */
  schedule(job: JobId): void {
    this.#busy = this.#busy.then(() => this.#plan(job)).catch((error) => this.#retry(job, error));
  }

  /** Resolves when all due steps are done. */
  async settled(): Promise<void> {
    for (let busy: Promise<void> | undefined; busy !== this.#busy; ) {
      busy = this.#busy;
      await busy;
    }
  }

  /** Stops the sweeper. Resolves when no step is in progress. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const cancelTimer of this.#timers.values()) cancelTimer();
    this.#timers.clear();
    await this.#busy;
  }

  async #plan(job: JobId): Promise<void> {
    if (this.#closed) return;
    this.#plans.delete(job);
    const { journal, clock, keepRecordsMs } = this.#context;
    const isForgotten = (await journal.intentOf(job))?.kind === 'forget';
    if (isForgotten && (await this.#isDamaged(job))) return this.#discard(job);
    const history = historyOf(await journal.read(job));
    const endedAt = history && endingOf(history)?.endedAt;
    if (history === undefined || endedAt === undefined) return;
    this.#follow({ job, endedAt, steps: stepsFor(history, clock.now(), isForgotten ? 0 : keepRecordsMs) });
  }

  /** Removes a job that has a pending delete and damaged records. */
  async #discard(job: JobId): Promise<void> {
    const { journal, store } = this.#context;
    const token = await journal.acquireUnowned(job);
    if (token === undefined) return this.#retryLater(job, () => this.schedule(job));
    try {
      // Before it was acquired, the job may have been removed and a new job with the same id created.
      if (!(await this.#isDamaged(job))) return;
      await deleteDamagedJob(store, job, () => journal.ownership(job, token).lost.throwIfAborted());
      await journal.remove(job, token);
      this.#failures.delete(job);
    } finally {
      await journal.release(job, token);
    }
  }

  async #isDamaged(job: JobId): Promise<boolean> {
    try {
      await this.#context.journal.read(job);
      return false;
    } catch (error) {
      if (isDamaged(error)) return true;
      throw error;
    }
  }

  #follow(plan: CleanupPlan): void {
    const [next] = plan.steps;
    if (next === undefined || this.#closed) return;
    this.#plans.set(plan.job, plan);
    const { clock, random } = this.#context;
    const at = Math.max(next.at, clock.now()) + Math.floor(random() * JITTER_MS);
    this.#setTimer(plan.job, at, () => this.#go(plan));
  }

  #go(plan: CleanupPlan): void {
    this.#busy = this.#busy.then(() => this.#act(plan)).catch((error) => this.#retry(plan.job, error));
  }

  #setTimer(job: JobId, at: Millis, act: () => void): void {
    const { clock } = this.#context;
    this.#timers.get(job)?.();
    const wake = (): void => {
      const leftMs = at - clock.now();
      this.#timers.delete(job);
      // A timer may fire early.
      if (leftMs > 0) this.#timers.set(job, clock.after(leftMs, wake));
      else act();
    };
    wake();
  }

  async #act(plan: CleanupPlan): Promise<void> {
    const [step, ...steps] = plan.steps;
    if (this.#closed || step === undefined) return;
    const { journal } = this.#context;
    const { job, endedAt } = plan;
    // A newer plan may have been made after the timer of this one fired.
    if (this.#plans.get(job) !== plan) return;
    const entry = await journal.endedEntry(job);
    // Another coordinator has removed the job. A later job with the same id has its own cleanup plan.
    if (entry?.endedAt !== endedAt) {
      this.#failures.delete(job);
      this.#plans.delete(job);
      return;
    }
    if (!isDone(step, entry)) {
      const token = await journal.acquireUnowned(job);
      if (token === undefined) return this.#retryLater(job, () => this.#go(plan));
      try {
        const owned = await journal.endedEntry(job);
        if (owned?.endedAt === endedAt && !isDone(step, owned)) await this.#carryOut(job, token, step);
      } finally {
        await journal.release(job, token);
      }
    }
    this.#failures.delete(job);
    this.#plans.delete(job);
    this.#follow({ ...plan, steps });
  }

  async #carryOut(job: JobId, token: FencingToken, step: Step): Promise<void> {
    const { journal, store, clock } = this.#context;
    if (step.kind === 'remove') return journal.remove(job, token);
    const guard = () => journal.ownership(job, token).lost.throwIfAborted();
    const at = clock.now();
    const isCleared = await deleteJobObjects(store, step.keys, step.keep, guard);
    if (isCleared) await journal.recordCleanup(job, token, { at, keepsResult: step.keep.length > 0 });
  }

  #retry(job: JobId, error: unknown): void {
    if (this.#closed) return;
    const { code, message } = asFabricError(error);
    // The journal's watch reports an outage only once for all jobs.
    if (code !== 'JOURNAL_UNAVAILABLE') this.#context.report(`The cleanup of job ${job} failed: ${code}: ${message}`);
    if (!isPermanent(code)) this.#retryLater(job, () => this.schedule(job));
  }

  #retryLater(job: JobId, again: () => void): void {
    if (this.#closed) return;
    const { clock, random } = this.#context;
    const failures = (this.#failures.get(job) ?? 0) + 1;
    this.#failures.set(job, failures);
    this.#setTimer(job, clock.now() + backoffMs(RETRY_BACKOFF, failures, random()), again);
  }
}

/** Returns whether a cleanup step of an existing job is already done. */
function isDone(step: Step, { cleared }: EndedEntry): boolean {
  if (step.kind === 'remove' || cleared === undefined) return false;
  return cleared.at >= step.at && (!cleared.keepsResult || step.keep.length > 0);
}

/**
 * Returns the cleanup steps of an ended job in order, with the time at which each is due. If `keepRecordsMs` is 0, the steps are due as
 * soon as they are safe. Pure.
 */
export function stepsFor(history: JobHistory, now: Millis, keepRecordsMs: number): readonly Step[] {
  const { endedAt = 0 } = endingOf(history) ?? {};
  const removeAt = endedAt + keepRecordsMs;
  if (history.kind === 'requested') return [{ kind: 'remove', at: removeAt }];
  const { state } = history;
  const { lateUntil, settings } = state;
  const lastWriteAt = lateUntil === undefined ? endedAt : lateUntil + LATE_WRITER_MARGIN_MS;
  const expiresAt = keepRecordsMs === 0 ? endedAt : endedAt + (settings.resultTtlMs ?? 0);
  const endAt = Math.max(removeAt, lastWriteAt, expiresAt);
  if (!mayHaveObjects(state)) return [{ kind: 'remove', at: endAt }];
  const { keyPrefixes } = state.graph;
  // The steps keep only the parts that the keys depend on, because the whole state of a job may be large.
  const keys: KeyedJob = { job: state.job, graph: keyPrefixes === undefined ? {} : { keyPrefixes } };
  const kept = keptObjects(state);
  // The objects are cleared several times, because most late writes finish soon but the last deadline can be hours away.
  const times = [endedAt, endedAt + LATE_WRITES_MS, lastWriteAt, ...(kept.length > 0 ? [expiresAt] : [])];
  // A single step replaces all steps that are already due.
  const due = Math.max(endedAt, ...times.filter((at) => at <= now));
  const later = [...new Set(times)].filter((at) => at > due && at <= endAt).sort((left, right) => left - right);
  const clear = (at: Millis): Step => ({ kind: 'clear', at, keys, keep: at < expiresAt ? kept : [] });
  return [clear(due), ...later.map(clear), { kind: 'remove', at: Math.max(due, endAt) }];
}
