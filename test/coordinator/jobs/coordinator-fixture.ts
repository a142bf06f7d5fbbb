import type { TestContext } from 'node:test';
import { systemClock } from '../../../coordinator/clock.ts';
import { Coordinator, type CoordinatorOptions } from '../../../coordinator/jobs/coordinator.ts';
import type { SharedJournal } from '../../../coordinator/journal/journal.ts';
import { soleJournal } from '../../../coordinator/journal/sole.ts';
import type { JobRequest } from '../../../coordinator/scheduler/job.ts';
import type { StageGraph } from '../../../engine/plan/stage.ts';
import type { JobId } from '../../../engine/task/task.ts';
import { newId } from '../../../functions/process/new-id.ts';
import { MemoryJournal } from '../journal/memory-journal.ts';
import { graphOf, settings, stage } from '../scheduler/graph.ts';
import { FakeInvoker } from './fixture.ts';
import { MemoryStore } from './memory-store.ts';

/** A job of one task with an inline result. */
export const inlineGraph: StageGraph = {
  ...graphOf(stage(0, 1, [], { kind: 'result' })),
  columns: [{ name: 'inline', type: { kind: 'scalar', name: 'BOOLEAN' } }],
};

export function request(sql: string, changes: Partial<JobRequest> = {}): JobRequest {
  return { sql, settings: [], labels: [], tables: [], subject: '', ...changes };
}

/** A barrier that stays closed until a test calls `open`. */
export class Barrier {
  open: () => void = () => undefined;
  readonly opened = new Promise<void>((resolve) => {
    this.open = resolve;
  });
}

/** Coordinators that share one in-memory journal, store and set of executors. */
export class CoordinatorHarness {
  readonly store = new MemoryStore();
  readonly invoker = new FakeInvoker(this.store);
  readonly journal: SharedJournal;
  readonly reports: string[] = [];
  /** The reason that no executor is reachable, if a test sets one. */
  unavailableReason: string | undefined;
  /** The SQL of all planned jobs, in planning order. */
  readonly planned: string[] = [];
  /** Barriers that delay planning, keyed by the SQL of the job. */
  readonly barriers = new Map<string, Barrier>();
  readonly #t: TestContext;
  #ids = 0;

  constructor(t: TestContext, journal: SharedJournal = soleJournal(new MemoryJournal(), 'a')) {
    this.#t = t;
    this.journal = journal;
  }

  /** Opens a coordinator, which is closed when the test ends. */
  open(changes: Partial<CoordinatorOptions> = {}): Coordinator {
    const { journal, store, invoker } = this;
    const coordinator = new Coordinator({
      journal,
      store,
      invoker,
      clock: systemClock,
      random: () => 0.5,
      jobsAtOnce: 2,
      keepRecordsMs: 60_000,
      report: (message) => this.reports.push(message),
      newId: () => {
        this.#ids += 1;
        return newId(new Date(Date.UTC(2026, 0, 1, 0, 0, this.#ids))) as JobId;
      },
      plan: async ({ sql }, signal) => {
        this.planned.push(sql);
        const aborted = new Promise<never>((_, reject) =>
          signal.addEventListener('abort', () => reject(new Error('the planner was stopped'))),
        );
        await Promise.race([this.barriers.get(sql)?.opened, aborted]);
        return { graph: inlineGraph, settings };
      },
      ...changes,
    });
    const running = coordinator.run();
    this.#t.after(async () => {
      await coordinator.close();
      await running;
    });
    return coordinator;
  }

  /** Delays the planning of `sql` until the returned barrier opens. */
  hold(sql: string): Barrier {
    const barrier = new Barrier();
    this.barriers.set(sql, barrier);
    return barrier;
  }
}
