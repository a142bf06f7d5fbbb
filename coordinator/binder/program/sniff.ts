import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { constants, gunzipSync } from 'node:zlib';
import type { Connection } from '../../../engine/duckdb/kernel/database.ts';
import { objectsField, textField } from '../../../engine/duckdb/plan/fields.ts';
import { parseJson } from '../../../engine/duckdb/plan/parse-json.ts';
import { FabricError } from '../../../engine/errors.ts';
import { foldName } from '../../../engine/plan/fold-name.ts';
import type { ScanFormat } from '../../../engine/plan/relation.ts';
import { quoteLiteral } from '../../../engine/plan/types.ts';
import { inputError } from '../../../engine/scan/local-file.ts';
import { CLOSING, OPENING, QUOTE, stringEnd } from '../../check-json.ts';
import { exactPath } from './stand-in-files.ts';

/** The number of bytes at the start of JSON that show its layout. */
const START_BYTES = 4096;
/** The number of bytes of a JSON file whose nesting is checked: the largest object that DuckDB reads, or the start of a gzip file. */
const CHECKED_BYTES = 16 << 20;
const CHECKED_PACKED_BYTES = 64 << 10;
/** DuckDB finds types by recursion, and a deeply nested value would end the process. */
const MAX_NESTING = 200;
/** The number of objects that DuckDB samples to find keys. */
const SAMPLED_OBJECTS = 20_480;
/** The date and timestamp formats that a cast from text accepts by default. */
const ISO_DATE = '%Y-%m-%d';
const ISO_TIMESTAMPS = new Set([
  '%Y-%m-%d %H:%M:%S',
  '%Y-%m-%d %H:%M:%S.%f',
  '%Y-%m-%dT%H:%M:%S',
  '%Y-%m-%dT%H:%M:%S.%f',
]);

