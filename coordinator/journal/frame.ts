import { crc32 } from 'node:zlib';

/** Records that were appended together. Either all or none of them are in the journal. */
export interface Frame {
  /** The fencing token of the owner that appended the records. */
  readonly token: number;
  readonly records: readonly Uint8Array[];
}

/** The content of a journal file. */
export interface DecodedFrames {
  readonly frames: readonly Frame[];
  /** The offset of the end of the last complete frame. Any bytes after it belong to an unfinished append. */
  readonly end: number;
  /** The offset of acknowledged bytes that cannot be read. `frames` contains the frames before this offset. */
  readonly corruptAt?: number;
}

const FILE_HEADER = Uint8Array.from([0x56, 0x4f, 0x4c, 0x4c, 0x45, 0x59, 0x4a, 0x01]);
const FRAME_HEADER_BYTES = 12;
const TOKEN_BYTES = 8;

/** Returns the header of a journal file, which consists of `VOLLEYJ` and the version of the layout. */
export function encodeFileHeader(): Uint8Array {
  return FILE_HEADER;
}

/**
 * Encodes a frame. The layout, in little-endian order, is the payload length (u32), the CRC-32 of the payload (u32), the CRC-32 of these
 * eight bytes (u32), and the payload. The payload contains the token (u64), followed by the length (u32) and the bytes of each record. The
 * header has a separate CRC because a damaged length would otherwise look like an unfinished append and hide all later frames.
 */
export function encodeFrame(frame: Frame): Uint8Array {
  const payloadBytes = frame.records.reduce((sum, record) => sum + 4 + record.byteLength, TOKEN_BYTES);
  const bytes = new Uint8Array(FRAME_HEADER_BYTES + payloadBytes);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(FRAME_HEADER_BYTES, BigInt(frame.token), true);
  let at = FRAME_HEADER_BYTES + TOKEN_BYTES;
  for (const record of frame.records) {
    view.setUint32(at, record.byteLength, true);
    bytes.set(record, at + 4);
    at += 4 + record.byteLength;
  }
  view.setUint32(0, payloadBytes, true);
  view.setUint32(4, crc32(bytes.subarray(FRAME_HEADER_BYTES)), true);
  view.setUint32(8, crc32(bytes.subarray(0, 8)), true);
  return bytes;
}

/**
 * Decodes a journal file. Each frame is written only after the previous frame is durable. A damaged frame before a valid frame is therefore
 * corruption, whereas a damaged frame at the end is an append that a crash interrupted.
 */
export function decodeFrames(bytes: Uint8Array): DecodedFrames {
  if (!startsWithHeader(bytes)) {
    const unfinished =
      bytes.byteLength < FILE_HEADER.byteLength &&
      FILE_HEADER.subarray(0, bytes.byteLength).every((b, i) => b === bytes[i]);
    return unfinished ? { frames: [], end: 0 } : { frames: [], end: 0, corruptAt: 0 };
  }
  const frames: Frame[] = [];
  let at = FILE_HEADER.byteLength;
  while (at < bytes.byteLength) {
    const length = frameLengthAt(bytes, at);
    if (length === undefined) {
      return goodFrameAfter(bytes, at) ? { frames, end: at, corruptAt: at } : { frames, end: at };
    }
    frames.push(decodePayload(bytes.subarray(at + FRAME_HEADER_BYTES, at + length)));
    at += length;
  }
  return { frames, end: at };
}

function startsWithHeader(bytes: Uint8Array): boolean {
  return FILE_HEADER.every((byte, index) => bytes[index] === byte);
}

/**
 * Returns the length of the frame at an offset, including its header. Returns undefined if no complete and undamaged frame begins at the
 * offset.
 */
function frameLengthAt(bytes: Uint8Array, at: number): number | undefined {
  if (at + FRAME_HEADER_BYTES > bytes.byteLength) return undefined;
  const header = viewOf(bytes.subarray(at, at + FRAME_HEADER_BYTES));
  if (crc32(bytes.subarray(at, at + 8)) !== header.getUint32(8, true)) return undefined;
  const end = at + FRAME_HEADER_BYTES + header.getUint32(0, true);
  if (end > bytes.byteLength) return undefined;
  if (crc32(bytes.subarray(at + FRAME_HEADER_BYTES, end)) !== header.getUint32(4, true)) return undefined;
  return end - at;
}

function goodFrameAfter(bytes: Uint8Array, at: number): boolean {
  for (let start = at + 1; start < bytes.byteLength; start += 1) {
    if (frameLengthAt(bytes, start) !== undefined) return true;
  }
  return false;
}

function decodePayload(payload: Uint8Array): Frame {
  const view = viewOf(payload);
  const token = Number(view.getBigUint64(0, true));
  const records: Uint8Array[] = [];
  for (let at = TOKEN_BYTES; at < payload.byteLength; ) {
    const length = view.getUint32(at, true);
    records.push(payload.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return { token, records };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
