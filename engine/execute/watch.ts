/** Why a task is made to stop. */
export type StopCause = 'deadline' | 'cancelled' | 'memory';

export interface WatchOptions {
  /** In ms since the epoch. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  /** Resident memory of the whole process that may not be passed. */
  readonly memoryLimitBytes: number;
  /** Asks the work to stop. Called again and again until `end`: an interrupt that comes between two statements is lost. */
  readonly interrupt: () => void;
  /** Called when the work did not stop in time. */
  readonly giveUp: (cause: StopCause) => void;
  /** How long the work has to stop. */
  readonly graceMs: number;
}

/** A running task's watch over its deadline, its cancellation and its memory. */
export interface Watch {
  /** Why the task was asked to stop, if it was. */
  readonly cause: StopCause | undefined;
  /** Rejects with `Stopped` once the task is to stop, never resolves: to race against what cannot be interrupted. */
  readonly stopped: Promise<never>;
  end(): void;
}

/** What `Watch.stopped` rejects with. */
export class Stopped extends Error {}

/** How often memory is looked at, and how often a stop is asked for again. Reading the resident size takes some microseconds. */
const INTERVAL_MS = 25;

/** Beyond this part of the limit there is no time left to ask. */
const HARD_LIMIT = 1.25;

/** Starts to watch a task. */
export function watchTask(options: WatchOptions): Watch {
  let cause: StopCause | undefined;
  let stopBeforeMs = Number.POSITIVE_INFINITY;
  let reject: (error: Stopped) => void = () => undefined;
  const stopped = new Promise<never>((_, rejectStopped) => {
    reject = rejectStopped;
  });
  // Nobody may be waiting for it just now.
  stopped.catch(() => undefined);

  const stop = (because: StopCause, graceMs: number) => {
    if (cause !== undefined) return;
    cause = because;
    stopBeforeMs = Date.now() + graceMs;
    reject(new Stopped(because));
    options.interrupt();
  };
  const look = () => {
    const now = Date.now();
    const residentBytes = process.memoryUsage.rss();
    if (residentBytes > options.memoryLimitBytes * HARD_LIMIT) return options.giveUp('memory');
    if (cause !== undefined) return now >= stopBeforeMs ? options.giveUp(cause) : options.interrupt();
    if (residentBytes > options.memoryLimitBytes) stop('memory', options.graceMs / 4);
    else if (now >= options.deadlineMs) stop('deadline', options.graceMs);
  };
  const onAbort = () => stop('cancelled', options.graceMs);
  const timer = setInterval(look, INTERVAL_MS);
  options.signal.addEventListener('abort', onAbort, { once: true });
  if (options.signal.aborted) onAbort();
  return {
    get cause() {
      return cause;
    },
    stopped,
    end() {
      clearInterval(timer);
      options.signal.removeEventListener('abort', onAbort);
    },
  };
}
