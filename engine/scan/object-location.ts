/** A bucket and a key in it. The key has no trailing slash. An empty key means the whole bucket. */
export interface ObjectLocation {
  readonly bucket: string;
  readonly key: string;
}

const SCHEME = 's3://';

/** Returns whether a location is in a bucket rather than on this machine. */
export function isObjectLocation(location: string): boolean {
  return location.startsWith(SCHEME);
}

/** Splits a location in a bucket, such as `s3://bucket/key`, into bucket and key. */
export function splitObjectLocation(location: string): ObjectLocation {
  const path = location.slice(SCHEME.length);
  const slash = path.indexOf('/');
  if (slash < 0) return { bucket: path, key: '' };
  return { bucket: path.slice(0, slash), key: path.slice(slash + 1).replace(/\/$/, '') };
}

/** Formats a location in a bucket: the inverse of `splitObjectLocation`. */
export function objectLocation(bucket: string, key: string): string {
  return key === '' ? `${SCHEME}${bucket}` : `${SCHEME}${bucket}/${key}`;
}

/**
 * Returns whether a key or folder of keys is one of the allowed ones or below one. For example, `data` allows `data`
 * and `data/part` but not `database`. An empty allowed key allows everything.
 */
export function isKeyAllowed(key: string, allowed: readonly string[]): boolean {
  return allowed.some((folder) => folder === '' || key === folder || key.startsWith(`${folder}/`));
}
