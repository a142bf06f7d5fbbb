import { basename } from 'node:path';
import { FabricError } from '../../engine/errors.ts';
import { foldName } from '../../engine/plan/fold-name.ts';
import { hasGlob } from '../../engine/scan/glob.ts';
import type { FolderEntry } from '../../engine/scan/input-source.ts';
import { type InputSources, type OpenBucket, openInputSources } from '../../engine/scan/input-sources.ts';
import { fileFormat, type TableFormat } from './formats.ts';

/** A table's name and the files found for it, not yet pinned. */
export interface CatalogTable {
  readonly name: string;
  readonly format: TableFormat;
  /** Absolute paths and `s3://bucket/key`, sorted. */
  readonly files: readonly string[];
}

/** Files that should form a table, but cannot. */
export interface UnreadableTable {
  readonly name: string;
  /** The error for a query that reads the table. */
  readonly error: FabricError;
}

/** The tables that SQL can read by name, and the locations from which it may read files. */
export interface Catalog {
  readonly tables: readonly CatalogTable[];
  /** Unreadable tables found under `data`. Only queries that read them fail. */
  readonly unreadable: readonly UnreadableTable[];
  readonly inputs: InputSources;
}

/** The sources of a catalog's tables. A path is absolute, relative to `workingFolder`, or of the form `s3://bucket/prefix`. */
export interface CatalogSources {
  /** Paths of files or folders. Each file and folder in a folder becomes a table named after it. */
  readonly data: readonly string[];
  /** Named tables. A path may be a file, a folder or a glob. If a name occurs several times, its table has the files of all its paths. */
  readonly tables: readonly { readonly name: string; readonly path: string }[];
  /** Additional locations from which statements may read files. */
  readonly allow?: readonly string[];
  readonly workingFolder: string;
  /** Opens a bucket. If absent, buckets cannot be read. */
  readonly openBucket?: OpenBucket;
}

/**
 * Finds the tables of a catalog. The locations of its sources, and everything below them, become allowed locations. Rejects with
 * `INPUT_NOT_FOUND` if a location is missing, and with `INPUT_INVALID` if a named table has no known format or mixes formats.
 */
