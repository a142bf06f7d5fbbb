import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isObjectLocation, objectLocation } from '../../engine/scan/object-location.ts';
import { usage } from './usage.ts';

/** Where objects are: below a local folder, or in a bucket below a prefix, which is empty or has neither a slash at its start nor at its end. */
export type StoreLocation =
  | { readonly kind: 'file'; readonly root: string }
  | { readonly kind: 's3'; readonly bucket: string; readonly prefix: string };

/** The names S3 gives buckets; other servers keep to them. */
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** Reads a store's location: an absolute path, the same as a `file:///` URL, or `s3://bucket/prefix`. Throws `USAGE`. */
export function parseStoreLocation(text: string): StoreLocation {
  if (text.startsWith('file:///')) return { kind: 'file', root: fileURLToPath(text) };
  if (text.startsWith('/')) return { kind: 'file', root: resolve(text) };
  if (!isObjectLocation(text)) {
    throw usage(`An object store is an absolute path, a file:/// URL or s3://bucket/prefix, not "${text}".`);
  }
  const [bucket = '', ...segments] = text.slice('s3://'.length).split('/');
  if (!BUCKET.test(bucket)) throw usage(`"${bucket}" in ${text} is no name of a bucket: write s3://bucket/prefix.`);
  if (segments.at(-1) === '') segments.pop();
  if (segments.some((segment) => ['', '.', '..'].includes(segment))) {
    throw usage(`The prefix in ${text} has an empty part, "." or "..": write s3://bucket/prefix.`);
  }
  return { kind: 's3', bucket, prefix: segments.join('/') };
}

/** A location as it is written. */
export function locationText(location: StoreLocation): string {
  switch (location.kind) {
    case 'file':
      return location.root;
    case 's3':
      return objectLocation(location.bucket, location.prefix);
    default:
      return location satisfies never;
  }
}
