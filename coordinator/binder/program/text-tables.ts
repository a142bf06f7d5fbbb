import { closeSync, copyFileSync } from 'node:fs';
import type { Connection } from '../../../engine/duckdb/kernel/database.ts';
import { DuckdbError, fileReason } from '../../../engine/duckdb/kernel/error.ts';
import type { ResolvedFile } from '../../../engine/duckdb/plan/reading.ts';
import { FabricError } from '../../../engine/errors.ts';
import { foldName } from '../../../engine/plan/fold-name.ts';
import { type DataType, quoteIdentifier, quoteLiteral, typeSql } from '../../../engine/plan/types.ts';
import { inputVanished } from '../../../engine/scan/local-file.ts';
import { openPlannedFileSync } from '../../../engine/scan/locations.ts';
import type { BinderFile, BinderTable } from '../binder-protocol.ts';
import { machineError } from './machine-error.ts';
import { sniffCsv, sniffJson, type TextShape } from './sniff.ts';
import { type BoundTable, exactPath, partitionSegments, resolvedFile, type StandInFiles } from './stand-in-files.ts';

/** The context for reading text files. */
export interface TextContext {
  readonly files: StandInFiles;
  /** Shapes by location and version, so that each version of a file is sniffed only once. */
  readonly shapes: Map<string, TextShape>;
  /** The local files and folders that may be read, with symlinks resolved. */
  readonly localRoots: readonly string[];
  /** Called with a file's location before the file's columns are determined, and without arguments afterwards. */
  readonly onReading: (location?: string) => void;
}

/** The folder of padding stand-ins, which have no input file. They must be removed from the plan's tables. */
const PAD_FOLDER = 'volley:pad';

/** Returns whether a location belongs to a padding stand-in. */
export function isPad(location: string): boolean {
  return location.startsWith(`${PAD_FOLDER}/`);
}

/** The assumed size of a row, for a rough estimate of a file's row count. */
const BYTES_PER_ROW = 100;
const MAX_ROWS = 100_000;

/**
 * Binds a table of CSV or JSON files. DuckDB cannot serialize plans that read text files, so each file gets a Parquet stand-in with the
 * same columns. The optimizer would use the row count and values of a single stand-in. To prevent this, each partition gets an extra
 * padding stand-in without an input file. Throws `INPUT_INVALID` with a message that names the file and the problem.
 */
export function bindTextTable(connection: Connection, table: BinderTable, context: TextContext): BoundTable {
  const { files } = context;
  const [first, ...others] = table.files;
  if (first === undefined) throw new FabricError('INTERNAL', `The table ${table.name} has no files.`);
  const shape = shapeOf(connection, table, first, context);
  for (const file of others) checkSameShape(shape, first, shapeOf(connection, table, file, context), file);
  const resolved = new Map<string, ResolvedFile>();
  const version = JSON.stringify([shape.columns, first.identity]);
  const model = files.path(first.location, version, (path) => writeModel(connection, first, shape, path));
  resolved.set(model, resolvedFile(table, first, shape.format));
  for (const file of [...others, ...padsOf(table.files)]) {
    const own = JSON.stringify([shape.columns, file.identity]);
    const path = files.path(file.location, own, (copy) => copyFileSync(model, copy));
    resolved.set(path, resolvedFile(table, file, shape.format));
  }
  checkModel(connection, first, shape, model);
  return { key: table.key, paths: [...resolved.keys()], resolved };
}

/** Returns one padding stand-in for each partition (the `name=value` folders) that contains files. */
function padsOf(files: readonly BinderFile[]): readonly BinderFile[] {
  const folders = new Set(files.map(({ location }) => [PAD_FOLDER, ...partitionSegments(location), 'pad'].join('/')));
  const [first] = files;
  return [...folders].map((location) => ({ location, identity: { sizeBytes: 0, version: first?.location ?? '' } }));
}

function shapeOf(connection: Connection, table: BinderTable, file: BinderFile, context: TextContext): TextShape {
  const key = `${file.location}\0${file.identity.sizeBytes}\0${file.identity.version}`;
  const cached = context.shapes.get(key);
  if (cached !== undefined) return cached;
  const { location, samplePath } = file;
  const sniff = table.format === 'csv' ? sniffCsv : sniffJson;
  const sniffAt = (path: string): TextShape => {
    context.files.register(path, location);
    try {
      return sniff(connection, path, location);
    } catch (error) {
      throw error instanceof DuckdbError ? sniffFailure(error, location, table.format, context.files) : error;
    }
  };
  context.onReading(location);
  const shape = samplePath === undefined ? withLocalFile(file, table.format, context, sniffAt) : sniffAt(samplePath);
  context.onReading();
  checkNames(shape, location);
  context.shapes.set(key, shape);
  return shape;
}

/** Rejects column and field names that SQL cannot contain. The field names of a struct are part of its type. */
function checkNames({ columns }: TextShape, location: string): void {
  for (const { name, type } of columns) {
    if (!name.includes('\0') && !type.includes('\0')) continue;
    const where = name.includes('\0') ? `the column name ${JSON.stringify(name)}` : `a key in column ${name}`;
    throw new FabricError('INPUT_INVALID', `${location}: ${where} contains a NUL character. Remove it.`, {
      details: { location, column: name },
    });
  }
}

