import type { MultipartStore } from '../../engine/store/multipart-store.ts';
import { isBucketMissing, type ObjectStore } from '../../engine/store/object-store.ts';
import { settleAll } from '../../engine/store/settle-all.ts';
import type { JobId } from '../../engine/task/task.ts';
import { jobPrefixes, type KeyedJob, MAX_KEY_PREFIXES } from '../scheduler/keys.ts';

/** A store that jobs write to. If it uploads objects in parts, unfinished uploads can be listed and aborted. */
export type JobStore = ObjectStore & Partial<Pick<MultipartStore, 'listUploads' | 'abort'>>;

/** Keys per delete call: S3 allows 1,000. */
const KEYS_PER_CALL = 1000;

/** Prefixes of a job that are emptied at once. */
const PREFIXES_AT_ONCE = 8;

/** Deletes every object under a prefix except those to keep, and aborts all uploads there. */
async function deleteObjects(
  store: JobStore,
  prefix: string,
  keep: readonly string[],
  guard: () => void,
): Promise<void> {
  // Uploads first: an upload that finishes meanwhile becomes an object, which is then listed.
  if (store.listUploads !== undefined && store.abort !== undefined) {
    for await (const upload of store.listUploads(prefix)) {
      guard();
      await store.abort(upload);
    }
  }
  const kept = new Set(keep);
  let keys: string[] = [];
  for await (const { key } of store.list(prefix)) {
    if (kept.has(key)) continue;
    keys.push(key);
    if (keys.length < KEYS_PER_CALL) continue;
    guard();
    await store.delete(keys);
    keys = [];
  }
  if (keys.length === 0) return;
  guard();
  await store.delete(keys);
}

/**
 * Deletes all objects of a job except those to keep, under all prefixes of its keys, and aborts its uploads. Rejects as the store does;
 * another call then deletes the rest. `guard` is called before each deletion and throws to prevent it. Returns false if the bucket does not
 * exist: nothing is left there, but it may be the wrong bucket, so a coordinator with the right one must still look.
 */
export async function deleteJobObjects(
  store: JobStore,
  job: KeyedJob,
  keep: readonly string[],
  guard: () => void = () => undefined,
): Promise<boolean> {
  const prefixes = [...jobPrefixes(job)];
  let isBucketThere = true;
  const deleteNext = async (): Promise<void> => {
    for (let prefix = prefixes.pop(); prefix !== undefined; prefix = prefixes.pop()) {
      await deleteObjects(store, prefix, keep, guard).catch((error) => {
        // Otherwise a job that failed because its bucket is missing could never be deleted.
        if (!isBucketMissing(error)) throw error;
        isBucketThere = false;
      });
    }
  };
  await settleAll(Array.from({ length: Math.min(PREFIXES_AT_ONCE, prefixes.length) }, deleteNext));
  return isBucketThere;
}

/** Does the same for a job whose records cannot be read: looks under every prefix that its keys may have. */
export async function deleteDamagedJob(store: JobStore, job: JobId, guard?: () => void): Promise<void> {
  // The prefixes of the highest count include those of all lower counts.
  for (const keyPrefixes of [1, MAX_KEY_PREFIXES])
    await deleteJobObjects(store, { job, graph: { keyPrefixes } }, [], guard);
}
