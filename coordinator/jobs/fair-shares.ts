/** A job's share of an invoker's capacity. */
export interface Share {
  /** The number of attempts that the job may currently run. At least 1. */
  readonly allowance: number;
  /** Reports how many attempts the job is running. */
  use(attempts: number): void;
  /** Returns the share to the other jobs. Idempotent. */
  leave(): void;
}

interface Member {
  /** The number of attempts that the job is running. */
  attempts: number;
  /** Whether the job is at its limit and must be notified when it may run more attempts. */
  isHeldBack: boolean;
  readonly more: () => void;
}

/**
 * Divides an invoker's capacity among jobs. Each job may use an equal share, and any capacity that other jobs leave unused. Without shares,
 * each stage of a small query would wait behind the tasks of every large query. Running attempts are never stopped. A job that exceeds its
 * share because it was previously alone starts no attempts until it is below its share again.
 */
export class FairShares {
  readonly #capacity: () => number;
  readonly #members = new Set<Member>();

  /** `capacity` returns the number of attempts that can currently run at the same time. */
  constructor(capacity: () => number) {
    this.#capacity = capacity;
  }

  /** Adds a job. `more` is called when the job had reached its limit and may now run more attempts. */
  join(more: () => void): Share {
    const member: Member = { attempts: 0, isHeldBack: false, more };
    this.#members.add(member);
    const allowance = () => this.#allowance(member);
    return {
      get allowance() {
        return allowance();
      },
      use: (attempts) => {
        const isLess = attempts < member.attempts;
        member.attempts = attempts;
        member.isHeldBack = attempts >= allowance();
        if (isLess) this.#wakeOthers(member);
      },
      leave: () => {
        if (this.#members.delete(member)) this.#wakeOthers(member);
      },
    };
  }

  /** Wakes the jobs that may now run more attempts. Must be called whenever the capacity may have changed. */
  capacityChanged(): void {
    const capacity = this.#capacity();
    for (const member of this.#members) {
      if (member.isHeldBack && member.attempts < this.#allowance(member, capacity)) wake(member);
    }
  }

  #allowance(member: Member, capacity = this.#capacity()): number {
    let others = -member.attempts;
    for (const { attempts } of this.#members) others += attempts;
    return Math.max(1, Math.ceil(capacity / Math.max(1, this.#members.size)), capacity - others);
  }

  #wakeOthers(member: Member): void {
    for (const other of this.#members) {
      if (other !== member && other.isHeldBack) wake(other);
    }
  }
}

function wake(member: Member): void {
  member.isHeldBack = false;
  member.more();
}
