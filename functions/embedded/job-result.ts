import type { Result } from '../../coordinator/front/result/result.ts';
import { bytesOfParts, resultOfParts } from '../../coordinator/front/result/stored-result.ts';
import type { EndedJob } from '../../coordinator/jobs/run-job.ts';
import { type JobProgress, progressOf } from '../../coordinator/scheduler/progress.ts';
import { FabricError } from '../../engine/errors.ts';
import type { StoreRequests } from '../../engine/store/request-counts.ts';
import type { StoredFormat } from '../../engine/task/stored-formats.ts';
import type { JobId } from '../../engine/task/task.ts';

/** A statement's output: rows, a whole file written by an executor, or text. */
type Answer =
  | { readonly kind: 'rows'; readonly result: Result }
  | { readonly kind: 'file'; readonly chunks: AsyncIterable<Uint8Array> }
  | { readonly kind: 'text'; readonly text: string };

interface Answered {
  readonly rows: number;
  /** The job that computed it. Absent if the statement needed no job. */
  readonly job?: JobId;
  /** The job's final progress. */
  readonly figures?: JobProgress;
  /** The store requests for the job so far, including reads of the result and cleanup. */
  readonly requests?: () => StoreRequests;
}

/**
 * The result of a script, or `none` if the script held only views and settings. Call `release` once the result has been
 * read. Until then, its job is kept, even after the end of the session, so that it can be resumed.
 */
export type QueryResult = ((Answer & Answered) | { readonly kind: 'none' }) & { release(): Promise<void> };

/**
 * Returns the result of a job that has ended, streamed from the store. Rejects with the error of a failed job, and with
 * `CANCELLED` for a cancelled job. Such jobs are deleted.
 */
export async function resultOf(ended: EndedJob, format: StoredFormat): Promise<QueryResult> {
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
