import { Readable } from 'node:stream';
import { constants, createGunzip } from 'node:zlib';
import { FabricError } from '../errors.ts';
import type { ByteRange } from '../store/object-store.ts';

/** The size of the sample of a text file that is used to detect its columns. */
const SAMPLE_BYTES = 2 << 20;
/** The maximum size of a file that is read whole because it cannot be partially decompressed. */
const MAX_WHOLE_BYTES = 64 << 20;

interface TextSampleRequest {
  readonly location: string;
  readonly sizeBytes: number;
  readonly format: 'csv' | 'json';
  readonly read: (range: ByteRange) => Promise<Uint8Array>;
}

/** The beginning of a text file, cut so that it is still a valid file of its format. */
export interface TextSample {
  readonly bytes: Uint8Array;
  /** The extension, including its dot, from which readers detect format and compression. */
  readonly extension: string;
}

/**
 * Reads the first 2 MiB of a CSV or JSON file, and decompresses a gzip file. A zstd file is read whole. Rejects with
 * `INPUT_INVALID` for invalid gzip and for a zstd file that is too large, and with the errors of `read`.
 */
export async function readTextSample({ location, sizeBytes, format, read }: TextSampleRequest): Promise<TextSample> {
  if (/\.zst$/i.test(location)) {
    if (sizeBytes > MAX_WHOLE_BYTES) throw tooLarge(location);
    return { bytes: await read({ start: 0, end: sizeBytes }), extension: `.${format}.zst` };
  }
  const head = await read({ start: 0, end: Math.min(sizeBytes, SAMPLE_BYTES) });
  const text = /\.gz$/i.test(location) ? await gunzipStart(location, head) : head;
  const isWhole = head.length === sizeBytes && text.length <= SAMPLE_BYTES;
  return { bytes: isWhole ? text : cutOf(text, format), extension: `.${format}` };
}

/** Decompresses little more than a sample, because a megabyte of gzip can contain a gigabyte of text. */
async function gunzipStart(location: string, head: Uint8Array): Promise<Uint8Array> {
  // Z_SYNC_FLUSH allows the input to end in the middle of the stream.
  const gunzip = Readable.from([head]).pipe(createGunzip({ finishFlush: constants.Z_SYNC_FLUSH }));
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of gunzip) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > SAMPLE_BYTES) break;
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new FabricError(
      'INPUT_INVALID',
      `${location} is not a gzip file, although its name ends in .gz: ${reason}. Rename or compress it.`,
      {
        cause: error,
        details: { location },
      },
    );
  }
  return Buffer.concat(chunks);
}

/** Returns the text up to the end of its last complete row, or the whole text if no row is complete. */
function cutOf(bytes: Uint8Array, format: 'csv' | 'json'): Uint8Array {
  if (format === 'csv') return bytes.subarray(0, endOfCsvRow(bytes) ?? bytes.length);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (/[^\s\ufeff]/.exec(text.toString('utf8', 0, 4096))?.[0] === '[') return cutArray(text);
  const end = text.lastIndexOf(NEWLINE);
  return end < 0 ? bytes : bytes.subarray(0, end + 1);
}

const NEWLINE = 0x0a;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/** Returns the end of the last complete row. A line break within quotes does not end a row. */
function endOfCsvRow(bytes: Uint8Array): number | undefined {
  let end: number | undefined;
  let isQuoted = false;
  for (let index = 0; index < bytes.length; index += 1) {
    if (bytes[index] === QUOTE) isQuoted = !isQuoted;
    else if (bytes[index] === NEWLINE && !isQuoted) end = index + 1;
  }
  return end;
}

/** Returns a JSON array of the complete elements. */
function cutArray(bytes: Buffer): Uint8Array {
  let depth = 0;
  let isQuoted = false;
  let end: number | undefined;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (isQuoted) {
      if (byte === BACKSLASH) index += 1;
      else if (byte === QUOTE) isQuoted = false;
    } else if (byte === QUOTE) isQuoted = true;
    else if (OPENING.has(byte)) depth += 1;
    else if (CLOSING.has(byte)) depth -= 1;
    else if (byte === COMMA && depth === 1) end = index;
  }
  return end === undefined ? bytes : Buffer.concat([bytes.subarray(0, end), Buffer.from(']')]);
}

function tooLarge(location: string): FabricError {
  return new FabricError(
    'INPUT_INVALID',
    `${location} is a zstd file of more than ${MAX_WHOLE_BYTES >> 20} MiB, which cannot be sampled. Use gzip or Parquet.`,
    { details: { location } },
  );
}
