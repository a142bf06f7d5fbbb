import type { InputStore } from '../../engine/execute/fetched-inputs.ts';
import { isObjectLocation } from '../../engine/scan/object-location.ts';
import type { S3Settings } from '../config/s3-settings.ts';
import { parseStoreLocation } from '../config/store-location.ts';
import { openStore } from './open-store.ts';

/** The stores an executor fetches inputs from: one for each bucket that a location among those allowed names. Throws `USAGE`. */
export async function openInputStores(allowed: readonly string[], s3: S3Settings): Promise<readonly InputStore[]> {
  const prefixes = new Map<string, string[]>();
  for (const text of allowed.filter(isObjectLocation)) {
    const location = parseStoreLocation(text);
    if (location.kind !== 's3') continue;
    prefixes.set(location.bucket, [...(prefixes.get(location.bucket) ?? []), location.prefix]);
  }
  return Promise.all(
    [...prefixes].map(async ([bucket, keys]) => ({
      prefix: `s3://${bucket}/`,
      allowed: keys,
      store: await openStore({ kind: 's3', bucket, prefix: '' }, s3),
    })),
  );
}
