import { copyFileSync } from 'node:fs';
import type { Connection } from '../../../engine/duckdb/kernel/database.ts';
import { DuckdbError } from '../../../engine/duckdb/kernel/error.ts';
import type { ResolvedFile } from '../../../engine/duckdb/plan/reading.ts';
import { FabricError } from '../../../engine/errors.ts';
import { type DataType, quoteIdentifier, quoteLiteral, typeSql } from '../../../engine/plan/types.ts';
import type { BinderFile, BinderTable } from '../binder-protocol.ts';
import { sniffCsv, sniffJson, type TextShape } from './sniff.ts';
import { type BoundTable, exactPath, partitionSegments, resolvedFile, type StandInFiles } from './stand-in-files.ts';

/** Shapes by location and version, so that a file is sniffed once. */
export type TextShapes = Map<string, TextShape>;

/** The folder of stand-ins that stand for nothing; the plan's tables must lose them. */
const PAD_FOLDER = 'volley:pad';

/** Whether a location is that of a stand-in for nothing. */
export function isPad(location: string): boolean {
  return location.startsWith(`${PAD_FOLDER}/`);
}

/** Rows of a stand-in are only a hint of a file's rows. */
const BYTES_PER_ROW = 100;
const MAX_ROWS = 100_000;

/**
 * Binds a table of CSV or JSON files. DuckDB cannot serialise plans over those, so each file gets a Parquet stand-in with its columns.
 * A stand-in more in each partition, for nothing, keeps the optimizer from taking row counts and values out of the stand-ins: it does so
 * for single files.
 * Throws `INPUT_INVALID`, naming the file and what is wrong with it.
 */
export function bindTextTable(
  connection: Connection,
  table: BinderTable,
  files: StandInFiles,
  shapes: TextShapes,
): BoundTable {
  const [first, ...others] = table.files;
  if (first === undefined) throw new FabricError('INTERNAL', `The table ${table.name} has no files`);
  const shape = shapeOf(connection, table, first, files, shapes);
  for (const file of others) checkSameShape(shape, first, shapeOf(connection, table, file, files, shapes), file);
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

/** One stand-in for nothing for each of the partitions (`name=value` in their folders) that the files are in. */
function padsOf(files: readonly BinderFile[]): readonly BinderFile[] {
  const folders = new Set(files.map(({ location }) => [PAD_FOLDER, ...partitionSegments(location), 'pad'].join('/')));
  const [first] = files;
  return [...folders].map((location) => ({ location, identity: { sizeBytes: 0, version: first?.location ?? '' } }));
}

function shapeOf(
  connection: Connection,
  table: BinderTable,
  file: BinderFile,
  files: StandInFiles,
  shapes: TextShapes,
): TextShape {
  const key = `${file.location}\0${file.identity.sizeBytes}\0${file.identity.version}`;
  const known = shapes.get(key);
  if (known !== undefined) return known;
  const { location, samplePath: path = location } = file;
  if (path !== location) files.stand(path, location);
  try {
    const shape = table.format === 'csv' ? sniffCsv(connection, path, location) : sniffJson(connection, path, location);
    shapes.set(key, shape);
    return shape;
  } catch (error) {
    if (!(error instanceof DuckdbError)) throw error;
    const [reason = ''] = files
      .translate(error.message)
      .text.replace(/^[A-Za-z ]+ Error: /, '')
      .split('\n');
    throw new FabricError(
      'INPUT_INVALID',
      `${file.location} cannot be read as ${table.format.toUpperCase()}: ${reason}`,
      {
        details: { location: file.location },
      },
    );
  }
}

function checkSameShape(expected: TextShape, first: BinderFile, found: TextShape, file: BinderFile): void {
  const count = Math.max(expected.columns.length, found.columns.length);
  for (let index = 0; index < count; index += 1) {
    const [there, here] = [expected.columns[index], found.columns[index]];
    if (there !== undefined && here !== undefined && there.name === here.name && there.type === here.type) continue;
    const told = (column: typeof here): string => (column === undefined ? 'nothing' : `${column.name} ${column.type}`);
    throw new FabricError(
      'INPUT_INVALID',
      `The files of a table must have the same columns: column ${index + 1} is ${told(here)} in ${file.location} but ${told(there)} in ${first.location}.`,
      { details: { location: file.location, column: here?.name ?? there?.name ?? '' } },
    );
  }
  if (JSON.stringify(expected.format) === JSON.stringify(found.format)) return;
  throw new FabricError(
    'INPUT_INVALID',
    `${file.location} is written in another way (delimiter, quotes, header or layout) than ${first.location}.`,
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

/** A type that Parquet has no equal for would come back as another one. */
function checkModel(connection: Connection, file: BinderFile, shape: TextShape, path: string): void {
  const types = typesOf(connection, `SELECT * FROM read_parquet(${quoteLiteral(exactPath(path))})`);
  const wanted = typesOf(connection, `SELECT ${shape.columns.map(({ type }) => `CAST(NULL AS ${type})`).join(', ')}`);
  shape.columns.forEach(({ name, type }, index) => {
    const [is, should] = [types[index], wanted[index]];
    if (is !== undefined && should !== undefined && typeSql(is) === typeSql(should)) return;
    throw new FabricError(
      'INPUT_INVALID',
      `Column ${name} of ${file.location} has the type ${type}, which cannot be read from text yet.`,
      {
        details: { location: file.location, column: name },
      },
    );
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
