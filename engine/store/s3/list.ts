import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { badKey, keyProblem, prefixProblem } from '../object-key.ts';
import type { ListedObject } from '../object-store.ts';
import { s3Failure } from './errors.ts';
import { identityOf } from './read.ts';
import { counted, type S3Place } from './request.ts';

/**
 * Lists objects page by page, on demand. S3 sorts keys by their bytes. Keys that are not valid in a Volley store
 * (`folder/`) are skipped.
 */
export async function* list(place: S3Place, prefix: string): AsyncGenerator<ListedObject> {
  const problem = prefixProblem(prefix);
  if (problem !== undefined) throw badKey(prefix, problem);
  for (let token: string | undefined, isMore = true; isMore; isMore = token !== undefined) {
    const page = await listPage(place, prefix, token);
    for (const { Key, Size, ETag } of page.Contents ?? []) {
      const key = Key === undefined ? '' : decoded(Key, page.EncodingType).slice(place.prefix.length);
      const identity = identityOf(Size, ETag);
      if (identity !== undefined && keyProblem(key) === undefined) yield { key, identity };
    }
    token = page.IsTruncated ? page.NextContinuationToken : undefined;
  }
}

async function listPage(place: S3Place, prefix: string, token: string | undefined) {
  const command = new ListObjectsV2Command({
    Bucket: place.bucket,
    Prefix: `${place.prefix}${prefix}`,
    // Without URL encoding, keys with control characters would make the response invalid XML.
    EncodingType: 'url',
    ...(token === undefined ? {} : { ContinuationToken: token }),
  });
  try {
    return await place.connection.client.send(counted(place, 'list', command));
  } catch (error) {
    throw s3Failure('list', prefix, place, error);
  }
}

/** Decodes a key if the server encoded it. Some servers do not. */
function decoded(key: string, encoding: string | undefined): string {
  return encoding === 'url' ? decodeURIComponent(key.replaceAll('+', ' ')) : key;
}
