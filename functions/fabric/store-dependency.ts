import type { S3Settings } from '../config/s3-settings.ts';
import { locationText, type StoreLocation } from '../config/store-location.ts';
import { type Dependency, withTimeout } from './dependency-watch.ts';
import { openStore } from './open-store.ts';
import { probeStore } from './probe-store.ts';

const STORE_MS = 10_000;
/** The check interval. It is long because requests to S3 cost money. */
const STORE_EVERY_MS = 30_000;
/** Attempts per check. The number is low because a failed check is repeated anyway. */
const STORE_ATTEMPTS = 2;

/** A store that tasks read and write. The first check writes an object. Later checks only look one up. */
export async function storeDependency(location: StoreLocation, s3: S3Settings): Promise<Dependency> {
  const text = locationText(location);
  // Use a separate connection, because checks should fail quickly and their requests belong to no job.
  const store = await openStore(location, { ...s3, maxAttempts: STORE_ATTEMPTS });
  return {
    name: `store (${text})`,
    meaning: 'Until it answers, tasks that read or write there fail and are retried.',
    everyMs: STORE_EVERY_MS,
    failuresToTell: 2,
    check: (isFirst) => withTimeout(probeStore(store, text, isFirst ? 'write' : 'look up'), STORE_MS, 'The store'),
  };
}
