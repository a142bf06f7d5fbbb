import { FabricError } from '../../../engine/errors.ts';
import type { JobId } from '../../../engine/task/task.ts';
import { yieldToEvents } from '../../../engine/timer.ts';
import type { Clock } from '../../clock.ts';
import type { Coordinator, JobListing, JobView } from '../../jobs/coordinator.ts';
import { isDamaged } from '../../journal/journal.ts';
import { endingOf } from '../../scheduler/history.ts';
import type { JobRequest, Millis } from '../../scheduler/job.ts';
import { type JobSummary, summarize } from '../../scheduler/summary.ts';
import type { ResultWriter } from '../result/result-writer.ts';
import type { Caller } from './access.ts';
import { type ApiRequest, type ApiResponse, type Call, jsonResponse, wholeNumber } from './api-call.ts';
import { JOB_STATES, jobDocument, stateName } from './job-document.ts';
import { idempotencyKey, parseJobRequest } from './job-request.ts';
import { readJson } from './json-body.ts';
import { invalidRequest } from './problem.ts';
import { formatOf, MEDIA_TYPES, resultOfJob } from './result-response.ts';

/** The services that handle API calls. */
export interface ApiParts {
  readonly coordinator: Coordinator;
  /** Writes results in the formats of clients. */
  readonly results: ResultWriter;
  readonly clock: Clock;
  /** Why this coordinator cannot run tasks at present; undefined if it can, or if its state is unknown. */
  readonly unavailableReason: () => string | undefined;
  /** Throws if a request can be rejected without planning it. */
  readonly check: (request: JobRequest) => void;
}

const WRITE_IN_SQL = 'Write OFFSET and LIMIT in the SQL.';
const RESERVED_RESULT_PARAMETERS = new Map([
  ['offset', WRITE_IN_SQL],
  ['limit', WRITE_IN_SQL],
]);

const MAX_WAIT_SECONDS = 300;
const MAX_LIST_LIMIT = 1000;
const DEFAULT_LIST_LIMIT = 100;
/** The number of jobs that a list reads concurrently. An unfinished job is read whole and may be large. */
const LOOKED_UP_AT_ONCE = 4;
/**
 * The maximum number of jobs that one list request reads. If few of them match, the page is short, and its cursor continues after the last
 * job that was read.
 */
const MAX_LOOKED_UP = 1000;
/** A page ends once the SQL of its jobs has this many characters. One job may have a million. */
const MAX_PAGE_CHARACTERS = 4 << 20;
/** The ids of jobs: a time and random digits, or a hash of the subject and its `Idempotency-Key`. */
const CURSOR = /^(\d{8}-\d{6}-[0-9a-f]{6}|key-[0-9a-f]{40})$/;

/** All calls of the jobs API. */
export function jobCalls(parts: ApiParts): readonly Call[] {
  return [
    { method: 'POST', path: '/v1/jobs', takesJson: true, answer: (request) => submit(parts, request) },
    {
      method: 'GET',
      path: '/v1/jobs',
      parameters: ['state', 'limit', 'cursor'],
      answer: (request) => list(parts, request),
    },
    { method: 'GET', path: '/v1/jobs/:job', answer: (request) => show(parts, request) },
    { method: 'DELETE', path: '/v1/jobs/:job', answer: (request) => forget(parts, request) },
    {
      method: 'GET',
      path: '/v1/jobs/:job/result',
      parameters: ['format', 'wait'],
      reservedParameters: RESERVED_RESULT_PARAMETERS,
      answer: (request) => result(parts, request),
    },
    { method: 'POST', path: '/v1/jobs/:job/cancel', answer: (request) => cancel(parts, request) },
  ];
}

async function submit(parts: ApiParts, { headers, body, caller }: ApiRequest): Promise<ApiResponse> {
  const { coordinator, clock, unavailableReason, check } = parts;
  const key = idempotencyKey(headers);
  const parsed = parseJobRequest(readJson(body), caller.subject);
  check(parsed);
  const job = await coordinator.submit(parsed, key);
  // The job is already in the journal, so a failed read must not fail the request.
  const listing = await coordinator.getSummary(job).catch(() => undefined);
  const document = jobDocument(listing ?? newListing(job, parsed, clock.now()), unavailableReason());
  return jsonResponse(202, document, { location: `/v1/jobs/${job}` });
}

function newListing(job: JobId, request: JobRequest, requestedAt: Millis): JobListing {
  return { summary: summarize(job, { kind: 'requested', job, requestedAt, request }) };
}

async function list(
  { coordinator, unavailableReason }: ApiParts,
  { parameters, caller }: ApiRequest,
): Promise<ApiResponse> {
  const limit = wholeNumber(parameters, 'limit', DEFAULT_LIST_LIMIT, 1, MAX_LIST_LIMIT);
  const state = parameters.get('state');
  if (state !== undefined && !JOB_STATES.some((name) => name === state)) {
    throw invalidRequest(`"state" must be one of ${JOB_STATES.join(', ')}, not ${JSON.stringify(state)}.`);
  }
  const cursor = parameters.get('cursor');
  if (cursor !== undefined && !CURSOR.test(cursor)) {
    throw invalidRequest(
      `"cursor" must be the value from the previous page of the list, not ${JSON.stringify(cursor)}.`,
    );
  }
  const ids = (await coordinator.list()).filter((id) => cursor === undefined || id < cursor);
  const isListed = (listing: JobListing) =>
    maySee(listing.summary, caller) && (state === undefined || stateName(listing) === state);
  const { page, last } = await readPage(coordinator, ids, limit, isListed);
  const reason = unavailableReason();
  const next = last === undefined ? {} : { cursor: last };
  return jsonResponse(200, { jobs: page.map((listing) => jobDocument(listing, reason)), ...next });
}

