import { asFabricError, isPermanent } from '../../engine/errors.ts';
import type { JobId } from '../../engine/task/task.ts';
import type { Clock } from '../clock.ts';
import { type EndedEntry, isDamaged, type SharedJournal } from '../journal/journal.ts';
import { endOf, historyOf, type JobHistory } from '../scheduler/history.ts';
import type { KeyedJob } from '../scheduler/keys.ts';
import { keptObjects, mayHaveObjects } from '../scheduler/reconcile.ts';
import type { FencingToken, Millis } from '../scheduler/records.ts';
import { deleteDamagedJob, deleteJobObjects, type JobStore } from './delete-objects.ts';

/** What a sweeper works with. */
export interface SweeperContext {
  readonly journal: SharedJournal;
  readonly store: JobStore;
  readonly clock: Clock;
  /** Numbers from 0 up to, not including, 1. */
  readonly random: () => number;
  /** How long after its end a job can be asked for. */
  readonly keepRecordsMs: number;
  readonly report: (message: string) => void;
}

/** What is left to be done about a job that has ended. */
type Step =
  /** Of its objects only the result may be left: whoever ended it may have died before it deleted them, and attempts may have written since. */
  | { readonly kind: 'clear'; readonly at: Millis; readonly keys: KeyedJob; readonly keep: readonly string[] }
  /** It is to be forgotten; nothing of it is in the store any more. */
  | { readonly kind: 'remove'; readonly at: Millis };

/** A job that has ended, and what is left to be done about it, in order. */
interface Course {
  readonly job: JobId;
  /** Tells it from a later job of the same id. */
  readonly endedAt: Millis;
  readonly steps: readonly Step[];
}

/** Clocks differ, and a write that began before an attempt's deadline may end after it. */
const LATE_WRITER_MARGIN_MS = 5000;
/** A step is taken within so long of when it is due, by the coordinator that is the first to look: mostly the others then find it done. */
const APART_MS = 1000;
/** When what an executor was still writing as the job ended is mostly there. */
const SOON_MS = 60_000;
/**
 * What is another's for the moment (mostly its owner's, which is about to let go), or could not be done, is looked at again: after this
 * long at first, then twice as long each time.
 */
const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 15_000;

/**
 * Deletes what jobs that have ended leave: late writers' objects once nothing can write any more, results when their time is over, in the
 * end the records. Acts only on jobs whose end is in the journal, and as their owner for the moment. Every coordinator looks after every
 * job, so that it is done whoever dies; what one has done, a job's owner at its end included, is noted in the journal, and no other does it.
 */
