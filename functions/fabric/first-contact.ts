import { FabricError } from '../../engine/errors.ts';
import type { S3Settings } from '../config/s3-settings.ts';
import type { StoreLocation } from '../config/store-location.ts';
import { locationText } from '../config/store-location.ts';
import { openStore } from './open-store.ts';
import { probeStore } from './probe-store.ts';

/** Attempts of the first request: a connection may take 3 s. What has begun is tried more often, since a store that restarts is soon back. */
const ATTEMPTS = 2;

/**
 * Finds out whether anything answers where a store is to be, before work begins that would try again and again to reach it. Costs one
 * request (HEAD). Rejects with `STORE_FAILED`, which names the endpoint, where nothing does; what is wrong otherwise, the work itself says.
 */
export async function checkReachable(location: StoreLocation, s3: S3Settings): Promise<void> {
  if (location.kind === 'file') return;
  const store = await openStore(location, { ...s3, maxAttempts: ATTEMPTS });
  try {
    await probeStore(store, locationText(location), 'look up');
  } catch (error) {
    if (error instanceof FabricError && error.retryable && error.details['status'] === undefined) throw error;
  }
}
