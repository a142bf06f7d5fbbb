import { BrokenCircuitError, type IDefaultPolicyContext, NoopPolicy } from 'cockatiel';

/**
 * How long a member is skipped after a failed call. After this time, gRPC has detected an unresponsive connection, so calls fail
 * immediately.
 */
const SKIPPED_MS = 15_000;

/**
 * Tracks which etcd members have recently failed. etcd3 tries members in random order, and a call to an unresponsive member would last
 * until its deadline. A failed member is skipped only while another member has not failed or failed earlier, so at least one member is
 * always available.
 */
export class Members {
  readonly #failedAt = new Map<string, number>();
  /** Returns whether an error was caused by the member rather than by the call. */
  readonly #isFailure: (error: Error) => boolean;

  constructor(isFailure: (error: Error) => boolean) {
    this.#isFailure = isFailure;
  }

  /**
   * Returns the policy for calls to a member. While the member is skipped, the policy rejects with `BrokenCircuitError`, and etcd3 then
   * tries the next member.
   */
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
