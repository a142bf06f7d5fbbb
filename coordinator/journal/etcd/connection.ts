import { InterceptingCall, type Interceptor } from '@grpc/grpc-js';
import { isBrokenCircuitError, noop } from 'cockatiel';
import { Etcd3, EtcdInvalidAuthTokenError, EtcdLeaseInvalidError, isRecoverableError } from 'etcd3';
import { FabricError } from '../../../engine/errors.ts';
import { type Backoff, backoffMs } from '../../../engine/retry.ts';
import { sleep, systemTimer } from '../../../engine/timer.ts';
import { Members } from './members.ts';

/** The address and credentials of etcd. */
export interface EtcdConnectionOptions {
  /** The URLs of the members, either all in the form `http://HOST:PORT` or all in the form `https://HOST:PORT`. */
  readonly endpoints: readonly string[];
  /** PEM data. If absent, `https` endpoints are verified against the platform's trusted authorities. */
  readonly tls?: { readonly ca: Buffer; readonly certificate?: Buffer; readonly key?: Buffer };
  readonly user?: { readonly name: string; readonly password: string };
}

/** The maximum time for one call. A call that takes longer is retried, on another endpoint if there are several. */
export const CALL_TIMEOUT_MS = 3000;
/**
 * The maximum time for an operation with all its retries. etcd elects a new leader in less time. After a longer outage, clients must retry,
 * and unowned jobs are listed again.
 */
const OPERATION_TIMEOUT_MS = 5000;
/** The minimum time limit of a call, even if less time remains for the operation. */
const SHORTEST_CALL_MS = 200;
const BACKOFF: Backoff = { firstMs: 20, longestMs: 1000, jitter: 0.5 };
/** The maximum size of a response. A page of a log contains up to 128 values of at most `INLINE_LIMIT_BYTES` each. */
const MAX_ANSWER_BYTES = 64 * 2 ** 20;

/** Limits for retries that replace or complement `OPERATION_TIMEOUT_MS`. */
export interface RetryLimits {
  /** Stops the retries when it aborts. The abort reason is thrown. */
  readonly signal: AbortSignal;
  /** Returns the maximum time for one call. Values above `CALL_TIMEOUT_MS` have no effect. */
  readonly callMs?: () => number;
  /** Whether retries also stop after `OPERATION_TIMEOUT_MS`. */
  readonly isBrief?: boolean;
}

/**
 * Creates an etcd client without automatic retries, because callers must find out whether a failed call took effect. Only `untilAnswered`
 * retries calls.
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
      // Detects an unreachable server within 10 s. etcd closes connections that send pings more often than every 5 s.
      'grpc.keepalive_time_ms': 6000,
      'grpc.keepalive_timeout_ms': 4000,
      'grpc.max_receive_message_length': MAX_ANSWER_BYTES,
    },
  });
}

/**
 * Makes a member that is cut off from the other members end its streams. Without this, the streams would stay open and never deliver an
 * event.
 */
const requireLeader: Interceptor = (options, nextCall) =>
  new InterceptingCall(nextCall(options), {
    start: (metadata, listener, next) => {
      metadata.set('hasleader', 'true');
      next(metadata, listener);
    },
  });

/**
 * Calls etcd until it answers, with a delay between attempts. `call` must be safe to repeat, and receives the deadline of one attempt.
 * Throws `STORE_FAILED` if etcd rejects the call permanently, and `USAGE` if a user is configured but etcd has no authentication enabled.
 * Throws `JOURNAL_UNAVAILABLE` if etcd stays unavailable too long, although the call may still have taken effect. Throws the signal's
 * reason if the signal aborts, and passes on etcd3's `EtcdLeaseInvalidError` unchanged.
 */
export async function untilAnswered<T>(
  what: string,
  call: (options: { readonly deadline: number }) => Promise<T>,
  limits?: RetryLimits,
): Promise<T> {
  const isBrief = limits === undefined || limits.isBrief === true;
  const until = performance.now() + (isBrief ? OPERATION_TIMEOUT_MS : Number.POSITIVE_INFINITY);
  const longestCallMs = () =>
    Math.min(
      CALL_TIMEOUT_MS,
      limits?.callMs?.() ?? CALL_TIMEOUT_MS,
      Math.max(SHORTEST_CALL_MS, until - performance.now()),
    );
  for (let failures = 1; ; failures += 1) {
    limits?.signal.throwIfAborted();
    try {
      return await call({ deadline: Date.now() + longestCallMs() });
    } catch (error) {
      if (error instanceof EtcdLeaseInvalidError) throw error;
      limits?.signal.throwIfAborted();
      if (!isTransient(error)) throw refused(what, error);
      if (performance.now() >= until) throw unavailable(what, error);
    }
    await sleep(systemTimer, backoffMs(BACKOFF, failures, Math.random()), limits?.signal);
  }
}

/**
 * Waits for `work` for at most `OPERATION_TIMEOUT_MS`. After that, calls `givenUp` and throws `JOURNAL_UNAVAILABLE`, but the work continues
 * and may still take effect.
 */
export async function withOperationTimeout<T>(what: string, work: Promise<T>, givenUp: () => void): Promise<T> {
  let cancel: () => void = () => undefined;
  const timeout = new Promise<never>((_, reject) => {
    cancel = systemTimer.after(OPERATION_TIMEOUT_MS, () => {
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

/** Returns whether a later attempt may succeed. A full database is not transient, because only an operator can free space. */
function isTransient(error: unknown): boolean {
  if (!(error instanceof Error) || /database space exceeded/.test(error.message)) return false;
  return isRecoverableError(error) || isBrokenCircuitError(error) || error instanceof EtcdInvalidAuthTokenError;
}

function refused(what: string, error: unknown): FabricError {
  const reason = error instanceof Error ? error.message : String(error);
  if (/authentication is not enabled/.test(reason)) {
    const message =
      'VOLLEY_ETCD_USER is set, but etcd has no authentication enabled. Unset VOLLEY_ETCD_USER, or enable authentication in etcd ' +
      '(etcdctl auth enable).';
    return new FabricError('USAGE', message, { cause: error });
  }
  return new FabricError('STORE_FAILED', `etcd could not ${what}: ${reason}`, { cause: error });
}

/** Creates the error that clients see. `cause` contains the reason for operators. */
function unavailable(what: string, cause: unknown): FabricError {
  const message =
    `etcd, which stores the jobs, did not answer a request to ${what} within ${OPERATION_TIMEOUT_MS / 1000} s. ` +
    'Try again in a few seconds. If this persists, check that etcd is running and that this coordinator can reach it.';
  return new FabricError('JOURNAL_UNAVAILABLE', message, { cause, retryable: true });
}
