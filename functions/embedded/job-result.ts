import type { Result, ResultBatch, ResultColumn } from '../../coordinator/front/result/result.ts';
import { type JobProgress, progressOf } from '../../coordinator/run/progress.ts';
import type { EndedJob } from '../../coordinator/run/run-job.ts';
import type { JournaledOutput } from '../../coordinator/scheduler/records.ts';
import { decodeBatches, type StreamRanges } from '../../engine/arrow/decode-stream.ts';
import { FabricError } from '../../engine/errors.ts';
import type { ObjectStore } from '../../engine/store/object-store.ts';
import type { StoreRequests } from '../../engine/store/request-counts.ts';

/** What there is to read: rows, a whole file made by an executor, or text. */
type Answer =
  | { readonly kind: 'rows'; readonly result: Result }
  | { readonly kind: 'file'; readonly chunks: AsyncIterable<Uint8Array> }
  | { readonly kind: 'text'; readonly text: string };

interface Answered {
  readonly rows: number;
  /** What the job did; a statement answered without a job has no figures. */
  readonly figures?: JobProgress;
  /** What was asked of stores for it by now, handing out its rows and tidying up included. */
  readonly requests?: () => StoreRequests;
}

/** What a statement gave; `none` where the script held views and settings only. `release` must be called when it has been read, whatever became of it. */
export type QueryResult = ((Answer & Answered) | { readonly kind: 'none' }) & { release(): Promise<void> };

/** How much of a file is held at once while it is handed out. */
const FILE_RANGE_BYTES = 8 << 20;

/**
 * What a job that has ended gave, read from the store bit by bit. Rejects with what the job failed with, and with `CANCELLED`; such
 * a job leaves nothing behind.
 */
export async function resultOf(ended: EndedJob, format: 'arrow' | 'parquet'): Promise<QueryResult> {
  const { state, result, store } = ended;
  const end = state.end;
  if (end?.kind !== 'succeeded') {
    await ended.release();
    if (end?.kind === 'failed')
      throw new FabricError(end.error.code, end.error.message, { details: end.error.details });
    throw new FabricError('CANCELLED', 'The query was cancelled.');
  }
  const rows = result.reduce((total, part) => total + part.rows, 0);
  const requests = () => ended.requests();
  const shared = { rows, figures: progressOf(state), requests, release: () => ended.release() };
  if (format === 'parquet') return { kind: 'file', chunks: bytesOfParts(result, store), ...shared };
  const { columns, timeZone } = state.graph;
  return { kind: 'rows', result: resultOfParts(result, columns, timeZone, store), ...shared };
}

/** The rows of a job's result, read from its parts one after another. */
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

/** The bytes of a job's parts as they are, in pieces of a bounded size. */
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
