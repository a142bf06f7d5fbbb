import { readFileSync, symlinkSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import type { NamedFile } from '../duckdb/kernel/error.ts';
import { FabricError } from '../errors.ts';
import type { InputFile, Split } from '../plan/stage.ts';
import { inputVanished, type OpenLocalFile, openLocalFile } from '../scan/local-file.ts';
import { type AllowedRoots, descriptorPath, openAllowedFile } from '../scan/locations.ts';
import { isObjectLocation } from '../scan/object-location.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { settleAll } from '../store/settle-all.ts';

/**
 * A local file that a task reads for one of its input files. DuckDB opens `path`. `location` is the file's name in
 * messages for users.
 */
export interface LocalInput extends NamedFile {
  readonly file: InputFile;
  readonly origin: InputOrigin;
}

/**
 * How an input file is read. `in-place`: the file itself, through a link. `fetched`: a private copy of the parts that
 * the task needs.
 */
export type InputOrigin =
  | {
      readonly kind: 'in-place';
      /** Rejects with `INPUT_CHANGED` if the file that DuckDB reads is no longer the planned version. */
      verify(): Promise<void>;
    }
  | { readonly kind: 'fetched' };

/** The files that a task reads for one table, in the order of the splits. */
export interface TableInput {
  readonly table: number;
  readonly reads: readonly { readonly input: LocalInput; readonly split: Split }[];
}

/** The maximum number of files checked concurrently. */
const CONCURRENCY = 16;

/** The files that a task keeps open while DuckDB reads them. */
export class HeldFiles {
  readonly #files: OpenLocalFile[] = [];
  #isClosed = false;

  /** Keeps a file open. If the task has already ended, closes the file and rejects with `CANCELLED`. */
  async hold(file: OpenLocalFile): Promise<void> {
    if (!this.#isClosed) {
      this.#files.push(file);
      return;
    }
    await file.close();
    throw new FabricError('CANCELLED', 'The task ended while it opened its files.');
  }

  /** Closes all held files. Files passed to `hold` later are closed immediately. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await settleAll(this.#files.splice(0).map((file) => file.close()));
  }
}

/** File descriptors reserved for uses other than held files: sockets, libraries, spill files, and the store's objects. */
const OTHER_DESCRIPTORS = 128;
/**
 * The share of the remaining descriptors that held files may use. DuckDB opens each file again, and some of its readers
 * open all files at the same time. The other half is a reserve.
 */
const HELD_PART = 1 / 4;
let heldLimit: number | undefined;

/** Returns the number of files that a task can hold open within the process's limit of open files. Any other files are copied. */
export function maxHeldFiles(): number {
  heldLimit ??= Math.max(0, Math.floor((openFilesLimit() - OTHER_DESCRIPTORS) * HELD_PART));
  return heldLimit;
}

/** Returns the process's limit of open files, or infinity on platforms that do not report one. */
function openFilesLimit(): number {
  if (process.platform !== 'linux') return Number.POSITIVE_INFINITY;
  const [, limit] = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'latin1')) ?? [];
  return limit === undefined ? Number.POSITIVE_INFINITY : Number(limit);
}

/**
 * Opens a file that is read in place, as the planned version, and makes `link` point to it. Rejects with
 * `LOCATION_NOT_ALLOWED` for a file outside the executor's own roots, and with `INPUT_NOT_FOUND`, `INPUT_INVALID` and
 * `INPUT_CHANGED`.
 *
 * On Linux the link points through `/proc/self/fd` to the open file, so DuckDB reads the checked file even if another
 * file or a symbolic link replaces it. On other platforms the link points to the file's name.
 */
export async function openLocalInput(
  file: InputFile,
  allowed: AllowedRoots,
  link: string,
  held: HeldFiles,
): Promise<LocalInput> {
  const { location, identity } = file;
  if (isObjectLocation(location)) throw notReadable(location);
  const opened = await openAllowedFile(location, allowed, identity);
  await held.hold(opened);
  const pinned = descriptorPath(opened.descriptor);
  const target = pinned ?? (await realPath(location));
  // The folder is private and the call takes microseconds, so it is synchronous.
  symlinkSync(target, link);
  const verify = async (): Promise<void> => {
    await opened.verify();
    if (pinned === undefined) await (await openLocalFile(target, identity)).close();
  };
  return { path: link, location, file, origin: { kind: 'in-place', verify } };
}

async function realPath(location: string): Promise<string> {
  return await realpath(location).catch((error) => {
    throw inputVanished(location, error);
  });
}

/**
 * Presents local files as a store whose keys are locations, so that the parts that a task needs can be copied. Methods
 * reject with the errors of `openAllowedFile`.
 */
export function localFiles(allowed: AllowedRoots): Pick<ObjectStore, 'get' | 'head'> {
  return {
    head: async (location) => {
      const opened = await openAllowedFile(location, allowed);
      await opened.close();
      return opened.identity;
    },
    get: async (location, range, identity) => {
      const opened = await openAllowedFile(location, allowed, identity);
      try {
        const bytes = await opened.read(range);
        await opened.verify();
        return bytes;
      } finally {
        await opened.close();
      }
    },
  };
}

/** The error for a location outside those the executor was started with. */
export function notReadable(location: string): FabricError {
  const message = `The executor may not read ${location}. Start it with --allow (VOLLEY_ALLOW) for this location.`;
  return new FabricError('LOCATION_NOT_ALLOWED', message, { details: { location } });
}

/** Verifies, after the last read, that the files read in place are still the planned versions. Rejects with `INPUT_CHANGED`. */
export async function verifyLocalInputs(tables: readonly TableInput[]): Promise<void> {
  const inputs = new Map(tables.flatMap(({ reads }) => reads.map(({ input }) => [input.path, input] as const)));
  const all = [...inputs.values()];
  for (let at = 0; at < all.length; at += CONCURRENCY) {
    await settleAll(
      all.slice(at, at + CONCURRENCY).map(async ({ origin }) => {
        if (origin.kind === 'in-place') await origin.verify();
      }),
    );
  }
}

/** Returns whether a task reads files with holes. DuckDB must then read only the rows that the SQL requests. */
export function readsSparseFiles(tables: readonly TableInput[]): boolean {
  return tables.some(({ reads }) =>
    reads.some(({ input, split }) => input.origin.kind === 'fetched' && split.rows !== undefined),
  );
}
