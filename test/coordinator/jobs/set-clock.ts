import type { Clock } from '../../../coordinator/clock.ts';

/** A clock whose time a test sets. Setting it fires all timers that have become due. */
export class SetClock implements Clock {
  #now: number;
  #alarms: { readonly at: number; readonly ring: () => void }[] = [];

  constructor(now: number) {
    this.#now = now;
  }

  /** The number of pending timers. */
  get alarms(): number {
    return this.#alarms.length;
  }

  now = () => this.#now;
  after = (delayMs: number, ring: () => void) => {
    const alarm = { at: this.#now + delayMs, ring };
    this.#alarms.push(alarm);
    return () => {
      this.#alarms = this.#alarms.filter((each) => each !== alarm);
    };
  };
  set(now: number): void {
    this.#now = now;
    for (const alarm of this.#alarms.filter(({ at }) => at <= now)) {
      this.#alarms = this.#alarms.filter((each) => each !== alarm);
      alarm.ring();
    }
  }
}
