import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { JobId } from '../../../engine/task/task.ts';
import type { Caller } from './access.ts';
import { invalidRequest } from './problem.ts';

/** A request to the API with a known caller and only parameters that the call accepts. */
export interface ApiRequest {
  readonly caller: Caller;
  /** The job in the path; empty if the path has no job. */
  readonly job: JobId;
  readonly parameters: Parameters;
  readonly headers: IncomingHttpHeaders;
  /** Absent if the request has no body. */
  readonly body?: Buffer;
  /** Aborts when the client disconnects. */
  readonly signal: AbortSignal;
}

/** The query parameters of a request. */
export type Parameters = ReadonlyMap<string, string>;

/** The response to a request. */
export interface ApiResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Readable;
}

/** One method of one path, and its handler. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** The segment `:job` matches a job id. */
  readonly path: string;
  /** The names of the accepted query parameters. */
  readonly parameters?: readonly string[];
  /** Query parameters that are not supported yet, with the advice for users who send them. */
  readonly reservedParameters?: ReadonlyMap<string, string>;
  /** Whether the call requires a JSON body. Other calls ignore bodies. */
  readonly takesJson?: boolean;
  /** Handles a request. Rejects with the error to send. */
  readonly answer: (request: ApiRequest) => Promise<ApiResponse>;
}

/** A response with a JSON document. */
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

/** The query parameters of a request. Throws `REQUEST_INVALID` for a repeated parameter and for one that the call does not accept. */
export function parametersOf(
  given: URLSearchParams,
  path: string,
  { parameters: accepted = [], reservedParameters }: Pick<Call, 'parameters' | 'reservedParameters'>,
): Parameters {
  const parameters = new Map<string, string>();
  for (const [name, value] of given) {
    const advice = reservedParameters?.get(name);
    if (advice !== undefined) throw invalidRequest(`"${name}" is not supported yet. ${advice}`);
    if (!accepted.includes(name)) {
      const names = accepted.length === 0 ? 'no parameters' : accepted.join(', ');
      throw invalidRequest(`${JSON.stringify(name)} is not a parameter of ${path}, which accepts ${names}.`);
    }
    if (parameters.has(name)) throw invalidRequest(`The parameter "${name}" is given more than once.`);
    parameters.set(name, value);
  }
  return parameters;
}

/** The value of a whole-number parameter; `defaultValue` if the parameter is absent. Throws `REQUEST_INVALID` for any other value. */
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
  throw invalidRequest(`"${name}" must be a whole number from ${least} to ${most}, not ${JSON.stringify(text)}.`);
}
