import { InvokeCommand, type InvokeCommandOutput, LambdaClient, LambdaServiceException } from '@aws-sdk/client-lambda';
import { decodeOutcomeEnvelope, encodeTaskEnvelope } from '../../engine/task/envelope.ts';
import { permanentFailure } from '../../engine/task/failed-outcome.ts';
import type { SentTask, TaskOutcome } from '../../engine/task/task.ts';
import { AdaptiveGate } from './adaptive-gate.ts';
import { type AttemptLimits, closedOutcome, limitAttempt } from './attempt-limits.ts';
import type { Invoker } from './invoker.ts';
import { KeptConnections } from './kept-connections.ts';
import { outcomeOfFailure, refusalOfSize, taskTooLarge } from './lambda-failure.ts';
import { type TurnOptions, takeTurns } from './take-turns.ts';

export interface LambdaInvokerOptions extends TurnOptions {
  /** The name or ARN of the function. */
  readonly functionName: string;
  /** The published version for jobs that have not recorded a version. By default, the currently deployed version. */
  readonly version?: string;
  readonly region: string;
  /** An endpoint to use instead of the region's, for emulators and private endpoints. */
  readonly endpoint?: string;
  /** The credentials; those from the SDK's credential chain by default. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** The maximum number of concurrent invocations. */
  readonly concurrency: number;
  /** How long to wait for an answer after a task's deadline. */
  readonly deadlineGraceMs?: number;
  /** How long a connection may be idle and still be reused. */
  readonly connectionIdleMs?: number;
  /** The time limit for connecting. */
  readonly connectMs?: number;
}

export interface LambdaInvoker extends Invoker {
  /** The number of concurrent invocations that the platform is expected to accept. */
  readonly limit: number;
}

const DEADLINE_GRACE_MS = 2000;
const CONNECT_TIMEOUT_MS = 5000;
/** The interval of keep-alive probes. An invocation may be silent for minutes, but some network devices drop connections after 350 s. */
const TCP_KEEP_ALIVE_MS = 30_000;
/**
 * How long a connection may be idle and still be reused. This is well below the idle timeout of servers (five seconds in Node), because a
 * request from a busy machine may arrive late.
 */
const CONNECTION_IDLE_MS = 2000;
/** The names of the SDK's credential errors. */
const CREDENTIAL_ERRORS = new Set(['CredentialsProviderError', 'TokenProviderError']);

/** The SDK's message when `connectionTimeout` expires. */
const CONNECTION_TIMED_OUT = /did not establish a connection/;

/**
 * Creates an invoker that runs tasks as synchronous invocations of a Lambda function. The SDK's retries are off, because only the scheduler
 * may run a task again. The invoker itself repeats only invocations that did not run because they were throttled or never sent, up to
 * `throttledTries` times. It limits concurrent invocations to the number that the platform accepts. Lambda cannot stop an invocation, so an
 * aborted or overdue attempt runs until its own deadline.
 */
export function createLambdaInvoker(options: LambdaInvokerOptions): LambdaInvoker {
  const { concurrency } = options;
  const gate = new AdaptiveGate(concurrency);
  const client = openClient(options);
  const running = new Set<AttemptLimits>();
  let isClosed = false;
  const close = async (): Promise<void> => {
    isClosed = true;
    for (const limits of running) limits.stop(closedOutcome);
    client.destroy();
  };
  // All versions share the connections and the gate, because the limits apply to the function and the account.
  const at = (target: LambdaInvokerOptions): LambdaInvoker => ({
    concurrency,
    get limit() {
      return Math.floor(gate.limit);
    },
    async invoke(task, signal) {
      if (isClosed) return closedOutcome;
      const limits = limitAttempt(task.deadlineMs, options.deadlineGraceMs ?? DEADLINE_GRACE_MS, signal);
      running.add(limits);
      try {
        return await invokeInTurn(client, gate, target, task, limits);
      } finally {
        running.delete(limits);
        limits.release();
      }
    },
    at: (version) => at({ ...options, version }),
    unavailableReason: () => client.unavailableReason(),
    close,
  });
  return at(options);
}

/** The SDK's client, with reused connections. */
interface Client {
  send(command: InvokeCommand, signal: AbortSignal): Promise<InvokeCommandOutput>;
  /** Returns why the last request did not reach the API; undefined if it did, or if nothing has been sent yet. */
  unavailableReason(): string | undefined;
  destroy(): void;
}

