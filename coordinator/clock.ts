import { systemTimer, type Timer } from '../engine/timer.ts';

/** Time and timers, so that tests can drive both. */
export interface Clock extends Timer {
  /** Ms since the epoch. */
  now(): number;
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => Date.now(), ...systemTimer };
