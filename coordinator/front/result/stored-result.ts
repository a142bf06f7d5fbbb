import { decodeBatches, type StreamRanges } from '../../../engine/arrow/decode-stream.ts';
import type { ObjectStore } from '../../../engine/store/object-store.ts';
import type { JournaledOutput } from '../../scheduler/job.ts';
import type { Result, ResultBatch, ResultColumn } from './result.ts';

/** The number of bytes of a file that are in memory while it is sent. */
const FILE_RANGE_BYTES = 8 << 20;

/**
 * A job's result in the store: its Arrow parts in order, its columns and its time zone. A plain value, so it can be sent to another
 * process.
 */
export interface StoredResult {
  readonly parts: readonly JournaledOutput[];
  readonly columns: readonly ResultColumn[];
  readonly timeZone: string;
}

/** Returns the result that a job has stored in `parts`. Reads the parts in order, on demand. */
export function resultOfParts(
  parts: readonly JournaledOutput[],
  columns: readonly ResultColumn[],
  timeZone: string,
  store: ObjectStore,
): Result {
  async function* batches(): AsyncGenerator<ResultBatch> {
    for (const part of parts) yield* decodeBatches(rangesOf(part, store), 'The result');
  }
  return { columns, timeZone, batches: batches() };
}

/** The bytes of a job's parts, unchanged, in chunks of a bounded size. */
export async function* bytesOfParts(parts: readonly JournaledOutput[], store: ObjectStore): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    const { sizeBytes, read } = rangesOf(part, store);
    for (let start = 0; start < sizeBytes; start += FILE_RANGE_BYTES) {
      yield await read({ start, end: Math.min(start + FILE_RANGE_BYTES, sizeBytes) });
    }
  }
}

function rangesOf(part: JournaledOutput, store: ObjectStore): StreamRanges {
  if (part.kind === 'inline') {
    const { bytes } = part;
    return { sizeBytes: bytes.length, read: async ({ start, end }) => bytes.subarray(start, end) };
  }
  const { key, identity } = part;
  return { sizeBytes: identity.sizeBytes, read: (range) => store.get(key, range, identity) };
}
