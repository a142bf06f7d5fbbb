import { type Backoff, backoffMs } from '../../engine/retry.ts';
import type { JobId, TaskOutcome } from '../../engine/task/task.ts';
import { sleep, systemTimer } from '../../engine/timer.ts';
import type { AdaptiveGate } from './adaptive-gate.ts';
import { type AttemptLimits, outcomeNotRun } from './attempt-limits.ts';

/** The retry policy for invocations that did not run because they were throttled or had no executor. */
export interface TurnOptions {
  /** The number of throttled invocations after which an attempt ends as throttled. */
  readonly throttledTries?: number;
  readonly random?: () => number;
}

const THROTTLED_TRIES = 8;
const THROTTLED_BACKOFF: Backoff = { firstMs: 50, longestMs: 2000, jitter: 0.5 };

/** The result of one turn. The task did not run if the result is `throttled` (no free slot) or `away` (no executor). */
export type Turn = TaskOutcome | { readonly kind: 'away' };

/**
 * Calls `takeTurn` until the task has run. Waits before the next turn if the result was `throttled`, but not if it was `away`. `takeTurn`
 * must return undefined if the attempt ends while `takeTurn` waits.
 */
export async function untilRun(
  limits: AttemptLimits,
  { throttledTries = THROTTLED_TRIES, random = Math.random }: TurnOptions,
  takeTurn: () => Promise<Turn | undefined>,
): Promise<TaskOutcome> {
  for (let refusals = 0; ; ) {
    const turn = await takeTurn();
    if (turn === undefined) return outcomeNotRun(limits);
    if (turn.kind !== 'throttled' && turn.kind !== 'away') return turn;
    if (turn.kind === 'throttled') {
      refusals += 1;
      if (refusals >= throttledTries) return turn;
      await sleep(systemTimer, backoffMs(THROTTLED_BACKOFF, refusals, random()), limits.signal);
    }
    if (limits.signal.aborted) return outcomeNotRun(limits);
  }
}

/** Makes an invocation when the gate admits it. Repeats an invocation that was throttled, within the limits of `options`. */
export function takeTurns(
  gate: AdaptiveGate,
  job: JobId,
  limits: AttemptLimits,
  options: TurnOptions,
  invokeOnce: () => Promise<TaskOutcome>,
): Promise<TaskOutcome> {
  return untilRun(limits, options, async () => {
    const slot = await gate.enter(job, limits.signal);
    if (slot === undefined) return undefined;
    const outcome = await invokeOnce();
    if (outcome.kind !== 'throttled') slot.done();
    else if (outcome.unavailableReason === undefined) slot.refused();
    else slot.unsent();
    return outcome;
  });
}
