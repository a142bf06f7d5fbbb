/** Reads up to this size form the first size class. Each further class covers reads up to four times as large. */
const SMALLEST_CLASS_BYTES = 64 << 10;

/**
 * Per size class: the number of latest reads considered, the number of reads needed for a percentile, and the number of
 * reads after which it is recomputed.
 */
const WINDOW = 256;
const ENOUGH = 32;
const REFRESH = 16;

/**
 * The minimum delay before a second request. With a nearby, fast store, the 95th percentile is less than the process's
 * own jitter.
 */
const SHORTEST_DELAY_MS = 5;

/** The maximum number of unused second requests that accumulate. */
const MAX_ALLOWANCE = 8;

interface SizeClass {
  readonly latest: number[];
  next: number;
  sinceRefresh: number;
  p95Ms: number | undefined;
}

/**
 * Decides when a slow read gets a second request: after the 95th percentile of the latest reads of similar size, for at
 * most the fraction `share` of all reads. This limit prevents a doubled load when all reads become slow at the same
 * time.
 */
export class Hedging {
  readonly #share: number;
  readonly #classes = new Map<number, SizeClass>();
  #allowance = 1;

  constructor(share: number) {
    this.#share = share;
  }

  /** Returns the delay before the second request of a read of this size, or undefined until enough reads have been recorded. */
  delayMs(sizeBytes: number): number | undefined {
    const p95Ms = this.#classes.get(classOf(sizeBytes))?.p95Ms;
    return this.#share > 0 && p95Ms !== undefined ? Math.max(p95Ms, SHORTEST_DELAY_MS) : undefined;
  }

  /** Returns whether a second request may be made now. If so, counts it. */
  mayHedge(): boolean {
    if (this.#allowance < 1) return false;
    this.#allowance -= 1;
    return true;
  }

  /** Records how long a read took until its first result. */
  record(sizeBytes: number, tookMs: number): void {
    this.#allowance = Math.min(MAX_ALLOWANCE, this.#allowance + this.#share);
    const key = classOf(sizeBytes);
    const found: SizeClass = this.#classes.get(key) ?? { latest: [], next: 0, sinceRefresh: 0, p95Ms: undefined };
    this.#classes.set(key, found);
    found.latest[found.next] = tookMs;
    found.next = (found.next + 1) % WINDOW;
    found.sinceRefresh += 1;
    if (found.latest.length < ENOUGH || (found.p95Ms !== undefined && found.sinceRefresh < REFRESH)) return;
    const sorted = found.latest.toSorted((left, right) => left - right);
    found.p95Ms = sorted[Math.floor(sorted.length * 0.95)];
    found.sinceRefresh = 0;
  }
}

function classOf(sizeBytes: number): number {
  return Math.max(0, Math.ceil(Math.log2(sizeBytes / SMALLEST_CLASS_BYTES) / 2));
}
