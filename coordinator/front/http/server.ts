import { METHODS, STATUS_CODES } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import { asFabricError, FabricError } from '../../../engine/errors.ts';
import type { JobId } from '../../../engine/task/task.ts';
import { limitConnections } from '../../http-server/connection-limit.ts';
import { HTTP_TIMEOUTS, MAX_CONNECTIONS, SERVER_OPTIONS } from '../../http-server/limits.ts';
import { listenError, shownHost } from '../../http-server/listen-error.ts';
import { type Access, callerOf, checkOrigin } from './access.ts';
import { type ApiResponse, type Call, jsonResponse, parametersOf } from './api-call.ts';
import { bodyTooLarge, checkJsonType, MAX_BODY_BYTES } from './json-body.ts';
import { invalidRequest, problemOf } from './problem.ts';
import { type ApiParts, jobCalls } from './routes.ts';

export interface HttpApiOptions extends ApiParts {
  readonly host: string;
  /** 0 selects a free port. */
  readonly port: number;
  /** The maximum number of open connections; `MAX_CONNECTIONS` by default. */
  readonly maxConnections?: number;
  readonly access: Access;
  /** Returns the state that `/readyz` reports. */
  readonly readiness: () => Promise<Readiness>;
  /** Called with each error that is a defect of Volley. */
  readonly reportDefect: (error: unknown) => void;
  /** Called when the server begins to handle a request. Returns a function to call when the request ends. */
  readonly track?: (activity: string) => () => void;
}

/** Whether the server is ready for requests, and the state of each dependency in one word. */
export interface Readiness {
  readonly isReady: boolean;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** The coordinator's running HTTP server. */
export interface HttpApi {
  readonly url: string;
  /** Stops accepting requests, answers the pending requests, and closes the server. Idempotent. */
  drain(): Promise<void>;
}

/** The maximum length of a path segment: Node's limit for the whole request head. */
const MAX_PATH_PART = 16 << 10;
/** How long a client may read nothing of a response before it is disconnected. Until then, its result occupies a process. */
const MAX_STALL_MS = 120_000;

/** Serves the API described in `docs/serve.md`. Rejects with `USAGE` if it cannot listen. */
export async function serveHttpApi(options: HttpApiOptions): Promise<HttpApi> {
  const { host, port, maxConnections = MAX_CONNECTIONS } = options;
  const app = fastify({
    http: SERVER_OPTIONS,
    keepAliveTimeout: HTTP_TIMEOUTS.idleMs,
    requestTimeout: HTTP_TIMEOUTS.requestMs,
    bodyLimit: MAX_BODY_BYTES,
    exposeHeadRoutes: false,
    // Answer requests that arrive during a drain; close their connections afterwards.
    return503OnClosing: false,
    routerOptions: { maxParamLength: MAX_PATH_PART },
    clientErrorHandler: answerUnreadable,
    frameworkErrors: (error, _request, reply) => sendError(options, reply, error),
  });
  const connections = limitConnections(app.server, maxConnections);
  addRoutes(app, options);
  try {
    await app.listen({ host, port });
  } catch (cause) {
    await app.close();
    throw listenError(host, port, cause);
  }
  // The cast is safe, because a server that listens on a TCP port has an `AddressInfo`.
  const address = app.server.address() as AddressInfo;
  let drained: Promise<void> | undefined;
  const drain = async (): Promise<void> => {
    const closed = app.close();
    connections.closeIdle();
    await closed;
  };
  return {
    url: `http://${shownHost(host)}:${address.port}`,
    drain: () => {
      drained ??= drain();
      return drained;
    },
  };
}

/** The paths that load balancers poll. They require no token. */
const HEALTH = ['/healthz', '/readyz'];

function addRoutes(app: FastifyInstance, options: HttpApiOptions): void {
  const { access, coordinator } = options;
  // Keep bodies as raw bytes. Fastify reads them only after the hooks' checks.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.addHook('preParsing', (_request, _reply, body, done) => {
    pauseBetweenChunks(body);
    done(null, body);
  });
  app.addHook('onRequest', async (request, reply) => {
    const { pathname } = urlOf(request);
    if (!coordinator.isOpen) reply.header('connection', 'close');
    if (HEALTH.includes(request.routeOptions.url ?? '')) return;
    checkOrigin(request.headers, access);
    callerOf(request.headers, access);
    if (request.is404) throw new FabricError('NOT_FOUND', `Unknown path ${pathname}. API paths begin with /v1/jobs.`);
  });
  app.setErrorHandler((error, request, reply) => {
    if (isCode(error, 'FST_ERR_CTP_BODY_TOO_LARGE')) discardRest(request, reply, coordinator.isOpen);
    return sendError(options, reply, error);
  });
  for (const method of METHODS) {
    if (!app.supportedMethods.includes(method) && method !== 'CONNECT') app.addHttpMethod(method);
  }
  for (const method of ['GET', 'HEAD']) {
    app.route({ method, url: '/healthz', handler: (_request, reply) => send(reply, alive(options)) });
    app.route({ method, url: '/readyz', handler: async (_request, reply) => send(reply, await ready(options)) });
  }
  const methods = new Map<string, string[]>(HEALTH.map((path) => [path, ['GET', 'HEAD']]));
  for (const call of jobCalls(options)) {
    addCall(app, options, call);
    methods.set(call.path, [...(methods.get(call.path) ?? []), call.method]);
  }
  for (const [path, allowed] of methods) rejectOthers(app, path, allowed);
}

