import type { MultipartStore } from '../multipart-store.ts';
import type { MeteredStore } from '../object-store.ts';
import { RequestCounter } from '../request-counts.ts';
import type { S3Connection } from './connection.ts';
import { list } from './list.ts';
import { abort, commit, listUploads, upload } from './multipart.ts';
import { get, lookUp } from './read.ts';
import { remove } from './remove.ts';
import type { S3Place } from './request.ts';
import { put } from './write.ts';

/** An object store in a part of a bucket. */
export interface S3Store extends MeteredStore, MultipartStore {
  /** Returns another store on the same connection, with its own counts. */
  metered(): S3Store;
}

/**
 * Creates a store for the objects of a bucket with a prefix, or for all of its objects. Creation makes no request, so
 * each task can have a store with its own counts. An object's identity consists of its size and ETag.
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
    metered: () => createS3Store(connection, bucket, prefix),
    counts: () => counter.snapshot(),
  };
}
