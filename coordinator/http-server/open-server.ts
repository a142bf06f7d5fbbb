import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen } from './listen.ts';

/** An HTTP server that listens. */
export interface OpenServer {
  readonly url: string;
  /** Takes no more requests, lets those under way be answered, and closes. Idempotent. */
  close(): Promise<void>;
}

const LONGEST_UPLOAD_MS = 60_000;
const IDLE_CONNECTION_MS = 60_000;
const TCP_KEEP_ALIVE_MS = 15_000;

/** Opens a server whose clients keep their connections; port 0 takes any free one. Rejects with `USAGE` where it cannot listen. */
export async function openServer(
  host: string,
  port: number,
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<OpenServer> {
  const timing = { keepAlive: true, keepAliveInitialDelay: TCP_KEEP_ALIVE_MS, requestTimeout: LONGEST_UPLOAD_MS };
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

/** The body of a request as text. Rejects as `readBytes` does. */
export async function readBody(request: IncomingMessage, mostBytes: number, tooLong: () => Error): Promise<string> {
  return (await readBytes(request, mostBytes, tooLong)).toString();
}

/**
 * The body of a request. Rejects with what `tooLong` gives as soon as it has, or is said to have, more than so many bytes: the rest is read
 * and dropped, so that whoever sends it comes to read the answer.
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
