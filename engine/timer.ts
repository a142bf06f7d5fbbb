/** Timers, so that tests can drive them. */
export interface Timer {
  /** Calls back once, about `delayMs` from now, possibly sooner. The returned function cancels it. */
  after(delayMs: number, callback: () => void): () => void;
}

/** The longest delay `setTimeout` accepts. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The machine's timers. Delays are cut to `LONGEST_TIMER_MS`. */
export const systemTimer: Timer = {
  after(delayMs, callback) {
    const timer = setTimeout(callback, Math.min(delayMs, LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  },
};