function addCall(app: FastifyInstance, { access, track }: HttpApiOptions, call: Call): void {
  const { method, path, takesJson = false, answer } = call;
  const parametersFrom = (request: FastifyRequest) => {
    const { pathname, searchParams } = urlOf(request);
    return parametersOf(searchParams, pathname, call);
  };
  app.route<{ Params: { readonly job?: string } }>({
    method,
    url: path,
    // Runs before the body is read.
    onRequest: async (request) => {
      parametersFrom(request);
      if (takesJson) checkJsonType(request.headers);
    },
    handler: async (request, reply) => {
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      const end = track?.(`${method} ${path}`);
      try {
        const response = await answer({
          caller: callerOf(request.headers, access),
          job: (request.params.job ?? '') as JobId,
          parameters: parametersFrom(request),
          headers: request.headers,
          ...(Buffer.isBuffer(request.body) ? { body: request.body } : {}),
          signal: gone.signal,
        });
        return send(reply, response);
      } finally {
        end?.();
      }
    },
  });
}

/** Rejects all methods of a path except the allowed ones, with status 405. */
function rejectOthers(app: FastifyInstance, path: string, allowed: readonly string[]): void {
  const reject = async (request: FastifyRequest, reply: FastifyReply): Promise<never> => {
    reply.header('allow', allowed.join(', '));
    const names = allowed.join(' and ');
    throw new FabricError('METHOD_NOT_ALLOWED', `${urlOf(request).pathname} accepts ${names}, not ${request.method}.`);
  };
  const others = app.supportedMethods.filter((method) => !allowed.includes(method));
  app.route({ method: others, url: path, onRequest: reject, handler: reject });
}

/** The URL of a request. Throws `REQUEST_INVALID` if the request target is not a plain path. */
function urlOf({ raw: { url = '/' } }: FastifyRequest): URL {
  // `URL` would parse the text after two leading slashes as a host.
  const isPath = url.startsWith('/') && !url.startsWith('//') && URL.canParse(url, 'http://host');
  if (!isPath) throw invalidRequest('Invalid request path. API paths begin with /v1/jobs.');
  return new URL(url, 'http://host');
}

function alive({ coordinator }: HttpApiOptions): ApiResponse {
  return jsonResponse(200, { status: 'alive', jobs: coordinator.running });
}

async function ready({ coordinator, readiness }: HttpApiOptions): Promise<ApiResponse> {
  if (!coordinator.isOpen) return jsonResponse(503, { status: 'ending' });
  const { isReady, dependencies } = await readiness();
  return jsonResponse(isReady ? 200 : 503, { status: isReady ? 'ready' : 'not ready', ...dependencies });
}

