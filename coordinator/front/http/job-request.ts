import type { IncomingHttpHeaders } from 'node:http';
import * as z from 'zod/mini';
import { FabricError } from '../../../engine/errors.ts';
import type { JobRequest } from '../../scheduler/job.ts';
import { closedObject, firstProblem, isObject, mapOf } from '../../schemas.ts';
import { defaultSettings, withSettings } from '../../settings.ts';
import { invalidRequest } from './problem.ts';

const MAX_KEY = 255;
/** The maximum size of the SQL. Longer SQL usually contains data, which belongs in a file. */
const MAX_SQL_BYTES = 1 << 20;
/** The maximum number of labels. It is low because every job document repeats the labels, even in lists. */
const MAX_LABELS = 64;
const MAX_LABEL = 1024;
/** The maximum number of settings in a request, which is more than the number of settings that exist. */
const MAX_SETTINGS = 64;
const MAX_TABLES = 1000;
/** The maximum number of paths in all tables of a request together. A folder or a pattern counts as one path. */
const MAX_PATHS = 10_000;
const MAX_NAME = 255;

/** The `Idempotency-Key` of a request. Requests with the same key submit one job. Throws `REQUEST_INVALID`. */
export function idempotencyKey(headers: IncomingHttpHeaders): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && key.length > 0 && key.length <= MAX_KEY) return key;
  throw invalidRequest(`The Idempotency-Key must have 1 to ${MAX_KEY} characters.`);
}

const UNWRITABLE = 'contains a NUL character or half of a surrogate pair, which is not allowed';

/** Whether the journal can store a text unchanged. Other programs end a text at a NUL, and UTF-8 cannot encode half of a surrogate pair. */
function isWritable(text: string): boolean {
  return !text.includes('\0') && !/\p{Surrogate}/u.test(text);
}

/** Describes what is wrong with a name in a map, as a predicate of the map. Returns undefined if the name is valid. */
function nameProblem(name: string): string | undefined {
  if (name.trim() === '') return 'contains an empty name';
  if (name.length > MAX_NAME) return `has a name of more than ${MAX_NAME} characters`;
  return isWritable(name) ? undefined : `has a name that ${UNWRITABLE}`;
}

const writable = (expected: string) => z.string(expected).check(z.refine(isWritable, UNWRITABLE));

/** The value of a setting. A request may contain it as a JSON string, number or boolean, and it is converted to text. */
const plain = z.pipe(
  z.pipe(
    z.union([z.string(), z.number(), z.boolean()], 'must be a string, a number or a boolean'),
    z.transform(String),
  ),
  writable('must be a string, a number or a boolean'),
);

const LABEL_TOO_LONG = `has more than ${MAX_LABEL} characters`;

/** A label. Only strings are accepted, because job documents repeat labels unchanged. */
const label = writable('must be a string').check(z.maxLength(MAX_LABEL, LABEL_TOO_LONG));

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

const STATEMENT = 'must be the text of a statement';

const NOT_YET = new Map([
  ['plan', 'is not supported yet. Send "sql"'],
  ['parameters', 'is not supported yet. Write the values into the SQL'],
]);

const body = closedObject(
  {
    sql: writable(STATEMENT).check(z.refine((sql) => !/^[\s;]*$/.test(sql), STATEMENT)),
    settings: z.optional(mapOf(plain, 'must be an object')),
    labels: z.optional(mapOf(label, 'must be an object that maps names to strings', nameProblem)),
    tables: z.optional(
      mapOf(table, 'must be an object that maps names to objects such as {"location": ["PATH"]}', nameProblem),
    ),
  },
  'The body must be a JSON object such as {"sql": "SELECT 1"}',
  NOT_YET,
);

/**
 * Parses the body of `POST /v1/jobs`. Throws `REQUEST_INVALID`, `REQUEST_TOO_LARGE` and the errors of `withSettings`. Errors in the SQL
 * are found only when the job is planned. The job then fails.
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

/** Checks the limits of a body before its names and values are parsed. Throws `REQUEST_INVALID` and `REQUEST_TOO_LARGE`. */
function checkSizes(given: unknown): void {
  if (!isObject(given)) return;
  const { sql, settings, labels, tables } = given;
  if (typeof sql === 'string' && Buffer.byteLength(sql) > MAX_SQL_BYTES) {
    const message = `"sql" has more than ${MAX_SQL_BYTES} bytes. Put long lists of values into a file and join it.`;
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
      `"tables" has ${paths} paths; a job may have at most ${MAX_PATHS}. Use folders, or patterns such as *.`,
    );
  }
}

function checkCount(members: unknown, where: string, most: number): void {
  const count = isObject(members) ? Object.keys(members).length : 0;
  if (count > most) throw invalidRequest(`"${where}" has ${count} ${where}; a job may have at most ${most}.`);
}

/** Throws `REQUEST_INVALID` if two names are equal or differ only in case. */
function checkOnce(names: Iterable<string>, where: string): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name.toLowerCase())) throw invalidRequest(`"${where}" contains "${name}" twice.`);
    seen.add(name.toLowerCase());
  }
}
