import { systemTimer } from '../../engine/timer.ts';
import type { Clock } from '../clock.ts';

export interface LifeWatchOptions {
  /** Asks for a sign of life; what it is given is to be called when that has come, however late. */
  readonly ask: (answered: () => void) => void;
  /** How long each question may go unanswered before the next. */
  readonly patienceMs: number;
  /** Questions in a row that may go unanswered; asked for again after each. */
  readonly misses: () => number;
  /** Called once, when there was no sign of life for so long. */
  readonly silent: (silentMs: number) => void;
  /** Only differences of its time count. */
  readonly clock?: Clock;
}

/** Time that no one sets, and that stands still while the machine sleeps. */
const steadyClock: Clock = { now: () => performance.now(), ...systemTimer };

/** A wait that took so many times as long as it should was not this process's silence to judge by: it did not run itself. */
const LATE_FACTOR = 1.5;

/**
 * Asks again and again for a sign of life, until it is ended or there was none for several questions in a row. A question counts as missed
 * only where this process ran all the time it waited: one that was stopped itself, or did not get its machine's cores, asks again.
 */
export function watchLife({ ask, patienceMs, misses, silent, clock = steadyClock }: LifeWatchOptions): () => void {
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
      if (!isAnswered && clock.now() - askedMs < patienceMs * LATE_FACTOR) missed += 1;
      if (missed >= misses()) silent(missed * patienceMs);
      else askOnce();
    };
    // What has arrived by then is read before it is judged.
    callOff = clock.after(patienceMs, () => {
      callOff = clock.after(0, judge);
    });
  };
  askOnce();
  return () => callOff();
}
