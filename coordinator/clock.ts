import { systemTimer, type Timer } from '../engine/timer.ts';

/** Time and timers, so that tests can drive both. */
export interface Clock extends Timer {
  /** Milliseconds since the epoch. */
  now(): number;
}

/** The clock of the machine. */
export const systemClock: Clock = { now: () => Date.now(), ...systemTimer };
