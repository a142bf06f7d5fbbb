import type { ObjectStore } from '../../engine/store/object-store.ts';

/** Keys that one call to the store deletes: S3 takes 1,000. */
const KEYS_PER_CALL = 1000;

/** Deletes every object under a prefix except those to keep. Rejects as the store does; what is left then can be deleted by another call. */
export async function deleteObjects(store: ObjectStore, prefix: string, keep: readonly string[]): Promise<void> {
  const kept = new Set(keep);
  let keys: string[] = [];
  for await (const { key } of store.list(prefix)) {
    if (kept.has(key)) continue;
    keys.push(key);
    if (keys.length < KEYS_PER_CALL) continue;
    await store.delete(keys);
    keys = [];
  }
  if (keys.length > 0) await store.delete(keys);
}
