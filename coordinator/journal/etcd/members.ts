import { BrokenCircuitError, type IDefaultPolicyContext, NoopPolicy } from 'cockatiel';

/** The time to skip a member after a failed call. By then gRPC has noticed a silent connection, and calls fail at once. */
const SKIPPED_MS = 15_000;

/**
 * Tracks which members of etcd have failed lately. etcd3 tries them in random order, and every call to a hanging member would take until
 * its deadline. A failed member is skipped while another has not failed, or failed longer ago; so one is always left.
 */
export class Members {
  readonly #failedAt = new Map<string, number>();
  /** Whether an error is the member's fault, rather than the call's. */
  readonly #isFailure: (error: Error) => boolean;

  constructor(isFailure: (error: Error) => boolean) {
    this.#isFailure = isFailure;
  }

  /** The policy that passes calls to a member, or rejects with `BrokenCircuitError`, on which etcd3 tries the next member. */
  policyOf(host: string): NoopPolicy {
    this.#failedAt.set(host, Number.NEGATIVE_INFINITY);
    return new MemberPolicy(async (call) => {
      if (this.#isSkipped(host)) throw new BrokenCircuitError(`${host} failed recently`);
      try {
        const answer = await call();
        this.#failedAt.set(host, Number.NEGATIVE_INFINITY);
        return answer;
      } catch (error) {
        if (error instanceof Error && this.#isFailure(error)) this.#failedAt.set(host, performance.now());
        throw error;
      }
    });
  }

  #isSkipped(host: string): boolean {
    const failedAt = this.#failedAt.get(host) ?? Number.NEGATIVE_INFINITY;
    if (performance.now() - failedAt > SKIPPED_MS) return false;
    return [...this.#failedAt.values()].some((other) => other < failedAt);
  }
}

type Run = <T>(call: () => PromiseLike<T> | T) => Promise<T>;

class MemberPolicy extends NoopPolicy {
  readonly #run: Run;

  constructor(run: Run) {
    super();
    this.#run = run;
  }

  override execute<T>(call: (context: IDefaultPolicyContext) => PromiseLike<T> | T, signal?: AbortSignal): Promise<T> {
    return this.#run(() => super.execute(call, signal));
  }
}
