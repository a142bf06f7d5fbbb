import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { FabricError } from '../../engine/errors.ts';
import { expandGlob, hasGlob } from '../../engine/scan/glob.ts';
import { inputError } from '../../engine/scan/local-file.ts';
import { type AllowedRoots, allowRoots, resolveGlob, resolveLocation } from '../../engine/scan/locations.ts';
import { fileFormat, type TableFormat } from './formats.ts';

/** A table by name: its files as they were found, not yet pinned. */
export interface CatalogTable {
  readonly name: string;
  readonly format: TableFormat;
  /** Absolute paths, sorted. */
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
  readonly allowed: AllowedRoots;
}

/** Where a catalog's tables come from. Paths may be relative to `workingFolder`. */
export interface CatalogSources {
  /** Files, or folders whose files and folders become tables of their names. */
  readonly data: readonly string[];
  /** A name given several times has all the files. Paths may hold globs and may be folders. */
  readonly tables: readonly { readonly name: string; readonly path: string }[];
  /** Further locations that statements may name files of. */
  readonly allow?: readonly string[];
  readonly workingFolder: string;
}

/**
 * Finds the tables of a catalog. Locations named here are allowed, with all below them. Rejects with `INPUT_NOT_FOUND` for what is missing
 * and `INPUT_INVALID` for what is named here and has no format or mixes formats.
 */
export async function createCatalog(sources: CatalogSources): Promise<Catalog> {
  const paths = [...sources.data, ...sources.tables.map((table) => globFolder(table.path)), ...(sources.allow ?? [])];
  const allowed = await allowRoots(paths, sources.workingFolder);
  const tables = new Map<string, FoundTable>();
  for (const path of sources.data) {
    for (const table of await tablesUnder(path, allowed)) {
      const key = table.name.toLowerCase();
      const other = tables.get(key);
      tables.set(key, other === undefined ? table : onlyOne(table, other));
    }
  }
  const named = new Map<string, CatalogTable>();
  for (const { name, path } of sources.tables) {
    const key = name.toLowerCase();
    const table = oneFormat(name, await filesAt(path, allowed));
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
    allowed,
  };
}

/** The files of locations a statement names, and their format. Rejects as `createCatalog` does, and with `LOCATION_NOT_ALLOWED`. */
export async function tableOfLocations(
  name: string,
  locations: readonly string[],
  format: TableFormat | undefined,
  allowed: AllowedRoots,
): Promise<CatalogTable> {
  const found = await Promise.all(locations.map((location) => filesAt(location, allowed)));
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

async function tablesUnder(path: string, allowed: AllowedRoots): Promise<readonly FoundTable[]> {
  const resolved = await resolveLocation(path, allowed);
  if (!(await isFolder(resolved))) {
    const format = fileFormat(basename(resolved));
    if (format === undefined) throw unknownFormat(resolved);
    return [{ name: format.table, format: format.format, files: [resolved] }];
  }
  const tables: FoundTable[] = [];
  for (const entry of (await entriesOf(resolved)).sort()) {
    if (entry.startsWith('.') || entry.startsWith('_')) continue;
    const table = await tableOfEntry(resolved, entry, allowed);
    if (table !== undefined) tables.push(table);
  }
  if (tables.length === 0) {
    throw new FabricError('INPUT_NOT_FOUND', `The folder ${resolved} holds no Parquet, CSV or JSON file.`, {
      details: { location: resolved },
    });
  }
  return tables;
}

/** What an entry of a data folder is as a table; undefined where it is none. */
async function tableOfEntry(folder: string, entry: string, allowed: AllowedRoots): Promise<FoundTable | undefined> {
  const path = join(folder, entry);
  const format = fileFormat(entry);
  const asFile: CatalogTable = { name: format?.table ?? entry, format: format?.format ?? 'parquet', files: [path] };
  try {
    // Not looked into. Whoever reads it is told why not; of what format it would be, nobody gets to see.
    if (await leadsElsewhere(path, allowed)) return asFile;
    if (!(await isFolder(path))) return format === undefined ? undefined : asFile;
    const files = await filesBelow(path, allowed);
    return files.length === 0 ? undefined : oneFormat(entry, files);
  } catch (error) {
    if (error instanceof FabricError) return { name: asFile.name, error };
    if (isSystemError(error)) return { name: asFile.name, error: unreadable(path, error) };
    throw error;
  }
}

async function entriesOf(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    throw isSystemError(error) ? unreadable(folder, error) : error;
  }
}

/** What the operating system refused, such as a folder this user may not look into. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

function unreadable(location: string, error: NodeJS.ErrnoException): FabricError {
  return new FabricError('INPUT_INVALID', `${location} cannot be read: ${error.message}`, {
    cause: error,
    details: { location },
  });
}

/** Whether a path is a symbolic link that leads out of the allowed locations. */
async function leadsElsewhere(path: string, allowed: AllowedRoots): Promise<boolean> {
  try {
    await resolveLocation(path, allowed);
    return false;
  } catch (error) {
    return error instanceof FabricError && error.code === 'LOCATION_NOT_ALLOWED';
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    // A link to nothing is left for whoever reads the table.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw inputError(path, error);
  }
}

/** The files of one location: a file, a glob, or a folder with all below it. */
async function filesAt(location: string, allowed: AllowedRoots): Promise<readonly string[]> {
  const [first, ...more] = await resolveGlob(location, allowed);
  if (first === undefined || more.length > 0 || !(await isFolder(first)))
    return first === undefined ? [] : [first, ...more];
  const files = await filesBelow(first, allowed);
  if (files.length > 0) return files;
  throw new FabricError('INPUT_NOT_FOUND', `The folder ${first} holds no Parquet, CSV or JSON file.`, {
    details: { location: first },
  });
}

/** All files with the name of a format below a folder. What starts with `.` or `_` is a writer's own business. */
async function filesBelow(folder: string, allowed: AllowedRoots): Promise<readonly string[]> {
  const files = await expandGlob(folder, ['**', '*'], (link) => resolveLocation(link, allowed));
  return files.filter((file) => {
    const parts = file.slice(folder.length + 1).split('/');
    return fileFormat(basename(file)) !== undefined && !parts.some((part) => part.startsWith('_'));
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
