import { FabricError } from '../../../engine/errors.ts';
import type { JobView } from '../../jobs/coordinator.ts';
import { resultParts } from '../../jobs/run-job.ts';
import { endingOf } from '../../scheduler/history.ts';
import type { Millis } from '../../scheduler/job.ts';
import type { JobState } from '../../scheduler/state.ts';
import type { WrittenFormat } from '../result/result-writer.ts';
import type { StoredResult } from '../result/stored-result.ts';

/** The media type of each result format. The first format is the default. */
export const MEDIA_TYPES = {
  json: 'application/json',
  arrow: 'application/vnd.apache.arrow.stream',
  ndjson: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8',
} as const satisfies Readonly<Record<WrittenFormat, string>>;

const FORMATS = Object.keys(MEDIA_TYPES) as readonly WrittenFormat[];

/** The format of a response: from the parameter `format` or else from the header `Accept`. Throws `NOT_ACCEPTABLE`. */
export function formatOf(parameter: string | undefined, accept: string | undefined): WrittenFormat {
  const named = FORMATS.find((format) => format === parameter?.toLowerCase());
  if (named !== undefined) return named;
  const accepted = parameter === undefined ? bestAccepted(accept ?? '*/*') : undefined;
  if (accepted !== undefined) return accepted;
  const types = FORMATS.map((format) => `${format} (${MEDIA_TYPES[format]})`).join(', ');
  throw new FabricError(
    'NOT_ACCEPTABLE',
    `The result is not available as "${parameter ?? accept}". Use one of ${types}.`,
  );
}

function bestAccepted(accept: string): WrittenFormat | undefined {
  const wanted = accept.split(',').map((part) => {
    const [type = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    const quality = parameters.find((parameter) => parameter.startsWith('q='));
    return { type, quality: quality === undefined ? 1 : Number(quality.slice(2)) };
  });
  const sorted = wanted.filter(({ quality }) => quality > 0).sort((left, right) => right.quality - left.quality);
  for (const { type } of sorted) {
    const found = FORMATS.find((format) => matches(type, MEDIA_TYPES[format].split(';')[0] ?? ''));
    if (found !== undefined) return found;
  }
  return undefined;
}

function matches(range: string, type: string): boolean {
  return range === '*/*' || range === type || (range.endsWith('/*') && type.startsWith(range.slice(0, -1)));
}

/**
 * The result of a job. Throws `JOB_NOT_ENDED`, the error of a failed job, `CANCELLED`, or `RESULT_EXPIRED` once `result_ttl` has passed.
 */
export function resultOfJob({ job, history }: JobView, now: Millis): StoredResult {
  const ended = endingOf(history);
  if (ended === undefined) {
    const message = `Job ${job} has not ended yet. Try again later, or use ?wait=SECONDS.`;
    throw new FabricError('JOB_NOT_ENDED', message, { retryable: true, details: { job } });
  }
  const { end, endedAt } = ended;
  if (end.kind === 'failed') throw new FabricError(end.error.code, end.error.message, { details: end.error.details });
  if (end.kind === 'cancelled' || history.kind !== 'planned') {
    throw new FabricError('CANCELLED', `Job ${job} was cancelled.`, { details: { job } });
  }
  const { state } = history;
  if (now >= expiryOf(state, endedAt)) {
    const message = `The result of job ${job} was deleted when its result_ttl expired. Submit the query again.`;
    throw new FabricError('RESULT_EXPIRED', message, { details: { job } });
  }
  return { parts: resultParts(state), columns: state.graph.columns, timeZone: state.graph.timeZone };
}

function expiryOf(state: JobState, endedAt: Millis): Millis {
  const { resultTtlMs } = state.settings;
  return resultTtlMs === undefined ? Number.POSITIVE_INFINITY : endedAt + resultTtlMs;
}
