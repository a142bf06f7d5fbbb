import type { MultipartStore } from './multipart-store.ts';
import type { ObjectStore } from './object-store.ts';
import type { S3Connection } from './s3/connection.ts';
import { RequestCounter, type RequestCounts } from './s3/counts.ts';
import { list } from './s3/list.ts';
import { abort, commit, listUploads, upload } from './s3/multipart.ts';
import { get, lookUp } from './s3/read.ts';
import { remove } from './s3/remove.ts';
import type { S3Place } from './s3/request.ts';
import { put } from './s3/write.ts';

/** A part of a bucket as an object store. */
export interface S3Store extends ObjectStore, MultipartStore {
  /** What this store has asked of S3 by now. Others on the same connection count for themselves. */
  counts(): RequestCounts;
}

/**
 * The objects of a bucket whose keys begin with `prefix` and a slash, or all of them. Costs nothing to make: one for each task
 * makes counts of each task. An object's identity is its size and ETag.
 */
export function createS3Store(connection: S3Connection, bucket: string, prefix = ''): S3Store {
  const counter = new RequestCounter();
  const place: S3Place = {
    connection,
    bucket,
    prefix: prefix === '' ? '' : `${prefix}/`,
    counter,
    name: `s3://${bucket}${prefix === '' ? '' : `/${prefix}`}`,
  };
  return {
    head: async (key) => (await lookUp(place, key))?.identity,
    get: (key, range, identity) => get(place, key, range, identity),
    put: (key, parts) => put(place, key, parts),
    list: (prefix) => list(place, prefix),
    delete: (keys) => remove(place, keys),
    upload: (key, parts) => upload(place, key, parts),
    commit: (upload) => commit(place, upload),
    abort: (upload) => abort(place, upload),
    listUploads: (prefix) => listUploads(place, prefix),
    counts: () => counter.snapshot(),
  };
}
