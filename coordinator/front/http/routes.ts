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
import { idempotencyKey, parseJobRequest, wrong } from './job-request.ts';
import { readJson } from './json-body.ts';
import { checkParameters, wholeNumber } from './query.ts';
import { formatOf, resultOfJob, sendResult } from './result-response.ts';

/** What answers are made from. */
export interface ApiParts {
  readonly coordinator: Coordinator;
  readonly store: ObjectStore;
  readonly clock: Clock;
  /** Why no task can be run from here at present; undefined where one can, or where that is not known. */
  readonly unavailableReason: () => string | undefined;
  /** Throws what is wrong with a request as far as it shows before it is planned. */
  readonly check: (request: JobRequest) => void;
}

/** A request on its way to an answer. */
export interface PendingRequest extends ApiParts {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly caller: Caller;
}

/** What a method of a path does. */
interface Call {
  /** Answers a request. `id` is what stands in the path. */
  readonly answer: (pending: PendingRequest, id: JobId) => Promise<void>;
  /** The parameters it takes. */
  readonly takes?: readonly string[];
}

/** Parts of a result are refused with advice, as parameters that there will be. */
const RESULT_PARAMETERS = ['format', 'wait', 'offset', 'limit'];

/** The calls there are: a pattern for the path, and its methods. */
const ROUTES: readonly { readonly path: RegExp; readonly methods: Readonly<Record<string, Call>> }[] = [
  {
    path: /^\/v1\/jobs$/,
    methods: { POST: { answer: submit }, GET: { answer: list, takes: ['state', 'limit', 'cursor'] } },
  },
  { path: /^\/v1\/jobs\/([^/]+)$/, methods: { GET: { answer: show }, DELETE: { answer: forget } } },
  { path: /^\/v1\/jobs\/([^/]+)\/result$/, methods: { GET: { answer: result, takes: RESULT_PARAMETERS } } },
  { path: /^\/v1\/jobs\/([^/]+)\/cancel$/, methods: { POST: { answer: cancel } } },
];

const LONGEST_WAIT_SECONDS = 300;
const MOST_LISTED = 1000;
const LISTED = 100;
/** Jobs that are looked up at once for a list. Those that go on are read whole, and may be large. */
const LOOKED_UP_AT_ONCE = 4;

/** Answers a request for the API. Rejects with what the client is to be told, nothing sent yet. */
export async function answer(pending: PendingRequest): Promise<void> {
  const { request, url } = pending;
  for (const { path, methods } of ROUTES) {
    const match = path.exec(url.pathname);
    if (match === null) continue;
    const call = methods[request.method ?? ''];
    if (call !== undefined) {
      checkParameters(url, call.takes ?? []);
      return call.answer(pending, pathPart(match[1] ?? '') as JobId);
    }
    const allowed = Object.keys(methods).join(', ');
    pending.response.setHeader('allow', allowed);
    throw new FabricError('METHOD_NOT_ALLOWED', `${url.pathname} takes ${allowed}, not ${request.method}.`);
  }
  throw new FabricError('NOT_FOUND', `There is nothing at ${url.pathname}. Calls begin with /v1/jobs.`);
}

function pathPart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw wrong(`The path holds "${text}", which cannot be decoded.`);
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
  const wanted = parseJobRequest(await readJson(request), caller.subject);
  check(wanted);
  const job = await coordinator.submit(wanted, key);
  response.setHeader('location', `/v1/jobs/${job}`);
  // It is taken, whether the journal can be asked about it just now or not.
  const shown = await coordinator.getSummary(job).catch(() => undefined);
  sendJson(response, 202, jobDocument(shown ?? justTaken(job, wanted, clock.now()), unavailableReason()));
}

function justTaken(job: JobId, request: JobRequest, requestedAt: Millis): JobListing {
  return { summary: summarize(job, { kind: 'requested', job, requestedAt, request }) };
}

