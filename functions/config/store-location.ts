import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isObjectLocation, objectLocation } from '../../engine/scan/object-location.ts';
import { usage } from './usage.ts';

/**
 * The location of objects: a local folder, or a prefix in a bucket. The prefix may be empty, and neither begins nor
 * ends with a slash.
 */
export type StoreLocation =
  | { readonly kind: 'file'; readonly root: string }
  | { readonly kind: 's3'; readonly bucket: string; readonly prefix: string };

/** Matches valid bucket names in S3. Other servers use the same rules. */
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** Parses the location of a store: an absolute path, a `file:///` URL, or `s3://bucket/prefix`. Throws `USAGE`. */
export function parseStoreLocation(text: string): StoreLocation {
  if (text.startsWith('file:///')) return { kind: 'file', root: fileURLToPath(text) };
  if (text.startsWith('/')) return { kind: 'file', root: resolve(text) };
  if (!isObjectLocation(text)) {
    throw usage(`An object store must be an absolute path, a file:/// URL or s3://bucket/prefix, not "${text}".`);
  }
  const [bucket = '', ...segments] = text.slice('s3://'.length).split('/');
  if (!BUCKET.test(bucket)) throw usage(`"${bucket}" in ${text} is not a valid bucket name. Write s3://bucket/prefix.`);
  if (segments.at(-1) === '') segments.pop();
  if (segments.some((segment) => ['', '.', '..'].includes(segment))) {
    throw usage(`The prefix in ${text} has an empty part, "." or "..". Write s3://bucket/prefix.`);
  }
  return { kind: 's3', bucket, prefix: segments.join('/') };
}

/** Formats a location as text. */
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
