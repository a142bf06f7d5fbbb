import { randomUUID } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { ObjectIdentity } from '../object-store.ts';
import { blocks } from './blocks.ts';
import { attemptsOf, exists, fullKey, isConditionFailed, s3Failure } from './errors.ts';
import { abort, beginUpload, commit, uploadBlocks } from './multipart.ts';
import { identityOf, lookUp, WRITE_ID, wasWrittenBy } from './read.ts';
import { counted, type S3Place } from './request.ts';

/** Writes an object if none exists. Uses one request if the object fits, and otherwise a multipart upload. */
export async function put(
  place: S3Place,
  key: string,
  parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<ObjectIdentity> {
  fullKey(place, key);
  const source = blocks(parts, place.connection.partBytes);
  const { value: first } = await source.next();
  if (first === undefined || first.isLast) return await putOnce(place, key, first?.bytes ?? new Uint8Array(0));
  const begun = await beginUpload(place, key);
  try {
    return await commit(place, await uploadBlocks(place, begun, first.bytes, source));
  } catch (error) {
    // The write's error is more important than a failed clean-up. A lifecycle rule removes the remains.
    await abort(place, begun).catch(() => undefined);
    throw error;
  } finally {
    await source.return(undefined);
  }
}

async function putOnce(place: S3Place, key: string, bytes: Uint8Array): Promise<ObjectIdentity> {
  const writeId = randomUUID();
  const command = new PutObjectCommand({
    Bucket: place.bucket,
    Key: fullKey(place, key),
    Body: bytes,
    IfNoneMatch: '*',
    Metadata: { [WRITE_ID]: writeId },
  });
  try {
    const { client, writes } = place.connection;
    const { ETag } = await writes.pass(bytes.length, () => client.send(counted(place, 'put', command)));
    const identity = identityOf(bytes.length, ETag) ?? (await lookUp(place, key))?.identity;
    if (identity === undefined) throw new Error('the object was written but no longer exists');
    return identity;
  } catch (error) {
    const isTaken = isConditionFailed(error);
    const failure = isTaken ? exists(key, place, error) : s3Failure('write', key, place, error);
    if (attemptsOf(error) === 1) throw failure;
    // An earlier attempt may have written the object even though its response was lost. The server may then reject the
    // next attempt while its body is being sent. That breaks the connection, so the second response may be lost as
    // well.
    const own = await wasWrittenBy(place, key, writeId).catch((cause) => {
      throw isTaken ? cause : failure;
    });
    if (own === undefined) throw failure;
    return own;
  }
}
