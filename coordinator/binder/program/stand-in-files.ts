import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { ResolvedFile } from '../../../engine/duckdb/plan/reading.ts';
import { FabricError } from '../../../engine/errors.ts';
import type { ScanFormat } from '../../../engine/plan/relation.ts';
import { withoutFloatBounds } from '../../../engine/scan/float-bounds.ts';
import { descriptorPath } from '../../../engine/scan/locations.ts';
import { makeFolder } from '../../../engine/store/make-folder.ts';
import type { BinderFile, BinderTable } from '../binder-protocol.ts';

/** DuckDB makes a column of every folder named `name=value`. */
const PARTITION_FOLDER = /^[^=]+=[^=]*$/;

/** The folders of a location that say `name=value`. */
export function partitionSegments(location: string): readonly string[] {
  return dirname(location)
    .split('/')
    .filter((segment) => PARTITION_FOLDER.test(segment));
}

/**
 * Files in the scratch folder that stand in for inputs while a statement is bound. The stand-in of a Parquet file is a sparse file of the
 * same length with only the footer. Stand-ins are kept by identity, so that later statements and DuckDB's metadata cache reuse them.
 */
export class StandInFiles {
  readonly #folder: string;
  readonly #locations = new Map<string, string>();
  /** Footer bytes written since the folder was last emptied. */
  #sizeBytes = 0;
  #links = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Removes all stand-ins. No statement may be using one. */
  empty(): void {
    rmSync(this.#folder, { recursive: true, force: true });
    this.#locations.clear();
    this.#sizeBytes = 0;
  }

  /** Replaces paths of stand-ins in a text with the locations they stand for, and lists those locations. */
  translate(text: string): { readonly text: string; readonly locations: readonly string[] } {
    const named = [...this.#locations].filter(([path]) => text.includes(path));
    const translated = named.reduce((result, [path, location]) => result.replaceAll(path, location), text);
    return { text: translated, locations: named.map(([, location]) => location) };
  }

  /** Registers an existing file as the stand-in of a location. */
  register(path: string, location: string): void {
    this.#locations.set(path, location);
  }

  /**
   * Calls `use` with a path that leads to an open local file and ends in `extension`. Where the platform has no paths of open files, it is
   * the location.
   */
  withLink<T>(descriptor: number, location: string, extension: string, use: (path: string) => T): T {
    const target = descriptorPath(descriptor);
    if (target === undefined) return use(location);
    this.#links += 1;
    // Padded, so that no path is a prefix of another in a message.
    const path = join(this.#folder, `link-${String(this.#links).padStart(12, '0')}${extension}`);
    makeFolder(this.#folder);
    symlinkSync(target, path);
    try {
      return use(path);
    } finally {
      unlinkSync(path);
      this.#locations.delete(path);
    }
  }

  /** The path of a Parquet file's stand-in. */
  parquet(file: BinderFile): string {
    const { footer, location, identity } = file;
    if (footer === undefined) throw new FabricError('INTERNAL', `The footer of ${location} is missing`);
    return this.path(location, `${identity.sizeBytes} ${identity.version}`, (path) => {
      writeSparse(path, identity.sizeBytes, withoutFloatBounds(footer));
      this.#sizeBytes += footer.length;
    });
  }

  /**
   * The path of the stand-in for one version of a location. If it does not exist, `make` writes it under a temporary name first. The path
   * keeps the location's `name=value` folders.
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

/** A table with the paths that its statement is bound on, in the order of its files, and the file that each path stands for. */
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

/** The input file that a stand-in stands for. */
export function resolvedFile(table: BinderTable, file: BinderFile, format?: ScanFormat): ResolvedFile {
  const { location, identity } = file;
  return { location, identity, table: table.name, ...(format === undefined ? {} : { format }) };
}

/** Escapes a path for DuckDB's readers, which take globs: a set of one character is their only escape. */
export function exactPath(path: string): string {
  return path.replace(/[*?[]/g, '[$&]');
}
