/** A place in a bucket. The key is empty for all of it, and has no slash at its end. */
export interface ObjectLocation {
  readonly bucket: string;
  readonly key: string;
}

const SCHEME = 's3://';

/** Whether a location is in a bucket, and not on this machine. */
export function isObjectLocation(location: string): boolean {
  return location.startsWith(SCHEME);
}

/** Takes the location of something in a bucket apart: `s3://bucket/key`. */
export function splitObjectLocation(location: string): ObjectLocation {
  const path = location.slice(SCHEME.length);
  const slash = path.indexOf('/');
  if (slash < 0) return { bucket: path, key: '' };
  return { bucket: path.slice(0, slash), key: path.slice(slash + 1).replace(/\/$/, '') };
}

/** How a place in a bucket is written. */
export function objectLocation(bucket: string, key: string): string {
  return key === '' ? `${SCHEME}${bucket}` : `${SCHEME}${bucket}/${key}`;
}
