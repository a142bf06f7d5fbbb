import { asFabricError } from '../../engine/errors.ts';
import type { StageId } from '../../engine/plan/stage.ts';
import { metered } from '../../engine/store/metered.ts';
import type { AttemptId, Task, TaskOutcome } from '../../engine/task/task.ts';
import { type Clock, pause } from '../clock.ts';
import type { Invoker } from '../invoke/invoker.ts';
import { unsendableOutcome } from '../invoke/unsendable-outcome.ts';
import { ownershipLost } from '../journal/claim.ts';
import type { Cleanup, Journal, Ownership } from '../journal/journal.ts';
import { apply } from '../scheduler/apply.ts';
import { decide, type JobEvent } from '../scheduler/decide.ts';
import { retryDelayMs } from '../scheduler/failure.ts';
import type { FencingToken } from '../scheduler/job.ts';
import { type JobProgress, progressOf } from '../scheduler/progress.ts';
import { type Effect, reconcile } from '../scheduler/reconcile.ts';
import type { JobRecord } from '../scheduler/records.ts';
import { type JobState, needsIndex, runningCount, stageOf } from '../scheduler/state.ts';
import { buildTask, gridOf, producersOf } from './build-task.ts';
import { checkResult } from './check-result.ts';
import { deleteJobObjects, type JobStore } from './delete-objects.ts';
import type { JobShare, JobShares } from './job-shares.ts';
import { FragmentObjects } from './send-task.ts';
import { writeStageIndex } from './stage-index.ts';

/** What a job's owner works with. */
export interface OwnerContext {
  readonly journal: Journal;
  readonly invoker: Invoker;
  readonly store: JobStore;
  readonly clock: Clock;
  /** Numbers from 0 up to, not including, 1. */
  readonly random: () => number;
  /** What of the invoker other jobs leave to this one. Absent: all of it. */
  readonly shares?: JobShares;
  readonly onProgress?: (progress: JobProgress) => void;
  /** Cancels the job. A reason that is text is journaled as who asked for it. */
  readonly signal?: AbortSignal;
}

/** An attempt this owner has invoked. */
interface Invocation {
  readonly controller: AbortController;
  readonly settled: Promise<void>;
}

/**
 * A job in the hands of its owner: takes events one batch after another, decides, journals, and only then acts. Events that come
 * while a batch is journaled share the next one, so a busy job costs few syncs.
 */
export class JobOwner {
  readonly #token: FencingToken;
  readonly #ownership: Ownership;
  readonly #context: OwnerContext;
  readonly #events: JobEvent[] = [];
  /** Every attempt this owner ever invoked: none is invoked twice, however late its end is looked at. */
  readonly #invoked = new Set<AttemptId>();
  /** Those of them that have not settled. */
  readonly #invocations = new Map<AttemptId, Invocation>();
  readonly #fragments: FragmentObjects;
  readonly #indexWrites = new Map<string, Promise<void>>();
  /** Aborted once nothing more is to be tried. */
  readonly #stopping = new AbortController();
  /** Footers of shuffle objects by key, from when their task succeeds until their stage is indexed. */
  readonly #footers = new Map<string, Uint8Array>();
  #share: JobShare | undefined;
  #state: JobState;
  /** The last state whose effects were carried out. */
  #carriedOut: JobState | undefined;
  /** The alarm that is set, and when it rings. Early is no harm, so one for an attempt that has ended stays. */
  #alarm: { readonly at: number; readonly cancel: () => void } | undefined;
  /** Decided and not yet journaled. */
  #undurable: JobRecord[];
  #wakeUp: () => void = () => undefined;

  /** Set once what the ended job left was deleted. */
  #cleared: Cleanup | undefined;

  /** `undurable`: records that are in `state` and not yet in the journal. */
  constructor(state: JobState, token: FencingToken, context: OwnerContext, undurable: readonly JobRecord[]) {
    this.#state = state;
    this.#token = token;
    this.#ownership = context.journal.ownership(state.job, token);
    this.#context = context;
    this.#fragments = new FragmentObjects(context.store, state, () => this.#mustHold());
    this.#undurable = [...undurable];
  }

  /** That what the ended job left was deleted; undefined where it could not be, or there was nothing. */
  get cleared(): Cleanup | undefined {
    return this.#cleared;
  }

