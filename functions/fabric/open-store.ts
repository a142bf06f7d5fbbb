import type { JobStore } from '../../coordinator/jobs/delete-objects.ts';
import type { InputStore } from '../../engine/execute/fetch-files.ts';
import { isObjectLocation } from '../../engine/scan/object-location.ts';
import { createFileStore } from '../../engine/store/file.ts';
import type { MultipartStore } from '../../engine/store/multipart-store.ts';
import type { ObjectStore } from '../../engine/store/object-store.ts';
import { type S3Settings, silenceSdk } from '../config/s3-settings.ts';
import { parseStoreLocation, type StoreLocation } from '../config/store-location.ts';

/**
 * An opened store. Stores in S3 can also upload in parts. Stores in a folder can only list and remove unfinished
 * objects.
 */
export type OpenedStore = ObjectStore & Partial<MultipartStore> & Pick<JobStore, 'prune'>;

/** Creates stores over one connection to S3. */
type S3StoreFactory = (bucket: string, prefix: string) => OpenedStore;

/** Keyed by settings, so that all stores in a process share sockets, limits and measured latencies. */
const factories = new Map<string, Promise<S3StoreFactory>>();

/**
 * Opens an object store. No other code does. The S3 code is loaded on demand. No request is made here, so errors appear
 * with the first request.
 */
export async function openStore(location: StoreLocation, s3: S3Settings): Promise<OpenedStore> {
  switch (location.kind) {
    case 'file':
      return createFileStore(location.root);
    case 's3':
      return (await s3Stores(s3))(location.bucket, location.prefix);
    default:
      return location satisfies never;
  }
}

function s3Stores(settings: S3Settings): Promise<S3StoreFactory> {
  const { endpoint, region, pathStyle, maxAttempts } = settings;
  const key = JSON.stringify([endpoint, region, pathStyle, maxAttempts]);
  const known = factories.get(key) ?? loadS3(settings);
  factories.set(key, known);
  return known;
}

async function loadS3(settings: S3Settings): Promise<S3StoreFactory> {
  silenceSdk();
  const [{ createS3Store }, { connectS3 }] = await Promise.all([
    import('../../engine/store/s3/s3-store.ts'),
    import('../../engine/store/s3/connection.ts'),
  ]);
  const connection = connectS3(settings);
  return (bucket, prefix) => createS3Store(connection, bucket, prefix);
}

/**
 * Opens the stores from which an executor fetches inputs, one per bucket among the allowed locations. Throws `USAGE`.
 */
export async function openInputStores(allowed: readonly string[], s3: S3Settings): Promise<readonly InputStore[]> {
  const prefixes = new Map<string, string[]>();
  for (const text of allowed.filter(isObjectLocation)) {
    const location = parseStoreLocation(text);
    if (location.kind !== 's3') continue;
    prefixes.set(location.bucket, [...(prefixes.get(location.bucket) ?? []), location.prefix]);
  }
  return Promise.all(
    [...prefixes].map(async ([bucket, keys]) => ({
      prefix: `s3://${bucket}/`,
      allowed: keys,
      store: await openStore({ kind: 's3', bucket, prefix: '' }, s3),
    })),
  );
}
