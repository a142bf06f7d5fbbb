import type { TaskOutcome } from '../../engine/task/task.ts';
import { LONGEST_TIMER_MS } from '../../engine/timer.ts';

/** What may end an attempt from this side: whoever asked for it, its deadline, or the invoker. */
export interface AttemptLimits {
  /** Aborted by any of them. */
  readonly signal: AbortSignal;
  /** What the attempt's end is, once the signal is aborted: the first that happened. */
  readonly outcome: () => TaskOutcome;
  /** Ends the attempt with an outcome, unless it has ended. */
  readonly stop: (outcome: TaskOutcome) => void;
  /** Must be called once the attempt has ended: lets go of timer and signal. */
  readonly release: () => void;
}

/** How an attempt ends that whoever asked for it wants no more. */
export const abortedOutcome: TaskOutcome = { kind: 'lost', message: 'The attempt was aborted.' };
/** How an attempt ends whose invoker is closed. */
export const closedOutcome: TaskOutcome = { kind: 'lost', message: 'The invoker is closed.' };

/**
 * What the end of an attempt is that waited for room, or a connection, until its signal was aborted. Its time was up, but it was not run:
 * it is no slow task.
 */
export function outcomeNotRun(limits: AttemptLimits): TaskOutcome {
  const outcome = limits.outcome();
  return outcome.kind === 'timed-out' ? { kind: 'throttled' } : outcome;
}

/** Watches an attempt that runs elsewhere: without an answer by its deadline and the grace, it has timed out, whatever became of it. */
export function limitAttempt(deadlineMs: number, graceMs: number, caller: AbortSignal): AttemptLimits {
  const controller = new AbortController();
  let end: TaskOutcome | undefined;
  const stop = (outcome: TaskOutcome) => {
    end ??= outcome;
    controller.abort();
  };
  const leave = () => stop(abortedOutcome);
  const leftMs = Math.max(0, deadlineMs - Date.now()) + graceMs;
  const timer = setTimeout(() => stop({ kind: 'timed-out' }), Math.min(leftMs, LONGEST_TIMER_MS));
  if (caller.aborted) leave();
  else caller.addEventListener('abort', leave);
  return {
    signal: controller.signal,
    outcome: () => end ?? abortedOutcome,
    stop,
    release: () => {
      clearTimeout(timer);
      caller.removeEventListener('abort', leave);
    },
  };
}
