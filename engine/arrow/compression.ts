import { createRequire } from 'node:module';
import type * as Lz4 from 'lz4-napi';

/** The compression of the buffers of a record batch's body: LZ4 frames, as Arrow's `LZ4_FRAME`. */
export type BodyCodec = 'lz4';

/** Before each buffer of a compressed body: its uncompressed length (int64). */
const LENGTH_BYTES = 8;
/** In place of the length: the buffer follows uncompressed. */
const UNCOMPRESSED = -1n;
/** Buffers are padded to multiples of this, as in a body. */
const ALIGNMENT = 64;
/** Smaller buffers are not compressed: a frame alone takes 15 bytes. */
const MIN_BYTES = 64;
/** LZ4's highest ratio. A buffer that declares more is not decompressed. */
const MAX_EXPANSION = 255;

let loaded: typeof Lz4 | undefined;

/** The library, loaded on first use: loading takes 4 ms, and most processes never need it. */
function lz4(): typeof Lz4 {
  // A checked border: these are the package's own types.
  loaded ??= createRequire(import.meta.url)('lz4-napi') as typeof Lz4;
  return loaded;
}

/** A buffer as it is written in a compressed body. Uncompressed if compression gains nothing. An empty buffer stays empty. */
export function compressBuffer(bytes: Uint8Array): Uint8Array {
  if (bytes.length === 0) return bytes;
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frame = bytes.length < MIN_BYTES ? view : lz4().compressFrameSync(view);
  const isSmaller = frame.length < bytes.length;
  const content = isSmaller ? frame : bytes;
  const whole = new Uint8Array(LENGTH_BYTES + content.length);
  new DataView(whole.buffer).setBigInt64(0, isSmaller ? BigInt(bytes.length) : UNCOMPRESSED, true);
  whole.set(content, LENGTH_BYTES);
  return whole;
}

/**
 * Reads what `compressBuffer` writes, into newly allocated, aligned memory. Undefined if the bytes are not such a buffer. The bytes are
 * untrusted: it decompresses nothing that is longer than declared, or than LZ4 could produce.
 */
export function decompressBuffer(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.length === 0) return bytes;
  if (bytes.length < LENGTH_BYTES) return undefined;
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigInt64(0, true);
  const content = bytes.subarray(LENGTH_BYTES);
  if (length === UNCOMPRESSED) return padded(content);
  if (length < 0n || length > BigInt(content.length * MAX_EXPANSION)) return undefined;
  const unpacked = unpack(Buffer.from(content.buffer, content.byteOffset, content.byteLength));
  return unpacked?.length === Number(length) ? padded(unpacked) : undefined;
}

/** The bytes in memory that continues after them, as in an uncompressed body: readers of bitmaps read whole words, past the end. */
function padded(bytes: Uint8Array): Uint8Array {
  const memory = new Uint8Array(Math.ceil(bytes.length / ALIGNMENT) * ALIGNMENT);
  memory.set(bytes);
  return memory.subarray(0, bytes.length);
}

function unpack(frame: Buffer): Uint8Array | undefined {
  const library = lz4();
  try {
    return library.decompressFrameSync(frame);
  } catch {
    // The decoder's reason does not matter: the caller reports which buffer is damaged.
    return undefined;
  }
}
