/**
 * Limits the number of concurrent pieces of work and their total bytes. Other work waits in a queue. A piece that
 * exceeds the byte limit runs alone.
 */
export class Gate {
  readonly #maxPieces: number;
  readonly #maxBytes: number;
  /**
   * The queue starts at `#first`. Earlier entries have been processed. They are not removed, because removing entries
   * from the front of a long array moves all others.
   */
  #waiting: { readonly bytes: number; readonly go: () => void }[] = [];
  #first = 0;
  #pieces = 0;
  #bytes = 0;

  constructor(maxPieces: number, maxBytes: number) {
    this.#maxPieces = maxPieces;
    this.#maxBytes = maxBytes;
  }

  /** Runs `work`, which uses `bytes` bytes, as soon as the limits allow it. Settles like `work`. */
  async pass<T>(bytes: number, work: () => Promise<T>): Promise<T> {
    const turn = new Promise<void>((go) => this.#waiting.push({ bytes, go }));
    this.#letThrough();
    await turn;
    try {
      return await work();
    } finally {
      this.#pieces -= 1;
      this.#bytes -= bytes;
      this.#letThrough();
    }
  }

  #letThrough(): void {
    for (let next = this.#waiting[this.#first]; next !== undefined; next = this.#waiting[this.#first]) {
      const isFull = this.#pieces >= this.#maxPieces || this.#bytes + next.bytes > this.#maxBytes;
      if (this.#pieces > 0 && isFull) return;
      this.#first += 1;
      this.#pieces += 1;
      this.#bytes += next.bytes;
      next.go();
    }
    this.#waiting = [];
    this.#first = 0;
  }
}
