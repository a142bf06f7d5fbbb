import { type Backoff, backoffMs } from '../../engine/retry.ts';
import type { JobId, TaskOutcome } from '../../engine/task/task.ts';
import { sleep, systemTimer } from '../../engine/timer.ts';
import type { AdaptiveGate } from './adaptive-gate.ts';
import { type AttemptLimits, outcomeNotRun } from './attempt-limits.ts';

/** The retry policy for invocations that did not run: throttled, or without an executor. */
export interface TurnOptions {
  /** The number of times an attempt is throttled before it ends as throttled. */
  readonly throttledTries?: number;
  readonly random?: () => number;
}

const THROTTLED_TRIES = 8;
const THROTTLED_BACKOFF: Backoff = { firstMs: 50, longestMs: 2000, jitter: 0.5 };

/** How one turn ended. In two cases the task did not run: `throttled` (no free slot) and `away` (no executor). */
export type Turn = TaskOutcome | { readonly kind: 'away' };

/**
 * Takes turns until one runs: after a delay if the last was throttled, at once if its executor was gone. `takeTurn` returns undefined if
 * the attempt ends while it waits.
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

/** Makes an invocation when the gate admits it, and repeats it while it is `throttled`. */
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
