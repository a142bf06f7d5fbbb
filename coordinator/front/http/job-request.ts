import type { IncomingMessage } from 'node:http';
import { FabricError } from '../../../engine/errors.ts';
import type { JobRequest, RequestedTable } from '../../scheduler/job.ts';
import { defaultSettings, withSettings } from '../../settings.ts';

const LONGEST_KEY = 255;
/** What is longer is data, and belongs into a file. */
const LONGEST_SQL_BYTES = 1 << 20;
/** Labels come back with every document of a job, in lists too. */
const MOST_LABELS = 64;
const LONGEST_LABEL = 1024;
const LONGEST_NAME = 255;

/** The key under which a job is submitted once however often it is sent. Throws `REQUEST_INVALID`. */
export function idempotencyKey(request: IncomingMessage): string | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && key.length > 0 && key.length <= LONGEST_KEY) return key;
  throw wrong(`An Idempotency-Key has 1 to ${LONGEST_KEY} characters.`);
}

/**
 * Reads what `POST /v1/jobs` takes. Throws `REQUEST_INVALID`, `REQUEST_TOO_LARGE`, and as `withSettings` does: what is wrong with the SQL
 * is found when it is planned, and the job then fails with it.
 */
export function parseJobRequest(body: unknown, subject: string): JobRequest {
  if (!isObject(body)) throw wrong('The body must be a JSON object such as {"sql": "SELECT 1"}.');
  const { sql, settings = {}, labels = {}, tables = {}, plan, parameters, ...rest } = body;
  if (plan !== undefined) throw wrong('"plan" is not taken yet: send "sql".');
  if (parameters !== undefined) throw wrong('"parameters" are not taken yet: write the values into the SQL.');
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw wrong(`"${unknown}" is none of sql, settings, labels and tables.`);
  if (typeof sql !== 'string' || sql.trim() === '') throw wrong('"sql" must be the text of a statement.');
  if (Buffer.byteLength(sql) > LONGEST_SQL_BYTES) {
    throw tooLarge(
      `"sql" has more than ${LONGEST_SQL_BYTES} bytes. Put long lists of values into a file, and join it.`,
    );
  }
  const request = {
    sql: written(sql, '"sql"'),
    settings: settingsOf(settings),
    labels: labelsOf(labels),
    tables: requestedTables(tables),
    subject,
  };
  withSettings(defaultSettings('UTC'), request.settings);
  return request;
}

function settingsOf(value: unknown): readonly (readonly [string, string])[] {
  const settings = texts(value, 'settings');
  checkOnce(
    settings.map(([name]) => name),
    'settings',
  );
  return settings;
}

function labelsOf(value: unknown): readonly (readonly [string, string])[] {
  const labels = texts(value, 'labels');
  if (labels.length > MOST_LABELS) throw wrong(`"labels" has ${labels.length} labels; a job takes ${MOST_LABELS}.`);
  for (const [name, text] of labels) {
    checkName(name, 'labels');
    if (text.length > LONGEST_LABEL) throw wrong(`"labels.${name}" has more than ${LONGEST_LABEL} characters.`);
  }
  return labels;
}

function texts(value: unknown, name: string): readonly (readonly [string, string])[] {
  if (!isObject(value)) throw wrong(`"${name}" must be an object.`);
  return Object.entries(value).map(([key, text]) => {
    const isPlain = typeof text === 'string' || typeof text === 'boolean' || Number.isFinite(text);
    if (isPlain) return [key, written(String(text), `"${name}.${key}"`)];
    throw wrong(`"${name}.${key}" must be a string or a number.`);
  });
}

/** Text that can be written down and read again as it is: a NUL ends it elsewhere, and half of a surrogate pair has no UTF-8. */
function written(text: string, what: string): string {
  if (text.includes('\0') || /\p{Surrogate}/u.test(text)) {
    throw wrong(`${what} holds a NUL character or half of a surrogate pair, which no text of a job can hold.`);
  }
  return text;
}

function checkName(name: string, where: string): void {
  if (name.trim() === '') throw wrong(`"${where}" holds an empty name.`);
  if (name.length > LONGEST_NAME) throw wrong(`"${where}" holds a name of more than ${LONGEST_NAME} characters.`);
  written(name, `A name in "${where}"`);
}

/** Names are the same in any case: of two that differ by it alone, nobody knows which is meant. */
function checkOnce(names: readonly string[], where: string): void {
  const twice = names.find((name, at) => names.findIndex((other) => other.toLowerCase() === name.toLowerCase()) < at);
  if (twice !== undefined) throw wrong(`"${where}" holds "${twice}" twice.`);
}

function requestedTables(value: unknown): readonly RequestedTable[] {
  if (!isObject(value)) throw wrong('"tables" must be an object from names to {"location": ["PATH"]}.');
  checkOnce(Object.keys(value), 'tables');
  return Object.entries(value).map(([name, table]) => {
    checkName(name, 'tables');
    if (!isObject(table)) throw wrong(`"tables.${name}" must be an object such as {"location": ["PATH"]}.`);
    const { location, format, ...rest } = table;
    const locations = typeof location === 'string' ? [location] : location;
    const [unknown] = Object.keys(rest);
    if (unknown !== undefined) throw wrong(`"tables.${name}.${unknown}" is none of location and format.`);
    if (!isTexts(locations) || locations.length === 0) {
      throw wrong(`"tables.${name}.location" must be a path or a list of paths.`);
    }
    for (const path of locations) written(path, `"tables.${name}.location"`);
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

function tooLarge(message: string): FabricError {
  return new FabricError('REQUEST_TOO_LARGE', message);
}
