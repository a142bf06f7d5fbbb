import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Clock } from '../../../coordinator/clock.ts';
import { watchLife } from '../../../coordinator/invoke/watch-life.ts';

const PATIENCE_MS = 1000;

/** A watch on a clock that the test controls. Timers fire in order, each with a delay that the test chooses. */
class Bench {
  readonly silences: number[] = [];
  readonly questions: (() => void)[] = [];
  readonly end: () => void;
  #now = 0;
  #due: { readonly at: number; readonly callback: () => void } | undefined;

  constructor(misses = () => 3) {
    const clock: Clock = {
      now: () => this.#now,
      after: (delayMs, callback) => {
        const timer = { at: this.#now + delayMs, callback };
        this.#due = timer;
        return () => {
          if (this.#due === timer) this.#due = undefined;
        };
      },
    };
    this.end = watchLife({
      ask: (answered) => this.questions.push(answered),
      timeoutMs: PATIENCE_MS,
      misses,
      silent: (silentMs) => this.silences.push(silentMs),
      clock,
    });
  }

  /** Lets one wait for an answer time out. `arrived` delivers answers after the timeout but before the watch counts the missed answer. */
  wait({ lateMs = 0, arrived = () => {} } = {}): void {
    this.#ring(lateMs);
    arrived();
    this.#ring(0);
  }

  get isWatching(): boolean {
    return this.#due !== undefined;
  }

  #ring(lateMs: number): void {
    const due = this.#due;
    if (due === undefined) throw new Error('No timer is set.');
    this.#due = undefined;
    this.#now = due.at + lateMs;
    due.callback();
  }
}

describe('watchLife', () => {
  test('reports silence after the allowed number of unanswered questions, and stops asking', () => {
    const bench = new Bench();
    bench.wait();
    bench.wait();
    assert.deepEqual(bench.silences, []);
    bench.wait();
    assert.deepEqual([bench.silences, bench.questions.length, bench.isWatching], [[3000], 3, false]);
  });

  test('resets its count after each answer, even a late one', () => {
    const bench = new Bench();
    bench.wait();
    bench.wait();
    // The answer to the first question arrives after the third question.
    bench.questions[0]?.();
    bench.wait();
    bench.wait();
    assert.deepEqual(bench.silences, []);
    bench.wait();
    assert.deepEqual(bench.silences, [3000]);
  });

  test('ignores a wait during which this process was suspended', () => {
    const bench = new Bench();
    for (let times = 0; times < 10; times += 1) bench.wait({ lateMs: 60_000 });
    assert.deepEqual(bench.silences, []);
    for (let times = 0; times < 3; times += 1) bench.wait();
    assert.deepEqual(bench.silences, [3000]);
  });

  test('reads answers that have already arrived before it reports silence', () => {
    const bench = new Bench();
    for (let times = 0; times < 10; times += 1) bench.wait({ arrived: () => bench.questions.at(-1)?.() });
    assert.deepEqual(bench.silences, []);
  });

  test('compares the number of missed answers with the current limit', () => {
    let misses = 5;
    const bench = new Bench(() => misses);
    for (let times = 0; times < 4; times += 1) bench.wait();
    assert.deepEqual(bench.silences, []);
    misses = 3;
    bench.wait();
    assert.deepEqual(bench.silences, [5000]);
  });

  test('stops asking after it has ended', () => {
    const bench = new Bench();
    bench.end();
    assert.equal(bench.isWatching, false);
  });
});
