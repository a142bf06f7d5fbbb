import type { Clock } from '../../../coordinator/clock.ts';
import type { Invoker } from '../../../coordinator/invoke/invoker.ts';
import {
  type EndedJob,
  type ResumeJobOptions,
  type RunJobOptions,
  resumeJob,
  runJob,
} from '../../../coordinator/jobs/run-job.ts';
import type { JobProgress } from '../../../coordinator/scheduler/progress.ts';
import { END_OF_STREAM, encodeSchemaMessage } from '../../../engine/arrow/encode-stream.ts';
import { FragmentCache, openTask } from '../../../engine/execute/open-task.ts';
import type { StageGraph } from '../../../engine/plan/stage.ts';
import { encodeFooter } from '../../../engine/shuffle/encode-footer.ts';
import type { SentTask, Task, TaskOutcome } from '../../../engine/task/task.ts';
import { MemoryJournal } from '../journal/memory-journal.ts';
import { jobId, settings, statistics } from '../scheduler/graph.ts';
import { MemoryStore } from './memory-store.ts';

/** A clock that skips retry delays. Otherwise it stands still until a test fires a timer. */
class JumpingClock implements Clock {
  alarms: { readonly at: number; readonly callback: () => void }[] = [];
  readonly #start = 1_000_000;
  #now = this.#start;

  now(): number {
    return this.#now;
  }

  after(delayMs: number, callback: () => void): () => void {
    const alarm = { at: this.#now + delayMs, callback };
    this.alarms.push(alarm);
    if (delayMs <= 10_000) setImmediate(() => this.#ring(alarm));
    return () => {
      this.alarms = this.alarms.filter((each) => each !== alarm);
    };
  }

  /** Fires the earliest timer. */
  fire(): void {
    const [first] = this.alarms.toSorted((a, b) => a.at - b.at);
    if (first !== undefined) this.#ring(first);
  }

  #ring(alarm: { readonly at: number; readonly callback: () => void }): void {
    if (!this.alarms.includes(alarm)) return;
    this.alarms = this.alarms.filter((each) => each !== alarm);
    this.#now = Math.max(this.#now, alarm.at);
    alarm.callback();
  }
}

/** Produces an executor's outcome for a task. `otherwise` produces the normal outcome. */
export type Behaviour = (
  task: Task,
  otherwise: () => Promise<TaskOutcome>,
  signal: AbortSignal,
) => Promise<TaskOutcome>;

/** An invoker whose fake executors write valid but empty shuffle objects to the store. */
export class FakeInvoker implements Invoker {
  readonly tasks: Task[] = [];
  running = 0;
  mostRunning = 0;
  concurrency = 8;
  behave: Behaviour = (_, otherwise) => otherwise();
  readonly #store: MemoryStore;

  constructor(store: MemoryStore) {
    this.#store = store;
  }

  async invoke(sent: SentTask, signal: AbortSignal): Promise<TaskOutcome> {
    const { stage } = sent;
    const task = 'sha256' in stage ? await openTask(sent, this.#store, new FragmentCache()) : { ...sent, stage };
    this.tasks.push(task);
    this.running += 1;
    this.mostRunning = Math.max(this.mostRunning, this.running);
    try {
      return await this.behave(task, () => this.#succeed(task), signal);
    } finally {
      this.running -= 1;
    }
  }

  async close(): Promise<void> {}

  /** Returns the stage and index of every invoked task, in order. */
  names(): string[] {
    return this.tasks.map((task) => `${task.stage.id}/${task.index}`);
  }

  async #succeed(task: Task): Promise<TaskOutcome> {
    const { output } = task.stage;
    if (output.kind === 'result' && task.columns[0] === 'inline') {
      return { kind: 'succeeded', output: { kind: 'inline', bytes: new Uint8Array(10), rows: 1 }, statistics };
    }
    const partitions = output.kind === 'hash' ? output.partitions : 1;
    const footer = encodeFooter(
      Array.from({ length: partitions }, () => ({ offset: 0, sizeBytes: 0, rows: 0, checksum: 0 })),
    );
    const isResult = output.kind === 'result';
    const content = isResult ? [encodeSchemaMessage([]), END_OF_STREAM] : [footer];
    const identity = await this.#store.put(task.outputKey, content);
    const written = { kind: 'object', key: task.outputKey, identity, rows: 5 } as const;
    return { kind: 'succeeded', output: output.kind === 'hash' ? { ...written, footer } : written, statistics };
  }
}

/** Test doubles for everything that a job needs. */
export class Harness {
  readonly journal = new MemoryJournal();
  readonly store = new MemoryStore();
  readonly clock = new JumpingClock();
  readonly progress: JobProgress[] = [];
  invoker = new FakeInvoker(this.store);

  context() {
    const { journal, store, clock, invoker, progress } = this;
    return {
      journal,
      store,
      clock,
      invoker,
      random: () => 0.5,
      onProgress: (seen: JobProgress) => progress.push(seen),
    };
  }

  run(graph: StageGraph, changes: Partial<RunJobOptions> = {}): Promise<EndedJob> {
    return runJob({ job: jobId, graph, settings, ...this.context(), ...changes });
  }

  resume(changes: Partial<ResumeJobOptions> = {}): Promise<EndedJob> {
    return resumeJob({ job: jobId, renewTimeout: true, ...this.context(), ...changes });
  }
}
