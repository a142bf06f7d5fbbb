import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { lambdaLimits } from '../../coordinator/invoke/lambda-limits.ts';
import { arnOf } from './execution-environment.ts';
import { FunctionPool } from './function-pool.ts';
import type { Functions } from './functions.ts';
import { readAll } from './runtime-api.ts';

export interface LocalLambdaOptions {
  readonly functions: Functions;
  /** A loopback port. 0, the default, selects any free port. */
  readonly port?: number;
  /** The maximum number of concurrent invocations of all functions together. */
  readonly accountConcurrency?: number;
  /** How long an idle environment is kept. */
  readonly keepMs?: number;
}

/** A running local Lambda. */
export interface LocalLambda {
  /** The endpoint for clients. */
  readonly endpoint: string;
  /** The process ids of all environments. */
  readonly pids: readonly number[];
  /** Ends all environments. Idempotent. */
  close(): Promise<void>;
}

/** An error response of the API itself, without an invocation of a function. */
interface Refusal {
  readonly status: number;
  readonly type: string;
  readonly message: string;
  readonly reason?: string;
}

/** Starts Lambda's Invoke API on this machine. Each environment is a process. */
export async function startLocalLambda(options: LocalLambdaOptions): Promise<LocalLambda> {
  const keepMs = options.keepMs ?? 300_000;
  const account = options.accountConcurrency ?? 1000;
  const pools = new Map(
    Object.entries(options.functions).map(([name, config]) => [name, new FunctionPool(name, config, keepMs)]),
  );
  const server = createServer((request, response) => {
    answer(pools, account, request, response).catch((error) => {
      refuse(response, { status: 500, type: 'ServiceException', message: String(error) });
    });
  });
  server.requestTimeout = 0;
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The TCP server has no port.');
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    server.close();
    await Promise.all([...pools.values()].map((pool) => pool.close()));
    server.closeAllConnections();
  };
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    get pids() {
      return [...pools.values()].flatMap((pool) => pool.pids);
    },
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

async function answer(
  pools: ReadonlyMap<string, FunctionPool>,
  account: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const seen = describeFunction(pools, request);
  if (seen !== undefined) return 'status' in seen ? refuse(response, seen) : describe(response, seen);
  const [, target] = /^\/2015-03-31\/functions\/([^/?]+)\/invocations(?:\?|$)/.exec(request.url ?? '') ?? [];
  if (target === undefined || request.method !== 'POST')
    return refuse(response, { status: 404, type: 'ResourceNotFoundException', message: 'There is no such operation.' });
  const name = functionName(decodeURIComponent(target));
  const payload = await readAll(request);
  const kind = String(request.headers['x-amz-invocation-type'] ?? 'RequestResponse');
  const pool = pools.get(name);
  const refusal = pool === undefined ? notFound(name) : check(pools, pool, account, payload, kind);
  if (refusal !== undefined || pool === undefined) return refuse(response, refusal ?? notFound(name));
  if (kind === 'DryRun') return void response.writeHead(204).end();
  const event = payload.length > 0 ? payload : Buffer.from('{}');
  if (kind === 'Event') {
    response.writeHead(202, { 'x-amzn-requestid': randomUUID() }).end();
    return invokeUntilItSucceeds(pool, event);
  }
  const { id, body, failed, log, cold } = await pool.invoke(event);
  const wantsLog = request.headers['x-amz-log-type'] === 'Tail';
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': body.length,
    'x-amzn-requestid': id,
    'x-amz-executed-version': qualifierOf(request.url ?? '') ?? '$LATEST',
    'x-local-cold-start': String(cold),
    ...(failed ? { 'x-amz-function-error': 'Unhandled' } : {}),
    ...(wantsLog ? { 'x-amz-log-result': Buffer.from(log).toString('base64') } : {}),
  });
  response.end(body);
}

/** The only version of each function. No further version can be published, and every alias refers to this one. */
const ONLY_VERSION = '1';

/** Answers a request about a function's versions. Returns `undefined` for other requests. */
function describeFunction(
  pools: ReadonlyMap<string, FunctionPool>,
  request: IncomingMessage,
): object | Refusal | undefined {
  const asked = /^\/2015-03-31\/functions\/([^/?]+)\/(versions|configuration)(?:\?|$)/.exec(request.url ?? '');
  if (asked === null || request.method !== 'GET') return undefined;
  const [, target = '', what] = asked;
  const name = functionName(decodeURIComponent(target));
  if (!pools.has(name)) return notFound(name);
  const described = (Version: string) => ({ FunctionName: name, FunctionArn: `${arnOf(name)}:${Version}`, Version });
  if (what === 'versions') return { Versions: [described('$LATEST'), described(ONLY_VERSION)] };
  return described(qualifierOf(request.url ?? '') === undefined ? '$LATEST' : ONLY_VERSION);
}

function qualifierOf(url: string): string | undefined {
  return new URLSearchParams(url.split('?')[1] ?? '').get('Qualifier') ?? undefined;
}

function describe(response: ServerResponse, value: object): void {
  response.writeHead(200, { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID() });
  response.end(JSON.stringify(value));
}

function check(
  pools: ReadonlyMap<string, FunctionPool>,
  pool: FunctionPool,
  account: number,
  payload: Buffer,
  kind: string,
): Refusal | undefined {
  const most = kind === 'Event' ? lambdaLimits.asynchronousPayloadBytes : lambdaLimits.synchronousPayloadBytes;
  if (payload.length > most) {
    const message = `${payload.length} byte payload is too large for the ${kind} invocation type (limit ${most} bytes)`;
    return { status: 413, type: 'RequestTooLargeException', message };
  }
  if (!isJson(payload)) {
    return { status: 400, type: 'InvalidRequestContentException', message: 'Could not parse request body into json' };
  }
  if (pool.busy >= (pool.config.reservedConcurrency ?? Number.POSITIVE_INFINITY)) {
    return throttled('ReservedFunctionConcurrentInvocationLimitExceeded');
  }
  const busy = [...pools.values()].reduce((sum, each) => sum + each.busy, 0);
  return busy >= account ? throttled('ConcurrentInvocationLimitExceeded') : undefined;
}

async function invokeUntilItSucceeds(pool: FunctionPool, event: Buffer): Promise<void> {
  for (let attempt = 0; attempt <= lambdaLimits.asynchronousRetries; attempt += 1) {
    if (pool.isClosed || !(await pool.invoke(event)).failed) return;
  }
}

/** Extracts the function name from a name, an ARN or a partial ARN, with or without a version. */
function functionName(target: string): string {
  const qualified = target.includes(':function:') ? (target.split(':function:')[1] ?? '') : target;
  return qualified.split(':')[0] ?? '';
}

function isJson(payload: Buffer): boolean {
  if (payload.length === 0) return true;
  try {
    JSON.parse(payload.toString());
    return true;
  } catch {
    return false;
  }
}

function notFound(name: string): Refusal {
  return { status: 404, type: 'ResourceNotFoundException', message: `Function not found: ${arnOf(name)}` };
}

function throttled(reason: string): Refusal {
  return { status: 429, type: 'TooManyRequestsException', message: 'Rate Exceeded.', reason };
}

function refuse(response: ServerResponse, { status, type, message, reason }: Refusal): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'x-amzn-errortype': type,
    'x-amzn-requestid': randomUUID(),
  });
  response.end(JSON.stringify({ Type: 'User', message, ...(reason === undefined ? {} : { Reason: reason }) }));
}