  /**
   * Runs the job to its end, beginning with an event. Once it settles this owner waits for nothing and writes nothing any more, and no
   * attempt of the job is running that its invoker could stop (see `Invoker`). Rejects with `OWNERSHIP_LOST` as soon as the job is not
   * beyond doubt this owner's, and then starts, writes and deletes nothing more.
   */
  async run(first: JobEvent): Promise<JobState> {
    const { signal } = this.#context;
    const { lost } = this.#ownership;
    const leave = () => this.#wakeUp();
    lost.addEventListener('abort', leave);
    const cancel = () =>
      this.#put({ kind: 'cancel', by: typeof signal?.reason === 'string' ? signal.reason : 'caller' });
    signal?.addEventListener('abort', cancel);
    if (signal?.aborted) cancel();
    this.#events.push(first);
    this.#share = this.#context.shares?.join(() => this.#put({ kind: 'room-made' }));
    try {
      for (;;) {
        this.#mustHold();
        const now = this.#decideAll();
        await this.#makeDurable();
        const effects = reconcile(this.#state, this.#carriedOut);
        this.#context.onProgress?.(progressOf(this.#state));
        this.#mustHold();
        if (this.#state.end !== undefined) return await this.#finish(effects);
        this.#carryOut(effects);
        this.#carriedOut = this.#state;
        this.#setAlarm(effects, now);
        await this.#nextEvent();
      }
    } finally {
      this.#alarm?.cancel();
      signal?.removeEventListener('abort', cancel);
      lost.removeEventListener('abort', leave);
      await this.#stop();
      this.#share?.leave();
    }
  }

  /** To be asked right before anything is done in the job's name. */
  #mustHold(): void {
    if (!this.#ownership.isHeld()) throw this.#ownership.lost.reason ?? ownershipLost(this.#state.job);
  }

  #put(event: JobEvent): void {
    this.#events.push(event);
    this.#wakeUp();
  }

  async #nextEvent(): Promise<void> {
    if (this.#events.length > 0 || this.#ownership.lost.aborted) return;
    await new Promise<void>((resolve) => {
      this.#wakeUp = resolve;
    });
  }

  /** Decides about all events there are. Gives the time that was decided at. */
  #decideAll(): number {
    const { clock, random, invoker } = this.#context;
    const now = clock.now();
    const concurrency = this.#share?.allowance ?? invoker.concurrency;
    const context = { now, random, token: this.#token, concurrency };
    for (const event of this.#events.splice(0)) {
      const records = decide(this.#state, event, context);
      this.#undurable.push(...records);
      this.#state = records.reduce(apply, this.#state);
    }
    this.#share?.use(this.#state.end === undefined ? runningCount(this.#state) : 0);
    return now;
  }

  async #makeDurable(): Promise<void> {
    const records = this.#undurable;
    this.#undurable = [];
    if (records.length === 0) return;
    await this.#context.journal.append(this.#state.job, this.#token, records, this.#state);
  }

  #carryOut(effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.kind === 'run-attempt') {
        if (!this.#invoked.has(effect.attempt)) this.#invoke(effect);
      } else if (effect.kind === 'stop-attempt') {
        this.#invocations.get(effect.attempt)?.controller.abort();
      } else if (effect.kind === 'write-index' && !this.#indexWrites.has(effect.key)) {
        this.#indexWrites.set(effect.key, this.#writeIndex(effect));
      }
    }
  }

  #invoke(effect: Extract<Effect, { kind: 'run-attempt' }>): void {
    const { stage, task, attempt } = effect;
    this.#mustHold();
    this.#invoked.add(attempt);
    const controller = new AbortController();
    const answered = this.#answer(buildTask(this.#state, effect), controller.signal);
    // An invoker that rejects has a defect, which must not hang the job.
    const checked = answered.then((outcome) => this.#check(stage, outcome), unsendableOutcome);
    const settled = checked.then((outcome) => {
      this.#invocations.delete(attempt);
      this.#keepFooter(stage, outcome);
      this.#put({ kind: 'attempt-ended', stage, task, attempt, outcome });
    });
    this.#invocations.set(attempt, { controller, settled });
  }

  #answer(task: Task, signal: AbortSignal): Promise<TaskOutcome> {
    const { functionVersion } = this.#state.settings;
    const { invoker: newest } = this.#context;
    const invoker = functionVersion === undefined ? newest : (newest.at?.(functionVersion) ?? newest);
    const sent = this.#fragments.send(task);
    if (!(sent instanceof Promise)) return invoker.invoke(sent, signal);
    return sent.then(
      (message) => invoker.invoke(message, signal),
      // Nothing was sent. Where the store was away for a moment, the next attempt writes it.
      failedOutcome,
    );
  }

  /** Nothing counts as a result that is not where readers look for it. */
  #check(stage: StageId, outcome: TaskOutcome): TaskOutcome | Promise<TaskOutcome> {
    if (stageOf(this.#state, stage).stage.output.kind !== 'result') return outcome;
    return this.#tryOften(() => checkResult(this.#context.store, outcome)).catch(failedOutcome);
  }

  /**
   * Tries as often as a task is tried: a store that is away for a moment must not cost what is done already. Rejects as the last try does.
   */
  async #tryOften<T>(work: () => Promise<T>): Promise<T> {
    const { clock, random } = this.#context;
    for (let failures = 1; ; failures += 1) {
      try {
        return await work();
      } catch (error) {
        const { retryable } = asFabricError(error);
        if (!retryable || failures > this.#state.settings.retries || this.#stopping.signal.aborted) throw error;
        await pause(clock, retryDelayMs(failures, random()), this.#stopping.signal);
      }
    }
  }

  #keepFooter(stage: StageId, outcome: TaskOutcome): void {
    if (outcome.kind !== 'succeeded' || outcome.output.kind !== 'object' || outcome.output.footer === undefined) return;
    if (needsIndex(stageOf(this.#state, stage).stage)) {
      // A copy: the bytes are part of the whole answer, which is longer.
      this.#footers.set(outcome.output.key, outcome.output.footer.slice());
    }
  }

  async #writeIndex({ stage, key }: Extract<Effect, { kind: 'write-index' }>): Promise<void> {
    // Counted by itself, so that its requests can be journaled with it.
    const store = metered(this.#context.store);
    const write = async () => {
      const state = stageOf(this.#state, stage);
      const producers = producersOf(state);
      const options = { grid: gridOf(state.stage), guard: () => this.#mustHold() };
      const identity = await writeStageIndex(store, key, producers, this.#footers, options);
      for (const object of producers) this.#footers.delete(object.key);
      this.#put({ kind: 'index-written', stage, index: { key, identity }, requests: store.counts() });
    };
    await this.#tryOften(write).catch((error) => {
      const { code, message } = asFabricError(error);
      this.#put({ kind: 'index-failed', stage, key, code, message });
    });
  }

  /** Sets the alarm for the earliest tick that is still to come. Once it has rung, all that is still to come is looked at again. */
  #setAlarm(effects: readonly Effect[], now: number): void {
    const next = effects.find((effect) => effect.kind === 'wake' && effect.at > now);
    if (next?.kind !== 'wake' || (this.#alarm !== undefined && this.#alarm.at <= next.at)) return;
    this.#alarm?.cancel();
    const cancel = this.#context.clock.after(next.at - now, () => {
      this.#alarm = undefined;
      this.#carriedOut = undefined;
      this.#put({ kind: 'tick' });
    });
    this.#alarm = { at: next.at, cancel };
  }

  /** Stops what still runs, then deletes what the ended job left: a late writer would leave objects behind the deletion. */
  async #finish(effects: readonly Effect[]): Promise<JobState> {
    await this.#stop();
    for (const effect of effects) {
      if (effect.kind !== 'delete-objects') continue;
      const guard = () => this.#mustHold();
      // The job has ended, and how it ended stands, whatever the store says. What could not be deleted is tried again, and reported, by
      // whoever tidies up after the job: its release, or the sweeper. Where it is another's by now, that is what went wrong.
      const cleared = { at: this.#context.clock.now(), keepsResult: effect.keep.length > 0 };
      const deleted = deleteJobObjects(this.#context.store, this.#state, effect.keep, guard);
      await deleted.then((isCleared) => {
        if (isCleared) this.#cleared = cleared;
      }, guard);
    }
    return this.#state;
  }

  async #stop(): Promise<void> {
    this.#stopping.abort();
    for (const { controller } of this.#invocations.values()) controller.abort();
    await Promise.all([...this.#invocations.values()].map(({ settled }) => settled));
    await Promise.all(this.#indexWrites.values());
  }
}

function failedOutcome(error: unknown): TaskOutcome {
  const { code, message, retryable, details } = asFabricError(error);
  return { kind: 'failed', code, message, retryable, details };
}
