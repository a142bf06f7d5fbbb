import type { IncomingMessage, ServerResponse } from 'node:http';
import { FabricError } from '../../../engine/errors.ts';
import type { ObjectStore } from '../../../engine/store/object-store.ts';
import type { JobId } from '../../../engine/task/task.ts';
import type { Clock } from '../../clock.ts';
import type { Coordinator, JobListing, JobView } from '../../jobs/coordinator.ts';
import { isDamaged, isJobId } from '../../journal/journal.ts';
import type { JobRequest, Millis } from '../../scheduler/job.ts';
import { type JobSummary, summarize } from '../../scheduler/summary.ts';
import type { Caller } from './access.ts';
import { JOB_STATES, jobDocument, stateName } from './job-document.ts';
import { idempotencyKey, parseJobRequest } from './job-request.ts';
import { readJson } from './json-body.ts';
import { invalidRequest } from './problem.ts';
import { formatOf, resultOfJob, sendResult } from './result-response.ts';

/** The services that the API uses. */
export interface ApiParts {
  readonly coordinator: Coordinator;
  readonly store: ObjectStore;
  readonly clock: Clock;
  /** Why this coordinator can run no task at present; undefined if it can, or if that is unknown. */
  readonly unavailableReason: () => string | undefined;
  /** Throws the errors of a request that show before planning. */
  readonly check: (request: JobRequest) => void;
}

/** A request that waits for its answer. */
export interface PendingRequest extends ApiParts {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly caller: Caller;
}

/** A method of a path. */
interface Call {
  /** Answers a request. `id` is the part of the path that names a job. */
  readonly answer: (pending: PendingRequest, id: JobId) => Promise<void>;
  /** The query parameters it accepts. */
  readonly parameters?: readonly string[];
}

/** `offset` and `limit` are planned, and rejected with advice. */
const RESULT_PARAMETERS = ['format', 'wait', 'offset', 'limit'];

/** All calls: a pattern for the path, and its methods. */
const ROUTES: readonly { readonly path: RegExp; readonly methods: Readonly<Record<string, Call>> }[] = [
  {
    path: /^\/v1\/jobs$/,
    methods: { POST: { answer: submit }, GET: { answer: list, parameters: ['state', 'limit', 'cursor'] } },
  },
  { path: /^\/v1\/jobs\/([^/]+)$/, methods: { GET: { answer: show }, DELETE: { answer: forget } } },
  { path: /^\/v1\/jobs\/([^/]+)\/result$/, methods: { GET: { answer: result, parameters: RESULT_PARAMETERS } } },
  { path: /^\/v1\/jobs\/([^/]+)\/cancel$/, methods: { POST: { answer: cancel } } },
];

const MAX_WAIT_SECONDS = 300;
const MAX_LIST_LIMIT = 1000;
const DEFAULT_LIST_LIMIT = 100;
/** Jobs that a list looks up at once. Unfinished jobs are read whole, and may be large. */
const LOOKED_UP_AT_ONCE = 4;

/** Answers a request for the API. Rejects with the error to send; nothing has been sent then. */
export async function answer(pending: PendingRequest): Promise<void> {
  const { request, url } = pending;
  for (const { path, methods } of ROUTES) {
    const match = path.exec(url.pathname);
    if (match === null) continue;
    const call = methods[request.method ?? ''];
    if (call !== undefined) {
      checkParameters(url, call.parameters ?? []);
      return call.answer(pending, pathPart(match[1] ?? '') as JobId);
    }
    const allowed = Object.keys(methods).join(', ');
    pending.response.setHeader('allow', allowed);
    throw new FabricError('METHOD_NOT_ALLOWED', `${url.pathname} accepts ${allowed}, not ${request.method}.`);
  }
  throw new FabricError('NOT_FOUND', `There is no call ${url.pathname}. Calls begin with /v1/jobs.`);
}

function pathPart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalidRequest(`The path contains "${text}", which cannot be decoded.`);
  }
}