export class Sweeper {
  readonly #context: SweeperContext;
  /** Calls off what each job waits for. */
  readonly #alarms = new Map<JobId, () => void>();
  /** How long each job waits that could not be acted on, by the last time. */
  readonly #waits = new Map<JobId, number>();
  #busy: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(context: SweeperContext) {
    this.#context = context;
  }

  /** Takes note that a job has ended, or that something is wished of one that has. One job is looked at after the other. */
  look(job: JobId): void {
    this.#busy = this.#busy.then(() => this.#plan(job)).catch((error) => this.#retry(job, error));
  }

  /** Settles when all that is due by now has been done. */
  async settled(): Promise<void> {
    for (let busy: Promise<void> | undefined; busy !== this.#busy; ) {
      busy = this.#busy;
      await busy;
    }
  }

  /** Ends. Settles when nothing is under way any more. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const callOff of this.#alarms.values()) callOff();
    this.#alarms.clear();
    await this.#busy;
  }

  async #plan(job: JobId): Promise<void> {
    if (this.#closed) return;
    const { journal, clock, keepRecordsMs } = this.#context;
    const isForgotten = (await journal.intentOf(job))?.kind === 'forget';
    if (isForgotten && (await this.#isDamaged(job))) return this.#discard(job);
    const history = historyOf(await journal.read(job));
    const endedAt = history && endOf(history)?.endedAt;
    if (history === undefined || endedAt === undefined) return;
    this.#follow({ job, endedAt, steps: stepsFor(history, clock.now(), isForgotten ? 0 : keepRecordsMs) });
  }

  /** Removes a job that is to be forgotten and whose end, or anything else of it, nobody can read any more. */
  async #discard(job: JobId): Promise<void> {
    const { journal, store } = this.#context;
    const token = await journal.acquireUnowned(job);
    if (token === undefined) return this.#waitThen(job, () => this.look(job));
    try {
      // Another may have removed it, and made a job of the same id, before it was acquired.
      if (!(await this.#isDamaged(job))) return;
      await deleteDamagedJob(store, job, () => journal.ownership(job, token).lost.throwIfAborted());
      await journal.remove(job, token);
      this.#waits.delete(job);
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

  #follow(course: Course): void {
    const [next] = course.steps;
    if (next === undefined || this.#closed) return;
    const { clock, random } = this.#context;
    const at = Math.max(next.at, clock.now()) + Math.floor(random() * APART_MS);
    this.#setAlarm(course.job, at, () => this.#go(course));
  }

  #go(course: Course): void {
    this.#busy = this.#busy.then(() => this.#act(course)).catch((error) => this.#retry(course.job, error));
  }

  #setAlarm(job: JobId, at: Millis, act: () => void): void {
    const { clock } = this.#context;
    this.#alarms.get(job)?.();
    const wake = (): void => {
      const leftMs = at - clock.now();
      this.#alarms.delete(job);
      // A timer may be shorter than what was asked of it.
      if (leftMs > 0) this.#alarms.set(job, clock.after(leftMs, wake));
      else act();
    };
    wake();
  }

  async #act(course: Course): Promise<void> {
    const [step, ...steps] = course.steps;
    if (this.#closed || step === undefined) return;
    const { journal } = this.#context;
    const { job, endedAt } = course;
    const entry = await journal.endedEntry(job);
    // Another has removed it; what is there by now has nothing to do with this one.
    if (entry?.endedAt !== endedAt) {
      this.#waits.delete(job);
      return;
    }
    if (!isDone(step, entry)) {
      const token = await journal.acquireUnowned(job);
      if (token === undefined) return this.#waitThen(job, () => this.#go(course));
      try {
        const owned = await journal.endedEntry(job);
        if (owned?.endedAt === endedAt && !isDone(step, owned)) await this.#carryOut(job, token, step);
      } finally {
        await journal.release(job, token);
      }
    }
    this.#waits.delete(job);
    this.#follow({ ...course, steps });
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
    // It is away for all jobs: whoever watches the journal says so once.
    if (code !== 'JOURNAL_UNAVAILABLE') this.#context.report(`Sweeping job ${job}: ${code}: ${message}`);
    if (!isPermanent(code)) this.#waitThen(job, () => this.look(job));
  }

  #waitThen(job: JobId, again: () => void): void {
    if (this.#closed) return;
    const waitMs = Math.min((this.#waits.get(job) ?? FIRST_RETRY_MS / 2) * 2, LONGEST_RETRY_MS);
    this.#waits.set(job, waitMs);
    this.#setAlarm(job, this.#context.clock.now() + waitMs, again);
  }
}

/** Whether somebody has taken a step about a job that is still there. */
function isDone(step: Step, { cleared }: EndedEntry): boolean {
  if (step.kind === 'remove' || cleared === undefined) return false;
  return cleared.at >= step.at && (!cleared.keepsResult || step.keep.length > 0);
}

/** What is to be done about a job that has ended, and when, in order. Pure. `keepRecordsMs` 0: as soon as it does no harm. */
export function stepsFor(history: JobHistory, now: Millis, keepRecordsMs: number): readonly Step[] {
  const { endedAt = 0 } = endOf(history) ?? {};
  const removeAt = endedAt + keepRecordsMs;
  if (history.kind === 'requested') return [{ kind: 'remove', at: removeAt }];
  const { state } = history;
  const { lateUntil, settings } = state;
  const lastWriteAt = lateUntil === undefined ? endedAt : lateUntil + LATE_WRITER_MARGIN_MS;
  const expiresAt = keepRecordsMs === 0 ? endedAt : endedAt + (settings.resultTtlMs ?? 0);
  const endAt = Math.max(removeAt, lastWriteAt, expiresAt);
  if (!mayHaveObjects(state)) return [{ kind: 'remove', at: endAt }];
  const { keyPrefixes } = state.graph;
  // All that the keys follow from, and no more of a state that may be large.
  const keys: KeyedJob = { job: state.job, graph: keyPrefixes === undefined ? {} : { keyPrefixes } };
  const kept = keptObjects(state);
  // Most late writers are not very late, and a deadline can be hours away.
  const times = [endedAt, endedAt + SOON_MS, lastWriteAt, ...(kept.length > 0 ? [expiresAt] : [])];
  // Of those that have passed the last is as good as all.
  const due = Math.max(endedAt, ...times.filter((at) => at <= now));
  const later = [...new Set(times)].filter((at) => at > due && at <= endAt).sort((left, right) => left - right);
  const clear = (at: Millis): Step => ({ kind: 'clear', at, keys, keep: at < expiresAt ? kept : [] });
  return [clear(due), ...later.map(clear), { kind: 'remove', at: Math.max(due, endAt) }];
}
