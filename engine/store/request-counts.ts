/** All kinds of counted or billed requests, in display order. `coordinator/price/receipt.ts` defines their prices. */
export const REQUEST_KINDS = [
  'get',
  'head',
  'put',
  'create-multipart',
  'upload-part',
  'complete-multipart',
  'list-multipart',
  'abort-multipart',
  'list',
  'delete',
] as const;

export type RequestKind = (typeof REQUEST_KINDS)[number];

/**
 * Counts of the requests to a store. Every attempt counts, including retries and hedges, as it does in the server's log
 * and on the bill.
 */
export interface RequestCounts {
  readonly requests: Readonly<Record<RequestKind, number>>;
  /** Bytes of objects that were received, including the received parts of aborted and truncated reads. */
  readonly readBytes: number;
  /** Bytes of objects and parts that were sent, including repeated attempts. */
  readonly writtenBytes: number;
  /** The number of requests that repeat a failed one. */
  readonly retries: number;
  /** The number of second requests for slow reads, and how many of these were answered first. */
  readonly hedges: number;
  readonly hedgesWon: number;
}

/** A mutable counter of requests. */
export class RequestCounter {
  readonly #requests = Object.fromEntries(REQUEST_KINDS.map((kind) => [kind, 0])) as Record<RequestKind, number>;
  readBytes = 0;
  writtenBytes = 0;
  retries = 0;
  hedges = 0;
  hedgesWon = 0;

  /** Counts one attempt of a request. `attempt` is 1 for the first attempt. */
  request(kind: RequestKind, attempt: number, bodyBytes: number): void {
    this.#requests[kind] += 1;
    this.writtenBytes += bodyBytes;
    if (attempt > 1) this.retries += 1;
  }

  /** Returns the counts so far. */
  snapshot(): RequestCounts {
    const { readBytes, writtenBytes, retries, hedges, hedgesWon } = this;
    return { requests: { ...this.#requests }, readBytes, writtenBytes, retries, hedges, hedgesWon };
  }
}

/** Request counts of zero. */
export const NO_REQUESTS: RequestCounts = new RequestCounter().snapshot();

/** Returns the sum of two counts. */
export function addCounts(left: RequestCounts, right: RequestCounts): RequestCounts {
  const requests = { ...left.requests };
  for (const kind of REQUEST_KINDS) requests[kind] += right.requests[kind];
  return {
    requests,
    readBytes: left.readBytes + right.readBytes,
    writtenBytes: left.writtenBytes + right.writtenBytes,
    retries: left.retries + right.retries,
    hedges: left.hedges + right.hedges,
    hedgesWon: left.hedgesWon + right.hedgesWon,
  };
}

/** Returns the number of requests of all kinds. */
export function totalRequests({ requests }: RequestCounts): number {
  return REQUEST_KINDS.reduce((sum, kind) => sum + requests[kind], 0);
}

/**
 * The requests of a task or job, both to the stores of its input files and to the store of the job's own objects
 * (shuffles, indexes, results).
 */
export interface StoreRequests {
  readonly inputs: RequestCounts;
  readonly job: RequestCounts;
}

/** Counts of zero. */
export const NO_STORE_REQUESTS: StoreRequests = { inputs: NO_REQUESTS, job: NO_REQUESTS };

/** Adds two counts. `undefined` counts as zero. */
export function addStoreRequests(left: StoreRequests, right: StoreRequests | undefined): StoreRequests {
  if (right === undefined) return left;
  return { inputs: addCounts(left.inputs, right.inputs), job: addCounts(left.job, right.job) };
}
