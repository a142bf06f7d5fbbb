/** Time, so that tests can drive it. */
export interface Clock {
  /** Ms since the epoch. */
  now(): number;
  /** Calls back once, about `delayMs` from now, possibly sooner; the function it gives calls that off. */
  after(delayMs: number, callback: () => void): () => void;
}

/** Waits; sooner, where the signal is aborted. Leaves nothing with either. */
export function pause(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      callOff();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const callOff = clock.after(delayMs, end);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}

/** `setTimeout` takes no longer delay. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, Math.min(delayMs, LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  },
};