function send(reply: FastifyReply, { status, headers = {}, body }: ApiResponse): FastifyReply {
  reply.code(status).headers(headers);
  if (body === undefined || typeof body === 'string') {
    // The document is sent as bytes, because Fastify adds a charset to the content type of a string.
    return reply.send(body === undefined ? undefined : Buffer.from(body));
  }
  reply.raw.setTimeout(MAX_STALL_MS, () => reply.raw.destroy());
  return reply.send(body);
}

/** Sends an error to the client. If the response has already begun, Fastify closes the connection instead. */
function sendError({ reportDefect }: HttpApiOptions, reply: FastifyReply, thrown: unknown): FastifyReply {
  const error = errorOf(thrown);
  if (error.code === 'INTERNAL' && !reply.raw.destroyed) reportDefect(thrown);
  const problem = problemOf(error);
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
  if (problem.status === 503 && problem.retryable) reply.header('retry-after', '1');
  return send(reply, jsonResponse(problem.status, problem, { 'content-type': PROBLEM_TYPE }));
}

const PROBLEM_TYPE = 'application/problem+json';

/** Converts an error from a call, or from Fastify's own checks of a request, to the error to send. */
function errorOf(thrown: unknown): FabricError {
  if (isCode(thrown, 'FST_ERR_CTP_BODY_TOO_LARGE')) return bodyTooLarge();
  if (isCode(thrown, 'FST_ERR_BAD_URL')) return invalidRequest('The request path contains an invalid % escape.');
  const isRejected =
    !(thrown instanceof FabricError) &&
    thrown instanceof Error &&
    'statusCode' in thrown &&
    Number(thrown.statusCode) >= 400 &&
    Number(thrown.statusCode) < 500;
  if (!isRejected) return asFabricError(thrown);
  if (thrown.statusCode === 415)
    return new FabricError('UNSUPPORTED_MEDIA_TYPE', 'Invalid Content-Type. Send "Content-Type: application/json".');
  return invalidRequest(`Invalid request: ${thrown.message}.`);
}

function isCode(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === code;
}

/** A body may consist of any number of tiny chunks, each of which takes some microseconds. */
const CHUNKS_PER_TURN = 1024;

/** Handles other events after every `CHUNKS_PER_TURN` chunks of a body. */
function pauseBetweenChunks(body: Readable): void {
  let chunks = 0;
  body.on('data', () => {
    chunks += 1;
    if (chunks % CHUNKS_PER_TURN !== 0) return;
    body.pause();
    setImmediate(() => body.resume());
  });
}

/** Connections whose last request has been answered, although its body has not arrived completely. */
const answered = new WeakSet<Socket>();

/**
 * Discards the rest of a body that is too large. A connection that is closed while the client still sends is reset, and the client may lose
 * the response. So the connection stays open until the client has sent everything, and is then closed if the client asked for that.
 */
function discardRest({ raw }: FastifyRequest, reply: FastifyReply, isOpen: boolean): void {
  raw.resume();
  if (!isOpen) return;
  const { socket } = raw;
  answered.add(socket);
  const isLast = !reply.raw.shouldKeepAlive;
  reply.removeHeader('connection');
  reply.raw.shouldKeepAlive = true;
  const end = (): void => {
    if (raw.readableEnded) answered.delete(socket);
    if (raw.readableEnded && reply.raw.writableFinished && isLast) socket.end();
  };
  raw.once('end', end);
  reply.raw.once('finish', end);
}

/**
 * Responds to invalid HTTP or to an oversized request head, and closes the connection. A connection that timed out, or whose request has
 * already been answered, gets no response.
 */
function answerUnreadable(error: Error & { readonly code?: string }, socket: Socket): void {
  if (
    socket.writable &&
    !answered.has(socket) &&
    error.code !== 'ERR_HTTP_REQUEST_TIMEOUT' &&
    error.code !== 'ECONNRESET'
  ) {
    const isLarge = error.code === 'HPE_HEADER_OVERFLOW';
    const what = isLarge
      ? 'The request head is too large. Send fewer or shorter headers.'
      : 'The request is not valid HTTP/1.1.';
    const status = isLarge ? 431 : 400;
    const body = `${JSON.stringify({ ...problemOf(invalidRequest(what)), status })}\n`;
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      `content-type: ${PROBLEM_TYPE}`,
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  }
  socket.destroy(error);
}
