import { once } from 'node:events';
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';

/** What the proxy does to one request. */
export type Fault =
  | { readonly kind: 'none' }
  /** Answered with an error of S3, without asking it. */
  | { readonly kind: 'answer'; readonly status: number; readonly code: string }
  /** The connection is reset instead of asking. */
  | { readonly kind: 'reset' }
  /** S3 does what is asked; the connection is reset instead of the answer. */
  | { readonly kind: 'lose-answer' }
  /** The connection is reset after so many bytes of the body. */
  | { readonly kind: 'truncate'; readonly afterBytes: number }
  /** An answer that is well formed but has so many bytes of its body only, and says so. */
  | { readonly kind: 'shorten'; readonly toBytes: number }
  /** The answer waits until this settles. */
  | { readonly kind: 'hold'; readonly until: Promise<unknown> }
  /** S3 gets the first half of the request's body; once `then` has settled, both connections are reset. */
  | { readonly kind: 'halve'; readonly then: () => Promise<void> };

export interface SeenRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** Settles when the client closed the connection before the answer was whole. */
  readonly dropped: Promise<unknown>;
}

export interface FaultProxy {
  readonly endpoint: string;
  readonly seen: readonly SeenRequest[];
  close(): Promise<void>;
}

/** A proxy before an S3 server, on a free port of the loopback interface. `decide` is asked for each request. */
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
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port');
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
  // Its own headers, host included: the request is signed over them.
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

/** Passes half a body on, so that S3 has begun to write what it will never have whole. */
async function halve(target: string, incoming: IncomingMessage, then: () => Promise<void>): Promise<void> {
  const { method, headers } = incoming;
  const asked = forward(new URL(incoming.url ?? '/', target), { method, headers });
  // It is reset on purpose.
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
