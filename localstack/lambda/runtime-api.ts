import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { lambdaLimits } from '../../coordinator/invoke/lambda-limits.ts';

/** Callbacks for the function's requests. */
export interface RuntimeListener {
  /** The function requests the next event. The response waits for `deliver`. */
  asked(): void;
  /** The function could not start. `body` is its error in JSON. */
  initFailed(body: Buffer): void;
  answered(id: string, body: Buffer): void;
  /** The function's response exceeded the size limit. */
  answeredTooMuch(id: string, sizeBytes: number): void;
  failed(id: string, body: Buffer): void;
}

/** The Runtime API of one environment, on a separate port. On AWS, it also has a loopback address. */
export interface RuntimeApi {
  /** Host and port, for `AWS_LAMBDA_RUNTIME_API`. */
  readonly address: string;
  /** Sends an event to the waiting function. */
  deliver(event: {
    readonly id: string;
    readonly arn: string;
    readonly deadlineMs: number;
    readonly payload: Buffer;
  }): void;
  close(): void;
}

const BASE = '/2018-06-01/runtime';

/** Opens a Runtime API on a free loopback port. `isRunning` returns whether the given invocation is running. */
export async function openRuntimeApi(
  listener: RuntimeListener,
  isRunning: (id: string) => boolean,
): Promise<RuntimeApi> {
  const state: { asking: ServerResponse | undefined } = { asking: undefined };
  const server: Server = createServer(async (request, response) => {
    const path = request.url?.startsWith(BASE) ? request.url.slice(BASE.length) : undefined;
    if (request.method === 'GET' && path === '/invocation/next') {
      state.asking = response;
      return listener.asked();
    }
    const body = await readAll(request);
    if (path === '/init/error') {
      accept(response);
      return listener.initFailed(body);
    }
    const [, id, what] = /^\/invocation\/([^/]+)\/(response|error)$/.exec(path ?? '') ?? [];
    if (id === undefined || !isRunning(id)) return refuse(response, 400, 'InvalidRequestID', 'Invalid request ID');
    if (what === 'error') {
      accept(response);
      listener.failed(id, body);
    } else if (body.length > lambdaLimits.responseBytes) {
      refuse(response, 413, 'Function.ResponseSizeTooLarge', 'Exceeded maximum allowed payload size');
      listener.answeredTooMuch(id, body.length);
    } else {
      accept(response);
      listener.answered(id, body);
    }
  });
  // A function may work for minutes between requests.
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The TCP server has no port.');
  return {
    address: `127.0.0.1:${address.port}`,
    deliver({ id, arn, deadlineMs, payload }) {
      state.asking?.writeHead(200, {
        'content-type': 'application/json',
        'content-length': payload.length,
        'lambda-runtime-aws-request-id': id,
        'lambda-runtime-deadline-ms': String(deadlineMs),
        'lambda-runtime-invoked-function-arn': arn,
        'lambda-runtime-trace-id': `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${id.replaceAll('-', '').slice(0, 24)};Sampled=0`,
      });
      state.asking?.end(payload);
      state.asking = undefined;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Reads the whole body of a request. */
export async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function accept(response: ServerResponse): void {
  response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}');
}

function refuse(response: ServerResponse, status: number, errorType: string, errorMessage: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ errorType, errorMessage }));
}
