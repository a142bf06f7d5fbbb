import { InterceptingCall, type Interceptor } from '@grpc/grpc-js';
import { isBrokenCircuitError, noop } from 'cockatiel';
import { Etcd3, EtcdInvalidAuthTokenError, EtcdLeaseInvalidError, isRecoverableError } from 'etcd3';
import { FabricError } from '../../../engine/errors.ts';
import { type Backoff, backoffMs, sleep } from '../../../engine/retry.ts';
import { systemTimer } from '../../../engine/timer.ts';
import { Members } from './members.ts';

/** How to reach etcd. */
export interface EtcdConnectionOptions {
  /** `http://HOST:PORT` or, all of them, `https://HOST:PORT`. */
  readonly endpoints: readonly string[];
  /** PEM. Without it, `https` endpoints are checked against the authorities that the platform trusts. */
  readonly tls?: { readonly ca: Buffer; readonly certificate?: Buffer; readonly key?: Buffer };
  readonly user?: { readonly name: string; readonly password: string };
}

/** One call may take this long before it is tried again, on another endpoint where there are several. */
export const CALL_TIMEOUT_MS = 3000;
/**
 * What a person or a coordinator waits for may take this long: etcd chooses another leader in less. Longer outages are for whoever asks to
 * bear: a client is told to come back, and jobs without an owner are looked at again.
 */
const PATIENCE_MS = 5000;
/** The last try before the time is over gets so long even so. */
const SHORTEST_CALL_MS = 200;
const BACKOFF: Backoff = { firstMs: 20, longestMs: 1000, jitter: 0.5 };
/** A page of a log is up to this many values of at most `INLINE_LIMIT_BYTES`, with room to spare. */
const LONGEST_ANSWER_BYTES = 64 * 2 ** 20;

/** The end of a wait for etcd where it is not `PATIENCE_MS`. */
export interface Patience {
  /** Trying stops, and its reason is thrown, when this aborts. */
  readonly signal: AbortSignal;
  /** How long one call may take at most, where that may be less than `CALL_TIMEOUT_MS`. */
  readonly callMs?: () => number;
  /** Whether `PATIENCE_MS` ends it too. */
  readonly isShort?: boolean;
}

/**
 * A client of etcd that tries nothing twice on its own: whether a call that failed took effect is for its caller to find out,
 * and `untilAnswered` is the one place that tries again.
 */
export function connect(options: EtcdConnectionOptions): Etcd3 {
  const { endpoints, tls, user } = options;
  const members = new Members(isRecoverableError);
  return new Etcd3({
    hosts: [...endpoints],
    ...(tls !== undefined && {
      credentials: {
        rootCertificate: tls.ca,
        ...(tls.certificate !== undefined && { certChain: tls.certificate }),
        ...(tls.key !== undefined && { privateKey: tls.key }),
      },
    }),
    ...(user !== undefined && { auth: { username: user.name, password: user.password } }),
    faultHandling: { host: (host) => members.policyOf(host), global: noop },
    defaultCallOptions: ({ isStream }) =>
      isStream ? { interceptors: [requireLeader] } : { deadline: Date.now() + CALL_TIMEOUT_MS },
    grpcOptions: {
      'grpc.initial_reconnect_backoff_ms': 50,
      'grpc.min_reconnect_backoff_ms': 50,
      'grpc.max_reconnect_backoff_ms': BACKOFF.longestMs,
      // A server that vanished without a word is noticed in 10 s. etcd closes connections that ask more often than every 5 s.
      'grpc.keepalive_time_ms': 6000,
      'grpc.keepalive_timeout_ms': 4000,
      'grpc.max_receive_message_length': LONGEST_ANSWER_BYTES,
    },
  });
}

/** Has a member that is cut off from the others end a stream. It would go on without a word, and without what the others know. */
const requireLeader: Interceptor = (options, nextCall) =>
  new InterceptingCall(nextCall(options), {
    start: (metadata, listener, next) => {
      metadata.set('hasleader', 'true');
      next(metadata, listener);
    },
  });

/**
 * Makes a call until etcd answers it, with back-off. `call` must be safe to make twice, and gets the deadline of one try. Throws
 * `STORE_FAILED` where etcd refuses it for good, `USAGE` where it was not to be told of a user, `JOURNAL_UNAVAILABLE` where it stays away
 * too long (the call may have taken effect even so), the signal's reason where that aborts, and etcd3's `EtcdLeaseInvalidError` as it is.
 */
export async function untilAnswered<T>(
  what: string,
  call: (options: { readonly deadline: number }) => Promise<T>,
  patience?: Patience,
): Promise<T> {
  const isShort = patience === undefined || patience.isShort === true;
  const until = performance.now() + (isShort ? PATIENCE_MS : Number.POSITIVE_INFINITY);
  const longestCallMs = () =>
    Math.min(
      CALL_TIMEOUT_MS,
      patience?.callMs?.() ?? CALL_TIMEOUT_MS,
      Math.max(SHORTEST_CALL_MS, until - performance.now()),
    );
  for (let failures = 1; ; failures += 1) {
    patience?.signal.throwIfAborted();
    try {
      return await call({ deadline: Date.now() + longestCallMs() });
    } catch (error) {
      if (error instanceof EtcdLeaseInvalidError) throw error;
      patience?.signal.throwIfAborted();
      if (!mayPass(error)) throw refused(what, error);
      if (performance.now() >= until) throw unavailable(what, error);
    }
    await sleep(systemTimer, backoffMs(BACKOFF, failures, Math.random()), patience?.signal);
  }
}

/**
 * Waits for something as long as for a single call. Then throws `JOURNAL_UNAVAILABLE`, and calls `givenUp`: what was begun goes on, and may
 * take effect.
 */
export async function withinPatience<T>(what: string, work: Promise<T>, givenUp: () => void): Promise<T> {
  let cancel: () => void = () => undefined;
  const timeout = new Promise<never>((_, reject) => {
    cancel = systemTimer.after(PATIENCE_MS, () => {
      givenUp();
      reject(unavailable(what, undefined));
    });
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    cancel();
  }
}

/** Whether etcd may answer otherwise later. A database that is full stays so until somebody does something about it. */
function mayPass(error: unknown): boolean {
  if (!(error instanceof Error) || /database space exceeded/.test(error.message)) return false;
  return isRecoverableError(error) || isBrokenCircuitError(error) || error instanceof EtcdInvalidAuthTokenError;
}

function refused(what: string, error: unknown): FabricError {
  const reason = error instanceof Error ? error.message : String(error);
  if (/authentication is not enabled/.test(reason)) {
    const message =
      'etcd has no authentication enabled, and this coordinator is to name itself to it. Unset VOLLEY_ETCD_USER, or enable ' +
      'authentication in etcd (etcdctl auth enable).';
    return new FabricError('USAGE', message, { cause: error });
  }
  return new FabricError('STORE_FAILED', `etcd could not ${what}: ${reason}`, { cause: error });
}

/** What clients are told. Why it does not answer is for those who run it, and in `cause`. */
function unavailable(what: string, cause: unknown): FabricError {
  const message =
    `etcd, where jobs are kept, did not answer within ${PATIENCE_MS / 1000} s (it was to ${what}). ` +
    'Ask again in a few seconds; if it stays so, see that etcd runs and that this coordinator can reach it.';
  return new FabricError('JOURNAL_UNAVAILABLE', message, { cause, retryable: true });
}
