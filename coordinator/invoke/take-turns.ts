import { type Backoff, backoffMs, sleep } from '../../engine/retry.ts';
import type { JobId, TaskOutcome } from '../../engine/task/task.ts';
import { systemTimer } from '../../engine/timer.ts';
import type { AdaptiveGate } from './adaptive-gate.ts';
import { type AttemptLimits, outcomeNotRun } from './attempt-limits.ts';

/** How to retry invocations that did not run: throttled, or without an executor. */
export interface TurnOptions {
  /** How often one attempt may be throttled before it ends as throttled. */
  readonly throttledTries?: number;
  readonly random?: () => number;
}

const THROTTLED_TRIES = 8;
const THROTTLED_BACKOFF: Backoff = { firstMs: 50, longestMs: 2000, jitter: 0.5 };

/** How one turn ended. `throttled`: no free slot, it did not run. `away`: the executor is gone, it did not run either. */
export type Turn = TaskOutcome | { readonly kind: 'away' };

/**
 * Takes turns until one runs: after a delay if the last was throttled, at once if its executor was away. `takeTurn` returns undefined if
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

/** Makes an invocation when the gate admits it, and again while it comes back `throttled`. */
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
