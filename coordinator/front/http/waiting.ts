import type { JobListing } from '../../jobs/coordinator.ts';
import type { JobState } from '../../scheduler/state.ts';

/** Why a job does not get on at present. `for` is stable; the message is for people. */
export interface Waiting {
  /**
   * `coordinator`: none has it. `executors`: the coordinator that has it reaches none. `retry`: all that could run has failed, and is tried
   * again. `room`: the same, for want of room at the executors alone.
   */
  readonly for: 'coordinator' | 'executors' | 'retry' | 'room';
  readonly message: string;
  /** When it is over, ISO 8601, where that is known. */
  readonly until?: string;
}

/**
 * What a job waits for, as far as it is known here: from the journal, and, where this coordinator has the job, from why no executor can be
 * reached (`unavailableReason`; undefined where one can). Undefined where the job gets on, or nothing is known to hold it up. Pure.
 */
export function waitingOf(shown: JobListing, unavailableReason: string | undefined): Waiting | undefined {
  const { summary, history, owner, isHere } = shown;
  if (summary.end !== undefined) return undefined;
  if (owner === undefined) {
    return {
      for: 'coordinator',
      message: 'No coordinator has it. One that has room for another job (--jobs) takes it.',
    };
  }
  if (history?.kind !== 'planned') return undefined;
  if (isHere === true && unavailableReason !== undefined) {
    return { for: 'executors', message: `Coordinator ${owner} reaches no executor: ${unavailableReason}` };
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
  const until = new Date(times.reduce((least, time) => Math.min(least, time))).toISOString();
  if (throttledSince !== undefined) {
    const since = new Date(throttledSince).toISOString();
    return {
      for: 'room',
      message: `Executors have had no room for it since ${since}. It asks again, not before ${until}.`,
      until,
    };
  }
  const what = times.length === 1 ? 'A task has failed and is' : `${times.length} tasks have failed and are`;
  return { for: 'retry', message: `${what} tried again, the first not before ${until}.`, until };
}
