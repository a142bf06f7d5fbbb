import { FabricError } from '../errors.ts';

/** What the details of an error say where a request failed since its bucket does not exist. */
export const MISSING_BUCKET = { bucket: 'missing' } as const;

/** Whether a store's request failed since there is no such bucket: nothing can be in it. */
export function isBucketMissing(error: unknown): boolean {
  return error instanceof FabricError && error.details['bucket'] === MISSING_BUCKET.bucket;
}
