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
  /** Returns a random number from 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
  /** Divides the invoker's capacity among jobs. If absent, this job may use all of it. */
  readonly shares?: FairShares;
  readonly onProgress?: (progress: JobProgress) => void;
  /** Cancels the job when it aborts. If the abort reason is a string, it is journaled as the name of the user who cancelled the job. */
  readonly signal?: AbortSignal;
}

/** An attempt that this loop has invoked. */
interface Invocation {
  readonly controller: AbortController;
  readonly settled: Promise<void>;
}

/**
 * The event loop of a job, which the job's owner runs. It takes a batch of events, makes decisions, journals them, and only then acts on
 * them. Events that arrive while a batch is being journaled form the next batch, so even a busy job needs few disk syncs.
 */
export class JobLoop {
  readonly #token: FencingToken;
  readonly #ownership: Ownership;
  readonly #context: JobContext;
  readonly #events: JobEvent[] = [];
  /** Every attempt that this loop has invoked. Prevents a second invocation even when an outcome is processed late. */
  readonly #invoked = new Set<AttemptId>();
  /** The invocations that have not settled yet, by attempt. */
  readonly #invocations = new Map<AttemptId, Invocation>();
  readonly #fragments: FragmentObjects;
  readonly #indexWrites = new Map<string, Promise<void>>();
  /** Ends the pauses between retries when the loop ends. */
  readonly #stopping = new AbortController();
  /** The footers of shuffle objects by key. A footer is kept from the success of its task until the stage is indexed. */
  readonly #footers = new Map<string, Uint8Array>();
  #share: Share | undefined;
  #state: JobState;
  /** The latest state whose effects were carried out. */
  #carriedOut: JobState | undefined;
  /**
   * The pending timer, and the time at which it fires. The timer of an ended attempt is not cancelled, because an early tick is harmless.
   */
  #timer: { readonly at: number; readonly cancel: () => void } | undefined;
  /** Records that were decided but are not yet in the journal. */
  #undurable: JobRecord[];
  #wakeUp: () => void = () => undefined;
  #cleared: Cleanup | undefined;

  /** `undurable` contains the records that `state` includes but the journal does not contain yet. */
  constructor(state: JobState, token: FencingToken, context: JobContext, undurable: readonly JobRecord[]) {
    this.#state = state;
    this.#token = token;
    this.#ownership = context.journal.ownership(state.job, token);
    this.#context = context;
    this.#fragments = new FragmentObjects(context.store, state, () => this.#mustHold());
    this.#undurable = [...undurable];
  }

  /** The cleanup that deleted the ended job's objects. Undefined if the deletion failed or the job had no objects. */
  get cleared(): Cleanup | undefined {
    return this.#cleared;
  }

  /**
   * Runs the job from a first event to its end. Once the promise settles, this process has no pending work for the job, and every attempt
   * that the invoker can stop has stopped (see `Invoker`). Rejects with `OWNERSHIP_LOST` as soon as ownership is in doubt. The loop then
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

  /** Throws unless this process still owns the job. Must be called immediately before every action on behalf of the job. */
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

  /** Processes all pending events. Returns the time of the decisions. */
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
    // An invoker should never reject. If a bug makes it reject, the job must fail rather than hang.
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
      // The fragment could not be written, so the task was not sent. The next attempt writes the fragment again.
      failedOutcome,
    );
  }

  /** Accepts a result only if it is in the store that readers use. */
  #check(stage: StageId, outcome: TaskOutcome): TaskOutcome | Promise<TaskOutcome> {
    if (stageOf(this.#state, stage).stage.output.kind !== 'result') return outcome;
    return this.#retrying(() => checkResult(this.#context.store, outcome)).catch(failedOutcome);
  }

  /**
   * Retries work as often as a task is retried, so that a short outage of the store does not discard finished tasks. Rejects with the error
   * of the last try.
   */
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
      // Copy the footer, because it is a view into the memory of the whole response.
      this.#footers.set(outcome.output.key, outcome.output.footer.slice());
    }
  }

  async #writeIndex({ stage, key }: Extract<Effect, { kind: 'write-index' }>): Promise<void> {
    // A separate meter counts the requests of this index, which are journaled together with it.
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

  /**
   * Sets the timer for the next tick. When the timer fires, all effects are carried out again, which sets the timer for the following tick.
   */
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

  /** Stops all running attempts, and then deletes the objects of the ended job. In this order, no stopped attempt can add more objects. */
  async #finish(effects: readonly Effect[]): Promise<JobState> {
    await this.#stop();
    for (const effect of effects) {
      if (effect.kind !== 'delete-objects') continue;
      const guard = () => this.#mustHold();
      // A failed deletion does not change how the job ended. The job's release or the sweeper deletes the objects again and reports any
      // errors. Only a loss of ownership is an error here.
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
