import { createRequire } from 'node:module';
import type * as Lz4 from 'lz4-napi';

/** The compression codec of a record batch's buffers. `lz4` is Arrow's `LZ4_FRAME`. */
export type BodyCodec = 'lz4';

/** Size in bytes of the prefix of each compressed buffer. The prefix is the uncompressed length as an int64. */
const LENGTH_BYTES = 8;
/** The prefix of a buffer that is stored uncompressed. */
const UNCOMPRESSED = -1n;
/** Decompressed buffers are padded to a multiple of this many bytes, like the buffers of an uncompressed body. */
const ALIGNMENT = 64;
/** Smaller buffers are not compressed, because the LZ4 frame itself takes 15 bytes. */
const MIN_BYTES = 64;
/** The maximum compression ratio of LZ4. A buffer that declares a higher ratio is rejected. */
const MAX_EXPANSION = 255;

let loaded: typeof Lz4 | undefined;

/** Returns the LZ4 library and loads it on first use. Loading takes 4 ms, and most processes never need it. */
function lz4(): typeof Lz4 {
  // The cast is safe because the types come from the package itself.
  loaded ??= createRequire(import.meta.url)('lz4-napi') as typeof Lz4;
  return loaded;
}

/**
 * Returns a buffer as it is stored in a compressed body. The content stays uncompressed if compression does not shrink it. An empty buffer
 * stays empty.
 */
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
 * Reads a buffer that `compressBuffer` wrote, into newly allocated, aligned memory. Returns undefined if the bytes are malformed. The bytes
 * are untrusted, so a declared length that LZ4 cannot reach is rejected before decompression.
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

/**
 * Copies bytes into memory that is padded as in an uncompressed body. Readers of bitmaps read whole words, which may extend past the bytes.
 */
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
    // The decoder's error message is not needed. The caller reports which buffer is damaged.
    return undefined;
  }
}
