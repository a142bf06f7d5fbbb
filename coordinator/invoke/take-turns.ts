import type { TaskOutcome } from '../../engine/execute/task.ts';
import { pause, systemClock } from '../clock.ts';
import type { AdaptiveGate } from './adaptive-gate.ts';
import { type AttemptLimits, outcomeNotRun } from './attempt-limits.ts';
import { backoffMs } from './backoff.ts';

/** How often, and with what chance, an invocation that was refused for want of room is made again. */
export interface TurnOptions {
  /** How often one attempt is refused for want of room before it is given back as throttled. */
  readonly throttledTries?: number;
  readonly random?: () => number;
}

const THROTTLED_TRIES = 8;
const THROTTLED_BACKOFF = { firstMs: 50, longestMs: 2000 };

/** Makes an invocation when the gate lets it through, and again while it comes back `throttled`: that is what was not run. */
export async function takeTurns(
  gate: AdaptiveGate,
  limits: AttemptLimits,
  { throttledTries = THROTTLED_TRIES, random = Math.random }: TurnOptions,
  invokeOnce: () => Promise<TaskOutcome>,
): Promise<TaskOutcome> {
  for (let refusals = 1; ; refusals += 1) {
    const place = await gate.enter(limits.signal);
    if (place === undefined) return outcomeNotRun(limits);
    const outcome = await invokeOnce();
    if (outcome.kind !== 'throttled') {
      place.done();
      return outcome;
    }
    place.refused();
    if (refusals >= throttledTries) return outcome;
    await pause(systemClock, backoffMs(THROTTLED_BACKOFF, refusals, random()), limits.signal);
    if (limits.signal.aborted) return outcomeNotRun(limits);
  }
}
