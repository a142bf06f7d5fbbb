/** The reason why a task is stopped. */
export type StopCause = 'deadline' | 'cancelled' | 'memory';

export interface WatchOptions {
  /** In ms since the epoch. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  /** Limit of the resident memory of the whole process. */
  readonly memoryLimitBytes: number;
  /** Requests that the work stop. Called repeatedly until `end`, because an interrupt between two statements has no effect. */
  readonly interrupt: () => void;
  /** Called if the work does not stop in time. */
  readonly giveUp: (cause: StopCause) => void;
  /** How long the work may take to stop. */
  readonly graceMs: number;
}

/** Watches a running task's deadline, cancellation and memory. */
export interface Watch {
  /** The reason why the task must stop, or undefined if it may continue. */
  readonly cause: StopCause | undefined;
  /** Rejects with `Stopped` when the task must stop, and never resolves. Race it against work that cannot be interrupted. */
  readonly stopped: Promise<never>;
  end(): void;
}

/** The error that `Watch.stopped` rejects with. */
export class Stopped extends Error {}

/** How often memory is checked and a stop request is repeated. Reading the resident memory size takes a few microseconds. */
const INTERVAL_MS = 25;

/** Above this multiple of the memory limit, the process terminates immediately, without a stop request. */
const HARD_LIMIT = 1.25;

/** Starts watching a task. */
export function watchTask(options: WatchOptions): Watch {
  let cause: StopCause | undefined;
  let stopBeforeMs = Number.POSITIVE_INFINITY;
  let reject: (error: Stopped) => void = () => undefined;
  const stopped = new Promise<never>((_, rejectStopped) => {
    reject = rejectStopped;
  });
  // Prevents an unhandled rejection while no step awaits the promise.
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
