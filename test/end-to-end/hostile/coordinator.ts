import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { Worker } from 'node:worker_threads';
import { type ErrorCode, errorCodes } from '../../../engine/errors.ts';
import type { VolleyServe } from '../../../scripts/servers/volley-serve.ts';

/** The response to a request: its status and body. A response that breaks off has the status 0. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

const WAIT_SECONDS = 60;

/** Sends a request with a JSON body. */
export async function send(url: string, path: string, body?: unknown, method = 'POST'): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  const init = body === undefined ? { method } : { method, headers, body: JSON.stringify(body) };
  try {
    const response = await fetch(url + path, init);
    return { status: response.status, body: await response.text() };
  } catch (error) {
    return { status: 0, body: String(error) };
  }
}

/** Submits a statement. Returns the id of its job and the path of the job. */
export async function submit(url: string, sql: string): Promise<{ readonly id: string; readonly path: string }> {
  const { status, body } = await send(url, '/v1/jobs', { sql });
  assert.equal(status, 202, body);
  const { id } = JSON.parse(body) as { readonly id: string };
  return { id, path: `/v1/jobs/${id}` };
}

/** Submits a statement, waits for the end of its job, and returns the result as CSV, or the error. Then deletes the job. */
export async function runJob(
  url: string,
  sql: string,
  options: { readonly settings?: Readonly<Record<string, string>> } = {},
): Promise<Answer> {
  const settings = { timeout: '20s', ...options.settings };
  const submitted = await send(url, '/v1/jobs', { sql, settings });
  if (submitted.status !== 202) return submitted;
  const { id } = JSON.parse(submitted.body) as { readonly id: string };
  const answer = await send(url, `/v1/jobs/${id}/result?format=csv&wait=${WAIT_SECONDS}`, undefined, 'GET');
  await send(url, `/v1/jobs/${id}`, undefined, 'DELETE');
  return answer;
}

const KNOWN_CODES: ReadonlySet<string> = new Set(errorCodes);

/** Text that must not reach users, because only an exception in JavaScript, Node.js or C++ produces it. */
const LEAKS =
  /\b(?:TypeError|RangeError|ReferenceError|SharedArrayBuffer|ArrayBuffer|DataView|Uint8Array|Offset is outside|Invalid (?:array|string|typed array) length|Cannot read propert|is not a function|is not iterable|undefined|NaN bytes|\[object |ERR_[A-Z_]+|node:|std::|basic_string|vector::|_M_|Stack Trace|INTERNAL Error|exception_type|Assertion|errno)|\.(?:ts|js|cpp|hpp):\d/;

/** Codes of errors with messages of DuckDB. */
const QUOTES_DUCKDB: ReadonlySet<string> = new Set(['SYNTAX_ERROR', 'QUERY_FAILED']);
const MAX_DETAIL = 10_000;

/** Returns the code of an error response, after asserting that it has the form that every error must have. */
export function codeOf({ status, body }: Answer): ErrorCode {
  let problem: { readonly code?: unknown; readonly detail?: unknown };
  try {
    problem = JSON.parse(body) as typeof problem;
  } catch {
    assert.fail(`The response with status ${status} is not a problem document: ${body.slice(0, 300)}`);
  }
  const { code, detail } = problem;
  assert.ok(typeof code === 'string' && KNOWN_CODES.has(code), `unknown code ${String(code)}`);
  assert.notEqual(code, 'INTERNAL', body);
  assert.ok(typeof detail === 'string', body);
  // The name of a file or a column may contain anything.
  assert.doesNotMatch(detail.replace(/"[^"]*"|\/\S+/g, ''), LEAKS);
  assert.ok(detail.length <= MAX_DETAIL, `the message has ${detail.length} characters`);
  assert.match(detail, /^\S/, detail);
  // Some messages of DuckDB about a statement or a row have no full stop.
  if (!QUOTES_DUCKDB.has(code)) assert.match(detail.split('\n')[0] ?? '', /[.?!:)"'…]$/, `not a sentence: ${detail}`);
  // A checked border: the set of known codes contains it.
  return code as ErrorCode;
}

/** Asserts that a message names a file. */
export function assertNames({ body }: Answer, path: string): void {
  const { detail } = JSON.parse(body) as { readonly detail: string };
  assert.ok(detail.includes(path), `the message does not name ${path}: ${detail}`);
}

/** A request as raw bytes, and the responses to it. */
export interface RawExchange {
  /** Sent in order. The client reads only after it has sent all of them, unless the server closes the connection. */
  readonly parts: readonly (string | Buffer)[];
  /** Waits this long before each part. */
  readonly pauseMs?: number;
  /** Half-closes the connection after the last part. */
  readonly ends?: boolean;
}

const RAW_TIMEOUT_MS = 20_000;

/** Sends bytes to a server and returns everything it sends until it closes the connection. */
export async function exchange(url: string, { parts, pauseMs = 0, ends = false }: RawExchange): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.setTimeout(RAW_TIMEOUT_MS, () => socket.destroy(new Error('The server did not close the connection.')));
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  const closed = new Promise<Error | undefined>((resolve) => {
    socket.on('error', resolve);
    socket.once('close', () => resolve(undefined));
  });
  const isOpen = (): boolean => !socket.destroyed && socket.writable;
  for (const part of parts) {
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    if (!isOpen()) break;
    if (!socket.write(part)) await Promise.race([once(socket, 'drain').catch(() => undefined), closed]);
  }
  if (ends && isOpen()) socket.end();
  const error = await closed;
  const text = Buffer.concat(chunks).toString();
  if (text === '' && error !== undefined) throw error;
  return text;
}

/** Returns the status of each response in a stream of responses, and the body of the last one. */
export function responsesIn(text: string): { readonly statuses: readonly number[]; readonly last: Answer } {
  const statuses = [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
  const body = text.slice(text.lastIndexOf('\r\n\r\n') + 4);
  return { statuses, last: { status: statuses.at(-1) ?? 0, body } };
}

/** What the watch over `/healthz` has measured. Times are in milliseconds since 1970. */
export interface HealthFigures {
  readonly count: number;
  readonly slowest: readonly { readonly startedAt: number; readonly endedAt: number }[];
  readonly failures: readonly string[];
}

/** Asks `/healthz` all the time until `end` is called. */
export function watchHealth(url: string): { end(): Promise<HealthFigures> } {
  const worker = new Worker(new URL('./health-watch.mjs', import.meta.url), { workerData: { url }, execArgv: [] });
  return {
    async end() {
      worker.postMessage('end');
      const [figures] = await once(worker, 'message');
      // A checked border: the worker is part of this test.
      return figures as HealthFigures;
    },
  };
}

/** Returns the largest resident size of a process so far. Linux only. */
export function peakMemoryMiB({ pid }: VolleyServe): number {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}
