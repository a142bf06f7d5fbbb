import type { JobListing } from '../../jobs/coordinator.ts';
import type { JobState } from '../../scheduler/state.ts';

/** The reason why a job makes no progress at present. `for` is stable. The message is for people. */
export interface Waiting {
  /**
   * `coordinator`: no coordinator owns the job. `executors`: the job's coordinator cannot reach any executor. `retry`: every runnable task
   * has failed and waits for its next attempt. `room`: every runnable task waits for its next attempt because the executors had no free
   * slot.
   */
  readonly for: 'coordinator' | 'executors' | 'retry' | 'room';
  readonly message: string;
  /** When the wait ends, in ISO 8601; absent if unknown. */
  readonly until?: string;
}

/**
 * Returns what a job waits for, or undefined if the job makes progress or no obstacle is known. `unavailableReason` is the reason why this
 * coordinator cannot reach any executor, or undefined if it can reach one. It applies only to this coordinator's own jobs. Pure.
 */
export function waitingOf(listing: JobListing, unavailableReason: string | undefined): Waiting | undefined {
  const { summary, history, owner, isHere } = listing;
  if (summary.end !== undefined) return undefined;
  if (owner === undefined) {
    return {
      for: 'coordinator',
      message: 'Waiting for a coordinator with a free slot (--jobs).',
    };
  }
  if (history?.kind !== 'planned') return undefined;
  if (isHere === true && unavailableReason !== undefined) {
    return { for: 'executors', message: `Coordinator ${owner} cannot reach any executor: ${unavailableReason}` };
  }
  return retryOf(history.state);
}

function retryOf({ stages, throttledSince }: JobState): Waiting | undefined {
  if (stages.some(({ running }) => running > 0)) return undefined;
  const times = stages.flatMap(({ tasks, waiting }) =>
    waiting.flatMap((task) => {
      const state = tasks.at(task);
      return state?.kind === 'waiting' ? [state.notBefore] : [];
    }),
  );
  if (times.length === 0) return undefined;
  const until = new Date(times.reduce((earliest, time) => Math.min(earliest, time))).toISOString();
  if (throttledSince !== undefined) {
    const since = new Date(throttledSince).toISOString();
    return {
      for: 'room',
      message: `Executors have had no free slot since ${since}. The next attempt starts at ${until} or later.`,
      until,
    };
  }
  const what = times.length === 1 ? 'A task failed. The' : `${times.length} tasks failed. The next`;
  return {
    for: 'retry',
    message: `${what} retry starts at ${until} or later.`,
    until,
  };
}
