import type { MultipartStore } from '../../engine/store/multipart-store.ts';
import type { ObjectStore } from '../../engine/store/object-store.ts';
import { isBucketMissing } from '../../engine/store/object-store.ts';
import { settleAll } from '../../engine/store/settle-all.ts';
import type { JobId } from '../../engine/task/task.ts';
import { jobPrefixes, type KeyedJob, MOST_KEY_PREFIXES } from '../scheduler/keys.ts';

/** A store jobs write to; where objects are uploaded in parts, uploads that nobody finished can be found and given up. */
export type JobStore = ObjectStore & Partial<Pick<MultipartStore, 'listUploads' | 'abort'>>;

/** Keys that one call to the store deletes: S3 takes 1,000. */
const KEYS_PER_CALL = 1000;

/** Prefixes of a job that are listed and emptied at a time. */
const PREFIXES_AT_ONCE = 8;

/** Deletes every object under a prefix except those to keep, and gives up all uploads there. */
async function deleteObjects(
  store: JobStore,
  prefix: string,
  keep: readonly string[],
  guard: () => void,
): Promise<void> {
  // Uploads first: one that is finished meanwhile is an object then.
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
 * Deletes all objects of a job except those to keep, wherever its keys lie, and gives up its uploads. Rejects as the store does; what is
 * left then can be deleted by another call; of a bucket that does not exist nothing is left. `guard` is called before each call that
 * deletes, and throws where it must not be made. Gives whether the store could be asked about all of them: a bucket that does not exist
 * may also be the wrong one, so that whoever asks the right one has still to look.
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
        // A job that failed for want of its bucket could never be forgotten.
        if (!isBucketMissing(error)) throw error;
        isBucketThere = false;
      });
    }
  };
  await settleAll(Array.from({ length: Math.min(PREFIXES_AT_ONCE, prefixes.length) }, deleteNext));
  return isBucketThere;
}

/** The same for a job of which nothing but the id can be read: looks wherever keys of it can lie. */
export async function deleteDamagedJob(store: JobStore, job: JobId, guard?: () => void): Promise<void> {
  // The most prefixes that keys are spread over hold those of all lesser numbers.
  for (const keyPrefixes of [1, MOST_KEY_PREFIXES])
    await deleteJobObjects(store, { job, graph: { keyPrefixes } }, [], guard);
}
