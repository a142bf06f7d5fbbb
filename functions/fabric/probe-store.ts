import { randomUUID } from 'node:crypto';
import { FabricError } from '../../engine/errors.ts';
import type { ObjectStore } from '../../engine/store/object-store.ts';
import type { S3Settings } from '../config/s3-settings.ts';
import { locationText, type StoreLocation } from '../config/store-location.ts';
import { openStore } from './open-store.ts';

/** What a probe's object holds. */
const BYTES = Buffer.from('volley was here\n');

/**
 * Finds out whether a store can be used. `look up`: one request (HEAD) for an object that is not there: something answers, and lets this
 * process ask. `write`: what tasks need is done once with an object that nobody else names: it is put, put again to see that the store
 * refuses the second (two attempts of a task may write at a time, and the first is to stay), and deleted: three requests. Asking for the bucket alone
 * (HeadBucket) would need a right that tasks do not, and tell nothing of writing. Rejects as the store does, and with `STORE_FAILED` where
 * the second put succeeds. `name`: the store in messages.
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
    `The store ${name} replaced an object that it was asked to put only if there was none (If-None-Match). ` +
    'Results would not be safe there: use a store that knows conditional writes.';
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
