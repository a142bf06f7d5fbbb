/** A job's share of an invoker's capacity. */
export interface Share {
  /** The number of attempts that the job may run now; at least 1. */
  readonly allowance: number;
  /** Reports how many it runs. */
  use(attempts: number): void;
  /** Gives the share up. Idempotent. */
  leave(): void;
}

interface Member {
  /** Running attempts. */
  attempts: number;
  /** Whether it is at its limit and must be called back when it may run more. */
  isHeldBack: boolean;
  readonly more: () => void;
}

/**
 * Divides an invoker's capacity among jobs: each may use an equal share, and what others leave unused. Without shares, the tasks of a small
 * query would wait, stage by stage, behind those of every large one. Running attempts are never stopped: a job that exceeds its share,
 * because it was alone, starts nothing until it is below its share.
 */
export class FairShares {
  readonly #capacity: () => number;
  readonly #members = new Set<Member>();

  /** `capacity`: the number of attempts that can run at once now. */
  constructor(capacity: () => number) {
    this.#capacity = capacity;
  }

  /** Adds a job. `more` is called when it was held back and may now run more. */
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

  /** Must be called when the capacity may have changed. Wakes the jobs that may now run more. */
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
