import type { volley } from '../../proto/generated/volley.js';
import { type Long, longFromCount } from '../plan/wire/integers.ts';
import type { RequestCounts, StoreRequests } from '../store/request-counts.ts';

/** Encodes the request counts of all stores. Returns null (an absent field) if the counts are unknown. */
export function encodeStoreRequests(requests: StoreRequests | undefined): volley.StoreRequests.$Properties | null {
  if (requests === undefined) return null;
  return { inputs: encodeRequestCounts(requests.inputs), job: encodeRequestCounts(requests.job) };
}

/** Encodes the request counts of one store. */
export function encodeRequestCounts(counts: RequestCounts): volley.RequestCounts.$Properties {
  const { requests } = counts;
  return {
    get: unlessZero(requests.get),
    head: unlessZero(requests.head),
    put: unlessZero(requests.put),
    list: unlessZero(requests.list),
    delete: unlessZero(requests.delete),
    createMultipart: unlessZero(requests['create-multipart']),
    uploadPart: unlessZero(requests['upload-part']),
    completeMultipart: unlessZero(requests['complete-multipart']),
    abortMultipart: unlessZero(requests['abort-multipart']),
    listMultipart: unlessZero(requests['list-multipart']),
    readBytes: unlessZero(counts.readBytes),
    writtenBytes: unlessZero(counts.writtenBytes),
    retries: unlessZero(counts.retries),
    hedges: unlessZero(counts.hedges),
    hedgesWon: unlessZero(counts.hedgesWon),
  };
}

/** Omits zeros, since most counts are 0 and a journal contains many of them. */
function unlessZero(count: number): Long | null {
  return count === 0 ? null : longFromCount(count);
}
