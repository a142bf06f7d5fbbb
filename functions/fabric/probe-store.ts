import { randomUUID } from 'node:crypto';
import { FabricError } from '../../engine/errors.ts';
import type { ObjectStore } from '../../engine/store/object-store.ts';
import type { S3Settings } from '../config/s3-settings.ts';
import { locationText, type StoreLocation } from '../config/store-location.ts';
import { openStore } from './open-store.ts';

/** The content of a probe's object. */
const BYTES = Buffer.from('volley was here\n');

/**
 * Tests whether a store can be used. `look up`: one request (HEAD) for a missing object shows that something answers and grants access.
 * `write`: does what tasks need, in three requests. It puts an object under a new key, puts it again to see that the store refuses (two
 * attempts of a task may write at once, and the first must stay), and deletes it. Asking for the bucket (HeadBucket) would need a
 * permission that tasks do not, and show nothing about writing. Rejects like the store, and with `STORE_FAILED` if the second put succeeds.
 * `name`: the store in messages.
 */
export async function probeStore(store: ObjectStore, name: string, how: 'look up' | 'write'): Promise<void> {
  const key = `probes/${randomUUID()}`;
  if (how === 'look up') {
    await store.head(key);
    return;
  }
  await store.put(key, [BYTES]);
  const isRefused = await putAgain(store, key).finally(() => store.delete([key]));
  if (isRefused) return;
  const message =
    `The store ${name} ignores conditional writes (If-None-Match): it replaced an existing object. ` +
    'Results would not be safe there. Use a store that supports conditional writes.';
  throw new FabricError('STORE_FAILED', message);
}

async function putAgain(store: ObjectStore, key: string): Promise<boolean> {
  try {
    await store.put(key, [Buffer.from('again\n')]);
    return false;
  } catch (error) {
    if (error instanceof FabricError && error.code === 'OBJECT_EXISTS') return true;
    throw error;
  }
}

/**
 * Attempts of the probe: connecting may take 3 s. Later requests are retried more often, since a restarting store is soon available again.
 */
const ATTEMPTS = 2;

/**
 * Checks that something answers at a store's address, before work begins that would retry for long. Costs one request (HEAD). Rejects with
 * `STORE_FAILED`, naming the endpoint, if nothing answers. Other errors are left to the work itself.
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
