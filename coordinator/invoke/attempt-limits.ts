import type { TaskOutcome } from '../../engine/task/task.ts';
import { MAX_TIMER_MS } from '../../engine/timer.ts';

/** Ends an attempt from this side: because its caller aborts it, its deadline passes, or the invoker closes. */
export interface AttemptLimits {
  /** Aborts when any of these happens. */
  readonly signal: AbortSignal;
  /** The outcome of the attempt, from the first cause. Valid once the signal has aborted. */
  readonly outcome: () => TaskOutcome;
  /** Ends the attempt with an outcome, unless it has ended. */
  readonly stop: (outcome: TaskOutcome) => void;
  /** Removes the timer and the listener. Call it once the attempt has ended. */
  readonly release: () => void;
}

/** The outcome of an attempt that its caller aborted. */
export const abortedOutcome: TaskOutcome = { kind: 'lost', message: 'The attempt was aborted.' };
/** The outcome of an attempt whose invoker was closed. */
export const closedOutcome: TaskOutcome = { kind: 'lost', message: 'The invoker is closed.' };

/**
 * The outcome of an attempt that was aborted while it waited for a slot or a connection. It never ran, so passing its deadline counts as
 * throttled, not as a slow task.
 */
export function outcomeNotRun(limits: AttemptLimits): TaskOutcome {
  const outcome = limits.outcome();
  return outcome.kind === 'timed-out' ? { kind: 'throttled' } : outcome;
}

/** Limits an attempt that runs elsewhere. It times out if no answer arrives within its deadline plus the grace period. */
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