/** The detected format and columns of a text file. */
export interface TextShape {
  readonly format: ScanFormat;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/**
 * Detects the dialect and columns of the CSV file at `path`. Throws `INPUT_INVALID` for features that a scan does not support. DuckDB's
 * errors are passed on.
 */
export function sniffCsv(connection: Connection, path: string, location: string): TextShape {
  const fields = [
    'Delimiter',
    'Quote',
    'Escape',
    'HasHeader',
    'Comment',
    'SkipRows',
    'DateFormat',
    'TimestampFormat',
    'to_json(Columns)',
  ];
  const casts = fields.map((field) => `CAST(${field} AS VARCHAR)`).join(', ');
  const [row] = connection.query(`SELECT ${casts} FROM sniff_csv(${quoteLiteral(exactPath(path))})`).rows;
  const [delimiter, quote, escaped, header, comment, skipped, dates = null, times = null, columnsJson] = row ?? [];
  const unsupported =
    skipped !== '0'
      ? `the table seems to start at line ${Number(skipped) + 1}, and Volley cannot skip lines. If the lines before it are rows, correct their number of fields. Otherwise, delete them`
      : characterOf(comment) !== ''
        ? `comments (${characterOf(comment)}) are not supported. Remove them`
        : dates !== null && dates !== ISO_DATE
          ? `dates in the format ${dates} are not supported. Write them as YYYY-MM-DD`
          : times !== null && !ISO_TIMESTAMPS.has(times)
            ? `timestamps in the format ${times} are not supported. Write them as YYYY-MM-DD HH:MM:SS`
            : undefined;
  if (unsupported !== undefined) {
    throw new FabricError('INPUT_INVALID', `${location}: ${unsupported}.`, {
      details: { location },
    });
  }
  const columns = objectsField({ columns: parseJson(columnsJson ?? '[]') }, 'columns').map((column) => ({
    name: textField(column, 'name'),
    type: textField(column, 'type'),
  }));
  const options = {
    delimiter: characterOf(delimiter),
    quote: characterOf(quote),
    escape: characterOf(escaped),
    header: header === 'true',
    nullText: '',
  };
  return { format: { kind: 'csv', options }, columns };
}

/** Returns a character that the sniffer detected, or an empty string. The sniffer returns `(empty)` if it detected no character. */
function characterOf(text: string | null | undefined): string {
  return text === null || text === undefined || text === '(empty)' ? '' : text;
}

/** Detects the layout and columns of the JSON file at `path`. Throws the same errors as `sniffCsv`. */
export function sniffJson(connection: Connection, path: string, location: string): TextShape {
  const layout = jsonLayout(path, location);
  const format = layout === 'array' ? 'array' : 'newline_delimited';
  // This is not a prepared statement, because the C API cuts the column names of prepared statements at a NUL.
  const { rows } = connection.query(
    `SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM read_json(${quoteLiteral(exactPath(path))}, format = '${format}', hive_partitioning = false))`,
  );
  const columns = rows.map(([name, type]) => ({ name: name ?? '', type: type ?? '' }));
  if (columns.some(({ name }) => isNumbered(name, columns))) refuseEqualKeys(connection, path, location, format);
  return { format: { kind: 'json', layout }, columns };
}

/** Returns whether DuckDB may have generated the name. DuckDB appends numbers to columns whose names differ only in case. */
function isNumbered(name: string, columns: TextShape['columns']): boolean {
  const base = /^(.*)_\d+$/s.exec(name)?.[1];
  return base !== undefined && columns.some((column) => foldName(column.name) === foldName(base));
}

/** Throws if two keys differ only in case. A scan reads keys by name, and DuckDB cannot distinguish such names. */
function refuseEqualKeys(connection: Connection, path: string, location: string, format: string): void {
  const objects = `read_json_objects(${quoteLiteral(exactPath(path))}, format = '${format}')`;
  const keys = `SELECT unnest(json_keys(json)) AS key FROM (SELECT json FROM ${objects} LIMIT ${SAMPLED_OBJECTS})`;
  const [equal] = connection.query(
    `SELECT min(key), max(key) FROM (${keys}) GROUP BY lower(key) HAVING count(DISTINCT key) > 1 ORDER BY ALL`,
  ).rows;
  if (equal === undefined) return;
  const [one, other] = equal;
  throw new FabricError(
    'INPUT_INVALID',
    `The keys ${one} and ${other} of ${location} differ only in case, which is not supported yet. Rename one of them.`,
    { details: { location, column: other ?? '' } },
  );
}

function jsonLayout(path: string, location: string): 'array' | 'newline-delimited' {
  if (/\.zst$/i.test(location)) {
    throw new FabricError('INPUT_INVALID', `${location}: JSON compressed with zstd is not supported yet. Use gzip.`, {
      details: { location },
    });
  }
  const isPacked = /\.gz$/i.test(path);
  const start = startOf(path, isPacked ? CHECKED_PACKED_BYTES : CHECKED_BYTES);
  const text = isPacked ? unzipped(location, start) : start;
  checkNesting(text, location);
  const first = /[^\s\ufeff]/.exec(text.toString('utf8', 0, START_BYTES))?.[0];
  if (first === undefined)
    throw new FabricError(
      'INPUT_INVALID',
      `${location} contains no JSON. Remove the file, or write at least one object to it.`,
      { details: { location } },
    );
  return first === '[' ? 'array' : 'newline-delimited';
}

/** Throws `INPUT_INVALID` if a value is nested too deeply. */
function checkNesting(bytes: Buffer, location: string): void {
  // Only ASCII characters matter here, and each byte stays one character.
  const json = bytes.toString('latin1');
  let depth = 0;
  for (let at = 0; at < json.length; at += 1) {
    const character = json.charCodeAt(at);
    if (character === QUOTE) at = stringEnd(json, at) - 1;
    else if (CLOSING.has(character)) depth -= 1;
    else if (OPENING.has(character)) {
      depth += 1;
      if (depth <= MAX_NESTING) continue;
      const message = `${location} has a JSON value that is nested more than ${MAX_NESTING} levels deep, which is not supported.`;
      throw new FabricError('INPUT_INVALID', message, { details: { location } });
    }
  }
}

/** Returns at most `length` bytes from the start of a file. */
function startOf(location: string, length: number): Buffer {
  try {
    const file = openSync(location, 'r');
    try {
      const bytes = Buffer.allocUnsafe(Math.min(length, fstatSync(file).size));
      return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, 0));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw inputError(location, error);
  }
}

function unzipped(location: string, start: Buffer): Buffer {
  try {
    // `start` usually contains only the beginning of the file, so the stream may be incomplete.
    return gunzipSync(start, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new FabricError(
      'INPUT_INVALID',
      `${location} is not a gzip file, although its name ends in .gz: ${reason}. Rename or compress it.`,
      {
        cause: error,
        details: { location },
      },
    );
  }
}