/**
 * Reads jobs in the order of their ids until a page is full or the request has read enough. `last` is the last job that was considered.
 * Absent if no further job matches.
 */
async function readPage(
  coordinator: Coordinator,
  ids: readonly JobId[],
  limit: number,
  isListed: (listing: JobListing) => boolean,
): Promise<{ readonly page: readonly JobListing[]; readonly last?: JobId }> {
  const page: JobListing[] = [];
  let last: JobId | undefined;
  let characters = 0;
  for (let at = 0; at < ids.length; at += LOOKED_UP_AT_ONCE) {
    if (at >= MAX_LOOKED_UP && last !== undefined) return { page, last };
    const group = ids.slice(at, at + LOOKED_UP_AT_ONCE);
    const read = await Promise.all(group.map((id) => readableJob(coordinator, id)));
    for (const [index, listing] of read.entries()) {
      if (listing !== undefined && isListed(listing)) {
        const { request, plan } = listing.summary;
        characters += (request?.sql ?? plan?.statement ?? '').length;
        const isFull = page.length === limit || (page.length > 0 && characters > MAX_PAGE_CHARACTERS);
        if (isFull && last !== undefined) return { page, last };
        page.push(listing);
      }
      last = group[index];
    }
    // Summaries in memory are read without waiting for anything.
    await yieldToEvents();
  }
  return { page };
}

/**
 * A job for a list; undefined if it is damaged, so that one damaged job does not fail the list. A request for the job itself gets the
 * error.
 */
function readableJob(coordinator: Coordinator, id: JobId): Promise<JobListing | undefined> {
  return coordinator.getSummary(id).catch((error) => {
    if (isDamaged(error)) return undefined;
    throw error;
  });
}

async function show({ coordinator, unavailableReason }: ApiParts, { job, caller }: ApiRequest): Promise<ApiResponse> {
  return jsonResponse(200, jobDocument(await visibleListing(coordinator, job, caller), unavailableReason()));
}

async function cancel({ coordinator, unavailableReason }: ApiParts, { job, caller }: ApiRequest): Promise<ApiResponse> {
  await visibleListing(coordinator, job, caller);
  await coordinator.recordIntent(job, { kind: 'cancel', by: caller.subject === '' ? 'a request' : caller.subject });
  return jsonResponse(202, jobDocument(await visibleListing(coordinator, job, caller), unavailableReason()));
}

async function forget({ coordinator }: ApiParts, { job, caller }: ApiRequest): Promise<ApiResponse> {
  await visibleListing(coordinator, job, caller).catch((error) => {
    // A damaged job's owner cannot be read, so only a caller who sees every job may delete it.
    if (!isDamaged(error) || caller.subject !== '') throw error;
  });
  await coordinator.recordIntent(job, { kind: 'forget', by: caller.subject === '' ? 'a request' : caller.subject });
  return { status: 204 };
}

async function result({ coordinator, results, clock }: ApiParts, request: ApiRequest): Promise<ApiResponse> {
  const { job, parameters, headers, caller, signal } = request;
  const format = formatOf(parameters.get('format'), headers.accept);
  const waitSeconds = wholeNumber(parameters, 'wait', 0, 0, MAX_WAIT_SECONDS);
  let view = await visibleJob(coordinator, job, caller);
  if (waitSeconds > 0 && endingOf(view.history) === undefined) {
    await coordinator.untilEnded(job, waitSeconds * 1000, signal);
    view = await visibleJob(coordinator, job, caller);
  }
  const stored = resultOfJob(view, clock.now());
  const bytes = await results.write(stored, format, signal);
  return { status: 200, headers: { 'content-type': MEDIA_TYPES[format] }, body: bytes };
}

/** A job that the caller may see. Rejects with `UNKNOWN_JOB` if there is no such job or it belongs to another subject. */
async function visibleJob(coordinator: Coordinator, id: JobId, caller: Caller): Promise<JobView> {
  const job = await coordinator.getJob(id);
  if (job !== undefined && maySee(job.history, caller)) return job;
  throw unknownJob(id);
}

/** The listing of a job that the caller may see. Rejects like `visibleJob`. */
async function visibleListing(coordinator: Coordinator, id: JobId, caller: Caller): Promise<JobListing> {
  const listing = await coordinator.getSummary(id);
  if (listing !== undefined && maySee(listing.summary, caller)) return listing;
  throw unknownJob(id);
}

function unknownJob(id: JobId): FabricError {
  const message = `There is no job ${JSON.stringify(id)}. Check the id. Ended jobs are deleted after a while.`;
  return new FabricError('UNKNOWN_JOB', message, { details: { job: id } });
}

function maySee({ request }: Pick<JobSummary, 'request'>, { subject }: Caller): boolean {
  return subject === '' || request?.subject === subject;
}
