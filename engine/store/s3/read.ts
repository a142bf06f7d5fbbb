import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { FabricError } from '../../errors.ts';
import type { ByteRange, ObjectIdentity } from '../object-store.ts';
import { type RangeAnswer, readRange } from './body.ts';
import { changed, fullKey, isConditionFailed, isMissing, isOutOfRange, notFound, s3Failure } from './errors.ts';
import { hedged } from './hedged.ts';
import { counted, type S3Place } from './request.ts';

/** Returns an object's identity and metadata, or undefined if the object does not exist. */
export async function lookUp(
  place: S3Place,
  key: string,
): Promise<{ readonly identity: ObjectIdentity; readonly metadata: Readonly<Record<string, string>> } | undefined> {
  const command = new HeadObjectCommand({ Bucket: place.bucket, Key: fullKey(place, key) });
  try {
    const found = await place.connection.client.send(counted(place, 'head', command));
    const identity = identityOf(found.ContentLength, found.ETag);
    if (identity === undefined)
      throw new FabricError(
        'STORE_FAILED',
        `${place.name} sent a response without size or ETag. Check that the store is compatible with S3.`,
      );
    return { identity, metadata: found.Metadata ?? {} };
  } catch (error) {
    if (error instanceof FabricError) throw error;
    if (isMissing(error)) return undefined;
    throw s3Failure('look up', key, place, error);
  }
}

/** The name of the object metadata that holds the id of the write that created the object. */
export const WRITE_ID = 'volley-write';

/**
 * Returns the identity of an object if the given write created it, and undefined otherwise. It recognizes a successful
 * write whose response was lost.
 */
export async function wasWrittenBy(place: S3Place, key: string, writeId: string): Promise<ObjectIdentity | undefined> {
  const found = await lookUp(place, key);
  return found?.metadata[WRITE_ID] === writeId ? found.identity : undefined;
}

/** Returns an object's size and ETag as one value, or undefined if the response lacks either. */
export function identityOf(sizeBytes: number | undefined, etag: string | undefined): ObjectIdentity | undefined {
  return sizeBytes === undefined || etag === undefined ? undefined : { sizeBytes, version: etag };
}

/** Reads a range once the limit on concurrent reads allows it. Makes a second request if the first is slow. */
export async function get(
  place: S3Place,
  key: string,
  range: ByteRange,
  identity: ObjectIdentity | undefined,
): Promise<Uint8Array> {
  const fullName = fullKey(place, key);
  if (!(range.start >= 0 && range.start <= range.end)) throw badRange(key, range);
  if (range.start === range.end) return await getNothing(place, key, range, identity);
  const sizeBytes = range.end - range.start;
  const { reads } = place.connection;
  return await reads.pass(sizeBytes, () =>
    hedged(place, sizeBytes, (signal) => getOnce(place, key, fullName, range, identity, signal)),
  );
}

/** Looks the object up instead of reading it, because S3 does not support empty ranges. */
async function getNothing(
  place: S3Place,
  key: string,
  range: ByteRange,
  identity: ObjectIdentity | undefined,
): Promise<Uint8Array> {
  const found = (await lookUp(place, key))?.identity;
  if (found === undefined) throw notFound(key, place);
  if (identity !== undefined && found.version !== identity.version) throw changed(key, place);
  if (range.end > found.sizeBytes) throw badRange(key, range, found.sizeBytes);
  return new Uint8Array(0);
}

/** Makes one ranged request, with its retries. */
async function getOnce(
  place: S3Place,
  key: string,
  fullName: string,
  range: ByteRange,
  identity: ObjectIdentity | undefined,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const command = new GetObjectCommand({
    Bucket: place.bucket,
    Key: fullName,
    Range: `bytes=${range.start}-${range.end - 1}`,
    ...(identity === undefined ? {} : { IfMatch: identity.version }),
  });
  let answer: RangeAnswer | undefined;
  // The body is read inside the SDK's retry loop, because a connection may break long after the response has begun.
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      answer = await readRange(result.output ?? {}, range, signal, (bytes) => {
        place.counter.readBytes += bytes;
      });
      return result;
    },
    { name: 'volley-read-body', step: 'deserialize', priority: 'high' },
  );
  try {
    await place.connection.client.send(counted(place, 'get', command), { abortSignal: signal });
  } catch (error) {
    if (isMissing(error)) throw notFound(key, place, error);
    if (isConditionFailed(error)) throw changed(key, place, error);
    if (isOutOfRange(error)) throw badRange(key, range);
    throw s3Failure('read', key, place, error);
  }
  if (answer?.kind === 'bytes') return answer.bytes;
  throw badRange(key, range, answer?.sizeBytes);
}

function badRange(key: string, range: ByteRange, sizeBytes?: number): FabricError {
  const asked = `Cannot read bytes ${range.start} to ${range.end} of object ${key}`;
  const has = sizeBytes === undefined ? 'The range is outside the object' : `It has ${sizeBytes} bytes`;
  return new FabricError('STORE_FAILED', `${asked}. ${has}.`, { details: { key } });
}
