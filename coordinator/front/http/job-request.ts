import type { IncomingHttpHeaders } from 'node:http';
import * as z from 'zod/mini';
import { FabricError } from '../../../engine/errors.ts';
import type { JobRequest } from '../../scheduler/job.ts';
import { closedObject, firstProblem, isObject, mapOf } from '../../schemas.ts';
import { defaultSettings, withSettings } from '../../settings.ts';
import { invalidRequest } from './problem.ts';

const MAX_KEY = 255;
/** Longer statements hold data, which belongs in a file. */
const MAX_SQL_BYTES = 1 << 20;
/** Every document of a job repeats its labels, in lists too. */
const MAX_LABELS = 64;
const MAX_LABEL = 1024;
/** More than there are settings. */
const MAX_SETTINGS = 64;
const MAX_TABLES = 1000;
/** Of all tables of a request together. A folder or a pattern stands for any number of files. */
const MAX_PATHS = 10_000;
const MAX_NAME = 255;

/** The key that makes repeated submissions one job. Throws `REQUEST_INVALID`. */
export function idempotencyKey(headers: IncomingHttpHeaders): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && key.length > 0 && key.length <= MAX_KEY) return key;
  throw invalidRequest(`An Idempotency-Key has 1 to ${MAX_KEY} characters.`);
}

const UNWRITABLE = 'contains a NUL character or half of a surrogate pair, which is not allowed';

/** Whether text survives the journal: a NUL ends it in other programs, and half of a surrogate pair has no UTF-8. */
function isWritable(text: string): boolean {
  return !text.includes('\0') && !/\p{Surrogate}/u.test(text);
}

/** What is wrong with a name in a map, as a predicate of the map. */
function nameProblem(name: string): string | undefined {
  if (name.trim() === '') return 'contains an empty name';
  if (name.length > MAX_NAME) return `holds a name of more than ${MAX_NAME} characters`;
  return isWritable(name) ? undefined : `has a name that ${UNWRITABLE}`;
}

const writable = (expected: string) => z.string(expected).check(z.refine(isWritable, UNWRITABLE));

/** A value that JSON can give as itself or as text. */
const plain = z.pipe(
  z.pipe(z.union([z.string(), z.number(), z.boolean()], 'must be a string or a number'), z.transform(String)),
  writable('must be a string or a number'),
);

const LABEL_TOO_LONG = `has more than ${MAX_LABEL} characters`;
const PATHS = 'must be a path or a list of paths';

const path = writable(PATHS).check(z.minLength(1, PATHS));

const table = closedObject(
  {
    location: z.pipe(
      z.pipe(
        z.transform((given: unknown) => (typeof given === 'string' ? [given] : given)),
        z.array(z.unknown(), PATHS).check(z.minLength(1, PATHS)),
      ),
      z.array(path),
    ),
    format: z.optional(z.string('must be a string')),
  },
  'must be an object such as {"location": ["PATH"]}',
);

const NOT_YET = new Map([
  ['plan', 'is not supported yet: send "sql"'],
  ['parameters', 'is not supported yet: write the values into the SQL'],
]);

const body = closedObject(
  {
    sql: writable('must be the text of a statement').check(
      z.refine((sql) => sql.trim() !== '', 'must be the text of a statement'),
    ),
    settings: z.optional(mapOf(plain, 'must be an object')),
    labels: z.optional(mapOf(plain.check(z.maxLength(MAX_LABEL, LABEL_TOO_LONG)), 'must be an object', nameProblem)),
    tables: z.optional(mapOf(table, 'must be an object from names to {"location": ["PATH"]}', nameProblem)),
  },
  'The body must be a JSON object such as {"sql": "SELECT 1"}',
  NOT_YET,
);

/**
 * Reads the body of `POST /v1/jobs`. Throws `REQUEST_INVALID`, `REQUEST_TOO_LARGE`, and as `withSettings` does. Errors in the SQL show
 * when the job is planned; the job then fails with them.
 */
export function parseJobRequest(given: unknown, subject: string): JobRequest {
  checkSizes(given);
  const parsed = body.safeParse(given);
  if (!parsed.success) throw invalidRequest(`${firstProblem(parsed.error)}.`);
  const { sql } = parsed.data;
  const settings = parsed.data.settings ?? new Map<string, string>();
  const labels = parsed.data.labels ?? new Map<string, string>();
  const tables = parsed.data.tables ?? new Map<string, z.output<typeof table>>();
  checkOnce(settings.keys(), 'settings');
  checkOnce(tables.keys(), 'tables');
  withSettings(defaultSettings('UTC'), settings);
  return {
    sql,
    settings: [...settings],
    labels: [...labels],
    tables: Array.from(tables, ([name, { location, format }]) => ({
      name,
      locations: location,
      ...(format === undefined ? {} : { format: format.toLowerCase() }),
    })),
    subject,
  };
}

/** Bounds a body before its names and values are looked at. Throws `REQUEST_INVALID` and `REQUEST_TOO_LARGE`. */
function checkSizes(given: unknown): void {
  if (!isObject(given)) return;
  const { sql, settings, labels, tables } = given;
  if (typeof sql === 'string' && Buffer.byteLength(sql) > MAX_SQL_BYTES) {
    const message = `"sql" has more than ${MAX_SQL_BYTES} bytes. Put long lists of values into a file, and join it.`;
    throw new FabricError('REQUEST_TOO_LARGE', message);
  }
  checkCount(settings, 'settings', MAX_SETTINGS);
  checkCount(labels, 'labels', MAX_LABELS);
  checkCount(tables, 'tables', MAX_TABLES);
  const locations = Object.values(isObject(tables) ? tables : {}).map((each) =>
    isObject(each) ? each['location'] : [],
  );
  const paths = locations.reduce<number>((sum, location) => sum + (Array.isArray(location) ? location.length : 1), 0);
  if (paths > MAX_PATHS) {
    throw invalidRequest(
      `"tables" has ${paths} paths; a job may have at most ${MAX_PATHS}. Name folders, or use patterns such as *.`,
    );
  }
}

function checkCount(members: unknown, where: string, most: number): void {
  const count = isObject(members) ? Object.keys(members).length : 0;
  if (count > most) throw invalidRequest(`"${where}" has ${count} ${where}; a job may have at most ${most}.`);
}

/** Names are compared without case: two that differ in case alone are ambiguous. */
function checkOnce(names: Iterable<string>, where: string): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name.toLowerCase())) throw invalidRequest(`"${where}" holds "${name}" twice.`);
    seen.add(name.toLowerCase());
  }
}
