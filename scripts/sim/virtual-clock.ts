import type { Clock } from '../../coordinator/clock.ts';

interface Alarm {
  readonly at: number;
  /** Alarms for the same time ring in the order in which they were set. */
  readonly order: number;
  readonly callback: () => void;
  isOff: boolean;
}

/** A clock that jumps to the next alarm once all ready work is done. */
export class VirtualClock implements Clock {
  readonly startedAt: number;
  #now: number;
  #set = 0;
  /** A binary heap with the earliest alarm first. */
  readonly #alarms: Alarm[] = [];

  constructor(startedAt: number) {
    this.startedAt = startedAt;
    this.#now = startedAt;
  }

  /** The time in whole ms, like a machine's clock. */
  now(): number {
    return Math.floor(this.#now);
  }

  /** The exact time in ms. */
  get time(): number {
    return this.#now;
  }

  after(delayMs: number, callback: () => void): () => void {
    const alarm = { at: this.#now + Math.max(0, delayMs), order: this.#set, callback, isOff: false };
    this.#set += 1;
    this.#push(alarm);
    return () => {
      alarm.isOff = true;
    };
  }

  /** Resolves after the given time. */
  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(delayMs, resolve);
    });
  }

  /**
   * Advances the time until the work is done. Rejects if the work rejects, or if the work is waiting although no alarm
   * is set.
   */
  async run<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const done = work.finally(() => {
      isDone = true;
    });
    // Awaited below. Until then, a rejection must not count as unhandled.
    done.catch(() => undefined);
    for (;;) {
      await everythingElse();
      if (isDone) return await done;
      const next = this.#pop();
      if (next === undefined) throw new Error('The simulation is stuck: the work is waiting, but no alarm is set.');
      if (next.isOff) continue;
      this.#now = next.at;
      next.callback();
    }
  }

  #push(alarm: Alarm): void {
    const heap = this.#alarms;
    let at = heap.push(alarm) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || isBefore(above, alarm)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = alarm;
  }

  #pop(): Alarm | undefined {
    const heap = this.#alarms;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      const child = smallerChild(heap, at);
      const below = child === undefined ? undefined : heap[child];
      if (child === undefined || below === undefined || isBefore(last, below)) break;
      heap[at] = below;
      at = child;
    }
    heap[at] = last;
    return first;
  }
}

function smallerChild(heap: readonly Alarm[], at: number): number | undefined {
  const [left, right] = [heap[2 * at + 1], heap[2 * at + 2]];
  if (left === undefined) return undefined;
  return right !== undefined && isBefore(right, left) ? 2 * at + 2 : 2 * at + 1;
}

function isBefore(a: Alarm, b: Alarm): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

/** Resolves when all promises that can settle without an alarm have settled. */
function everythingElse(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
