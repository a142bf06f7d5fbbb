import type { MultipartStore } from './multipart-store.ts';
import type { ByteRange, ListedObject, MeteredStore, ObjectIdentity, ObjectStore } from './object-store.ts';
import { RequestCounter } from './request-counts.ts';

/**
 * Returns the same store with its own request counts, which start at zero. Each task and each job uses its own. A store
 * whose calls may need several requests counts them itself, such as S3 with its retries, hedges, pages and parts. For
 * all other stores, a call counts as one request.
 */
export function metered(store: ObjectStore & Partial<Uploads>): MeteredStore & Partial<Uploads> {
  return store.metered?.() ?? countCalls(store);
}

/** Listing and removing unfinished uploads. Not counted, because only a sweep does it. */
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