function openClient(options: LambdaInvokerOptions): Client {
  const {
    region,
    endpoint,
    credentials,
    concurrency,
    connectionIdleMs = CONNECTION_IDLE_MS,
    connectMs = CONNECT_TIMEOUT_MS,
  } = options;
  const connections = new KeptConnections({
    maxSockets: concurrency,
    idleMs: connectionIdleMs,
    tcpKeepAliveMs: TCP_KEEP_ALIVE_MS,
  });
  const { httpAgent, httpsAgent } = connections;
  const client = new LambdaClient({
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
    maxAttempts: 1,
    requestHandler: {
      httpAgent,
      httpsAgent,
      connectionTimeout: connectMs,
      requestTimeout: 0,
      socketTimeout: 0,
    },
  });
  let unavailableReason: string | undefined;
  return {
    send: async (command, abortSignal) => {
      connections.closeStale();
      const reached = () => {
        unavailableReason = undefined;
      };
      // If the SDK has not reported a failed connection within this time, assume that the API was reached. An answer may take much longer.
      const timer = setTimeout(reached, 2 * connectMs);
      try {
        const answer = await client.send(command, { abortSignal });
        reached();
        return answer;
      } catch (error) {
        if (!abortSignal.aborted) unavailableReason = unreachableReason(error);
        throw error;
      } finally {
        clearTimeout(timer);
      }
    },
    unavailableReason: () => unavailableReason,
    destroy: () => client.destroy(),
  };
}

async function invokeInTurn(
  client: Client,
  gate: AdaptiveGate,
  options: LambdaInvokerOptions,
  task: SentTask,
  limits: AttemptLimits,
): Promise<TaskOutcome> {
  let payload: Uint8Array;
  try {
    payload = Buffer.from(encodeTaskEnvelope(task));
  } catch (error) {
    return permanentFailure(error);
  }
  return (
    refusalOfSize(payload.length) ??
    (await takeTurns(gate, task.job, limits, options, () => invokeOnce(client, options, payload, limits)))
  );
}

/** Makes one invocation. The outcome `throttled` means that it did not run. */
async function invokeOnce(
  client: Client,
  { functionName, version }: LambdaInvokerOptions,
  payload: Uint8Array,
  limits: AttemptLimits,
): Promise<TaskOutcome> {
  const command = new InvokeCommand({
    FunctionName: functionName,
    ...(version === undefined ? {} : { Qualifier: version }),
    InvocationType: 'RequestResponse',
    LogType: 'Tail',
    Payload: payload,
  });
  try {
    return outcomeOf(await client.send(command, limits.signal));
  } catch (error) {
    return limits.signal.aborted ? limits.outcome() : outcomeOfError(error, payload.length);
  }
}

function outcomeOf({ Payload, FunctionError, LogResult }: InvokeCommandOutput): TaskOutcome {
  const payload = Buffer.from(Payload ?? new Uint8Array(0)).toString();
  if (FunctionError !== undefined) {
    return outcomeOfFailure({ payload, log: Buffer.from(LogResult ?? '', 'base64').toString() });
  }
  try {
    return decodeOutcomeEnvelope(payload);
  } catch (error) {
    return permanentFailure(error);
  }
}

/** The outcome for an error from the API or from its connection. */
function outcomeOfError(error: unknown, sizeBytes: number): TaskOutcome {
  const name = nameOf(error);
  const message = messageOf(error);
  const status = error instanceof LambdaServiceException ? (error.$metadata.httpStatusCode ?? 0) : 0;
  if (status === 429) return { kind: 'throttled' };
  if (status === 413) return taskTooLarge(sizeBytes, message);
  if ((status >= 400 && status < 500) || CREDENTIAL_ERRORS.has(name)) {
    return refused(`Lambda refused an invocation (${name}: ${message})`);
  }
  const unavailableReason = unreachableReason(error);
  if (unavailableReason !== undefined) return { kind: 'throttled', unavailableReason };
  // The service or the connection failed, and the task may be running.
  return { kind: 'lost', message: `its invocation failed (${name}: ${message})` };
}

/** The reason why a request did not reach the API; undefined if it did or may have. */
function unreachableReason(error: unknown): string | undefined {
  return isUnreached(error) ? `An invocation did not reach Lambda (${nameOf(error)}: ${messageOf(error)}).` : undefined;
}

/** Returns whether connecting failed, so that nothing was sent. */
function isUnreached(error: unknown): boolean {
  // An `AggregateError` has one error for each address of the host name.
  if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every(isUnreached);
  if (!(error instanceof Error)) return false;
  if ('syscall' in error) return error.syscall === 'connect' || error.syscall === 'getaddrinfo';
  return error.name === 'TimeoutError' && CONNECTION_TIMED_OUT.test(error.message);
}

function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join(', ');
  return error instanceof Error ? error.message : String(error);
}

/** The name of an error. For a connection error, this is the system's code, because the SDK uses `TimeoutError` even for a reset. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

function refused(message: string): TaskOutcome {
  return { kind: 'failed', code: 'TASK_REFUSED', message, retryable: false, details: {} };
}
