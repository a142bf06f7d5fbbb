import type { IncomingMessage, ServerResponse } from 'node:http';
import { asFabricError, FabricError } from '../../../engine/errors.ts';
import { openServer } from '../../http-server/open-server.ts';
import { type Access, callerOf, checkOrigin } from './access.ts';
import { invalidRequest, problemOf } from './problem.ts';
import { type ApiParts, answer, sendJson } from './routes.ts';

export interface HttpApiOptions extends ApiParts {
  readonly host: string;
  /** 0 chooses a free port. */
  readonly port: number;
  readonly access: Access;
  /** Gives what `/readyz` answers. */
  readonly readiness: () => Promise<Readiness>;
  /** Receives defects, with their cause. */
  readonly reportDefect: (error: unknown) => void;
}

/** Whether to send requests here, and the state of each dependency in one word. */
export interface Readiness {
  readonly isReady: boolean;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** The coordinator's HTTP server, open. */
export interface HttpApi {
  readonly url: string;
  /** Stops accepting requests, answers the pending ones, and closes. Idempotent. */
  drain(): Promise<void>;
}

/** The paths that load balancers poll. */
const HEALTH = ['/healthz', '/readyz'];

/** Serves the calls of `docs/serve.md`. Rejects with `USAGE` if it cannot listen. */
export async function serveHttpApi(options: HttpApiOptions): Promise<HttpApi> {
  const server = await openServer(options.host, options.port, (request, response) => {
    void handle(options, request, response).catch((error) => fail(options, response, error));
  });
  return { url: server.url, drain: () => server.close() };
}

async function handle(options: HttpApiOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { access, coordinator, ...parts } = options;
  const url = urlOf(request);
  if (!coordinator.isOpen) response.setHeader('connection', 'close');
  if (HEALTH.includes(url.pathname)) checkHealthMethod(url, request, response);
  if (url.pathname === '/healthz') return sendJson(response, 200, { status: 'alive', jobs: coordinator.running });
  if (url.pathname === '/readyz') return ready(options, response);
  checkOrigin(request, access);
  await answer({ ...parts, request, response, url, caller: callerOf(request, access), coordinator });
}

function checkHealthMethod({ pathname }: URL, { method = '' }: IncomingMessage, response: ServerResponse): void {
  if (['GET', 'HEAD'].includes(method)) return;
  response.setHeader('allow', 'GET, HEAD');
  throw new FabricError('METHOD_NOT_ALLOWED', `${pathname} accepts GET and HEAD, not ${method}.`);
}

function urlOf({ url = '/' }: IncomingMessage): URL {
  // `URL` would parse a path that begins with two slashes as a host.
  const parsed = url.startsWith('/') && !url.startsWith('//') ? URL.canParse(url, 'http://host') : false;
  if (!parsed) throw invalidRequest('Invalid request path.');
  return new URL(url, 'http://host');
}

async function ready({ coordinator, readiness }: HttpApiOptions, response: ServerResponse): Promise<void> {
  if (!coordinator.isOpen) return sendJson(response, 503, { status: 'ending' });
  const { isReady, dependencies } = await readiness();
  sendJson(response, isReady ? 200 : 503, { status: isReady ? 'ready' : 'not ready', ...dependencies });
}

/** Sends an error to the client; a response that has already begun is broken off. */
function fail({ reportDefect }: HttpApiOptions, response: ServerResponse, thrown: unknown): void {
  const error = asFabricError(thrown);
  if (error.code === 'INTERNAL' && !response.destroyed) reportDefect(thrown);
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const problem = problemOf(error);
  if (problem.status === 401) response.setHeader('www-authenticate', 'Bearer');
  if (problem.status === 503 && problem.retryable) response.setHeader('retry-after', '1');
  sendJson(response, problem.status, problem, 'application/problem+json');
}
