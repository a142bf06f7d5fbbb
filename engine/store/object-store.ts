import { FabricError } from '../errors.ts';
import type { RequestCounts } from './request-counts.ts';

/** Identifies one version of an object. Reads bound to it fail with `INPUT_CHANGED` once the object has changed. */
export interface ObjectIdentity {
  readonly sizeBytes: number;
  /** S3: the ETag. Local files: device, inode and mtime in ns. Only compared for equality. */
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
 * Objects by key under one root. All methods reject with `FabricError`: `OBJECT_NOT_FOUND`, `OBJECT_EXISTS`, `INPUT_CHANGED`, otherwise
 * `STORE_FAILED` (retryable if a retry may succeed). Keys are relative, separated by `/`, and never leave the root.
 */
export interface ObjectStore {
  /** An object's identity; undefined if there is no object. */
  head(key: string): Promise<ObjectIdentity | undefined>;
  /** Reads one range, of the given version if `identity` is set. Reading beyond the end is an error. */
  get(key: string, range: ByteRange, identity?: ObjectIdentity): Promise<Uint8Array>;
  /**
   * Writes a whole object, or rejects with `OBJECT_EXISTS` if the key is taken. Never visible in part. `parts` are written one after
   * another.
   */
  put(key: string, parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<ObjectIdentity>;
  /** All objects whose key starts with `prefix`, in key order. */
  list(prefix: string): AsyncIterable<ListedObject>;
  /** Deletes objects; missing ones are fine. */
  delete(keys: readonly string[]): Promise<void>;
  /** The same store with its own request counts, for stores whose calls are not single requests. Called by `metered`. */
  metered?(): MeteredStore;
}

/** A store that counts its own requests. */
export interface MeteredStore extends ObjectStore {
  /** The counts so far. */
  counts(): RequestCounts;
  /** The same store with new counts. Requests through it do not count here. */
  metered(): MeteredStore;
}

/** The details of an error caused by a missing bucket. */
export const MISSING_BUCKET = { bucket: 'missing' } as const;

/** Returns whether a request failed because its bucket does not exist, which means that there are no objects. */
export function isBucketMissing(error: unknown): boolean {
  return error instanceof FabricError && error.details['bucket'] === MISSING_BUCKET.bucket;
}
