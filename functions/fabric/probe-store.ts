import { randomUUID } from 'node:crypto';
import { FabricError } from '../../engine/errors.ts';
import type { ObjectStore } from '../../engine/store/object-store.ts';

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
