import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';

/** Watches how long the event loop of this process is blocked. */
export interface EventLoopWatch {
  /**
   * Marks an activity as running until the returned function is called. A report names the activities that ran in its
   * interval.
   */
  track(activity: string): () => void;
  /** Stops watching. Idempotent. */
  close(): Promise<void>;
}

/** Blocking the coordinator for longer would delay its health checks and lease renewals. */
const REPORTED_MS = 250;
const CHECK_MS = 1000;
const RESOLUTION_MS = 20;
const MAX_ACTIVITIES = 5;

/** Reports each interval in which the event loop was blocked for more than 250 ms, with the activities that ran in it. */
export function watchEventLoop(report: (line: string) => void): EventLoopWatch {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  const running = new Map<symbol, string>();
  const ended: string[] = [];
  const timer = setInterval(() => {
    const delayMs = longestDelayMs(histogram);
    if (delayMs > REPORTED_MS) {
      const activities = [...new Set([...ended, ...running.values()])];
      report(`The event loop was blocked for ${Math.round(delayMs)} ms. Running: ${listed(activities)}.`);
    }
    histogram.reset();
    ended.length = 0;
  }, CHECK_MS);
  timer.unref();
  return {
    track: (activity) => {
      const key = Symbol(activity);
      running.set(key, activity);
      return () => {
        if (running.delete(key) && ended.length < MAX_ACTIVITIES) ended.push(activity);
      };
    },
    close: async () => {
      clearInterval(timer);
      histogram.disable();
    },
  };
}

/** The histogram records whole intervals between ticks, so the resolution is subtracted from the longest interval. */
function longestDelayMs({ max }: IntervalHistogram): number {
  return max / 1e6 - RESOLUTION_MS;
}

function listed(activities: readonly string[]): string {
  if (activities.length === 0) return 'no request';
  const more = activities.length - MAX_ACTIVITIES;
  return `${activities.slice(0, MAX_ACTIVITIES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
