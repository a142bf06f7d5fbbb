import { systemTimer } from '../../engine/timer.ts';
import type { Clock } from '../clock.ts';

export interface LifeWatchOptions {
  /** Asks for an answer. `answered` must be called when the answer arrives, however late. */
  readonly ask: (answered: () => void) => void;
  /** The time to wait for each answer. */
  readonly timeoutMs: number;
  /** The number of consecutive questions that may go unanswered. Called after each missed answer. */
  readonly misses: () => number;
  /** Called once, with the time that passed without an answer. */
  readonly silent: (silentMs: number) => void;
  /** Only differences between its times count. */
  readonly clock?: Clock;
}

/** A monotonic clock that stops while the machine sleeps. */
const steadyClock: Clock = { now: () => performance.now(), ...systemTimer };

/** A wait does not count if it took this many times as long as planned: this process was not running. */
const LATE_FACTOR = 1.5;

/**
 * Asks for signs of life until it is ended, or until several questions in a row go unanswered. A question counts as missed only if this
 * process was running all the time. If this process was stopped or starved, it asks again.
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
    // Lets answers that have arrived be read before judging.
    callOff = clock.after(timeoutMs, () => {
      callOff = clock.after(0, judge);
    });
  };
  askOnce();
  return () => callOff();
}
