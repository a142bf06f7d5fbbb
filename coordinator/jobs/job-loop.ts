import { asFabricError } from '../../engine/errors.ts';
import type { StageId } from '../../engine/plan/stage.ts';
import { metered } from '../../engine/store/metered.ts';
import { failedOutcome, permanentFailure } from '../../engine/task/failed-outcome.ts';
import type { AttemptId, Task, TaskOutcome } from '../../engine/task/task.ts';
import { sleep } from '../../engine/timer.ts';
import type { Clock } from '../clock.ts';
import type { Invoker } from '../invoke/invoker.ts';
import type { Cleanup, Journal, Ownership } from '../journal/journal.ts';
import { ownershipLost } from '../journal/ownership.ts';
import { apply } from '../scheduler/apply.ts';
import { decide, type JobEvent } from '../scheduler/decide.ts';
import type { FencingToken } from '../scheduler/job.ts';
import { type JobProgress, progressOf } from '../scheduler/progress.ts';
import { type Effect, reconcile } from '../scheduler/reconcile.ts';
import type { JobRecord } from '../scheduler/records.ts';
import { retryDelayMs } from '../scheduler/retry-delay.ts';
import { type JobState, needsIndex, runningCount, stageOf } from '../scheduler/state.ts';
import { buildTask, gridOf, producersOf } from './build-task.ts';
import { deleteJobObjects, type JobStore } from './delete-objects.ts';
import type { FairShares, Share } from './fair-shares.ts';
import { FragmentObjects } from './fragment-objects.ts';
import { checkResult } from './task-outputs.ts';
import { writeStageIndex } from './write-index.ts';

/** The services and limits that a job's loop uses. */
export interface JobContext {
  readonly journal: Journal;
  readonly invoker: Invoker;
  readonly store: JobStore;
  readonly clock: Clock;
  /** Random numbers, at least 0 and less than 1. */
  readonly random: () => number;
  /** Divides the invoker's capacity among jobs. If absent, this job may use all of it. */
  readonly shares?: FairShares;
  readonly onProgress?: (progress: JobProgress) => void;
  /** Cancels the job. A reason that is a string is journaled as the user who cancelled. */
  readonly signal?: AbortSignal;
}

/** An attempt that this loop has invoked. */
interface Invocation {
  readonly controller: AbortController;
  readonly settled: Promise<void>;
}

/**
 * The event loop of a job, run by its owner: takes a batch of events, decides, journals the decisions, and only then acts. Events that
 * arrive while a batch is journaled share the next one, so a busy job costs few syncs.
 */
export class JobLoop {
  readonly #token: FencingToken;
  readonly #ownership: Ownership;
  readonly #context: JobContext;
  readonly #events: JobEvent[] = [];
  /** Every attempt that this loop has invoked, so that no attempt is invoked twice, however late its outcome is processed. */
  readonly #invoked = new Set<AttemptId>();
  /** The attempts that have not settled. */
  readonly #invocations = new Map<AttemptId, Invocation>();
  readonly #fragments: FragmentObjects;
  readonly #indexWrites = new Map<string, Promise<void>>();
  /** Aborts the pauses between retries once the loop ends. */
  readonly #stopping = new AbortController();
  /** Footers of shuffle objects by key, kept from a task's success until its stage is indexed. */
  readonly #footers = new Map<string, Uint8Array>();
  #share: Share | undefined;
  #state: JobState;
  /** The last state whose effects were carried out. */
  #carriedOut: JobState | undefined;
  /** The timer that is set, and when it fires. The timer of an attempt that has ended is kept, since an early tick is harmless. */
  #timer: { readonly at: number; readonly cancel: () => void } | undefined;
  /** Records decided but not yet journaled. */
  #undurable: JobRecord[];
  #wakeUp: () => void = () => undefined;
  #cleared: Cleanup | undefined;

  /** `undurable`: records that are in `state` but not yet in the journal. */
  constructor(state: JobState, token: FencingToken, context: JobContext, undurable: readonly JobRecord[]) {
    this.#state = state;
    this.#token = token;
    this.#ownership = context.journal.ownership(state.job, token);
    this.#context = context;
    this.#fragments = new FragmentObjects(context.store, state, () => this.#mustHold());
    this.#undurable = [...undurable];
  }

  /** Set once the ended job's objects are deleted. Undefined if that failed or there were none. */
  get cleared(): Cleanup | undefined {
    return this.#cleared;
  }

