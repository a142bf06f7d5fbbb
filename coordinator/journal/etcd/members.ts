import { BrokenCircuitError, type IDefaultPolicyContext, NoopPolicy } from 'cockatiel';

/** A member that failed a call is left out for so long. By then gRPC has noticed a connection that went silent, and calls fail at once. */
const LEFT_OUT_MS = 15_000;

/**
 * Which members of etcd have lately failed a call. etcd3 asks them in a random order: of one that hangs each call would learn by its
 * deadline only. A member that failed is left out while there is another that did not, or did longer ago; so there is always one to ask.
 */
export class Members {
  readonly #failedAt = new Map<string, number>();
  /** Whether an error tells of the member, rather than of what it was asked. */
  readonly #isFailure: (error: Error) => boolean;

  constructor(isFailure: (error: Error) => boolean) {
    this.#isFailure = isFailure;
  }

  /** Lets calls to a member through, or rejects with `BrokenCircuitError`, on which etcd3 asks the next one. */
  policyOf(host: string): NoopPolicy {
    this.#failedAt.set(host, Number.NEGATIVE_INFINITY);
    return new MemberPolicy(async (call) => {
      if (this.#isLeftOut(host)) throw new BrokenCircuitError(`${host} failed a moment ago`);
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

  #isLeftOut(host: string): boolean {
    const failedAt = this.#failedAt.get(host) ?? Number.NEGATIVE_INFINITY;
    if (performance.now() - failedAt > LEFT_OUT_MS) return false;
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
