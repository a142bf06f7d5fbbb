import type { ObjectStore } from '../../engine/store/object-store.ts';
import { settleAll } from '../../engine/store/settle-all.ts';
import { jobPrefixes, type KeyedJob } from '../scheduler/keys.ts';

/** Keys that one call to the store deletes: S3 takes 1,000. */
const KEYS_PER_CALL = 1000;

/** Prefixes of a job that are listed and emptied at a time. */
const PREFIXES_AT_ONCE = 8;

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

/** Deletes all objects of a job except those to keep, wherever its keys lie. Rejects as `deleteObjects` does. */
export async function deleteJobObjects(store: ObjectStore, job: KeyedJob, keep: readonly string[]): Promise<void> {
  const prefixes = [...jobPrefixes(job)];
  const deleteNext = async (): Promise<void> => {
    for (let prefix = prefixes.pop(); prefix !== undefined; prefix = prefixes.pop()) {
      await deleteObjects(store, prefix, keep);
    }
  };
  await settleAll(Array.from({ length: Math.min(PREFIXES_AT_ONCE, prefixes.length) }, deleteNext));
}
