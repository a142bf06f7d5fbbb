import { Readable } from 'node:stream';
import type { GetObjectCommandOutput } from '@aws-sdk/client-s3';
import type { ByteRange } from '../object-store.ts';

/** The result of a ranged read: its bytes, or the object's size if the object ends before the range does. */
export type RangeAnswer =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'short-object'; readonly sizeBytes: number };

/**
 * Reads the response to a ranged request into newly allocated memory, and checks that it contains the requested range.
 * If the connection breaks or other bytes arrive, rejects with an error that the SDK retries.
 */
export async function readRange(
  answer: Pick<GetObjectCommandOutput, 'Body' | 'ContentRange' | 'ContentLength'>,
  range: ByteRange,
  signal: AbortSignal,
  onBytes: (count: number) => void,
): Promise<RangeAnswer> {
  const body: unknown = answer.Body;
  if (!(body instanceof Readable)) throw truncated('the response has no body');
  const sizeBytes = range.end - range.start;
  const found = rangeIn(answer);
  if (found !== undefined && found.objectBytes < range.end) {
    body.destroy();
    return { kind: 'short-object', sizeBytes: found.objectBytes };
  }
  if (found?.start !== range.start || found.end !== range.end || answer.ContentLength !== sizeBytes) {
    body.destroy();
    throw truncated(`bytes ${range.start} to ${range.end} were requested, but the response has ${saidBy(answer)}`);
  }
  return { kind: 'bytes', bytes: await collect(body, sizeBytes, signal, onBytes) };
}

function collect(
  body: Readable,
  sizeBytes: number,
  signal: AbortSignal,
  onBytes: (count: number) => void,
): Promise<Uint8Array> {
  // The memory is not zero-filled, because it is returned only after every byte has been written.
  const bytes = new Uint8Array(Buffer.allocUnsafeSlow(sizeBytes).buffer);
  let done = 0;
  return new Promise((resolve, reject) => {
    const stop = () => body.destroy(aborted());
    const fail = (why: string, cause?: Error) => {
      if (!body.destroyed) body.destroy();
      reject(signal.aborted ? aborted() : truncated(`${done} of ${sizeBytes} bytes arrived, ${why}`, cause));
    };
    signal.addEventListener('abort', stop, { once: true });
    body.on('data', (chunk: Uint8Array) => {
      onBytes(chunk.length);
      if (done + chunk.length > sizeBytes) return fail('then more bytes than requested');
      bytes.set(chunk, done);
      done += chunk.length;
    });
    body.once('end', () => (done === sizeBytes ? resolve(bytes) : fail('then the response ended')));
    body.once('error', (error) => fail(`then ${error.message}`, error));
    body.once('close', () => {
      signal.removeEventListener('abort', stop);
      if (!body.readableEnded) fail('then the connection closed');
    });
    if (signal.aborted) stop();
  });
}

/** Returns the range that a response claims to contain. A response without a range contains the whole object. */
function rangeIn(answer: Pick<GetObjectCommandOutput, 'ContentRange' | 'ContentLength'>) {
  const whole = answer.ContentLength;
  if (answer.ContentRange === undefined) {
    return whole === undefined ? undefined : { start: 0, end: whole, objectBytes: whole };
  }
  const found = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(answer.ContentRange);
  if (found === null) return undefined;
  return { start: Number(found[1]), end: Number(found[2]) + 1, objectBytes: Number(found[3]) };
}

function saidBy({ ContentRange, ContentLength }: Pick<GetObjectCommandOutput, 'ContentRange' | 'ContentLength'>) {
  return `${ContentRange ?? 'no range'} in ${ContentLength ?? 'unknown'} bytes`;
}

function truncated(message: string, cause?: Error): Error {
  const error = new Error(message, cause === undefined ? undefined : { cause });
  return Object.assign(error, { name: 'TruncatedBody', $retryable: { throttling: false } });
}

function aborted(): Error {
  return Object.assign(new Error('The request was aborted'), { name: 'AbortError' });
}
