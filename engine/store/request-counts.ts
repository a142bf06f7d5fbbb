/** All kinds of requests that are billed or counted, in the order in which they are listed (what each costs: `coordinator/price/receipt.ts`). */
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

/** What was asked of a store. Every attempt is a request: retries and hedges included, as in the server's log and on the bill. */
export interface RequestCounts {
  readonly requests: Readonly<Record<RequestKind, number>>;
  /** Bodies of objects that came in, those of aborted and truncated reads as far as they came. */
  readonly readBytes: number;
  /** Bodies of objects and parts that were sent, again for every attempt. */
  readonly writtenBytes: number;
  /** Requests that repeat one that failed. */
  readonly retries: number;
  /** Second requests for reads that were slow, and how many of them came first. */
  readonly hedges: number;
  readonly hedgesWon: number;
}

/** Counts as they grow. */
export class RequestCounter {
  readonly #requests = Object.fromEntries(REQUEST_KINDS.map((kind) => [kind, 0])) as Record<RequestKind, number>;
  readBytes = 0;
  writtenBytes = 0;
  retries = 0;
  hedges = 0;
  hedgesWon = 0;

  /** Counts one attempt of a request; `attempt` is 1 for the first. */
  request(kind: RequestKind, attempt: number, bodyBytes: number): void {
    this.#requests[kind] += 1;
    this.writtenBytes += bodyBytes;
    if (attempt > 1) this.retries += 1;
  }

  /** The counts by now. */
  snapshot(): RequestCounts {
    const { readBytes, writtenBytes, retries, hedges, hedgesWon } = this;
    return { requests: { ...this.#requests }, readBytes, writtenBytes, retries, hedges, hedgesWon };
  }
}

/** The counts of nobody who asked for anything. */
export const NO_REQUESTS: RequestCounts = new RequestCounter().snapshot();

/** All of several counts together. */
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

/** Requests of all kinds. */
export function totalRequests({ requests }: RequestCounts): number {
  return REQUEST_KINDS.reduce((sum, kind) => sum + requests[kind], 0);
}

/**
 * What a task or a job asked of stores: of those where its input files are, and of the one that holds the job's own objects (shuffles,
 * indexes, results).
 */
export interface StoreRequests {
  readonly inputs: RequestCounts;
  readonly job: RequestCounts;
}

/** The same, of nobody. */
export const NO_STORE_REQUESTS: StoreRequests = { inputs: NO_REQUESTS, job: NO_REQUESTS };

/** All of several together; what is absent adds nothing. */
export function addStoreRequests(left: StoreRequests, right: StoreRequests | undefined): StoreRequests {
  if (right === undefined) return left;
  return { inputs: addCounts(left.inputs, right.inputs), job: addCounts(left.job, right.job) };
}
