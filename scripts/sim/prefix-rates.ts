/** The request rates of a store. Requests to one key prefix are served at a constant rate, in order of arrival. */
export class PrefixRates {
  readonly #msPerRequest: number;
  /** For each prefix, the time when its pending requests will all be served. */
  readonly #freeAt = new Map<string, number>();

  constructor(requestsPerSecond: number) {
    this.#msPerRequest = 1000 / requestsPerSecond;
  }

  /** Adds requests and returns the time when the last of them is served. */
  serve(prefix: string, requests: number, now: number): number {
    const servedAt = Math.max(now, this.#freeAt.get(prefix) ?? now) + requests * this.#msPerRequest;
    this.#freeAt.set(prefix, servedAt);
    return servedAt;
  }
}

/**
 * Returns the prefix of a key or location: everything up to the job's id for an object of a job, otherwise the folder.
 */
export function prefixOf(key: string): string {
  return /^(?:spread\/\w+\/)?jobs\/[^/]+\//.exec(key)?.[0] ?? key.slice(0, key.lastIndexOf('/'));
}
