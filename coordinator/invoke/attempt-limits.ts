import type { TaskOutcome } from '../../engine/task/task.ts';
import { MAX_TIMER_MS } from '../../engine/timer.ts';

/** The conditions under which an invoker stops an attempt: the caller aborts it, its deadline passes, or the invoker closes. */
export interface AttemptLimits {
  /** Aborts when the attempt must stop. */
  readonly signal: AbortSignal;
  /** Returns the outcome for the first reason to stop. Valid once the signal has aborted. */
  readonly outcome: () => TaskOutcome;
  /** Stops the attempt with an outcome. Has no effect if the attempt was already stopped. */
  readonly stop: (outcome: TaskOutcome) => void;
  /** Removes the timer and the listener. Call it once the attempt has ended. */
  readonly release: () => void;
}

/** The outcome of an attempt that was aborted by its caller. */
export const abortedOutcome: TaskOutcome = { kind: 'lost', message: 'The attempt was aborted.' };
/** The outcome of an attempt whose invoker has been closed. */
export const closedOutcome: TaskOutcome = { kind: 'lost', message: 'The invoker is closed.' };

/**
 * The outcome of an attempt that was stopped while it waited for a slot or a connection. Because it never ran, a missed deadline counts as
 * throttling, not as a timeout.
 */
export function outcomeNotRun(limits: AttemptLimits): TaskOutcome {
  const outcome = limits.outcome();
  return outcome.kind === 'timed-out' ? { kind: 'throttled' } : outcome;
}

/** Creates the limits of an attempt. The attempt times out if no answer arrives before the end of a grace period after its deadline. */
export function limitAttempt(deadlineMs: number, graceMs: number, caller: AbortSignal): AttemptLimits {
  const controller = new AbortController();
  let end: TaskOutcome | undefined;
  const stop = (outcome: TaskOutcome) => {
    end ??= outcome;
    controller.abort();
  };
  const leave = () => stop(abortedOutcome);
  const leftMs = Math.max(0, deadlineMs - Date.now()) + graceMs;
  const timer = setTimeout(() => stop({ kind: 'timed-out' }), Math.min(leftMs, MAX_TIMER_MS));
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