  /**
   * Runs the job to its end, beginning with an event. Once it settles, nothing of the job is pending or written by this process, and every
   * attempt that the invoker can stop has stopped (see `Invoker`). Rejects with `OWNERSHIP_LOST` as soon as ownership is in doubt; it then
   * starts, writes and deletes nothing more.
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
    this.#share = this.#context.shares?.join(() => this.#put({ kind: 'capacity-raised' }));
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
        this.#setTimer(effects, now);
        await this.#nextEvent();
      }
    } finally {
      this.#timer?.cancel();
      signal?.removeEventListener('abort', cancel);
      lost.removeEventListener('abort', leave);
      await this.#stop();
      this.#share?.leave();
    }
  }

  /** Must be called right before any action in the job's name. */
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

  /** Decides about all pending events. Returns the time of the decisions. */
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
    const answered = this.#send(buildTask(this.#state, effect), controller.signal);
    // An invoker that rejects is a bug, which must not hang the job.
    const checked = answered.then((outcome) => this.#check(stage, outcome), permanentFailure);
    const settled = checked.then((outcome) => {
      this.#invocations.delete(attempt);
      this.#keepFooter(stage, outcome);
      this.#put({ kind: 'attempt-ended', stage, task, attempt, outcome });
    });
    this.#invocations.set(attempt, { controller, settled });
  }

  #send(task: Task, signal: AbortSignal): Promise<TaskOutcome> {
    const { functionVersion } = this.#state.settings;
    const { invoker: newest } = this.#context;
    const invoker = functionVersion === undefined ? newest : (newest.at?.(functionVersion) ?? newest);
    const sent = this.#fragments.message(task);
    if (!(sent instanceof Promise)) return invoker.invoke(sent, signal);
    return sent.then(
      (message) => invoker.invoke(message, signal),
      // The fragment was not written, so nothing was sent. The next attempt writes it.
      failedOutcome,
    );
  }

  /** A result counts only if it is where readers look for it. */
  #check(stage: StageId, outcome: TaskOutcome): TaskOutcome | Promise<TaskOutcome> {
    if (stageOf(this.#state, stage).stage.output.kind !== 'result') return outcome;
    return this.#retrying(() => checkResult(this.#context.store, outcome)).catch(failedOutcome);
  }

  /** Tries as often as a task may be tried, so that a short outage of the store costs no finished work. Rejects as the last try does. */
  async #retrying<T>(work: () => Promise<T>): Promise<T> {
    const { clock, random } = this.#context;
    for (let failures = 1; ; failures += 1) {
      try {
        return await work();
      } catch (error) {
        const { retryable } = asFabricError(error);
        if (!retryable || failures > this.#state.settings.retries || this.#stopping.signal.aborted) throw error;
        await sleep(clock, retryDelayMs(failures, random()), this.#stopping.signal);
      }
    }
  }

  #keepFooter(stage: StageId, outcome: TaskOutcome): void {
    if (outcome.kind !== 'succeeded' || outcome.output.kind !== 'object' || outcome.output.footer === undefined) return;
    if (needsIndex(stageOf(this.#state, stage).stage)) {
      // A copy, since the bytes are a view into the whole answer.
      this.#footers.set(outcome.output.key, outcome.output.footer.slice());
    }
  }

  async #writeIndex({ stage, key }: Extract<Effect, { kind: 'write-index' }>): Promise<void> {
    // Metered separately, so that its requests are journaled with it.
    const store = metered(this.#context.store);
    const write = async () => {
      const state = stageOf(this.#state, stage);
      const producers = producersOf(state);
      const options = { grid: gridOf(state.stage), guard: () => this.#mustHold() };
      const identity = await writeStageIndex(store, key, producers, this.#footers, options);
      for (const object of producers) this.#footers.delete(object.key);
      this.#put({ kind: 'index-written', stage, index: { key, identity }, requests: store.counts() });
    };
    await this.#retrying(write).catch((error) => {
      const { code, message } = asFabricError(error);
      this.#put({ kind: 'index-failed', stage, key, code, message });
    });
  }

  /** Sets the timer for the next tick. When it fires, all effects are carried out again, which sets the timer for the one after. */
  #setTimer(effects: readonly Effect[], now: number): void {
    const next = effects.find((effect) => effect.kind === 'wake' && effect.at > now);
    if (next?.kind !== 'wake' || (this.#timer !== undefined && this.#timer.at <= next.at)) return;
    this.#timer?.cancel();
    const cancel = this.#context.clock.after(next.at - now, () => {
      this.#timer = undefined;
      this.#carriedOut = undefined;
      this.#put({ kind: 'tick' });
    });
    this.#timer = { at: next.at, cancel };
  }

  /** Stops what still runs, then deletes the ended job's objects, in this order so that no late writer adds more. */
  async #finish(effects: readonly Effect[]): Promise<JobState> {
    await this.#stop();
    for (const effect of effects) {
      if (effect.kind !== 'delete-objects') continue;
      const guard = () => this.#mustHold();
      // A failed deletion does not change how the job ended: its release or the sweeper deletes again, and reports errors. Only the loss
      // of ownership is an error here.
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
