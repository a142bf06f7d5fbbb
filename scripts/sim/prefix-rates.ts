/**
 * How fast a store serves each key prefix: requests to one prefix are served at a steady rate, in the order in which they come. A
 * prefix is what stands before the last slash of a key.
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

/** The prefix of a key or location. */
export function prefixOf(key: string): string {
  return key.slice(0, key.lastIndexOf('/'));
}
