import { randomUUID } from 'node:crypto';
import type { JobStore } from '../../coordinator/jobs/delete-objects.ts';
import { FabricError } from '../../engine/errors.ts';
import type { ObjectStore } from '../../engine/store/object-store.ts';
import type { S3Settings } from '../config/s3-settings.ts';
import { locationText, type StoreLocation } from '../config/store-location.ts';
import { openStore } from './open-store.ts';

/** The prefix of probe objects. Their names begin with the time at which they were written, in ms since the epoch. */
const PROBES = 'probes/';
/** The age at which a probe was certainly left behind by a killed process. It allows for clock skew. */
const LEFT_BEHIND_MS = 600_000;

/** The content of the probe object. */
const BYTES = Buffer.from('volley was here\n');

/**
 * Tests whether a store can be used. Mode `look up` sends one HEAD request for a missing object, which shows that the
 * store responds and grants access. Mode `write` tests what tasks need, in three requests. It puts an object under a
 * new key, puts it again to check that the store refuses, and deletes it. The refusal matters because two attempts of a
 * task may write at the same time, and the first object must stay. A HeadBucket request would require a permission that
 * tasks do not need, and would not test writing. Rejects with the store's error, or with `STORE_FAILED` if the second
 * put succeeds. `name` is the name of the store in messages.
 */
export async function probeStore(store: ObjectStore, name: string, how: 'look up' | 'write'): Promise<void> {
  const key = `${PROBES}${Date.now()}-${randomUUID()}`;
  if (how === 'look up') {
    await store.head(key);
    return;
  }
  await store.put(key, [BYTES]);
  const isRefused = await putAgain(store, key).finally(() => store.delete([key]));
  if (isRefused) return;
  const message =
    `The store ${name} ignores conditional writes (If-None-Match): it replaced an existing object. ` +
    'Results could be overwritten there. Use a store that supports conditional writes.';
  throw new FabricError('STORE_FAILED', message);
}

/** Deletes the probes of processes that were killed during `probeStore`. Rejects with the store's error. */
export async function sweepProbes(store: JobStore, now: number): Promise<void> {
  const isOld = (writtenAt: number): boolean => now - writtenAt > LEFT_BEHIND_MS;
  if (store.listUploads !== undefined && store.abort !== undefined) {
    for await (const upload of store.listUploads(PROBES)) {
      if (isOld(upload.startedAt.getTime())) await store.abort(upload);
    }
  }
  const keys: string[] = [];
  for await (const { key } of store.list(PROBES)) {
    if (isOld(Number(/^(\d+)-/.exec(key.slice(PROBES.length))?.[1]))) keys.push(key);
  }
  // S3 allows 1,000 keys per call. The next sweep deletes the others.
  if (keys.length > 0) await store.delete(keys.slice(0, 1000));
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
 * The number of attempts of the probe, which is low because connecting may take 3 s. Later requests are retried more
 * often, because a restarting store is soon available again.
 */
const ATTEMPTS = 2;

/**
 * Checks that a store responds at its address, because later requests would be retried for a long time. Sends one HEAD
 * request. If there is no response, rejects with `STORE_FAILED` and names the endpoint. Ignores other errors, which
 * later requests report.
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