export async function createCatalog(sources: CatalogSources): Promise<Catalog> {
  const paths = [...sources.data, ...sources.tables.map((table) => globFolder(table.path)), ...(sources.allow ?? [])];
  const inputs = await openInputSources(paths, sources.workingFolder, sources.openBucket);
  const tables = new Map<string, FoundTable>();
  for (const path of sources.data) {
    for (const table of await tablesUnder(path, inputs)) {
      const key = foldName(table.name);
      const other = tables.get(key);
      tables.set(key, other === undefined ? table : onlyOne(table, other));
    }
  }
  const named = new Map<string, CatalogTable>();
  for (const { name, path } of sources.tables) {
    const key = foldName(name);
    const table = oneFormat(name, await filesAt(path, inputs));
    const earlier = named.get(key);
    if (earlier !== undefined && earlier.format !== table.format)
      throw mixedFormats(name, earlier.format, table.format);
    named.set(key, { ...table, files: [...new Set([...(earlier?.files ?? []), ...table.files])] });
  }
  // An explicit name wins over one found under `data`.
  for (const [key, table] of named) tables.set(key, table);
  const sorted = [...tables.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
  return {
    tables: sorted.filter((table): table is CatalogTable => !isUnreadable(table)),
    unreadable: sorted.filter(isUnreadable),
    inputs,
  };
}

/**
 * Returns the table for locations named in a statement. Rejects with the same errors as `createCatalog`, and with `LOCATION_NOT_ALLOWED`.
 */
export async function tableOfLocations(
  name: string,
  locations: readonly string[],
  format: TableFormat | undefined,
  inputs: InputSources,
): Promise<CatalogTable> {
  const files = (await Promise.all(locations.map((location) => filesAt(location, inputs)))).flat();
  return format === undefined ? oneFormat(name, files) : { name, format, files };
}

/** Returns the location to allow for a path. For a glob, this is the folder that contains its first wildcard. */
function globFolder(path: string): string {
  if (!hasGlob(path)) return path;
  const segments = path.split('/');
  const prefix = segments.slice(0, segments.findIndex(hasGlob)).join('/');
  return prefix === '' && path.startsWith('/') ? '/' : prefix === '' ? '.' : prefix;
}

type FoundTable = CatalogTable | UnreadableTable;

function isUnreadable(table: FoundTable): table is UnreadableTable {
  return 'error' in table;
}

async function tablesUnder(path: string, inputs: InputSources): Promise<readonly FoundTable[]> {
  const source = inputs.at(path);
  const { kind, location } = await source.find(path);
  if (kind === 'file') {
    const format = fileFormat(basename(location));
    if (format === undefined) throw unknownFormat(location);
    return [{ name: format.table, format: format.format, files: [location] }];
  }
  const tables: FoundTable[] = [];
  for (const entry of await source.entries(location)) {
    if (entry.name.startsWith('.') || entry.name.startsWith('_')) continue;
    const table = await tableOfEntry(entry, inputs);
    if (table !== undefined) tables.push(table);
  }
  if (tables.length === 0) throw emptyFolder(location);
  return tables;
}

/** Returns the table for an entry of a data folder, or `undefined` if the entry contains no table files. */
async function tableOfEntry(entry: FolderEntry, inputs: InputSources): Promise<FoundTable | undefined> {
  const { name, location } = entry;
  const format = fileFormat(name);
  const asFile: CatalogTable = { name: format?.table ?? name, format: format?.format ?? 'parquet', files: [location] };
  try {
    const what = await entry.what();
    // The entry links to a place outside the allowed locations. A query that reads it fails when the file is opened, so the format does not
    // matter.
    if (what === 'elsewhere') return asFile;
    if (what === 'file') return format === undefined ? undefined : asFile;
    const files = await filesBelow(location, inputs);
    return files.length === 0 ? undefined : oneFormat(name, files);
  } catch (error) {
    // If the store is unavailable, the whole catalog fails, not just one table.
    if (error instanceof FabricError && error.code !== 'STORE_FAILED') return { name: asFile.name, error };
    throw error;
  }
}

/** Returns the files at a location, which may be a file, a glob, or a folder with everything below it. */
async function filesAt(location: string, inputs: InputSources): Promise<readonly string[]> {
  const source = inputs.at(location);
  if (hasGlob(location)) return source.match(location);
  const found = await source.find(location);
  if (found.kind === 'file') return [found.location];
  const files = await filesBelow(found.location, inputs);
  if (files.length === 0) throw emptyFolder(found.location);
  return files;
}

/** Returns all files below a folder that have a known extension. Skips names that start with `.` or `_`, which writers use internally. */
async function filesBelow(folder: string, inputs: InputSources): Promise<readonly string[]> {
  const files = await inputs.at(folder).filesBelow(folder);
  return files.filter((file) => {
    const parts = file.slice(folder.length + 1).split('/');
    return fileFormat(basename(file)) !== undefined && !parts.some((part) => part.startsWith('_'));
  });
}

function emptyFolder(location: string): FabricError {
  return new FabricError(
    'INPUT_NOT_FOUND',
    `The folder ${location} contains no Parquet, CSV or JSON files. Check the path.`,
    {
      details: { location },
    },
  );
}

function oneFormat(name: string, files: readonly string[]): CatalogTable {
  let format: TableFormat | undefined;
  for (const file of files) {
    const found = fileFormat(basename(file))?.format;
    if (found === undefined) throw unknownFormat(file);
    if (format !== undefined && found !== format) throw mixedFormats(name, format, found);
    format = found;
  }
  if (format === undefined)
    throw new FabricError('INPUT_NOT_FOUND', `The table ${name} has no files. Check its locations.`);
  return { name, format, files };
}

function unknownFormat(path: string): FabricError {
  return new FabricError(
    'INPUT_INVALID',
    `Cannot infer the format of ${path} from its extension. Use .parquet, .csv, .tsv, .json, .ndjson or .jsonl (text also with .gz or .zst).`,
    { details: { location: path } },
  );
}

function mixedFormats(name: string, left: TableFormat, right: TableFormat): FabricError {
  return new FabricError(
    'INPUT_INVALID',
    `The table ${name} has files of two formats, ${left} and ${right}. Use one format per table.`,
    {
      details: { table: name },
    },
  );
}

/** Returns an unreadable table for two tables with the same name. The name is ambiguous, so neither table can be read. */
function onlyOne(table: FoundTable, other: FoundTable): UnreadableTable {
  if (isUnreadable(other)) return other;
  if (isUnreadable(table)) return table;
  const { name } = table;
  const error = new FabricError(
    'INPUT_INVALID',
    `Two inputs have the table name ${name}: ${other.files[0] ?? ''} and ${table.files[0] ?? ''}. Name them with --table NAME=PATH.`,
    { details: { table: name } },
  );
  return { name, error };
}
