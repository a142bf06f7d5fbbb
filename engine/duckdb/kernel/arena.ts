import type { Library, Pointer } from './library.ts';

const ALIGNMENT = 16;

/**
 * Memory outside the JavaScript heap for structs that C code reads. The memory never moves. It grows in blocks, and stored data stays valid
 * until the arena is rewound or collected.
 */
export class Arena {
  readonly library: Library;
  readonly #blockBytes: number;
  #blocks: Block[] = [];
  #block = 0;
  #used = 0;

  constructor(library: Library, blockBytes = 64 * 1024) {
    this.library = library;
    this.#blockBytes = blockBytes;
  }

  /** Stores 64-bit words and returns their address. */
  words(values: readonly bigint[]): Pointer {
    const [block, start] = this.#reserve(values.length * 8);
    block.words.set(values, start / 8);
    return block.address + start;
  }

  /** Stores bytes and returns their address. */
  bytes(values: Uint8Array): Pointer {
    const [block, start] = this.#reserve(values.byteLength);
    block.bytes.set(values, start);
    return block.address + start;
  }

  /** Stores a NUL-terminated string and returns its address. */
  text(value: string): Pointer {
    return this.bytes(Buffer.from(`${value}\0`));
  }

  /** Returns the current end of the arena's contents, to pass to `rewind`. */
  mark(): { readonly block: number; readonly used: number } {
    return { block: this.#block, used: this.#used };
  }

  /** Discards everything stored since the mark. */
  rewind(mark: { readonly block: number; readonly used: number }): void {
    this.#block = mark.block;
    this.#used = mark.used;
  }

  #reserve(bytes: number): [Block, number] {
    let block = this.#blocks[this.#block];
    while (block !== undefined && this.#used + bytes > block.bytes.byteLength) {
      this.#used = 0;
      block = this.#blocks[++this.#block];
    }
    if (block === undefined) {
      const memory = new ArrayBuffer(Math.max(this.#blockBytes, Math.ceil(bytes / ALIGNMENT) * ALIGNMENT));
      block = {
        bytes: new Uint8Array(memory),
        words: new BigUint64Array(memory),
        address: this.library.addressOf(memory),
      };
      this.#blocks[this.#block] = block;
    }
    const start = this.#used;
    this.#used += Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    return [block, start];
  }
}

interface Block {
  readonly bytes: Uint8Array;
  readonly words: BigUint64Array;
  readonly address: Pointer;
}
