import type { RequestCounter, RequestKind } from '../request-counts.ts';
import type { S3Connection } from './connection.ts';

/** A part of a bucket, with the counter of its requests. */
export interface S3Place {
  readonly connection: S3Connection;
  readonly bucket: string;
  /** The prefix of every key. It is empty or ends in `/`. */
  readonly prefix: string;
  readonly counter: RequestCounter;
  /** The store's name in messages: `s3://bucket/prefix`. */
  readonly name: string;
}

interface Attempt<In> {
  readonly input: In;
  readonly request: unknown;
}

interface Answer<Out> {
  readonly output: Out;
  readonly response: unknown;
}

type Next<In, Out> = (attempt: Attempt<In>) => Promise<Answer<Out>>;

/** The part of a command that is needed to observe each of its attempts. */
interface Command<In, Out> {
  readonly middlewareStack: {
    add(
      middleware: (next: Next<In, Out>) => Next<In, Out>,
      options: { readonly name: string; readonly step: 'finalizeRequest'; readonly priority: 'low' },
    ): void;
  };
}

/** Counts each attempt of a command when it is made. A command may be sent only once. */
export function counted<In, Out, C extends Command<In, Out>>(
  place: S3Place,
  kind: RequestKind,
  command: C & Command<In, Out>,
): C {
  let attempt = 0;
  command.middlewareStack.add(
    (next) => (args) => {
      attempt += 1;
      place.counter.request(kind, attempt, bodyBytes(args.request));
      return next(args);
    },
    { name: 'volley-count', step: 'finalizeRequest', priority: 'low' },
  );
  return command;
}

function bodyBytes(request: unknown): number {
  const body = typeof request === 'object' && request !== null && 'body' in request ? request.body : undefined;
  return body instanceof Uint8Array ? body.length : 0;
}
