import type { volley } from '../../proto/generated/volley.js';
import { decodeCount } from '../plan/wire/decode-stages.ts';
import { NO_REQUESTS, type RequestCounts, type StoreRequests } from '../store/request-counts.ts';

/** Decodes the result of `encodeStoreRequests`. */
export function decodeStoreRequests(
  message: volley.StoreRequests.$Shape | null | undefined,
): StoreRequests | undefined {
  if (message === null || message === undefined) return undefined;
  return { inputs: decodeRequestCounts(message.inputs), job: decodeRequestCounts(message.job) };
}

/** Decodes the result of `encodeRequestCounts`. */
export function decodeRequestCounts(message: volley.RequestCounts.$Shape | null | undefined): RequestCounts {
  if (message === null || message === undefined) return NO_REQUESTS;
  const count = (value: Parameters<typeof decodeCount>[0]) => decodeCount(value, 'a number of requests');
  return {
    requests: {
      get: count(message.get),
      head: count(message.head),
      put: count(message.put),
      list: count(message.list),
      delete: count(message.delete),
      'create-multipart': count(message.createMultipart),
      'upload-part': count(message.uploadPart),
      'complete-multipart': count(message.completeMultipart),
      'abort-multipart': count(message.abortMultipart),
      'list-multipart': count(message.listMultipart),
    },
    readBytes: count(message.readBytes),
    writtenBytes: count(message.writtenBytes),
    retries: count(message.retries),
    hedges: count(message.hedges),
    hedgesWon: count(message.hedgesWon),
  };
}
