import type { IncomingMessage } from 'node:http';
import { FabricError } from '../../../engine/errors.ts';
import type { JobRequest, RequestedTable } from '../../scheduler/records.ts';
import { defaultSettings, withSettings } from '../../settings.ts';
import { readBody } from './open-server.ts';

/** SQL, settings and locations; nobody writes more of those by hand, and no program should. */
const LONGEST_BODY_BYTES = 8 << 20;
const LONGEST_KEY = 255;

/** The JSON body of a request. Rejects with `UNSUPPORTED_MEDIA_TYPE` and `REQUEST_INVALID`. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/json *(;|$)/i.test(type)) {
    throw new FabricError('UNSUPPORTED_MEDIA_TYPE', 'Send JSON, with the header "Content-Type: application/json".');
  }
  const tooLong = () => wrong(`The body has more than ${LONGEST_BODY_BYTES} bytes.`);
  const body = await readBody(request, LONGEST_BODY_BYTES, tooLong);
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw wrong(`The body is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

/** The key under which a job is submitted once however often it is sent. Throws `REQUEST_INVALID`. */
export function idempotencyKey(request: IncomingMessage): string | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && key.length > 0 && key.length <= LONGEST_KEY) return key;
  throw wrong(`An Idempotency-Key has 1 to ${LONGEST_KEY} characters.`);
}

/**
 * Reads what `POST /v1/jobs` takes. Throws `REQUEST_INVALID`, and as `withSettings` does: what is wrong with the SQL is found when it is
 * planned, and the job then fails with it.
 */
export function parseJobRequest(body: unknown, subject: string): JobRequest {
  if (!isObject(body)) throw wrong('The body must be a JSON object such as {"sql": "SELECT 1"}.');
  const { sql, settings = {}, labels = {}, tables = {}, plan, parameters, ...rest } = body;
  if (plan !== undefined) throw wrong('"plan" is not taken yet: send "sql".');
  if (parameters !== undefined) throw wrong('"parameters" are not taken yet: write the values into the SQL.');
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw wrong(`"${unknown}" is none of sql, settings, labels and tables.`);
  if (typeof sql !== 'string' || sql.trim() === '') throw wrong('"sql" must be the text of a statement.');
  const request = {
    sql,
    settings: texts(settings, 'settings'),
    labels: texts(labels, 'labels'),
    tables: requestedTables(tables),
    subject,
  };
  withSettings(defaultSettings('UTC'), request.settings);
  return request;
}

function texts(value: unknown, name: string): readonly (readonly [string, string])[] {
  if (!isObject(value)) throw wrong(`"${name}" must be an object.`);
  return Object.entries(value).map(([key, text]) => {
    if (typeof text === 'string' || typeof text === 'number' || typeof text === 'boolean') return [key, String(text)];
    throw wrong(`"${name}.${key}" must be a string or a number.`);
  });
}

function requestedTables(value: unknown): readonly RequestedTable[] {
  if (!isObject(value)) throw wrong('"tables" must be an object from names to {"location": ["PATH"]}.');
  return Object.entries(value).map(([name, table]) => {
    if (!isObject(table)) throw wrong(`"tables.${name}" must be an object such as {"location": ["PATH"]}.`);
    const { location, format, ...rest } = table;
    const locations = typeof location === 'string' ? [location] : location;
    const [unknown] = Object.keys(rest);
    if (unknown !== undefined) throw wrong(`"tables.${name}.${unknown}" is none of location and format.`);
    if (!isTexts(locations) || locations.length === 0) {
      throw wrong(`"tables.${name}.location" must be a path or a list of paths.`);
    }
    if (format === undefined) return { name, locations };
    if (typeof format !== 'string') throw wrong(`"tables.${name}.format" must be a string.`);
    return { name, locations, format: format.toLowerCase() };
  });
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string' && item !== '');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The error of a request that cannot be meant. */
export function wrong(message: string): FabricError {
  return new FabricError('REQUEST_INVALID', message);
}
