/** A job's part of what an invoker runs at once. */
export interface JobShare {
  /** How many attempts the job may have under way now; at least 1. */
  readonly allowance: number;
  /** Takes note of how many it has. */
  use(attempts: number): void;
  /** Gives its part up. Idempotent. */
  leave(): void;
}

interface Member {
  /** Attempts under way. */
  attempts: number;
  /** Whether it has all that it may have, which is not all there is: it is told when there is more. */
  isHeldBack: boolean;
  readonly more: () => void;
}

/**
 * Divides what an invoker runs at once among jobs: each may have an equal share, and what others leave of theirs. Without it each job
 * would start all that the invoker takes, and the tasks of a small query wait, stage by stage, behind those of every large one. Nothing
 * that runs is stopped: who has more than a share, since it was alone, starts nothing until it has less.
 */
export class JobShares {
  readonly #capacity: () => number;
  readonly #members = new Set<Member>();

  /** `capacity`: attempts that can run at once, by now. */
  constructor(capacity: () => number) {
    this.#capacity = capacity;
  }

  /** A share for one more job. `more` is called when it was held back and may have more by now. */
  join(more: () => void): JobShare {
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
        if (isLess) this.#tellOthers(member);
      },
      leave: () => {
        if (this.#members.delete(member)) this.#tellOthers(member);
      },
    };
  }

  /** To be called when what can run at once may have changed: tells those who may have more by it. */
  capacityChanged(): void {
    const capacity = this.#capacity();
    for (const member of this.#members) {
      if (member.isHeldBack && member.attempts < this.#allowance(member, capacity)) tell(member);
    }
  }

  #allowance(member: Member, capacity = this.#capacity()): number {
    let others = -member.attempts;
    for (const { attempts } of this.#members) others += attempts;
    return Math.max(1, Math.ceil(capacity / Math.max(1, this.#members.size)), capacity - others);
  }

  #tellOthers(member: Member): void {
    for (const other of this.#members) {
      if (other !== member && other.isHeldBack) tell(other);
    }
  }
}

function tell(member: Member): void {
  member.isHeldBack = false;
  member.more();
}
