import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { JobId } from '../../../engine/task/task.ts';
import type { Caller } from './access.ts';
import { invalidRequest } from './problem.ts';

/** A request for the API, read and checked: its caller is known, and its parameters are ones that the call accepts. */
export interface ApiRequest {
  readonly caller: Caller;
  /** The job that the path names; empty if it names none. */
  readonly job: JobId;
  readonly parameters: Parameters;
  readonly headers: IncomingHttpHeaders;
  /** Absent: the request had no body. */
  readonly body?: Buffer;
  /** Aborts when the client is gone. */
  readonly signal: AbortSignal;
}

/** The query parameters of a request. */
export type Parameters = ReadonlyMap<string, string>;

/** The answer to a request. */
export interface ApiResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Readable;
}

/** A method of a path. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** `:job` stands for a job's id. */
  readonly path: string;
  /** The query parameters it accepts. */
  readonly parameters?: readonly string[];
  /** Whether it takes a JSON body. Other calls ignore bodies. */
  readonly takesJson?: boolean;
  /** Answers a request. Rejects with the error to send. */
  readonly answer: (request: ApiRequest) => Promise<ApiResponse>;
}

/** A JSON document as an answer. */
export function jsonResponse(
  status: number,
  document: unknown,
  headers: Readonly<Record<string, string>> = {},
): ApiResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: `${JSON.stringify(document)}\n`,
  };
}

/** Checks that a call accepts all parameters of a request, and that none is repeated. Throws `REQUEST_INVALID`. */
export function parametersOf(given: URLSearchParams, path: string, accepted: readonly string[]): Parameters {
  const parameters = new Map<string, string>();
  for (const [name, value] of given) {
    if (!accepted.includes(name)) {
      const names = accepted.length === 0 ? 'none' : accepted.join(', ');
      throw invalidRequest(`${path} has no parameter ${JSON.stringify(name)}. It accepts: ${names}.`);
    }
    if (parameters.has(name)) throw invalidRequest(`The parameter "${name}" is given more than once.`);
    parameters.set(name, value);
  }
  return parameters;
}

/** A parameter that is a whole number, or its default. Throws `REQUEST_INVALID`. */
export function wholeNumber(
  parameters: Parameters,
  name: string,
  defaultValue: number,
  least: number,
  most: number,
): number {
  const text = parameters.get(name);
  if (text === undefined) return defaultValue;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw invalidRequest(`"${name}" takes a whole number from ${least} to ${most}, not "${text}".`);
}
