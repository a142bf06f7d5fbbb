import type { Library, Pointer } from './library.ts';

const ALIGNMENT = 64;
const FIRST_BYTES = 1 << 20;

/**
 * Memory for the buffers of one batch. It is one block outside the JavaScript heap, and the next batch reuses it. Copying a buffer is
 * faster than exposing foreign memory to JavaScript, which needs an external ArrayBuffer with a finalizer for each buffer.
 */
export class OutputMemory {
  readonly #library: Library;
  #buffer: ArrayBuffer;
  #address: Pointer;
  #used = 0;
  #neededBytes = 0;

  constructor(library: Library) {
    this.#library = library;
    this.#buffer = new ArrayBuffer(FIRST_BYTES);
    this.#address = library.addressOf(this.#buffer);
  }

  /** Discards all copied data. Grows the block if the last batch did not fit. */
  reset(): void {
    this.#used = 0;
    if (this.#neededBytes > this.#buffer.byteLength) this.#allocate(this.#neededBytes);
    this.#neededBytes = 0;
  }

  /** Copies foreign memory and returns a view of the copy. The view is valid until `reset`. */
  copyIn(from: Pointer, bytes: number): Uint8Array<ArrayBuffer> {
    const start = this.#reserve(bytes);
    if (bytes > 0) this.#library.copy(this.#address + start, from, bytes);
    return new Uint8Array(this.#buffer, start, bytes);
  }

  /** Returns memory filled with zeros. The view is valid until `reset`. */
  zeros(bytes: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#buffer, this.#reserve(bytes), bytes).fill(0);
  }

  /** Reads unsigned 64-bit words (pointers and counts, all below 2^53) from foreign memory. */
  readWords(from: Pointer, count: number): number[] {
    const start = this.#reserve(count * 8);
    if (count > 0) this.#library.copy(this.#address + start, from, count * 8);
    const halves = new Uint32Array(this.#buffer, start, count * 2);
    const words = new Array<number>(count);
    for (let i = 0; i < count; i++) words[i] = (halves[2 * i] ?? 0) + (halves[2 * i + 1] ?? 0) * 2 ** 32;
    return words;
  }

  #reserve(bytes: number): number {
    const size = Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    this.#neededBytes += size;
    if (this.#used + size > this.#buffer.byteLength) {
      // Views of the old memory keep it alive until the batch is no longer used.
      this.#allocate(Math.max(this.#buffer.byteLength * 2, size));
      this.#used = 0;
    }
    const start = this.#used;
    this.#used += size;
    return start;
  }

  #allocate(bytes: number): void {
    this.#buffer = new ArrayBuffer(bytes);
    this.#address = this.#library.addressOf(this.#buffer);
  }
}
