import { basename } from 'node:path';
import { FabricError } from '../../engine/errors.ts';
import { hasGlob } from '../../engine/scan/glob.ts';
import type { FolderEntry } from '../../engine/scan/input-source.ts';
import { type InputSources, type OpenBucket, openInputSources } from '../../engine/scan/input-sources.ts';
import { fileFormat, type TableFormat } from './formats.ts';

/** A table by name: its files as they were found, not yet pinned. */
export interface CatalogTable {
  readonly name: string;
  readonly format: TableFormat;
  /** Absolute paths and `s3://bucket/key`, sorted. */
  readonly files: readonly string[];
}

/** What would be a table by the names of its files, but cannot be. */
export interface UnreadableTable {
  readonly name: string;
  /** For whoever names it: why not. */
  readonly error: FabricError;
}

/** What SQL can read by name, and where it may read files. */
export interface Catalog {
  readonly tables: readonly CatalogTable[];
  /** Found under `data`, where they must not keep others from being read. */
  readonly unreadable: readonly UnreadableTable[];
  readonly inputs: InputSources;
}

/** Where a catalog's tables come from: local paths, which may be relative to `workingFolder`, and `s3://bucket/prefix`. */
export interface CatalogSources {
  /** Files, or folders whose files and folders become tables of their names. */
  readonly data: readonly string[];
  /** A name given several times has all the files. Paths may hold globs and may be folders. */
  readonly tables: readonly { readonly name: string; readonly path: string }[];
  /** Further locations that statements may name files of. */
  readonly allow?: readonly string[];
  readonly workingFolder: string;
  /** Without it, nothing in a bucket can be read. */
  readonly openBucket?: OpenBucket;
}

/**
 * Finds the tables of a catalog. Locations named here are allowed, with all below them. Rejects with `INPUT_NOT_FOUND` for what is missing
 * and `INPUT_INVALID` for what is named here and has no format or mixes formats.
 */
export async function createCatalog(sources: CatalogSources): Promise<Catalog> {
  const paths = [...sources.data, ...sources.tables.map((table) => globFolder(table.path)), ...(sources.allow ?? [])];
  const inputs = await openInputSources(paths, sources.workingFolder, sources.openBucket);
  const tables = new Map<string, FoundTable>();
  for (const path of sources.data) {
    for (const table of await tablesUnder(path, inputs)) {
      const key = table.name.toLowerCase();
      const other = tables.get(key);
      tables.set(key, other === undefined ? table : onlyOne(table, other));
    }
  }
  const named = new Map<string, CatalogTable>();
  for (const { name, path } of sources.tables) {
    const key = name.toLowerCase();
    const table = oneFormat(name, await filesAt(path, inputs));
    const earlier = named.get(key);
    if (earlier !== undefined && earlier.format !== table.format)
      throw mixedFormats(name, earlier.format, table.format);
    named.set(key, { ...table, files: [...new Set([...(earlier?.files ?? []), ...table.files])] });
  }
  // A name given outright wins over one that was only found.
  for (const [key, table] of named) tables.set(key, table);
  const sorted = [...tables.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
  return {
    tables: sorted.filter((table): table is CatalogTable => !isUnreadable(table)),
    unreadable: sorted.filter(isUnreadable),
    inputs,
  };
}

/** The files of locations a statement names, and their format. Rejects as `createCatalog` does, and with `LOCATION_NOT_ALLOWED`. */
export async function tableOfLocations(
  name: string,
  locations: readonly string[],
  format: TableFormat | undefined,
  inputs: InputSources,
): Promise<CatalogTable> {
  const found = await Promise.all(locations.map((location) => filesAt(location, inputs)));
  const files = found.flat();
  return format === undefined ? oneFormat(name, files) : { name, format, files };
}

/** What must be allowed so that a glob's files are: the folder before its first wildcard. */
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

/** What an entry of a data folder is as a table; undefined where it is none. */
async function tableOfEntry(entry: FolderEntry, inputs: InputSources): Promise<FoundTable | undefined> {
  const { name, location } = entry;
  const format = fileFormat(name);
  const asFile: CatalogTable = { name: format?.table ?? name, format: format?.format ?? 'parquet', files: [location] };
  try {
    const what = await entry.what();
    // Not looked into. Whoever reads it is told why not; of what format it would be, nobody gets to see.
    if (what === 'elsewhere') return asFile;
    if (what === 'file') return format === undefined ? undefined : asFile;
    const files = await filesBelow(location, inputs);
    return files.length === 0 ? undefined : oneFormat(name, files);
  } catch (error) {
    // A store that cannot be asked is not the fault of one table.
    if (error instanceof FabricError && error.code !== 'STORE_FAILED') return { name: asFile.name, error };
    throw error;
  }
}

/** The files of one location: a file, a glob, or a folder with all below it. */
async function filesAt(location: string, inputs: InputSources): Promise<readonly string[]> {
  const source = inputs.at(location);
  if (hasGlob(location)) return source.match(location);
  const found = await source.find(location);
  if (found.kind === 'file') return [found.location];
  const files = await filesBelow(found.location, inputs);
  if (files.length === 0) throw emptyFolder(found.location);
  return files;
}

/** All files with the name of a format below a folder. What starts with `.` or `_` is a writer's own business. */
async function filesBelow(folder: string, inputs: InputSources): Promise<readonly string[]> {
  const files = await inputs.at(folder).filesBelow(folder);
  return files.filter((file) => {
    const parts = file.slice(folder.length + 1).split('/');
    return fileFormat(basename(file)) !== undefined && !parts.some((part) => part.startsWith('_'));
  });
}

function emptyFolder(location: string): FabricError {
  return new FabricError('INPUT_NOT_FOUND', `The folder ${location} holds no Parquet, CSV or JSON file.`, {
    details: { location },
  });
}

function oneFormat(name: string, files: readonly string[]): CatalogTable {
  let format: TableFormat | undefined;
  for (const file of files) {
    const found = fileFormat(basename(file))?.format;
    if (found === undefined) throw unknownFormat(file);
    if (format !== undefined && found !== format) throw mixedFormats(name, format, found);
    format = found;
  }
  if (format === undefined) throw new FabricError('INPUT_NOT_FOUND', `The table ${name} has no files.`);
  return { name, format, files };
}

function unknownFormat(path: string): FabricError {
  return new FabricError(
    'INPUT_INVALID',
    `The format of ${path} is not told by its name: names end in .parquet, .csv, .tsv, .json, .ndjson or .jsonl (text also in .gz or .zst).`,
    { details: { location: path } },
  );
}

function mixedFormats(name: string, left: TableFormat, right: TableFormat): FabricError {
  return new FabricError(
    'INPUT_INVALID',
    `The table ${name} has files of two formats, ${left} and ${right}; a table has one.`,
    {
      details: { table: name },
    },
  );
}

/** Of two tables of one name neither can be meant. */
function onlyOne(table: FoundTable, other: FoundTable): UnreadableTable {
  if (isUnreadable(other)) return other;
  if (isUnreadable(table)) return table;
  const { name } = table;
  const error = new FabricError(
    'INPUT_INVALID',
    `Two inputs give a table ${name}: ${other.files[0] ?? ''} and ${table.files[0] ?? ''}. Name them with --table NAME=PATH.`,
    { details: { table: name } },
  );
  return { name, error };
}