/** Sends a JSON document. */
export function sendJson(response: ServerResponse, status: number, document: unknown, type = 'application/json'): void {
  const body = `${JSON.stringify(document)}\n`;
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

async function submit({
  request,
  response,
  coordinator,
  clock,
  unavailableReason,
  check,
  caller,
}: PendingRequest): Promise<void> {
  const key = idempotencyKey(request);
  const parsed = parseJobRequest(await readJson(request), caller.subject);
  check(parsed);
  const job = await coordinator.submit(parsed, key);
  response.setHeader('location', `/v1/jobs/${job}`);
  // The job is journaled, even if the journal cannot be read right now.
  const listing = await coordinator.getSummary(job).catch(() => undefined);
  sendJson(response, 202, jobDocument(listing ?? newListing(job, parsed, clock.now()), unavailableReason()));
}

function newListing(job: JobId, request: JobRequest, requestedAt: Millis): JobListing {
  return { summary: summarize(job, { kind: 'requested', job, requestedAt, request }) };
}

async function list({ response, url, coordinator, unavailableReason, caller }: PendingRequest): Promise<void> {
  const limit = wholeNumber(url, 'limit', DEFAULT_LIST_LIMIT, 1, MAX_LIST_LIMIT);
  const state = url.searchParams.get('state') ?? undefined;
  if (state !== undefined && !JOB_STATES.some((name) => name === state)) {
    throw invalidRequest(`There is no state "${state}". States are: ${JOB_STATES.join(', ')}.`);
  }
  const cursor = url.searchParams.get('cursor');
  if (cursor !== null && !isJobId(cursor)) {
    throw invalidRequest(`Invalid "cursor" ${JSON.stringify(cursor)}: use the one in the previous page of this list.`);
  }
  const ids = (await coordinator.list()).filter((id) => cursor === null || id < cursor);
  const listings: JobListing[] = [];
  for (let at = 0; at < ids.length && listings.length <= limit; at += LOOKED_UP_AT_ONCE) {
    const read = await Promise.all(ids.slice(at, at + LOOKED_UP_AT_ONCE).map((id) => readableJob(coordinator, id)));
    for (const listing of read) {
      if (listing === undefined || !maySee(listing.summary, caller)) continue;
      if (state === undefined || stateName(listing) === state) listings.push(listing);
    }
  }
  const page = listings.slice(0, limit);
  const reason = unavailableReason();
  const next = listings.length > limit ? { cursor: page.at(-1)?.summary.job } : {};
  sendJson(response, 200, { jobs: page.map((listing) => jobDocument(listing, reason)), ...next });
}

/** A job for a list; undefined if it is damaged. A damaged job must not hide the others; a request for its id gets the error. */
function readableJob(coordinator: Coordinator, id: JobId): Promise<JobListing | undefined> {
  return coordinator.getSummary(id).catch((error) => {
    if (isDamaged(error)) return undefined;
    throw error;
  });
}

async function show({ response, coordinator, unavailableReason, caller }: PendingRequest, id: JobId): Promise<void> {
  sendJson(response, 200, jobDocument(await visibleListing(coordinator, id, caller), unavailableReason()));
}

async function cancel({ response, coordinator, unavailableReason, caller }: PendingRequest, id: JobId): Promise<void> {
  await visibleListing(coordinator, id, caller);
  await coordinator.recordIntent(id, { kind: 'cancel', by: caller.subject === '' ? 'a request' : caller.subject });
  sendJson(response, 202, jobDocument(await visibleListing(coordinator, id, caller), unavailableReason()));
}

async function forget({ response, coordinator, caller }: PendingRequest, id: JobId): Promise<void> {
  await visibleListing(coordinator, id, caller).catch((error) => {
    // A damaged job's owner cannot be read, so only a caller who sees every job may delete it.
    if (!isDamaged(error) || caller.subject !== '') throw error;
  });
  await coordinator.recordIntent(id, { kind: 'forget', by: caller.subject === '' ? 'a request' : caller.subject });
  response.writeHead(204).end();
}

async function result(pending: PendingRequest, id: JobId): Promise<void> {
  const { request, response, url, coordinator, store, clock, caller } = pending;
  const format = formatOf(url.searchParams.get('format'), request.headers.accept);
  for (const name of ['offset', 'limit']) {
    if (url.searchParams.has(name))
      throw invalidRequest(`"${name}" is not supported yet: write OFFSET and LIMIT in the SQL.`);
  }
  const waitSeconds = wholeNumber(url, 'wait', 0, 0, MAX_WAIT_SECONDS);
  await visibleListing(coordinator, id, caller);
  if (waitSeconds > 0) await untilEnded(pending, id, waitSeconds * 1000);
  const job = await visibleJob(coordinator, id, caller);
  await sendResult(response, resultOfJob(job, store, clock.now()), format);
}

async function untilEnded({ coordinator, response }: PendingRequest, id: JobId, timeoutMs: number): Promise<void> {
  const closed = new AbortController();
  const leave = () => closed.abort();
  response.on('close', leave);
  try {
    await coordinator.untilEnded(id, timeoutMs, closed.signal);
  } finally {
    response.off('close', leave);
  }
}

/** A job that the caller may see. Rejects with `UNKNOWN_JOB`, also for jobs of other subjects. */
async function visibleJob(coordinator: Coordinator, id: JobId, caller: Caller): Promise<JobView> {
  const job = await coordinator.getJob(id);
  if (job !== undefined && maySee(job.history, caller)) return job;
  throw unknownJob(id);
}

/** The listing of a job that the caller may see. Rejects as `visibleJob` does. */
async function visibleListing(coordinator: Coordinator, id: JobId, caller: Caller): Promise<JobListing> {
  const listing = await coordinator.getSummary(id);
  if (listing !== undefined && maySee(listing.summary, caller)) return listing;
  throw unknownJob(id);
}

function unknownJob(id: JobId): FabricError {
  const message = `There is no job ${JSON.stringify(id)}. Jobs are deleted some time after their end.`;
  return new FabricError('UNKNOWN_JOB', message, { details: { job: id } });
}

function maySee({ request }: Pick<JobSummary, 'request'>, { subject }: Caller): boolean {
  return subject === '' || request?.subject === subject;
}

/** Checks that a call accepts all parameters of a request, and that none is repeated. Throws `REQUEST_INVALID`. */
function checkParameters({ searchParams, pathname }: URL, accepted: readonly string[]): void {
  for (const name of searchParams.keys()) {
    if (!accepted.includes(name)) {
      const names = accepted.length === 0 ? 'none' : accepted.join(', ');
      throw invalidRequest(`${pathname} has no parameter ${JSON.stringify(name)}. It accepts: ${names}.`);
    }
    if (searchParams.getAll(name).length > 1) throw invalidRequest(`The parameter "${name}" is given more than once.`);
  }
}

/** A parameter that is a whole number, or its default. Throws `REQUEST_INVALID`. */
function wholeNumber(url: URL, name: string, defaultValue: number, least: number, most: number): number {
  const text = url.searchParams.get(name);
  if (text === null) return defaultValue;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw invalidRequest(`"${name}" takes a whole number from ${least} to ${most}, not "${text}".`);
}
