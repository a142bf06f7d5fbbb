import type { S3Settings } from '../config/s3-settings.ts';
import { locationText, type StoreLocation } from '../config/store-location.ts';
import { type Dependency, withTimeout } from './dependency-watch.ts';
import { openStore } from './open-store.ts';
import { probeStore } from './probe-store.ts';

const STORE_MS = 10_000;
/** A request to S3 costs money. */
const STORE_EVERY_MS = 30_000;
/** Requests of one check: a check that fails is made again anyway. */
const STORE_ATTEMPTS = 2;

/** A store that tasks write to and read from. Its first check writes there, the later ones look something up. */
export async function storeDependency(location: StoreLocation, s3: S3Settings): Promise<Dependency> {
  const text = locationText(location);
  // Of its own: a check is to fail soon, and what it asks is no job's.
  const store = await openStore(location, { ...s3, maxAttempts: STORE_ATTEMPTS });
  return {
    name: `store (${text})`,
    meaning: 'Until it does, tasks that write or read there fail and are tried again.',
    everyMs: STORE_EVERY_MS,
    failuresToTell: 2,
    check: (isFirst) => withTimeout(probeStore(store, text, isFirst ? 'write' : 'look up'), STORE_MS, 'The store'),
  };
}
