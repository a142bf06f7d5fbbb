import type { S3Settings } from '../config/s3-settings.ts';
import { locationText, type StoreLocation } from '../config/store-location.ts';
import { type Dependency, withTimeout } from './dependency-watch.ts';
import { openStore } from './open-store.ts';
import { probeStore } from './probe-store.ts';

const STORE_MS = 10_000;
/** Requests to S3 cost money. */
const STORE_EVERY_MS = 30_000;
/** Attempts of one check: a failed check is repeated anyway. */
const STORE_ATTEMPTS = 2;

/** A store that tasks read and write. The first check writes, later ones only look an object up. */
export async function storeDependency(location: StoreLocation, s3: S3Settings): Promise<Dependency> {
  const text = locationText(location);
  // A separate connection, since checks should fail quickly and their requests belong to no job.
  const store = await openStore(location, { ...s3, maxAttempts: STORE_ATTEMPTS });
  return {
    name: `store (${text})`,
    meaning: 'Until it does, tasks that write or read there fail and are tried again.',
    everyMs: STORE_EVERY_MS,
    failuresToTell: 2,
    check: (isFirst) => withTimeout(probeStore(store, text, isFirst ? 'write' : 'look up'), STORE_MS, 'The store'),
  };
}
