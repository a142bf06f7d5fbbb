import { FabricError } from '../errors.ts';
import type { RequestCounts } from './request-counts.ts';

/** What pins one version of an object: reads bound to it fail with `INPUT_CHANGED` once the object is another. */
export interface ObjectIdentity {
  readonly sizeBytes: number;
  /** S3: the ETag. Local files: device, inode and mtime in ns. Compared for equality only. */
  readonly version: string;
}

export interface ListedObject {
  readonly key: string;
  readonly identity: ObjectIdentity;
}

/** A half-open range of bytes. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Objects by key under one root. All methods reject with `FabricError`: `OBJECT_NOT_FOUND`, `OBJECT_EXISTS`, `INPUT_CHANGED`,
 * else `STORE_FAILED` (retryable where trying again can help). Keys are relative, `/`-separated, and never leave the root.
 */
export interface ObjectStore {
  /** The identity of an object, or undefined where there is none. */
  head(key: string): Promise<ObjectIdentity | undefined>;
  /** Reads one range. Bound to `identity` when given. A range that reaches past the end is an error. */
  get(key: string, range: ByteRange, identity?: ObjectIdentity): Promise<Uint8Array>;
  /** Writes an object whole if none exists under the key, else rejects with `OBJECT_EXISTS`. Never visible in part. `parts` are written one after another. */
  put(key: string, parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<ObjectIdentity>;
  /** All objects whose key starts with `prefix`, in key order. */
  list(prefix: string): AsyncIterable<ListedObject>;
  /** Deletes objects; keys that hold none are fine. */
  delete(keys: readonly string[]): Promise<void>;
  /** The same objects through a store that counts its requests for itself; only where a call is not one request. `metered` asks for it. */
  metered?(): MeteredStore;
}

/** A store that knows what was asked through it. */
export interface MeteredStore extends ObjectStore {
  /** What was asked by now. */
  counts(): RequestCounts;
  /** Another, which counts for itself: what is asked through it does not count here. */
  metered(): MeteredStore;
}

/** What the details of an error say where a request failed since its bucket does not exist. */
export const MISSING_BUCKET = { bucket: 'missing' } as const;

/** Whether a store's request failed since there is no such bucket: nothing can be in it. */
export function isBucketMissing(error: unknown): boolean {
  return error instanceof FabricError && error.details['bucket'] === MISSING_BUCKET.bucket;
}
