/** Timers, so that tests can drive them. */
export interface Timer {
  /** Calls back once, about `delayMs` from now, possibly sooner. The returned function cancels it. */
  after(delayMs: number, callback: () => void): () => void;
}

/** The longest delay `setTimeout` accepts. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

/** The machine's timers. Delays are cut to `MAX_TIMER_MS`. */
export const systemTimer: Timer = {
  after(delayMs, callback) {
    const timer = setTimeout(callback, Math.min(delayMs, MAX_TIMER_MS));
    return () => clearTimeout(timer);
  },
};

/** Waits; returns early, without an error, if the signal aborts. Leaves no timer and no listener behind. */
export function sleep(timer: Timer, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      cancel();
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const cancel = timer.after(delayMs, end);
    signal?.addEventListener('abort', end);
    if (signal?.aborted) end();
  });
}
