import { createRequire } from 'node:module';
import type * as Lz4 from 'lz4-napi';

/** How the buffers of a record batch's body are compressed: LZ4 frames, as Arrow's `LZ4_FRAME`. */
export type BodyCodec = 'lz4';

/** What stands before each buffer of a compressed body: its length uncompressed (int64). */
const LENGTH_BYTES = 8;
/** In the place of the length: the buffer follows as it is. */
const UNCOMPRESSED = -1n;
/** Buffers end at multiples of this, as they do in a body. */
const ALIGNMENT = 64;
/** Smaller buffers are left as they are: a frame alone takes 15 bytes. */
const LEAST_BYTES = 64;
/** LZ4 makes no more of a byte than this; what claims to is not unpacked. */
const MOST_EXPANSION = 255;

let loaded: typeof Lz4 | undefined;

/** The library, loaded when it is first needed: that takes 4 ms, which most processes would spend for nothing. */
function lz4(): typeof Lz4 {
  // A checked border: the package's own types.
  loaded ??= createRequire(import.meta.url)('lz4-napi') as typeof Lz4;
  return loaded;
}

/** A buffer as it stands in a compressed body. Where compression gains nothing, the buffer itself. An empty buffer stays empty. */
export function compressBuffer(bytes: Uint8Array): Uint8Array {
  if (bytes.length === 0) return bytes;
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frame = bytes.length < LEAST_BYTES ? view : lz4().compressFrameSync(view);
  const isSmaller = frame.length < bytes.length;
  const content = isSmaller ? frame : bytes;
  const whole = new Uint8Array(LENGTH_BYTES + content.length);
  new DataView(whole.buffer).setBigInt64(0, isSmaller ? BigInt(bytes.length) : UNCOMPRESSED, true);
  whole.set(content, LENGTH_BYTES);
  return whole;
}

/**
 * The mirror of `compressBuffer`, in aligned memory of its own; undefined where the bytes are no such buffer. The bytes are not trusted:
 * nothing is unpacked that is longer than it says, or than LZ4 could have made it.
 */
export function decompressBuffer(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.length === 0) return bytes;
  if (bytes.length < LENGTH_BYTES) return undefined;
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigInt64(0, true);
  const content = bytes.subarray(LENGTH_BYTES);
  if (length === UNCOMPRESSED) return padded(content);
  if (length < 0n || length > BigInt(content.length * MOST_EXPANSION)) return undefined;
  const unpacked = unpack(Buffer.from(content.buffer, content.byteOffset, content.byteLength));
  return unpacked?.length === Number(length) ? padded(unpacked) : undefined;
}

/** The bytes in memory that goes on behind them, as in an uncompressed body: who reads bitmaps by the word reads past their end. */
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
    // What is wrong with a damaged frame does not matter: the caller says which buffer it is of.
    return undefined;
  }
}
