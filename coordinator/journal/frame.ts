import { crc32 } from 'node:zlib';

/** Records appended together: either all are in the journal, or none. */
export interface Frame {
  /** The fencing token of the owner that appended them. */
  readonly token: number;
  readonly records: readonly Uint8Array[];
}

/** The content of a journal file. */
export interface DecodedFrames {
  readonly frames: readonly Frame[];
  /** The end of the last complete frame. Later bytes belong to an unfinished append. */
  readonly end: number;
  /** The offset of acknowledged bytes that cannot be read. `frames` contains the frames before it. */
  readonly corruptAt?: number;
}

const FILE_HEADER = Uint8Array.from([0x56, 0x4f, 0x4c, 0x4c, 0x45, 0x59, 0x4a, 0x01]);
const FRAME_HEADER_BYTES = 12;
const TOKEN_BYTES = 8;

/** The start of a journal file: `VOLLEYJ` and the version of the layout. */
export function encodeFileHeader(): Uint8Array {
  return FILE_HEADER;
}

/**
 * Lays out a frame, little-endian: payload length (u32), CRC-32 of the payload (u32), CRC-32 of those eight bytes (u32), payload. The
 * payload is the token (u64), then each record after its length (u32). The header has its own CRC because a damaged length would otherwise
 * look like an unfinished append and hide what follows.
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
 * Reads a journal file. Each frame is written once the one before it is durable. So a damaged frame before a good one is corruption, and a
 * damaged frame at the end is an append that a crash cut short.
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

/** The length of the complete, undamaged frame at an offset, header included; undefined if no such frame begins there. */
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
