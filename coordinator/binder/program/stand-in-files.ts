import { createHash } from 'node:crypto';
import { closeSync, existsSync, ftruncateSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ResolvedFile } from '../../../engine/duckdb/plan/reading.ts';
import { FabricError } from '../../../engine/errors.ts';
import type { ScanFormat } from '../../../engine/plan/relation.ts';
import { withoutFloatBounds } from '../../../engine/scan/float-bounds.ts';
import type { BinderFile, BinderTable } from '../binder-protocol.ts';

/** Where a location says `name=value` in a folder's name, DuckDB makes a column of it. */
const PARTITION_FOLDER = /^[^=]+=[^=]*$/;

/** The folders of a location that say `name=value`. */
export function partitionSegments(location: string): readonly string[] {
  return dirname(location)
    .split('/')
    .filter((segment) => PARTITION_FOLDER.test(segment));
}

/**
 * Files in the scratch folder that stand in for inputs while a statement is bound: of a Parquet file, a file of its true length that
 * holds nothing but its footer. They are kept by identity, so that later statements find them and DuckDB's own metadata cache holds.
 */
export class StandInFiles {
  readonly #folder: string;
  readonly #locations = new Map<string, string>();
  /** Bytes of footers written since the folder was emptied. */
  #sizeBytes = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Removes all of them. No statement may be using one. */
  empty(): void {
    rmSync(this.#folder, { recursive: true, force: true });
    this.#locations.clear();
    this.#sizeBytes = 0;
  }

  /** A text with the paths of stand-ins replaced by what they stand for, and those locations. */
  translate(text: string): { readonly text: string; readonly locations: readonly string[] } {
    const found = [...this.#locations].filter(([path]) => text.includes(path));
    const translated = found.reduce((result, [path, location]) => result.replaceAll(path, location), text);
    return { text: translated, locations: found.map(([, location]) => location) };
  }

  /** Notes that a file somebody else made stands in for a location. */
  stand(path: string, location: string): void {
    this.#locations.set(path, location);
  }

  /** The path that stands in for a Parquet file. */
  parquet(file: BinderFile): string {
    const { footer, location, identity } = file;
    if (footer === undefined) throw new FabricError('INTERNAL', `The footer of ${location} is missing`);
    return this.path(location, `${identity.sizeBytes} ${identity.version}`, (path) => {
      writeSparse(path, identity.sizeBytes, withoutFloatBounds(footer));
      this.#sizeBytes += footer.length;
    });
  }

  /**
   * A path for a stand-in of what `location` holds in this `version`, made by `make` (under another name first) where there is none.
   * Folders of the location that say `name=value` are in the path too.
   */
  path(location: string, version: string, make: (path: string) => void): string {
    const name = createHash('sha256').update(location).update('\0').update(version).digest('hex').slice(0, 32);
    const path = join(this.#folder, name, ...partitionSegments(location), 'data.parquet');
    this.#locations.set(path, location);
    if (existsSync(path)) return path;
    mkdirSync(dirname(path), { recursive: true });
    const temporary = join(this.#folder, name, 'new');
    make(temporary);
    renameSync(temporary, path);
    return path;
  }
}

function writeSparse(path: string, sizeBytes: number, tail: Uint8Array): void {
  const file = openSync(path, 'wx');
  try {
    ftruncateSync(file, sizeBytes);
    for (let written = 0; written < tail.length; ) {
      written += writeSync(file, tail, written, tail.length - written, sizeBytes - tail.length + written);
    }
  } finally {
    closeSync(file);
  }
}

/** A table with the paths its statement is bound on, in the order of its files, and what each path stands for. */
export interface BoundTable {
  readonly key: string;
  readonly paths: readonly string[];
  readonly resolved: ReadonlyMap<string, ResolvedFile>;
}

/** Binds a Parquet table. */
export function bindParquetTable(table: BinderTable, files: StandInFiles): BoundTable {
  const resolved = new Map<string, ResolvedFile>();
  for (const file of table.files) resolved.set(files.parquet(file), resolvedFile(table, file));
  return { key: table.key, paths: [...resolved.keys()], resolved };
}

/** What a path of a table stands for. */
export function resolvedFile(table: BinderTable, file: BinderFile, format?: ScanFormat): ResolvedFile {
  const { location, identity } = file;
  return { location, identity, table: table.name, ...(format === undefined ? {} : { format }) };
}

/** A path as DuckDB must be given it to mean just this file: its readers take globs and have no escape but a set of one character. */
export function exactPath(path: string): string {
  return path.replace(/[*?[]/g, '[$&]');
}
