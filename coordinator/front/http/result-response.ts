import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FabricError } from '../../../engine/errors.ts';
import type { ObjectStore } from '../../../engine/store/object-store.ts';
import type { JobView } from '../../jobs/coordinator.ts';
import { resultParts } from '../../jobs/run-job.ts';
import { endingOf } from '../../scheduler/history.ts';
import type { Millis } from '../../scheduler/job.ts';
import type { JobState } from '../../scheduler/state.ts';
import { formatResult } from '../result/format.ts';
import { formatJsonTable } from '../result/json.ts';
import type { Result } from '../result/result.ts';
import { resultOfParts } from '../result/stored-result.ts';

/** The formats of a result over HTTP. The first is the default. */
const MEDIA_TYPES = {
  json: 'application/json',
  arrow: 'application/vnd.apache.arrow.stream',
  ndjson: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8',
} as const;

export type HttpFormat = keyof typeof MEDIA_TYPES;

const FORMATS = Object.keys(MEDIA_TYPES) as readonly HttpFormat[];

/** The format that a request asks for, by its parameter or else by `Accept`. Throws `NOT_ACCEPTABLE`. */
export function formatOf(parameter: string | null, accept: string | undefined): HttpFormat {
  const named = FORMATS.find((format) => format === parameter?.toLowerCase());
  if (named !== undefined) return named;
  const accepted = parameter === null ? bestAccepted(accept ?? '*/*') : undefined;
  if (accepted !== undefined) return accepted;
  const types = FORMATS.map((format) => `${format} (${MEDIA_TYPES[format]})`).join(', ');
  throw new FabricError('NOT_ACCEPTABLE', `Results come as ${types}, not as "${parameter ?? accept}".`);
}

function bestAccepted(accept: string): HttpFormat | undefined {
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

/** The result of a job. Throws the error of a failed job, `CANCELLED`, `JOB_NOT_ENDED`, and `RESULT_EXPIRED` after `result_ttl`. */
export function resultOfJob({ job, history }: JobView, store: ObjectStore, now: Millis): Result {
  const ended = endingOf(history);
  if (ended === undefined) {
    const message = `Job ${job} has not ended yet. Ask again later, or with ?wait=SECONDS.`;
    throw new FabricError('JOB_NOT_ENDED', message, { retryable: true, details: { job } });
  }
  const { end, endedAt } = ended;
  if (end.kind === 'failed') throw new FabricError(end.error.code, end.error.message, { details: end.error.details });
  if (end.kind === 'cancelled' || history.kind !== 'planned') {
    throw new FabricError('CANCELLED', `Job ${job} was cancelled.`, { details: { job } });
  }
  const { state } = history;
  if (now >= expiryOf(state, endedAt)) {
    const message = `The result of job ${job} is gone: its result_ttl has passed. Submit the query again.`;
    throw new FabricError('RESULT_EXPIRED', message, { details: { job } });
  }
  return resultOfParts(resultParts(state), state.graph.columns, state.graph.timeZone, store);
}

function expiryOf(state: JobState, endedAt: Millis): Millis {
  const { resultTtlMs } = state.settings;
  return resultTtlMs === undefined ? Number.POSITIVE_INFINITY : endedAt + resultTtlMs;
}

/** Sends a result. A failure before the first byte is thrown; a later one breaks the stream off, so that no client takes it for complete. */
export async function sendResult(response: ServerResponse, result: Result, format: HttpFormat): Promise<void> {
  const chunks = format === 'json' ? formatJsonTable(result) : formatResult(result, format);
  // The first chunk holds the columns only; the second proves that rows can be read.
  const held = [await chunks.next(), await chunks.next()];
  response.writeHead(200, { 'content-type': MEDIA_TYPES[format] });
  async function* all(): AsyncGenerator<string | Uint8Array> {
    for (const chunk of held) if (chunk.done !== true) yield chunk.value;
    yield* chunks;
  }
  await pipeline(Readable.from(all()), response);
}
