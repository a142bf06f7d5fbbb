import type { Result } from '../../coordinator/front/result/result.ts';
import { bytesOfParts, resultOfParts } from '../../coordinator/front/result/stored-result.ts';
import type { EndedJob } from '../../coordinator/jobs/run-job.ts';
import { type JobProgress, progressOf } from '../../coordinator/scheduler/progress.ts';
import { FabricError } from '../../engine/errors.ts';
import type { StoreRequests } from '../../engine/store/request-counts.ts';
import type { JobId } from '../../engine/task/task.ts';

/** What there is to read: rows, a whole file made by an executor, or text. */
type Answer =
  | { readonly kind: 'rows'; readonly result: Result }
  | { readonly kind: 'file'; readonly chunks: AsyncIterable<Uint8Array> }
  | { readonly kind: 'text'; readonly text: string };

interface Answered {
  readonly rows: number;
  /** The job that gave it; a statement answered without one has none. */
  readonly job?: JobId;
  /** What the job did. */
  readonly figures?: JobProgress;
  /** What was asked of stores for it by now, handing out its rows and tidying up included. */
  readonly requests?: () => StoreRequests;
}

/**
 * What a statement gave; `none` where the script held views and settings only. `release` is to be called when it has been read. Until
 * then its job is kept, beyond the session's end too, so that it can be resumed for its rows.
 */
export type QueryResult = ((Answer & Answered) | { readonly kind: 'none' }) & { release(): Promise<void> };

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
  const shared = { rows, job: state.job, figures: progressOf(state), requests, release: () => ended.release() };
  if (format === 'parquet') return { kind: 'file', chunks: bytesOfParts(result, store), ...shared };
  const { columns, timeZone } = state.graph;
  return { kind: 'rows', result: resultOfParts(result, columns, timeZone, store), ...shared };
}
