import { type Agent, type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** An answer, or the reason why it did not arrive. */
export type Reply =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string }
  /** Connecting failed, so nothing was sent. */
  | { readonly kind: 'unreachable'; readonly message: string }
  /** The connection broke, or the signal aborted, during the request. */
  | { readonly kind: 'broken'; readonly message: string };

export interface RequestOptions {
  readonly url: URL;
  readonly agent: Agent;
  readonly signal: AbortSignal;
  /** The time limit for connecting. */
  readonly connectMs: number;
  /** The body of a POST request. Without a body, the request is a GET. */
  readonly body?: string;
}

/** The maximum size of an answer. It is far above the size of any outcome, and limits the memory that an untrusted server can use up. */
const MAX_BODY_BYTES = 64 << 20;
const TCP_KEEP_ALIVE_MS = 15_000;

/** Sends one request and reads its answer. Never rejects. */
export function sendRequest(options: RequestOptions): Promise<Reply> {
  const { url, agent, signal, body } = options;
  return new Promise((resolve) => {
    let isConnected = false;
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = send(url, {
      agent,
      signal,
      method: body === undefined ? 'GET' : 'POST',
      headers:
        body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    });
    const fail = (error: Error) => resolve({ kind: isConnected ? 'broken' : 'unreachable', message: error.message });
    request.on('error', fail);
    onConnection(request, options.connectMs, () => {
      isConnected = true;
    });
    request.on('response', (response) => {
      readBody(response).then((text) => {
        resolve({ kind: 'answered', status: response.statusCode ?? 0, body: text });
      }, fail);
    });
    request.end(body);
  });
}

/** Calls `connected` once bytes may have been sent. Destroys the request if connecting takes too long. */
function onConnection(request: ClientRequest, connectMs: number, connected: () => void): void {
  request.on('socket', (socket) => {
    if (!socket.connecting) return connected();
    const timer = setTimeout(() => request.destroy(new Error('the connection timed out')), connectMs);
    const settle = () => clearTimeout(timer);
    socket.once('close', settle);
    socket.once('connect', () => {
      settle();
      // Keep-alive probes detect a host that disappeared without closing the connection.
      socket.setKeepAlive(true, TCP_KEEP_ALIVE_MS);
      connected();
    });
  });
}

async function readBody(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) throw new Error(`the answer has more than ${MAX_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