/**
 * Calls `use` with a path to the planned version of a local file. DuckDB reads that version even if another file takes its name in the
 * meantime.
 */
function withLocalFile<T>(
  { location, identity }: BinderFile,
  format: string,
  { files, localRoots }: TextContext,
  use: (path: string) => T,
): T {
  const descriptor = openPlannedFileSync(location, localRoots, identity);
  try {
    const [compression = ''] = /\.(gz|zst)$/i.exec(location) ?? [];
    return files.withLink(descriptor, location, `.${format}${compression}`, use);
  } finally {
    closeSync(descriptor);
  }
}

function sniffFailure(error: DuckdbError, location: string, format: string, files: StandInFiles): FabricError {
  const machine = machineError(error);
  if (machine !== undefined) return machine;
  // DuckDB checks the current path of an open file. This error means that the file was moved out of the allowed folders.
  if (error.type === 'permission') return inputVanished(location, error);
  const reason = files.translate(error.message).text.replace(/^[A-Za-z ]+ Error: /, '');
  return new FabricError('INPUT_INVALID', unreadable(location, format, reason), { details: { location } });
}

/**
 * Returns the message for a file that DuckDB cannot read. If a line of a CSV file is invalid, DuckDB's message starts with the line number
 * and gives the reason on a later line.
 */
function unreadable(location: string, format: string, reason: string): string {
  const [first = '', ...others] = reason.split('\n').map((text) => text.trim());
  const [, line] = /^CSV Error on Line: (\d+)$/.exec(first) ?? [];
  const why = others.find((text) => text !== '' && !text.startsWith('Original Line:'));
  if (line === undefined || why === undefined)
    return `${location} cannot be read as ${format.toUpperCase()}: ${fileReason(first)}.`;
  if (/unicode|utf-8/i.test(why)) return `${location}, line ${line}: not valid UTF-8. Convert the file to UTF-8.`;
  return `${location}, line ${line}: ${why}`;
}

function checkSameShape(expected: TextShape, first: BinderFile, found: TextShape, file: BinderFile): void {
  const count = Math.max(expected.columns.length, found.columns.length);
  for (let index = 0; index < count; index += 1) {
    const [there, here] = [expected.columns[index], found.columns[index]];
    if (there !== undefined && here !== undefined && there.name === here.name && there.type === here.type) continue;
    const difference =
      here !== undefined && there !== undefined
        ? `column ${index + 1} is ${here.name} ${here.type} in ${file.location} but ${there.name} ${there.type} in ${first.location}`
        : `column ${(here ?? there)?.name} exists only in ${here === undefined ? first.location : file.location}`;
    throw new FabricError('INPUT_INVALID', `The files of a table must have the same columns: ${difference}.`, {
      details: { location: file.location, column: here?.name ?? there?.name ?? '' },
    });
  }
  if (JSON.stringify(expected.format) === JSON.stringify(found.format)) return;
  throw new FabricError(
    'INPUT_INVALID',
    `${file.location} and ${first.location} differ in delimiter, quotes, header or layout. All files of a table must have the same format.`,
    {
      details: { location: file.location },
    },
  );
}

function writeModel(connection: Connection, file: BinderFile, shape: TextShape, path: string): void {
  const rows = Math.max(1, Math.min(MAX_ROWS, Math.ceil(file.identity.sizeBytes / BYTES_PER_ROW)));
  const columns = shape.columns.map(({ name, type }) => `CAST(NULL AS ${type}) AS ${quoteIdentifier(name)}`).join(', ');
  connection.run(`COPY (SELECT ${columns} FROM range(${rows})) TO ${quoteLiteral(path)} (FORMAT parquet)`);
}

/**
 * Throws if a column's type changes when it is written to Parquet. Either Parquet has no such type, or a partition folder hides the column.
 */
function checkModel(connection: Connection, file: BinderFile, shape: TextShape, path: string): void {
  const types = typesOf(connection, `SELECT * FROM read_parquet(${quoteLiteral(exactPath(path))})`);
  const expected = typesOf(connection, `SELECT ${shape.columns.map(({ type }) => `CAST(NULL AS ${type})`).join(', ')}`);
  shape.columns.forEach(({ name, type }, index) => {
    const [actual, wanted] = [types[index], expected[index]];
    if (actual !== undefined && wanted !== undefined && typeSql(actual) === typeSql(wanted)) return;
    const { location } = file;
    const folder = location.split('/').find((part) => foldName(part).startsWith(`${foldName(name)}=`));
    const message =
      folder === undefined
        ? `${location}: column ${name} has the type ${type}, which is not supported in text files yet. Convert the file to Parquet.`
        : `${location}: column ${name} clashes with the partition folder ${folder}. Rename one of them.`;
    throw new FabricError('INPUT_INVALID', message, { details: { location, column: name } });
  });
}

function typesOf(connection: Connection, sql: string): readonly DataType[] {
  const statement = connection.prepare(sql);
  try {
    return statement.columns().map(({ type }) => type);
  } finally {
    statement.close();
  }
}
