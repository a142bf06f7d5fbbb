import { systemTimer } from '../../engine/timer.ts';
import type { Clock } from '../clock.ts';

export interface LifeWatchOptions {
  /** Asks for an answer. `answered` must be called when it comes, however late. */
  readonly ask: (answered: () => void) => void;
  /** How long each question may go unanswered. */
  readonly timeoutMs: number;
  /** How many questions in a row may go unanswered. Read after each. */
  readonly misses: () => number;
  /** Called once, with the time that passed without an answer. */
  readonly silent: (silentMs: number) => void;
  /** Only differences between its times count. */
  readonly clock?: Clock;
}

/** A clock that is never set and stops while the machine sleeps. */
const steadyClock: Clock = { now: () => performance.now(), ...systemTimer };

/** A wait that took this many times as long as it should does not count: this process itself was not running. */
const LATE_FACTOR = 1.5;

/**
 * Asks for signs of life until it is ended, or until several questions in a row go unanswered. A question counts as missed only if this
 * process ran all the time. If it was stopped or starved itself, it asks again.
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
