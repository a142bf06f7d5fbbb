import type { Readable } from 'node:stream';

/** Reads a stream in lengths that the caller chooses, and pauses the stream between reads. */
export class ByteReader {
  readonly #stream: Readable;
  #chunks: Buffer[] = [];
  #held = 0;
  #wanted = 0;
  #isEnded = false;
  #wake: () => void = () => undefined;

  constructor(stream: Readable) {
    this.#stream = stream;
    stream.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk);
      this.#held += chunk.length;
      if (this.#held < this.#wanted) return;
      stream.pause();
      this.#wake();
    });
    stream.on('close', () => {
      this.#isEnded = true;
      this.#wake();
    });
    stream.pause();
  }

  /** Reads the next `length` bytes. Returns undefined if the stream ends too early. Must not be called while another call is pending. */
  async read(length: number): Promise<Buffer | undefined> {
    if (this.#held < length) {
      if (this.#isEnded) return undefined;
      this.#wanted = length;
      const news = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#stream.resume();
      await news;
      if (this.#held < length) return undefined;
    }
    const all = this.#chunks.length === 1 ? this.#chunks[0] : undefined;
    const bytes = all ?? Buffer.concat(this.#chunks, this.#held);
    this.#held -= length;
    this.#chunks = this.#held === 0 ? [] : [bytes.subarray(length)];
    return bytes.subarray(0, length);
  }
}
