import type { ObjectIdentity } from './object-store.ts';

/** A stored upload that is not an object yet. A plain value: it can be journaled, and committed by another process. */
export interface OpenUpload {
  readonly key: string;
  readonly uploadId: string;
  /** Written to the object's metadata. A repeated commit recognizes the object by it. */
  readonly writeId: string;
  readonly sizeBytes: number;
  /** The ETags of the parts, in order. */
  readonly parts: readonly string[];
}

/** An open upload as listed, to find forgotten ones. */
export interface ListedUpload {
  readonly key: string;
  readonly uploadId: string;
  readonly startedAt: Date;
}

/** Writes made by many and published by one decision. All methods reject like those of `ObjectStore`. */
export interface MultipartStore {
  /** Stores an object's bytes without creating the object. Leaves nothing behind if it rejects. */
  upload(key: string, parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<OpenUpload>;
  /**
   * Creates the object if none exists under the key. Repeating it, from any process, has the same result. Rejects with `OBJECT_EXISTS` if
   * the key holds another object, and with `OBJECT_NOT_FOUND` if the upload was aborted.
   */
  commit(upload: OpenUpload): Promise<ObjectIdentity>;
  /** Discards an upload; a missing one is fine. A committed upload remains an object. */
  abort(upload: Pick<OpenUpload, 'key' | 'uploadId'>): Promise<void>;
  /** The open uploads under a prefix, including those still being written. */
  listUploads(prefix: string): AsyncIterable<ListedUpload>;
}
