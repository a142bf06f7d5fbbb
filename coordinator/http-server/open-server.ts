import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { FabricError } from '../../engine/errors.ts';

/** A listening HTTP server. */
export interface OpenServer {
  readonly url: string;
  /** Stops accepting requests, lets pending ones finish, and closes. Idempotent. */
  close(): Promise<void>;
}

const MAX_UPLOAD_MS = 60_000;
const IDLE_CONNECTION_MS = 60_000;
const TCP_KEEP_ALIVE_MS = 15_000;

/** Opens a server with keep-alive connections; port 0 chooses a free one. Rejects with `USAGE` if it cannot listen. */
export async function openServer(
  host: string,
  port: number,
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<OpenServer> {
  const timing = { keepAlive: true, keepAliveInitialDelay: TCP_KEEP_ALIVE_MS, requestTimeout: MAX_UPLOAD_MS };
  const server = createServer(timing, handle);
  server.keepAliveTimeout = IDLE_CONNECTION_MS;
  const url = await listen(server, host, port);
  let closed: Promise<unknown> | undefined;
  return {
    url,
    close: async () => {
      if (closed === undefined) {
        closed = once(server, 'close');
        server.close();
        server.closeIdleConnections();
      }
      await closed;
    },
  };
}

/** Errors of `listen` that the user can fix, with what to do. */
const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another process listens there. End it, or choose another port with --port',
  EADDRNOTAVAIL: 'this machine has no such address. Choose another one with --host',
  EACCES: 'this user may not listen there. Choose a port from 1024 on with --port',
  ENOTFOUND: 'the host name is unknown. Choose another one with --host',
};

/** Starts listening and returns the server's URL. Port 0 chooses a free one. Rejects with `USAGE` if the address cannot be used. */
async function listen(server: Server, host: string, port: number): Promise<string> {
  const shownHost = host.includes(':') ? `[${host}]` : host;
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const reason = REASONS[code] ?? String(cause);
    throw new FabricError('USAGE', `Cannot listen on ${shownHost}:${port}: ${reason}.`, { cause });
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server must have a port');
  return `http://${shownHost}:${address.port}`;
}

/** The body of a request as text. Rejects as `readBytes` does. */
export async function readBody(request: IncomingMessage, mostBytes: number, tooLong: () => Error): Promise<string> {
  return (await readBytes(request, mostBytes, tooLong)).toString();
}

/**
 * The body of a request. Rejects with the error of `tooLong` as soon as the body, or its declared length, exceeds `mostBytes`. The rest is
 * read and discarded: some clients read the response only after they have sent everything.
 */
export function readBytes(request: IncomingMessage, mostBytes: number, tooLong: () => Error): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const refuse = (): void => {
      request.off('data', take);
      request.resume();
      reject(tooLong());
    };
    const take = (chunk: Buffer): void => {
      length += chunk.length;
      if (length > mostBytes) refuse();
      else chunks.push(chunk);
    };
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
    if (Number(request.headers['content-length'] ?? 0) > mostBytes) refuse();
    else request.on('data', take);
  });
}
