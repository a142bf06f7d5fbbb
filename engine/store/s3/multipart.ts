import { randomUUID } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { FabricError } from '../../errors.ts';
import type { ListedUpload, OpenUpload } from '../multipart-store.ts';
import { badKey, prefixProblem } from '../object-key.ts';
import type { ObjectIdentity } from '../object-store.ts';
import { blocks } from './blocks.ts';
import { exists, fullKey, isConditionFailed, isMissingUpload, notFound, s3Failure } from './errors.ts';
import { identityOf, WRITE_ID, wasWrittenBy } from './read.ts';
import { counted, type S3Place } from './request.ts';

/** S3's limit of parts per object. */
const MAX_PARTS = 10_000;

/** The maximum number of concurrent parts of one object. A write holds these parts and the part being filled in memory. */
const PARTS_AT_ONCE = 4;

/** An upload that has no parts yet. */
export type BegunUpload = Pick<OpenUpload, 'key' | 'uploadId' | 'writeId'>;

/** Stores all bytes as the parts of an upload, which remains open. */
export async function upload(
  place: S3Place,
  key: string,
  parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<OpenUpload> {
  fullKey(place, key);
  const source = blocks(parts, place.connection.partBytes);
  const { value: first } = await source.next();
  const begun = await beginUpload(place, key);
  try {
    return await uploadBlocks(place, begun, first?.bytes ?? new Uint8Array(0), source);
  } catch (error) {
    await abort(place, begun).catch(() => undefined);
    throw error;
  } finally {
    await source.return(undefined);
  }
}

export async function beginUpload(place: S3Place, key: string): Promise<BegunUpload> {
  const writeId = randomUUID();
  const command = new CreateMultipartUploadCommand({
    Bucket: place.bucket,
    Key: fullKey(place, key),
    Metadata: { [WRITE_ID]: writeId },
  });
  try {
    const { UploadId } = await place.connection.client.send(counted(place, 'create-multipart', command));
    if (UploadId === undefined) throw new Error('the response has no upload id');
    return { key, uploadId: UploadId, writeId };
  } catch (error) {
    throw s3Failure('write', key, place, error);
  }
}

/**
 * Sends the first block and the remaining blocks as parts, several at a time. If it rejects, no part is still being
 * sent. Part requests in progress are not aborted, because S3 may store an aborted part after the upload itself was aborted.
 */
export async function uploadBlocks(
  place: S3Place,
  begun: BegunUpload,
  first: Uint8Array,
  rest: AsyncIterable<{ readonly bytes: Uint8Array }>,
): Promise<OpenUpload> {
  const underWay = new Set<Promise<void>>();
  const etags: string[] = [];
  let sizeBytes = 0;
  let failed: { readonly why: unknown } | undefined;
  const send = async (bytes: Uint8Array) => {
    const index = etags.push('') - 1;
    sizeBytes += bytes.length;
    if (index >= MAX_PARTS) throw tooLarge(place, begun.key);
    const sent = uploadPart(place, begun, index + 1, bytes, () => failed !== undefined).then((etag) => {
      etags[index] = etag;
      underWay.delete(sent);
    });
    underWay.add(sent);
    sent.catch((why) => {
      failed ??= { why };
    });
    if (underWay.size >= PARTS_AT_ONCE) await Promise.race(underWay);
  };
  try {
    await send(first);
    for await (const { bytes } of rest) await send(bytes);
    await Promise.all(underWay);
  } catch (error) {
    failed ??= { why: error };
    await Promise.allSettled(underWay);
    throw failed.why;
  }
  return { ...begun, sizeBytes, parts: etags };
}

async function uploadPart(
  place: S3Place,
  { key, uploadId }: BegunUpload,
  number: number,
  bytes: Uint8Array,
  isGivenUp: () => boolean,
): Promise<string> {
  const command = new UploadPartCommand({
    Bucket: place.bucket,
    Key: fullKey(place, key),
    UploadId: uploadId,
    PartNumber: number,
    Body: bytes,
  });
  try {
    const { client, writes } = place.connection;
    const { ETag } = await writes.pass(bytes.length, async () => {
      if (isGivenUp()) throw new Error('another part failed');
      return await client.send(counted(place, 'upload-part', command));
    });
    if (ETag === undefined) throw new Error('the response has no ETag');
    return ETag;
  } catch (error) {
    throw s3Failure('write', key, place, error);
  }
}

/** Creates the object of an upload if none exists. Recognizes an earlier commit from any process. */
export async function commit(place: S3Place, upload: OpenUpload): Promise<ObjectIdentity> {
  const { key, uploadId, sizeBytes } = upload;
  const command = new CompleteMultipartUploadCommand({
    Bucket: place.bucket,
    Key: fullKey(place, key),
    UploadId: uploadId,
    IfNoneMatch: '*',
    MultipartUpload: { Parts: upload.parts.map((ETag, index) => ({ ETag, PartNumber: index + 1 })) },
  });
  try {
    const { ETag } = await place.connection.client.send(counted(place, 'complete-multipart', command));
    const identity = identityOf(sizeBytes, ETag) ?? (await wasWrittenBy(place, key, upload.writeId));
    if (identity === undefined) throw new Error('the object was created but no longer exists');
    return identity;
  } catch (error) {
    if (!isConditionFailed(error) && !isMissingUpload(error)) throw s3Failure('commit', key, place, error);
    const own = await wasWrittenBy(place, key, upload.writeId);
    if (own !== undefined) return own;
    throw isConditionFailed(error) ? exists(key, place, error) : notFound(key, place, error);
  }
}

export async function abort(place: S3Place, { key, uploadId }: Pick<OpenUpload, 'key' | 'uploadId'>): Promise<void> {
  const command = new AbortMultipartUploadCommand({
    Bucket: place.bucket,
    Key: fullKey(place, key),
    UploadId: uploadId,
  });
  try {
    await place.connection.client.send(counted(place, 'abort-multipart', command));
  } catch (error) {
    if (!isMissingUpload(error)) throw s3Failure('abort the upload of', key, place, error);
  }
}

export async function* listUploads(place: S3Place, prefix: string): AsyncGenerator<ListedUpload> {
  const problem = prefixProblem(prefix);
  if (problem !== undefined) throw badKey(prefix, problem);
  for (let after: { KeyMarker?: string; UploadIdMarker?: string } | undefined = {}; after !== undefined; ) {
    const page = await listPage(place, prefix, after);
    for (const { Key, UploadId, Initiated } of page.Uploads ?? []) {
      if (Key === undefined || UploadId === undefined || !Key.startsWith(place.prefix)) continue;
      yield { key: Key.slice(place.prefix.length), uploadId: UploadId, startedAt: Initiated ?? new Date(0) };
    }
    const { IsTruncated, NextKeyMarker: KeyMarker, NextUploadIdMarker: UploadIdMarker } = page;
    after =
      IsTruncated && KeyMarker !== undefined
        ? { KeyMarker, ...(UploadIdMarker === undefined ? {} : { UploadIdMarker }) }
        : undefined;
  }
}

async function listPage(place: S3Place, prefix: string, after: { KeyMarker?: string; UploadIdMarker?: string }) {
  const command = new ListMultipartUploadsCommand({
    Bucket: place.bucket,
    Prefix: `${place.prefix}${prefix}`,
    ...after,
  });
  try {
    return await place.connection.client.send(counted(place, 'list-multipart', command));
  } catch (error) {
    throw s3Failure('list', prefix, place, error);
  }
}

function tooLarge(place: S3Place, key: string): FabricError {
  const most = (MAX_PARTS * place.connection.partBytes) / 2 ** 30;
  const message = `Object ${key} is too large. It needs more than ${MAX_PARTS} parts, so the limit is ${most.toFixed(0)} GiB. Increase the setting fanout, so that each task writes less.`;
  return new FabricError('STORE_FAILED', message, { details: { key } });
}
