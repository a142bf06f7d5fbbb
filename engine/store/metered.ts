import type { MultipartStore } from './multipart-store.ts';
import type { ByteRange, ListedObject, MeteredStore, ObjectIdentity, ObjectStore } from './object-store.ts';
import { RequestCounter } from './request-counts.ts';

/**
 * The same store with its own request counts, starting at zero: one per task and per job, for the counts of each. A store whose calls are
 * not single requests (S3 has retries, hedges, pages and parts) counts by itself; for all others a call is a request.
 */
export function metered(store: ObjectStore & Partial<Uploads>): MeteredStore & Partial<Uploads> {
  return store.metered?.() ?? countCalls(store);
}

/** The finding and removal of unfinished uploads. Not counted: only a sweep does it. */
type Uploads = Pick<MultipartStore, 'listUploads' | 'abort'>;

function countCalls(store: ObjectStore & Partial<Uploads>): MeteredStore & Partial<Uploads> {
  const { listUploads, abort } = store;
  const counter = new RequestCounter();
  return {
    ...(listUploads !== undefined && { listUploads }),
    ...(abort !== undefined && { abort }),
    async head(key: string): Promise<ObjectIdentity | undefined> {
      counter.request('head', 1, 0);
      return await store.head(key);
    },
    async get(key: string, range: ByteRange, identity?: ObjectIdentity): Promise<Uint8Array> {
      counter.request('get', 1, 0);
      const bytes = await store.get(key, range, identity);
      counter.readBytes += bytes.length;
      return bytes;
    },
    async put(key: string, parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<ObjectIdentity> {
      counter.request('put', 1, 0);
      const identity = await store.put(key, parts);
      counter.writtenBytes += identity.sizeBytes;
      return identity;
    },
    list(prefix: string): AsyncIterable<ListedObject> {
      counter.request('list', 1, 0);
      return store.list(prefix);
    },
    async delete(keys: readonly string[]): Promise<void> {
      counter.request('delete', 1, 0);
      await store.delete(keys);
    },
    counts: () => counter.snapshot(),
    metered: () => metered(store),
  };
}
