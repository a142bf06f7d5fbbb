import { systemTimer, type Timer } from '../engine/timer.ts';

/** The current time and timers. Tests substitute their own clock. */
export interface Clock extends Timer {
  /** Milliseconds since the epoch. */
  now(): number;
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => Date.now(), ...systemTimer };
