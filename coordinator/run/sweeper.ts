import { asFabricError, isHopeless } from '../../engine/errors.ts';
import type { JobId } from '../../engine/execute/task.ts';
import type { SharedJournal } from '../journal/journal.ts';
import type { KeyedJob } from '../scheduler/keys.ts';
import { endOf, type JobLife, lifeOf } from '../scheduler/life.ts';
import { keptObjects, mayHaveObjects } from '../scheduler/reconcile.ts';
import type { FencingToken, Millis } from '../scheduler/records.ts';
import type { Clock } from './clock.ts';
import { deleteJobObjects, type JobStore } from './delete-objects.ts';

/** What a sweeper works with. */
export interface SweeperContext {
  readonly journal: SharedJournal;
  readonly store: JobStore;
  readonly clock: Clock;
  /** How long after its end a job can be asked for. */
  readonly keepRecordsMs: number;
  readonly report: (message: string) => void;
}

/** What is left to be done about a job that has ended. */
type Step =
  /** Of its objects only the result may be left: whoever ended it may have died before it deleted them, and attempts may have written since. */
  | { readonly kind: 'clear'; readonly at: Millis; readonly keys: KeyedJob; readonly keep: readonly string[] }
  /** It is to be forgotten; `keys` where it can have objects. */
  | { readonly kind: 'remove'; readonly at: Millis; readonly keys?: KeyedJob };

/** Clocks differ, and a write that began before an attempt's deadline may end after it. */
const LATE_WRITER_MARGIN_MS = 5000;
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
 * end the records. Acts only on jobs whose end is in the journal, and as their owner for the moment. Every coordinator sweeps every
 * job, so that it is done whoever dies; what is done twice does no harm.
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
    const life = lifeOf(await journal.read(job));
    if (life === undefined || endOf(life) === undefined) return;
    const isForgotten = (await journal.wishOf(job))?.kind === 'forget';
    this.#follow(job, stepsFor(life, clock.now(), isForgotten ? 0 : keepRecordsMs));
  }

  #follow(job: JobId, steps: readonly Step[]): void {
    const [next, ...later] = steps;
    if (next === undefined || this.#closed) return;
    const act = () => {
      this.#busy = this.#busy.then(() => this.#act(job, next, later)).catch((error) => this.#retry(job, error));
    };
    this.#setAlarm(job, next.at, act);
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

  async #act(job: JobId, step: Step, later: readonly Step[]): Promise<void> {
    if (this.#closed) return;
    const { journal } = this.#context;
    const token = await journal.acquireUnowned(job);
    if (token === undefined) return this.#retry(job);
    try {
      await this.#carryOut(job, token, step);
    } finally {
      await journal.release(job, token);
    }
    this.#waits.delete(job);
    this.#follow(job, later);
  }

  async #carryOut(job: JobId, token: FencingToken, step: Step): Promise<void> {
    const { journal, store } = this.#context;
    const guard = () => journal.ownership(job, token).lost.throwIfAborted();
    switch (step.kind) {
      case 'clear':
        return deleteJobObjects(store, step.keys, step.keep, guard);
      case 'remove':
        if (step.keys !== undefined) await deleteJobObjects(store, step.keys, [], guard);
        return journal.remove(job, token);
      default:
        return step satisfies never;
    }
  }

  #retry(job: JobId, error?: unknown): void {
    if (this.#closed) return;
    if (error !== undefined) {
      const { code, message } = asFabricError(error);
      if (code !== 'JOURNAL_UNAVAILABLE') this.#context.report(`Sweeping job ${job}: ${code}: ${message}`);
      if (isHopeless(code)) return;
    }
    const waitMs = Math.min((this.#waits.get(job) ?? FIRST_RETRY_MS / 2) * 2, LONGEST_RETRY_MS);
    this.#waits.set(job, waitMs);
    this.#setAlarm(job, this.#context.clock.now() + waitMs, () => this.look(job));
  }
}

/** What is to be done about a job that has ended, and when, in order. Pure. `keepRecordsMs` 0: as soon as it does no harm. */
export function stepsFor(life: JobLife, now: Millis, keepRecordsMs: number): readonly Step[] {
  const { endedAt = 0 } = endOf(life) ?? {};
  const removeAt = endedAt + keepRecordsMs;
  if (life.kind === 'requested') return [{ kind: 'remove', at: removeAt }];
  const { state } = life;
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
  const times = [endedAt + SOON_MS, lastWriteAt, ...(kept.length > 0 ? [expiresAt] : [])];
  const later = [...new Set(times)].filter((at) => at > now && at <= endAt);
  const clear = (at: Millis): Step => ({ kind: 'clear', at, keys, keep: at < expiresAt ? kept : [] });
  const steps: Step[] = [clear(now), ...later.map(clear), { kind: 'remove', at: endAt, keys }];
  return steps.sort((left, right) => left.at - right.at);
}
