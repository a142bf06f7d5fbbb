import type { ObjectIdentity } from './object-store.ts';

/** A stored upload that is not yet an object. It is a plain value, so it can be journaled and committed by another process. */
export interface OpenUpload {
  readonly key: string;
  readonly uploadId: string;
  /** An id in the object's metadata, by which a repeated commit recognizes the object. */
  readonly writeId: string;
  readonly sizeBytes: number;
  /** The ETags of the parts, in order. */
  readonly parts: readonly string[];
}

/** An open upload in a listing, which is used to find abandoned uploads. */
export interface ListedUpload {
  readonly key: string;
  readonly uploadId: string;
  readonly startedAt: Date;
}

/**
 * A store in which many writers upload objects and a single decision publishes one of them. All methods reject with the
 * errors of `ObjectStore`.
 */
export interface MultipartStore {
  /** Stores an object's bytes without creating the object. If it rejects, nothing remains in the store. */
  upload(key: string, parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<OpenUpload>;
  /**
   * Creates the object if none exists with the key. A repeated commit, even from another process, has the same result.
   * Rejects with `OBJECT_EXISTS` if the key belongs to another object, and with `OBJECT_NOT_FOUND` if the upload was
   * aborted.
   */
  commit(upload: OpenUpload): Promise<ObjectIdentity>;
  /** Discards an upload. Succeeds if the upload does not exist. The object of a committed upload remains. */
  abort(upload: Pick<OpenUpload, 'key' | 'uploadId'>): Promise<void>;
  /** Lists the open uploads with a prefix, including those still in progress. */
  listUploads(prefix: string): AsyncIterable<ListedUpload>;
}
