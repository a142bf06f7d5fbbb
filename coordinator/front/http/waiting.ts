import type { JobListing } from '../../jobs/coordinator.ts';
import type { JobState } from '../../scheduler/state.ts';

/** Why a job makes no progress at present. `for` is stable; the message is for people. */
export interface Waiting {
  /**
   * `coordinator`: no coordinator owns the job. `executors`: its coordinator reaches no executor. `retry`: every runnable task has failed
   * and waits to run again. `room`: likewise, because the executors had no free slot.
   */
  readonly for: 'coordinator' | 'executors' | 'retry' | 'room';
  readonly message: string;
  /** When the wait ends, in ISO 8601; absent if unknown. */
  readonly until?: string;
}

/**
 * What a job waits for, as far as this coordinator knows: from the journal and, for its own jobs, from `unavailableReason`, which says why
 * no executor can be reached (undefined if one can). Undefined if the job makes progress or no obstacle is known. Pure.
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
      message: `Executors have had no free slot since ${since}. Next try not before ${until}.`,
      until,
    };
  }
  const what = times.length === 1 ? 'A task has failed and runs' : `${times.length} tasks have failed and run`;
  return {
    for: 'retry',
    message: `${what} again, ${times.length === 1 ? '' : 'the first '}not before ${until}.`,
    until,
  };
}
