import { asFabricError } from '../../engine/errors.ts';
import type { AttemptId, TaskOutcome } from '../../engine/execute/task.ts';
import type { StageId } from '../../engine/plan/stage.ts';
import { metered } from '../../engine/store/metered.ts';
import type { ObjectStore } from '../../engine/store/object-store.ts';
import { failedOutcome } from '../invoke/failed-outcome.ts';
import type { Invoker } from '../invoke/invoker.ts';
import type { Journal } from '../journal/journal.ts';
import { apply } from '../scheduler/apply.ts';
import { decide, type JobEvent } from '../scheduler/decide.ts';
import { type Effect, reconcile } from '../scheduler/reconcile.ts';
import type { FencingToken, JobRecord } from '../scheduler/records.ts';
import { type JobState, needsIndex, stageOf } from '../scheduler/state.ts';
import { buildTask, producersOf } from './build-task.ts';
import type { Clock } from './clock.ts';
import { deleteObjects } from './delete-objects.ts';
import { type JobProgress, progressOf } from './progress.ts';
import { writeStageIndex } from './stage-index.ts';

/** What a job's owner works with. */
export interface OwnerContext {
  readonly journal: Journal;
  readonly invoker: Invoker;
  readonly store: ObjectStore;
  readonly clock: Clock;
  /** Numbers from 0 up to, not including, 1. */
  readonly random: () => number;
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
  readonly #context: OwnerContext;
  readonly #events: JobEvent[] = [];
  /** Every attempt this owner ever invoked: none is invoked twice, however late its end is looked at. */
  readonly #invoked = new Set<AttemptId>();
  /** Those of them that have not settled. */
  readonly #invocations = new Map<AttemptId, Invocation>();
  readonly #indexWrites = new Map<string, Promise<void>>();
  /** Footers of shuffle objects by key, from when their task succeeds until their stage is indexed. */
  readonly #footers = new Map<string, Uint8Array>();
  #state: JobState;
  /** Decided and not yet journaled. */
  #undurable: JobRecord[];
  #wakeUp: () => void = () => undefined;

  /** `undurable`: records that are in `state` and not yet in the journal. */
  constructor(state: JobState, token: FencingToken, context: OwnerContext, undurable: readonly JobRecord[]) {
    this.#state = state;
    this.#token = token;
    this.#context = context;
    this.#undurable = [...undurable];
  }

  /** Runs the job to its end, beginning with an event. Nothing is running, waiting or being written any more once it settles. */
  async run(first: JobEvent): Promise<JobState> {
    const { signal } = this.#context;
    const cancel = () =>
      this.#put({ kind: 'cancel', by: typeof signal?.reason === 'string' ? signal.reason : 'caller' });
    signal?.addEventListener('abort', cancel);
    if (signal?.aborted) cancel();
    this.#events.push(first);
    let cancelWake = () => {};
    try {
      for (;;) {
        const now = this.#decideAll();
        await this.#makeDurable();
        const effects = reconcile(this.#state);
        this.#context.onProgress?.(progressOf(this.#state));
        if (this.#state.end !== undefined) return await this.#finish(effects);
        this.#carryOut(effects);
        cancelWake();
        cancelWake = this.#wakeAt(effects, now);
        await this.#nextEvent();
      }
    } finally {
      cancelWake();
      signal?.removeEventListener('abort', cancel);
      await this.#stop();
    }
  }

  #put(event: JobEvent): void {
    this.#events.push(event);
    this.#wakeUp();
  }

  async #nextEvent(): Promise<void> {
    if (this.#events.length > 0) return;
    await new Promise<void>((resolve) => {
      this.#wakeUp = resolve;
    });
  }

  /** Decides about all events there are. Gives the time that was decided at. */
  #decideAll(): number {
    const { clock, random, invoker } = this.#context;
    const now = clock.now();
    const context = { now, random, token: this.#token, concurrency: invoker.concurrency };
    for (const event of this.#events.splice(0)) {
      const records = decide(this.#state, event, context);
      this.#undurable.push(...records);
      this.#state = records.reduce(apply, this.#state);
    }
    return now;
  }

  async #makeDurable(): Promise<void> {
    const records = this.#undurable;
    this.#undurable = [];
    if (records.length === 0) return;
    await this.#context.journal.append(this.#state.job, this.#token, records, this.#state);
  }

  #carryOut(effects: readonly Effect[]): void {
    const wanted = new Set<AttemptId>();
    for (const effect of effects) {
      if (effect.kind === 'run-attempt') {
        wanted.add(effect.attempt);
        if (!this.#invoked.has(effect.attempt)) this.#invoke(effect);
      } else if (effect.kind === 'write-index' && !this.#indexWrites.has(effect.key)) {
        this.#indexWrites.set(effect.key, this.#writeIndex(effect));
      }
    }
    for (const [attempt, invocation] of this.#invocations) if (!wanted.has(attempt)) invocation.controller.abort();
  }

  #invoke(effect: Extract<Effect, { kind: 'run-attempt' }>): void {
    const { stage, task, attempt } = effect;
    this.#invoked.add(attempt);
    const controller = new AbortController();
    const answered = this.#context.invoker.invoke(buildTask(this.#state, effect), controller.signal);
    // An invoker that rejects has a defect, which must not hang the job.
    const settled = answered.catch(failedOutcome).then((outcome) => {
      this.#invocations.delete(attempt);
      this.#keepFooter(stage, outcome);
      this.#put({ kind: 'attempt-ended', stage, task, attempt, outcome });
    });
    this.#invocations.set(attempt, { controller, settled });
  }

  #keepFooter(stage: StageId, outcome: TaskOutcome): void {
    if (outcome.kind !== 'succeeded' || outcome.output.kind !== 'object' || outcome.output.footer === undefined) return;
    if (needsIndex(stageOf(this.#state, stage).stage)) this.#footers.set(outcome.output.key, outcome.output.footer);
  }

  async #writeIndex({ stage, key }: Extract<Effect, { kind: 'write-index' }>): Promise<void> {
    try {
      const producers = producersOf(stageOf(this.#state, stage));
      // Counted by itself, so that its requests can be journaled with it.
      const store = metered(this.#context.store);
      const identity = await writeStageIndex(store, key, producers, this.#footers);
      for (const object of producers) this.#footers.delete(object.key);
      this.#put({ kind: 'index-written', stage, index: { key, identity }, requests: store.counts() });
    } catch (error) {
      const { code, message } = asFabricError(error);
      this.#put({ kind: 'index-failed', stage, key, code, message });
    }
  }

  /** Sets the alarm for the earliest tick that is still to come. */
  #wakeAt(effects: readonly Effect[], now: number): () => void {
    const next = effects.find((effect) => effect.kind === 'wake' && effect.at > now);
    if (next?.kind !== 'wake') return () => {};
    return this.#context.clock.after(next.at - now, () => this.#put({ kind: 'tick' }));
  }

  /** Stops what still runs, then deletes what the ended job left: a late writer would leave objects behind the deletion. */
  async #finish(effects: readonly Effect[]): Promise<JobState> {
    await this.#stop();
    for (const effect of effects) {
      if (effect.kind !== 'delete-objects') continue;
      // The job has ended, and how it ended stands. What could not be deleted is tried again, and reported, by its release.
      await deleteObjects(this.#context.store, effect.prefix, effect.keep).catch(() => undefined);
    }
    return this.#state;
  }

  async #stop(): Promise<void> {
    for (const { controller } of this.#invocations.values()) controller.abort();
    await Promise.all([...this.#invocations.values()].map(({ settled }) => settled));
    await Promise.all(this.#indexWrites.values());
  }
}
