import type { Result, ResultBatch, ResultColumn } from '../../coordinator/front/result/result.ts';
import type { JournaledOutput } from '../../coordinator/scheduler/records.ts';
import { decodeStream } from '../../engine/arrow/decode-stream.ts';
import type { ObjectStore } from '../../engine/store/object-store.ts';

async function bytesOf(part: JournaledOutput, store: ObjectStore): Promise<Uint8Array> {
  if (part.kind === 'inline') return part.bytes;
  return store.get(part.key, { start: 0, end: part.identity.sizeBytes }, part.identity);
}

/** The rows of a job's result, read from its parts one after another. */
export function resultOfParts(
  parts: readonly JournaledOutput[],
  columns: readonly ResultColumn[],
  timeZone: string,
  store: ObjectStore,
): Result {
  async function* batches(): AsyncGenerator<ResultBatch> {
    for (const part of parts) {
      const { fields, batches: decoded } = decodeStream(await bytesOf(part, store), 'The result');
      for (const batch of decoded) yield { fields, batch };
    }
  }
  return { columns, timeZone, batches: batches() };
}

/** The bytes of a job's parts as they are. */
export async function* bytesOfParts(parts: readonly JournaledOutput[], store: ObjectStore): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield await bytesOf(part, store);
}

/** Rows of all parts. */
export function countRows(parts: readonly JournaledOutput[]): number {
  return parts.reduce((rows, part) => rows + part.rows, 0);
}
