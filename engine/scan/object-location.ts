/** A bucket and a key in it. The key has no trailing slash; an empty key means the whole bucket. */
export interface ObjectLocation {
  readonly bucket: string;
  readonly key: string;
}

const SCHEME = 's3://';

/** Whether a location is in a bucket rather than on this machine. */
export function isObjectLocation(location: string): boolean {
  return location.startsWith(SCHEME);
}

/** Splits a location in a bucket: `s3://bucket/key`. */
export function splitObjectLocation(location: string): ObjectLocation {
  const path = location.slice(SCHEME.length);
  const slash = path.indexOf('/');
  if (slash < 0) return { bucket: path, key: '' };
  return { bucket: path.slice(0, slash), key: path.slice(slash + 1).replace(/\/$/, '') };
}

/** Writes a location in a bucket: the inverse of `splitObjectLocation`. */
export function objectLocation(bucket: string, key: string): string {
  return key === '' ? `${SCHEME}${bucket}` : `${SCHEME}${bucket}/${key}`;
}

/**
 * Whether a key or folder of keys is one of the allowed ones or below one: `data` allows `data` and `data/part`, never `database`. An empty
 * allowed key allows everything.
 */
export function isKeyAllowed(key: string, allowed: readonly string[]): boolean {
  return allowed.some((folder) => folder === '' || key === folder || key.startsWith(`${folder}/`));
}
