import { setMaxListeners } from 'node:events';
import { type Etcd3, EtcdLeaseInvalidError } from 'etcd3';
import { sleep, systemTimer } from '../../../engine/timer.ts';
import { untilAnswered } from './connection.ts';

/** The delay before a failed keep-alive is sent again. */
const RETRY_MS = 200;
/** The share of the lease's duration that is not used. It allows for clock drift and for work that its owner has just begun. */
const MARGIN_SHARE = 0.1;

/** A moment on two clocks. The steady clock stops while the machine sleeps, and the wall clock can be set back. */
interface Moment {
  readonly steady: number;
  readonly wall: number;
}

/** Called once when a lease is lost, but not when it is revoked. */
export type LeaseLost = (lease: Lease, cause: unknown) => void;

/**
 * A lease of this process, kept alive until it is revoked or lost. A lease counts as lost as soon as it may have ended. This is the case
 * when, on either clock, its duration has passed since the last answered keep-alive was *sent*. A lost lease cannot be regained.
 */
export class Lease {
  readonly id: string;
  readonly #client: Etcd3;
  readonly #durationMs: number;
  readonly #onLost: LeaseLost;
  readonly #ended = new AbortController();
  #renewedAt: Moment;
  #alarm: NodeJS.Timeout | undefined;

  private constructor(
    client: Etcd3,
    granted: { readonly id: string; readonly at: Moment; readonly ttlSeconds: number },
    onLost: LeaseLost,
  ) {
    this.#client = client;
    this.id = granted.id;
    this.#renewedAt = granted.at;
    this.#durationMs = granted.ttlSeconds * 1000;
    this.#onLost = onLost;
    setMaxListeners(0, this.#ended.signal);
    this.#setAlarm();
    void this.#keepAlive();
  }

  /** Obtains a lease. Rejects with the errors of `untilAnswered`. */
  static async grant(client: Etcd3, ttlSeconds: number, onLost: LeaseLost): Promise<Lease> {
    let at = moment();
    const { ID: id } = await untilAnswered('grant a lease', (options) => {
      at = moment();
      return client.leaseClient.leaseGrant({ TTL: ttlSeconds }, options);
    });
    return new Lease(client, { id, at, ttlSeconds }, onLost);
  }

  /** Returns whether the lease is certainly alive. */
  isHeld(): boolean {
    if (this.#ended.signal.aborted) return false;
    if (this.remainingMs() > 0) return true;
    this.lose(new Error('etcd did not answer a keep-alive in time'));
    return false;
  }

  /** Aborts when the lease is lost or revoked. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  /** Returns how long the lease is certain to stay alive without another keep-alive, in ms. */
  remainingMs(): number {
    return Math.max(0, this.#durationMs * (1 - MARGIN_SHARE) - elapsedMs(this.#renewedAt));
  }

  /** Marks the lease as lost, because it has ended or may have ended. */
  lose(cause: unknown): void {
    if (this.#ended.signal.aborted) return;
    this.#end();
    this.#onLost(this, cause);
  }

  /** Ends the lease. If etcd does not receive the call, the lease expires later. */
  async revoke(): Promise<void> {
    if (this.#ended.signal.aborted) return;
    this.#end();
    await this.#client.leaseClient.leaseRevoke({ ID: this.id }).catch(() => undefined);
  }

  #end(): void {
    clearTimeout(this.#alarm);
    this.#ended.abort();
  }

  #setAlarm(): void {
    clearTimeout(this.#alarm);
    this.#alarm = setTimeout(() => this.isHeld() && this.#setAlarm(), Math.ceil(this.remainingMs()));
  }

  async #keepAlive(): Promise<void> {
    let waitMs = this.#durationMs / 3;
    for (;;) {
      await sleep(systemTimer, waitMs, this.#ended.signal);
      if (this.#ended.signal.aborted) return;
      waitMs = (await this.#renew()) ? this.#durationMs / 3 : RETRY_MS;
    }
  }

  /** Sends one keep-alive and processes the answer. Returns whether an answer arrived. An answer after the end of the lease is ignored. */
  async #renew(): Promise<boolean> {
    const sentAt = moment();
    try {
      const ttlSeconds = await this.#askForMore();
      if (this.#ended.signal.aborted) return false;
      if (ttlSeconds <= 0) throw new EtcdLeaseInvalidError(this.id);
      this.#renewedAt = sentAt;
      if (this.isHeld()) this.#setAlarm();
      return true;
    } catch (error) {
      if (error instanceof EtcdLeaseInvalidError) this.lose(error);
      return false;
    }
  }

  /**
   * Sends one keep-alive on a new stream, and returns the lease's remaining time in seconds. The stream has a deadline, so that an
   * unresponsive connection is abandoned in time.
   */
  async #askForMore(): Promise<number> {
    const deadline = Date.now() + Math.max(RETRY_MS, Math.min(this.#durationMs / 3, this.remainingMs()));
    const stream = await this.#client.leaseClient.leaseKeepAlive({ deadline });
    try {
      return await new Promise((resolve, reject) => {
        stream.on('data', ({ TTL }) => resolve(Number(TTL)));
        stream.on('error', reject);
        stream.on('end', () => reject(new Error('etcd ended the stream')));
        stream.write({ ID: this.id });
      });
    } finally {
      stream.end();
    }
  }
}

function moment(): Moment {
  return { steady: performance.now(), wall: Date.now() };
}

/**
 * Returns the time since a moment in ms. If the clocks differ, returns the longer time, so that a lease may end too early but never too
 * late.
 */
function elapsedMs(since: Moment): number {
  return Math.max(performance.now() - since.steady, Date.now() - since.wall);
}
