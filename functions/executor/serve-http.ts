import type { IncomingMessage, ServerResponse } from 'node:http';
import { openServer, readBody } from '../../coordinator/http-server/open-server.ts';
import { type ErrorCode, FabricError } from '../../engine/errors.ts';
import { encodeOutcomeEnvelope, openSignedEnvelope } from '../../engine/task/envelope.ts';
import { failedOutcome } from '../../engine/task/failed-outcome.ts';
import type { EncodedTask, FailedOutcome, TaskOutcome } from '../../engine/task/task.ts';

export interface HttpServiceOptions {
  readonly host: string;
  /** 0 picks any free port. */
  readonly port: number;
  /** The maximum number of open connections. Defaults to the maximum of `openServer`. */
  readonly maxConnections?: number;
  /** The maximum number of concurrent tasks. Further tasks receive status 429. */
  readonly concurrency: number;
  /** A task signed with any of these keys is accepted. */
  readonly keys: readonly Uint8Array[];
  /** Runs one attempt. A thrown error fails the task. */
  readonly run: (task: EncodedTask, signal: AbortSignal) => Promise<TaskOutcome>;
  /** Returns whether the store that the tasks need has responded. If absent, the server is always ready. */
  readonly isReady?: () => boolean;
  /** Called with one line for the operator of this executor. */
  readonly report?: (line: string) => void;
}

/** The running HTTP server of a standalone executor. */
export interface HttpService {
  readonly url: string;
  /** Stops accepting tasks, waits until the running tasks have ended, sends their outcomes, and closes. Idempotent. */
  drain(): Promise<void>;
}

/** The path of the Lambda Invoke API for a function named `function`, as in the Runtime Interface Emulator. */
const INVOKE_PATH = '/2015-03-31/functions/function/invocations';
/** Far larger than any task. Bounds the memory that an untrusted client can make this process use. */
const MAX_BODY_BYTES = 32 << 20;
/** The maximum number of distinct refusal reasons reported. Some reasons contain text from the sender. */
const MAX_REASONS = 20;

/**
 * Serves tasks over HTTP. `POST` to the invocation path accepts a signed envelope and returns the envelope of an
 * outcome: 200 for every task that ran, 403 `TASK_REFUSED`, 400 for a task that cannot be decoded, and `throttled` for
 * a task that did not run: 429 if all slots are taken, 503 if the executor is draining. If the caller closes its
 * connection, its task is aborted. `GET /healthz` returns `{"status":"ready","concurrency":1,"running":0}`, or 503 with
 * `starting` until it is ready and `draining` while it drains.
 */
export async function serveHttp(options: HttpServiceOptions): Promise<HttpService> {
  const state: State = { options, running: 0, draining: undefined, idle: () => undefined, reported: new Set() };
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    route(state, request, response).catch((error) => {
      if (!response.headersSent) reply(state, response, 500, encodeOutcomeEnvelope(failedOutcome(error)));
      else response.destroy();
    });
  };
  const server = await openServer(options.host, options.port, handle, options.maxConnections);
  const drain = async (): Promise<void> => {
    if (state.running > 0) await new Promise<void>((resolve) => Object.assign(state, { idle: resolve }));
    await server.close();
  };
  return {
    url: server.url,
    drain: () => {
      state.draining ??= drain();
      return state.draining;
    },
  };
}

interface State {
  readonly options: HttpServiceOptions;
  running: number;
  draining: Promise<void> | undefined;
  /** Called when the last running task has ended. */
  idle: () => void;
  /** The reasons reported so far. */
  readonly reported: Set<string>;
}

async function route(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url?.split('?')[0];
  if (path === '/healthz') return health(state, response);
  if (path !== INVOKE_PATH) return reply(state, response, 404, '{"message":"Not found."}');
  if (request.method !== 'POST') return reply(state, response, 405, '{"message":"Send tasks with POST."}');
  let task: EncodedTask;
  try {
    const body = await readBody(request, MAX_BODY_BYTES, tooLong);
    task = openSignedEnvelope(body, { keys: state.options.keys, nowMs: Date.now() });
  } catch (error) {
    return refuse(state, response, failedOutcome(error));
  }
  if (state.draining !== undefined) return reply(state, response, 503, throttled);
  if (state.running >= state.options.concurrency) return reply(state, response, 429, throttled);
  const outcome = await runTask(state, task, response);
  if (response.destroyed) return;
  if (outcome.kind === 'failed' && UNREADABLE.has(outcome.code)) refuse(state, response, outcome);
  else reply(state, response, 200, encodeOutcomeEnvelope(outcome));
}

/** Reports each reason for refusing tasks once. */
function reportRefusal({ reported, options }: State, code: ErrorCode, message: string): void {
  // Undecodable tasks may come from anyone and contain anything.
  if ((code !== 'TASK_REFUSED' && code !== 'VERSION_SKEW') || reported.has(message) || reported.size >= MAX_REASONS)
    return;
  reported.add(message);
  options.report?.(`${code}: ${message}`);
}

/** The error codes of tasks that cannot be decoded. Only the executor process decodes a whole task. */
const UNREADABLE: ReadonlySet<ErrorCode> = new Set(['MESSAGE_INVALID', 'VERSION_SKEW']);

function refuse(state: State, response: ServerResponse, outcome: FailedOutcome): void {
  reportRefusal(state, outcome.code, outcome.message);
  reply(state, response, outcome.code === 'TASK_REFUSED' ? 403 : 400, encodeOutcomeEnvelope(outcome));
}

async function runTask(state: State, task: EncodedTask, response: ServerResponse): Promise<TaskOutcome> {
  const closed = new AbortController();
  const leave = () => closed.abort();
  response.on('close', leave);
  state.running += 1;
  try {
    return await state.options.run(task, closed.signal);
  } catch (error) {
    return failedOutcome(error);
  } finally {
    state.running -= 1;
    response.off('close', leave);
    if (state.running === 0) state.idle();
  }
}

function health(state: State, response: ServerResponse): void {
  const { concurrency, isReady } = state.options;
  const begun = isReady === undefined || isReady() ? 'ready' : 'starting';
  const status = state.draining === undefined ? begun : 'draining';
  reply(
    state,
    response,
    status === 'ready' ? 200 : 503,
    JSON.stringify({ status, concurrency, running: state.running }),
  );
}

const throttled = encodeOutcomeEnvelope({ kind: 'throttled' });

function tooLong(): FabricError {
  return new FabricError(
    'TASK_REFUSED',
    `The executor rejected a task of more than ${MAX_BODY_BYTES} bytes. Read fewer files, or reduce the setting fanout.`,
  );
}

function reply(state: State, response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...(state.draining === undefined ? {} : { connection: 'close' }),
  });
  response.end(body);
}
