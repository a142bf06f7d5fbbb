/** Kinds of requests as they are billed: `put`, `list` and the `multipart` ones but `abort` cost as writes, `get` and `head` as reads, deletes nothing. */
export const REQUEST_KINDS = [
  'get',
  'head',
  'put',
  'list',
  'delete',
  'create-multipart',
  'upload-part',
  'complete-multipart',
  'abort-multipart',
  'list-multipart',
] as const;

export type RequestKind = (typeof REQUEST_KINDS)[number];

/** What a store asked of S3. Every attempt is a request: retries and hedges included, as in the server's log and on the bill. */
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
