import { once } from 'node:events';
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';

/** The proxy's action on one request. */
export type Fault =
  | { readonly kind: 'none' }
  /** Returns an S3 error without forwarding the request. */
  | { readonly kind: 'answer'; readonly status: number; readonly code: string }
  /** Resets the connection without forwarding the request. */
  | { readonly kind: 'reset' }
  /** Forwards the request, and resets the connection instead of returning a response. */
  | { readonly kind: 'lose-answer' }
  /** Resets the connection after this many bytes of the response body. */
  | { readonly kind: 'truncate'; readonly afterBytes: number }
  /** Shortens the body to this many bytes, with a matching Content-Length. */
  | { readonly kind: 'shorten'; readonly toBytes: number }
  /** Delays the response until this promise settles. */
  | { readonly kind: 'hold'; readonly until: Promise<unknown> }
  /** Forwards the first half of the request body. Once `then` has settled, resets both connections. */
  | { readonly kind: 'halve'; readonly then: () => Promise<void> };

export interface SeenRequest {
  readonly method: string;
  /** The path and the query string. */
  readonly url: string;
  /** Settles when the client closes the connection before the response is complete. */
  readonly dropped: Promise<unknown>;
}

export interface FaultProxy {
  readonly endpoint: string;
  readonly seen: readonly SeenRequest[];
  close(): Promise<void>;
}

/** Starts a proxy for an S3 server on a free loopback port. Calls `decide` for each request. */
export async function startFaultProxy(target: string, decide: (request: SeenRequest) => Fault): Promise<FaultProxy> {
  const seen: SeenRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    const dropped = new Promise<void>((resolve) =>
      outgoing.once('close', () => {
        if (!outgoing.writableFinished) resolve();
      }),
    );
    const request = { method: incoming.method ?? '', url: incoming.url ?? '', dropped };
    seen.push(request);
    serve(target, incoming, outgoing, decide(request));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    seen,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function serve(target: string, incoming: IncomingMessage, outgoing: ServerResponse, fault: Fault): void {
  if (fault.kind === 'reset') {
    incoming.socket.resetAndDestroy();
    return;
  }
  if (fault.kind === 'answer') {
    incoming.resume().once('end', () => {
      outgoing.writeHead(fault.status, { 'content-type': 'application/xml' });
      outgoing.end(`<?xml version="1.0"?><Error><Code>${fault.code}</Code><Message>made up</Message></Error>`);
    });
    return;
  }
  if (fault.kind === 'halve') {
    halve(target, incoming, fault.then).catch(() => incoming.destroy());
    return;
  }
  const { method, headers } = incoming;
  // Forward the headers unchanged, including the host, because they are signed.
  const asked = forward(new URL(incoming.url ?? '/', target), { method, headers }, (answer) => {
    pass(answer, outgoing, fault).catch(() => outgoing.destroy());
  });
  asked.once('error', () => outgoing.destroy());
  outgoing.once('close', () => asked.destroy());
  incoming.pipe(asked);
}

async function pass(
  answer: IncomingMessage,
  outgoing: ServerResponse,
  fault: Exclude<Fault, { readonly kind: 'reset' | 'answer' | 'halve' }>,
): Promise<void> {
  const status = answer.statusCode ?? 500;
  switch (fault.kind) {
    case 'hold':
      await fault.until;
      outgoing.writeHead(status, answer.headers);
      answer.pipe(outgoing);
      return;
    case 'none':
      outgoing.writeHead(status, answer.headers);
      answer.pipe(outgoing);
      return;
    case 'lose-answer':
      for await (const _ of answer);
      outgoing.socket?.resetAndDestroy();
      return;
    case 'truncate': {
      const body = await bodyOf(answer);
      outgoing.writeHead(status, answer.headers);
      outgoing.write(body.subarray(0, fault.afterBytes), () => outgoing.socket?.resetAndDestroy());
      return;
    }
    case 'shorten': {
      const body = (await bodyOf(answer)).subarray(0, fault.toBytes);
      outgoing.writeHead(status, { ...answer.headers, 'content-length': body.length });
      outgoing.end(body);
      return;
    }
    default:
      fault satisfies never;
  }
}

/** Forwards half a body, so that S3 begins a write that never completes. */
async function halve(target: string, incoming: IncomingMessage, then: () => Promise<void>): Promise<void> {
  const { method, headers } = incoming;
  const asked = forward(new URL(incoming.url ?? '/', target), { method, headers });
  // The reset is intended.
  asked.once('error', () => undefined);
  const body = await bodyOf(incoming);
  await new Promise<void>((resolve) => asked.write(body.subarray(0, body.length / 2), () => resolve()));
  await then();
  asked.destroy();
  incoming.socket.resetAndDestroy();
}

async function bodyOf(answer: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  return Buffer.concat(chunks);
}
