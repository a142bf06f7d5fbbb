/** The timer interface. Tests can substitute timers that they control. */
export interface Timer {
  /** Calls `callback` once, after about `delayMs` or earlier. Returns a function that cancels the call. */
  after(delayMs: number, callback: () => void): () => void;
}

/** The maximum delay that `setTimeout` accepts. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

/** The system's timers. Delays are capped at `MAX_TIMER_MS`. */
export const systemTimer: Timer = {
  after(delayMs, callback) {
    const timer = setTimeout(callback, Math.min(delayMs, MAX_TIMER_MS));
    return () => clearTimeout(timer);
  },
};

/** Waits for a delay. Returns early, without an error, if the signal aborts. Leaves no timer or listener behind. */
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

/**
 * Lets the event loop handle other events before the caller continues. Called between steps that take tens of milliseconds each, so that
 * other requests wait for one step and not for all of them.
 */
export function yieldToEvents(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
