/**
 * How fast a store serves each key prefix: requests to one prefix are served at a steady rate, in the order in which they come.
 */
export class PrefixRates {
  readonly #msPerRequest: number;
  /** By prefix: when the requests so far will have been served. */
  readonly #freeAt = new Map<string, number>();

  constructor(requestsPerSecond: number) {
    this.#msPerRequest = 1000 / requestsPerSecond;
  }

  /** Takes so many requests in; gives when the last of them is served. */
  serve(prefix: string, requests: number, now: number): number {
    const servedAt = Math.max(now, this.#freeAt.get(prefix) ?? now) + requests * this.#msPerRequest;
    this.#freeAt.set(prefix, servedAt);
    return servedAt;
  }
}

/** The prefix of a key or location: up to the job's id where it is an object of a job, else the folder. */
export function prefixOf(key: string): string {
  return /^(?:spread\/\w+\/)?jobs\/[^/]+\//.exec(key)?.[0] ?? key.slice(0, key.lastIndexOf('/'));
}
