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

/** DuckDB turns every folder named `name=value` into a column. */
const PARTITION_FOLDER = /^[^=]+=[^=]*$/;

/** Returns the folders of a location that are named `name=value`. */
export function partitionSegments(location: string): readonly string[] {
  return dirname(location)
    .split('/')
    .filter((segment) => PARTITION_FOLDER.test(segment));
}

/**
 * Manages files in the scratch folder that stand in for inputs while a statement is bound. The stand-in of a Parquet file is a sparse file
 * of the same length that contains only the footer. Stand-ins are kept for each version of an input, so that later statements and DuckDB's
 * metadata cache can reuse them.
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

  /** Removes all stand-ins. Must not be called while a statement uses a stand-in. */
  empty(): void {
    rmSync(this.#folder, { recursive: true, force: true });
    this.#locations.clear();
    this.#sizeBytes = 0;
  }

  /** Replaces the paths of stand-ins in a text with the locations of their inputs, and lists those locations. */
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
   * Calls `use` with a path that leads to an open local file and ends in `extension`. If the platform has no paths for open files, passes
   * `location` instead.
   */
  withLink<T>(descriptor: number, location: string, extension: string, use: (path: string) => T): T {
    const target = descriptorPath(descriptor);
    if (target === undefined) return use(location);
    this.#links += 1;
    // Pad the number so that no path is a prefix of another path in a message.
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

  /** Returns the path of a Parquet file's stand-in. Writes the stand-in if it does not exist. */
  parquet(file: BinderFile): string {
    const { footer, location, identity } = file;
    if (footer === undefined) throw new FabricError('INTERNAL', `The footer of ${location} is missing.`);
    return this.path(location, `${identity.sizeBytes} ${identity.version}`, (path) => {
      writeSparse(path, identity.sizeBytes, withoutFloatBounds(footer));
      this.#sizeBytes += footer.length;
    });
  }

  /**
   * Returns the path of the stand-in for one version of a location. If the stand-in does not exist, `make` writes it under a temporary
   * name. The path contains the location's `name=value` folders.
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

/** A table and the paths of its stand-ins, in the order of its files. `resolved` maps each path to its input file. */
export interface BoundTable {
  readonly key: string;
  readonly paths: readonly string[];
  readonly resolved: ReadonlyMap<string, ResolvedFile>;
}

/** Creates the stand-ins of a Parquet table. */
export function bindParquetTable(table: BinderTable, files: StandInFiles): BoundTable {
  const resolved = new Map<string, ResolvedFile>();
  for (const file of table.files) resolved.set(files.parquet(file), resolvedFile(table, file));
  return { key: table.key, paths: [...resolved.keys()], resolved };
}

/** Returns the input file to use in a plan instead of its stand-in. */
export function resolvedFile(table: BinderTable, file: BinderFile, format?: ScanFormat): ResolvedFile {
  const { location, identity } = file;
  return { location, identity, table: table.name, ...(format === undefined ? {} : { format }) };
}

/** Escapes a path for DuckDB's readers, which accept globs. Their only escape is a character set with a single character. */
export function exactPath(path: string): string {
  return path.replace(/[*?[]/g, '[$&]');
}
