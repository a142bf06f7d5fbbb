import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { limitConnections } from './connection-limit.ts';
import { MAX_CONNECTIONS, SERVER_OPTIONS } from './limits.ts';
import { listenError, shownHost } from './listen-error.ts';

/** A listening HTTP server. */
export interface OpenServer {
  readonly url: string;
  /** Stops accepting requests, lets pending requests finish, and closes the server. Idempotent. */
  close(): Promise<void>;
}

/**
 * Opens a server with at most `maxConnections` keep-alive connections. Port 0 selects a free port. Rejects with `USAGE` if the server
 * cannot listen.
 */
export async function openServer(
  host: string,
  port: number,
  handle: (request: IncomingMessage, response: ServerResponse) => void,
  maxConnections = MAX_CONNECTIONS,
): Promise<OpenServer> {
  const server = createServer(SERVER_OPTIONS, handle);
  const connections = limitConnections(server, maxConnections);
  const url = await listen(server, host, port);
  let closed: Promise<unknown> | undefined;
  return {
    url,
    close: async () => {
      if (closed === undefined) {
        closed = once(server, 'close');
        server.close();
        connections.closeIdle();
      }
      await closed;
    },
  };
}

/** Starts listening and returns the server's URL. Rejects with `USAGE` if the address cannot be used. */
async function listen(server: Server, host: string, port: number): Promise<string> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw listenError(host, port, cause);
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server must have a port.');
  return `http://${shownHost(host)}:${address.port}`;
}

/**
 * Reads the body of a request as text. Rejects with the error from `tooLong` as soon as the body, or its declared length, exceeds
 * `mostBytes`. Reads and discards the rest, because some clients read the response only after they have sent the whole body.
 */
export function readBody(request: IncomingMessage, mostBytes: number, tooLong: () => Error): Promise<string> {
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
    request.on('end', () => resolve(Buffer.concat(chunks).toString()));
    request.on('error', reject);
    if (Number(request.headers['content-length'] ?? 0) > mostBytes) refuse();
    else request.on('data', take);
  });
}