async function list({ response, url, coordinator, unavailableReason, caller }: PendingRequest): Promise<void> {
  const limit = wholeNumber(url, 'limit', LISTED, 1, MOST_LISTED);
  const state = url.searchParams.get('state') ?? undefined;
  if (state !== undefined && !JOB_STATES.some((name) => name === state)) {
    throw wrong(`There is no state "${state}". States are: ${JOB_STATES.join(', ')}.`);
  }
  const cursor = url.searchParams.get('cursor');
  if (cursor !== null && !isJobId(cursor)) {
    throw wrong(`"cursor" is what a page of this list gave for the next one, and ${JSON.stringify(cursor)} is none.`);
  }
  const ids = (await coordinator.list()).filter((id) => cursor === null || id < cursor);
  const found: JobListing[] = [];
  for (let at = 0; at < ids.length && found.length <= limit; at += LOOKED_UP_AT_ONCE) {
    const some = await Promise.all(ids.slice(at, at + LOOKED_UP_AT_ONCE).map((id) => readableJob(coordinator, id)));
    for (const shown of some) {
      if (shown === undefined || !maySee(shown.summary, caller)) continue;
      if (state === undefined || stateName(shown) === state) found.push(shown);
    }
  }
  const jobs = found.slice(0, limit);
  const why = unavailableReason();
  const next = found.length > limit ? { cursor: jobs.at(-1)?.summary.job } : {};
  sendJson(response, 200, { jobs: jobs.map((shown) => jobDocument(shown, why)), ...next });
}

/** A job for a list. One that can never be read again hides no others: whoever asks for it by its id is told. */
function readableJob(coordinator: Coordinator, id: JobId): Promise<JobListing | undefined> {
  return coordinator.getSummary(id).catch((error) => {
    if (isDamaged(error)) return undefined;
    throw error;
  });
}

async function show({ response, coordinator, unavailableReason, caller }: PendingRequest, id: JobId): Promise<void> {
  sendJson(response, 200, jobDocument(await shownJob(coordinator, id, caller), unavailableReason()));
}

async function cancel({ response, coordinator, unavailableReason, caller }: PendingRequest, id: JobId): Promise<void> {
  await shownJob(coordinator, id, caller);
  await coordinator.recordIntent(id, { kind: 'cancel', by: caller.subject === '' ? 'a request' : caller.subject });
  sendJson(response, 202, jobDocument(await shownJob(coordinator, id, caller), unavailableReason()));
}

async function forget({ response, coordinator, caller }: PendingRequest, id: JobId): Promise<void> {
  await shownJob(coordinator, id, caller).catch((error) => {
    // Whose a damaged job was is as lost as the rest of it: who sees every job may have it forgotten.
    if (!isDamaged(error) || caller.subject !== '') throw error;
  });
  await coordinator.recordIntent(id, { kind: 'forget', by: caller.subject === '' ? 'a request' : caller.subject });
  response.writeHead(204).end();
}

async function result(pending: PendingRequest, id: JobId): Promise<void> {
  const { request, response, url, coordinator, store, clock, caller } = pending;
  const format = formatOf(url.searchParams.get('format'), request.headers.accept);
  for (const name of ['offset', 'limit']) {
    if (url.searchParams.has(name)) throw wrong(`"${name}" is not taken yet: write OFFSET and LIMIT in the SQL.`);
  }
  const waitSeconds = wholeNumber(url, 'wait', 0, 0, LONGEST_WAIT_SECONDS);
  await shownJob(coordinator, id, caller);
  if (waitSeconds > 0) await untilEnded(pending, id, waitSeconds * 1000);
  const known = await knownJob(coordinator, id, caller);
  await sendResult(response, resultOfJob(known, store, clock.now()), format);
}

async function untilEnded({ coordinator, response }: PendingRequest, id: JobId, timeoutMs: number): Promise<void> {
  const gone = new AbortController();
  const leave = () => gone.abort();
  response.on('close', leave);
  try {
    await coordinator.untilEnded(id, timeoutMs, gone.signal);
  } finally {
    response.off('close', leave);
  }
}

/** A job that the caller may see. Rejects with `UNKNOWN_JOB`, also for those of others. */
async function knownJob(coordinator: Coordinator, id: JobId, caller: Caller): Promise<JobView> {
  const known = await coordinator.getJob(id);
  if (known !== undefined && maySee(known.history, caller)) return known;
  throw unknownJob(id);
}

/** The same, as far as it is shown. */
async function shownJob(coordinator: Coordinator, id: JobId, caller: Caller): Promise<JobListing> {
  const shown = await coordinator.getSummary(id);
  if (shown !== undefined && maySee(shown.summary, caller)) return shown;
  throw unknownJob(id);
}

function unknownJob(id: JobId): FabricError {
  const message = `There is no job ${JSON.stringify(id)}. Jobs are forgotten some time after they have ended.`;
  return new FabricError('UNKNOWN_JOB', message, { details: { job: id } });
}

function maySee({ request }: Pick<JobSummary, 'request'>, { subject }: Caller): boolean {
  return subject === '' || request?.subject === subject;
}
