import type { ObjectIdentity } from './object-store.ts';

/** All of an object's bytes, stored but not an object yet. A plain value: it can be journaled and committed by another process. */
export interface OpenUpload {
  readonly key: string;
  readonly uploadId: string;
  /** Stands in the object's metadata, by which whoever commits again knows the object for this upload's. */
  readonly writeId: string;
  readonly sizeBytes: number;
  /** The ETags of the parts, in order. */
  readonly parts: readonly string[];
}

/** What finds an upload that nobody may know of any more. */
export interface ListedUpload {
  readonly key: string;
  readonly uploadId: string;
  readonly startedAt: Date;
}

/** Writes that are made by many and become visible by one decision. All methods reject as those of `ObjectStore` do. */
export interface MultipartStore {
  /** Stores an object's bytes without making the object. Nothing is left where it rejects. */
  upload(key: string, parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<OpenUpload>;
  /**
   * Makes the object if none exists under the key. Done again, by anyone, it gives the same answer. Rejects with `OBJECT_EXISTS` where
   * the key holds another object, and with `OBJECT_NOT_FOUND` where the upload was aborted.
   */
  commit(upload: OpenUpload): Promise<ObjectIdentity>;
  /** Gives an upload's bytes up; one that is gone is fine. An upload that was committed stays an object. */
  abort(upload: Pick<OpenUpload, 'key' | 'uploadId'>): Promise<void>;
  /** Uploads left open under a prefix, those still being written included. */
  listUploads(prefix: string): AsyncIterable<ListedUpload>;
}
