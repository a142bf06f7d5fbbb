import { systemTimer } from '../../engine/timer.ts';
import type { Clock } from '../clock.ts';

export interface LifeWatchOptions {
  /** Requests an answer. Must call `answered` when the answer arrives, even if it is late. */
  readonly ask: (answered: () => void) => void;
  /** How long to wait for each answer. */
  readonly timeoutMs: number;
  /** Returns the number of consecutive missed answers that end the watch. Called after each wait. */
  readonly misses: () => number;
  /** Called once, with the time without an answer, when too many answers are missing. */
  readonly silent: (silentMs: number) => void;
  /** The clock that measures waits. Its starting point does not matter. */
  readonly clock?: Clock;
}

/** A monotonic clock that stops while the machine sleeps. */
const steadyClock: Clock = { now: () => performance.now(), ...systemTimer };

/** If a wait takes this many times as long as planned, this process was not running, and the missing answer is not counted. */
const LATE_FACTOR = 1.5;

/**
 * Requests an answer repeatedly, until the returned function is called or too many consecutive answers are missing. An answer counts as
 * missing only if this process was running during the whole wait. If this process was suspended or starved, the request is repeated.
 */
export function watchLife({ ask, timeoutMs, misses, silent, clock = steadyClock }: LifeWatchOptions): () => void {
  let missed = 0;
  let callOff: () => void = () => undefined;
  const askOnce = () => {
    const askedMs = clock.now();
    let isAnswered = false;
    ask(() => {
      isAnswered = true;
      missed = 0;
    });
    const judge = () => {
      if (!isAnswered && clock.now() - askedMs < timeoutMs * LATE_FACTOR) missed += 1;
      if (missed >= misses()) silent(missed * timeoutMs);
      else askOnce();
    };
    // Let this process read answers that have already arrived before it counts them as missing.
    callOff = clock.after(timeoutMs, () => {
      callOff = clock.after(0, judge);
    });
  };
  askOnce();
  return () => callOff();
}
