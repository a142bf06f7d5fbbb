/** Limits concurrent work by its number of pieces and its bytes; the rest waits in line. A piece larger than the byte limit runs alone. */
export class Gate {
  readonly #maxPieces: number;
  readonly #maxBytes: number;
  /**
   * The line starts at `#first`; earlier entries have been processed. Removing them from the front of a long array would move all others.
   */
  #waiting: { readonly bytes: number; readonly go: () => void }[] = [];
  #first = 0;
  #pieces = 0;
  #bytes = 0;

  constructor(maxPieces: number, maxBytes: number) {
    this.#maxPieces = maxPieces;
    this.#maxBytes = maxBytes;
  }

  /** Runs `work`, which takes `bytes`, when it is its turn. Settles like `work`. */
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
