import type { MultipartStore } from '../../engine/store/multipart-store.ts';
import { isBucketMissing, type ObjectStore } from '../../engine/store/object-store.ts';
import { settleAll } from '../../engine/store/settle-all.ts';
import type { JobId } from '../../engine/task/task.ts';
import { jobPrefixes, type KeyedJob, MAX_KEY_PREFIXES } from '../scheduler/keys.ts';

/**
 * A store that jobs write to. If the store supports multipart uploads, unfinished uploads can be listed and aborted. `prune` removes the
 * empty folders below a prefix.
 */
export type JobStore = ObjectStore &
  Partial<Pick<MultipartStore, 'listUploads' | 'abort'>> & { readonly prune?: (prefix: string) => Promise<void> };

/** The maximum number of keys per delete call. S3 allows 1,000. */
const KEYS_PER_CALL = 1000;

/** The number of a job's prefixes that are emptied concurrently. */
const PREFIXES_AT_ONCE = 8;

/** Deletes all objects under a prefix except those in `keep`, and aborts all uploads under the prefix. */
async function deleteObjects(
  store: JobStore,
  prefix: string,
  keep: readonly string[],
  guard: () => void,
): Promise<void> {
  // Uploads are aborted first. An upload that finishes in the meantime becomes an object, which the listing below includes.
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
  guard();
  if (keys.length > 0) await store.delete(keys);
  await store.prune?.(prefix);
}

/**
 * Deletes all objects of a job except those in `keep`, under all of the job's key prefixes, and aborts its uploads. Rejects with the
 * store's errors, after which another call deletes the remaining objects. `guard` is called before each deletion and can throw to prevent
 * it. Returns false if the bucket does not exist. The configured bucket may then be the wrong one, so the job must not be recorded as
 * cleared.
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
        // A missing bucket is tolerated. Otherwise, a job that failed because of it could never be deleted.
        if (!isBucketMissing(error)) throw error;
        isBucketThere = false;
      });
    }
  };
  await settleAll(Array.from({ length: Math.min(PREFIXES_AT_ONCE, prefixes.length) }, deleteNext));
  return isBucketThere;
}

/** Deletes all objects of a job whose records cannot be read, under every prefix that its keys may have. */
export async function deleteDamagedJob(store: JobStore, job: JobId, guard?: () => void): Promise<void> {
  // The prefixes of a job with `MAX_KEY_PREFIXES` prefixes include the prefixes of a job with any smaller number above 1.
  for (const keyPrefixes of [1, MAX_KEY_PREFIXES])
    await deleteJobObjects(store, { job, graph: { keyPrefixes } }, [], guard);
}
