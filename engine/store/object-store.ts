import { FabricError } from '../errors.ts';
import type { RequestCounts } from './request-counts.ts';

/** Identifies one version of an object. A read bound to it fails with `INPUT_CHANGED` if the object has changed. */
export interface ObjectIdentity {
  readonly sizeBytes: number;
  /** S3: the ETag. Local files: device, inode and mtime in ns. Versions are only compared for equality. */
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
 * Objects by key below one root. All methods reject with `FabricError`: with `OBJECT_NOT_FOUND`, `OBJECT_EXISTS` or
 * `INPUT_CHANGED`, and otherwise with `STORE_FAILED` (retryable if a retry may succeed). Keys are relative, separated
 * by `/`, and never lead out of the root.
 */
export interface ObjectStore {
  /** Returns an object's identity, or undefined if the object does not exist. */
  head(key: string): Promise<ObjectIdentity | undefined>;
  /** Reads one range, from the given version if `identity` is set. Rejects if the range extends beyond the object's end. */
  get(key: string, range: ByteRange, identity?: ObjectIdentity): Promise<Uint8Array>;
  /**
   * Writes a whole object, or rejects with `OBJECT_EXISTS` if an object with the key exists. A partly written object is
   * never visible. `parts` are written in order.
   */
  put(key: string, parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<ObjectIdentity>;
  /** Lists all objects whose keys start with `prefix`, in key order. */
  list(prefix: string): AsyncIterable<ListedObject>;
  /** Deletes objects. Ignores objects that do not exist. */
  delete(keys: readonly string[]): Promise<void>;
  /**
   * Returns the same store with its own request counts. Only stores whose calls may need several requests implement it.
   * `metered` calls it.
   */
  metered?(): MeteredStore;
}

/** A store that counts its own requests. */
export interface MeteredStore extends ObjectStore {
  /** Returns the counts so far. */
  counts(): RequestCounts;
  /** Returns the same store with new counts. Requests made through it are not counted here. */
  metered(): MeteredStore;
}

/** The error details of a request that failed because its bucket does not exist. */
export const MISSING_BUCKET = { bucket: 'missing' } as const;

/** Returns whether a request failed because its bucket does not exist. In that case there are no objects. */
export function isBucketMissing(error: unknown): boolean {
  return error instanceof FabricError && error.details['bucket'] === MISSING_BUCKET.bucket;
}
