import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { SharedJournal } from '../../../coordinator/journal/journal.ts';
import type { JobId } from '../../../engine/task/task.ts';

/** Collects the jobs that a journal reports as unowned. */
export class ReportedJobs {
  readonly reported: JobId[] = [];
  readonly settled: Promise<void>;
  readonly #abort = new AbortController();
  #wake: () => void = () => {};

  constructor(t: TestContext, journal: SharedJournal) {
    const found = (each: JobId) => {
      this.reported.push(each);
      this.#wake();
    };
    this.settled = journal.watchUnowned(found, this.#abort.signal);
    t.after(() => this.stop());
  }

  /** Resolves once `wanted` has been reported. Each call consumes one report. */
  async next(wanted: JobId): Promise<void> {
    while (!this.reported.includes(wanted)) {
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      const ended = this.settled.then(() => assert.fail('the watch has ended'));
      await Promise.race([woken, ended]);
    }
    this.reported.splice(this.reported.indexOf(wanted), 1);
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.settled;
  }
}
