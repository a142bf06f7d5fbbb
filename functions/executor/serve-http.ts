import type { IncomingMessage, ServerResponse } from 'node:http';
import { openServer, readBody } from '../../coordinator/http-server/open-server.ts';
import { asFabricError, type ErrorCode, FabricError } from '../../engine/errors.ts';
import { decodeTaskEnvelope, encodeOutcomeEnvelope } from '../../engine/task/envelope.ts';
import type { SentTask, TaskOutcome } from '../../engine/task/task.ts';
import { failedOutcome, type RunTask } from './handle-task.ts';

export interface HttpServiceOptions {
  readonly host: string;
  /** 0 chooses a free port. */
  readonly port: number;
  /** The number of concurrent tasks; one more is answered with 429. */
  readonly concurrency: number;
  /** The keys of accepted tasks. */
  readonly keys: readonly Uint8Array[];
  readonly run: RunTask;
  /** Whether the dependencies of tasks have answered; absent: they have. */
  readonly isReady?: () => boolean;
  /** Receives lines for the operator of this executor. */
  readonly report?: (line: string) => void;
}

/** A standalone executor's HTTP server, open. */
export interface HttpService {
  readonly url: string;
  /** Accepts no more tasks, waits for the running ones, answers them, and closes. Idempotent. */
  drain(): Promise<void>;
}

/** The Lambda Invoke API's path for a function of the name `function`, as the Runtime Interface Emulator has it. */
const INVOKE_PATH = '/2015-03-31/functions/function/invocations';
/** Far above any task; bounds the memory that unauthenticated requests can take. */
const LONGEST_BODY_BYTES = 32 << 20;
/** The number of distinct refusal reasons that are reported; some contain text from the request. */
const MOST_REASONS = 20;

/**
 * Serves tasks over HTTP. `POST` to the invocation path takes a signed envelope and answers with the envelope of an outcome: 200 for every
 * task that ran, 403 `TASK_REFUSED`, 400 for an invalid message, 429 and 503 `throttled` for a task that did not run because all slots are
 * taken or the executor is draining. A caller that closes its connection aborts its task. `GET /healthz` answers
 * `{"status":"ready","concurrency":1,"running":0}`, or 503 with `starting` before it is ready and `draining` while it drains.
 */
export async function serveHttp(options: HttpServiceOptions): Promise<HttpService> {
  const state: State = { options, running: 0, draining: undefined, idle: () => undefined, reported: new Set() };
  const server = await openServer(options.host, options.port, (request, response) => {
    route(state, request, response).catch((error) => {
      if (!response.headersSent) reply(state, response, 500, encodeOutcomeEnvelope(failedOutcome(error)));
      else response.destroy();
    });
  });
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
  /** The reasons for refused tasks that have been reported. */
  readonly reported: Set<string>;
}

async function route(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url?.split('?')[0];
  if (path === '/healthz') return health(state, response);
  if (path !== INVOKE_PATH) return reply(state, response, 404, '{"message":"There is no such path."}');
  if (request.method !== 'POST') return reply(state, response, 405, '{"message":"Send tasks by POST."}');
  let task: SentTask;
  try {
    const body = await readBody(request, LONGEST_BODY_BYTES, tooLong);
    task = decodeTaskEnvelope(body, { keys: state.options.keys, nowMs: Date.now() });
  } catch (error) {
    const { code, message } = asFabricError(error);
    reportRefusal(state, code, message);
    const status = code === 'TASK_REFUSED' ? 403 : 400;
    return reply(state, response, status, encodeOutcomeEnvelope(failedOutcome(error)));
  }
  if (state.draining !== undefined) return reply(state, response, 503, throttled);
  if (state.running >= state.options.concurrency) return reply(state, response, 429, throttled);
  const outcome = await runTask(state, task, response);
  if (!response.destroyed) reply(state, response, 200, encodeOutcomeEnvelope(outcome));
}

/** Reports each reason for refused tasks once. */
function reportRefusal({ reported, options }: State, code: ErrorCode, message: string): void {
  // Other invalid messages may come from anyone, with any content.
  if ((code !== 'TASK_REFUSED' && code !== 'VERSION_SKEW') || reported.has(message) || reported.size >= MOST_REASONS)
    return;
  reported.add(message);
  options.report?.(`${code}: ${message}`);
}

async function runTask(state: State, task: SentTask, response: ServerResponse): Promise<TaskOutcome> {
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
  return new FabricError('TASK_REFUSED', `The executor refused a task of more than ${LONGEST_BODY_BYTES} bytes.`);
}

function reply(state: State, response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...(state.draining === undefined ? {} : { connection: 'close' }),
  });
  response.end(body);
}
