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

/** A local file that a task reads for one of its input files. DuckDB opens `path`; `location` is the name the user knows. */
export interface LocalInput extends NamedFile {
  readonly file: InputFile;
  readonly origin: InputOrigin;
}

/** In place: the input file itself, through a link to it. Fetched: a private copy of the parts that the task needs. */
export type InputOrigin =
  | {
      readonly kind: 'in-place';
      /** Rejects with `INPUT_CHANGED` if the file that DuckDB reads is no longer the planned version. */
      verify(): Promise<void>;
    }
  | { readonly kind: 'fetched' };

/** What a task reads of one table: files in the order of the splits. */
export interface TableInput {
  readonly table: number;
  readonly reads: readonly { readonly input: LocalInput; readonly split: Split }[];
}

/** Files checked concurrently. */
const CONCURRENCY = 16;

/** The files that a task keeps open while DuckDB reads them. */
export class HeldFiles {
  readonly #files: OpenLocalFile[] = [];
  #isClosed = false;

  /** Keeps a file open. Rejects with `CANCELLED` once the task has ended; the file is then closed. */
  async hold(file: OpenLocalFile): Promise<void> {
    if (!this.#isClosed) {
      this.#files.push(file);
      return;
    }
    await file.close();
    throw new FabricError('CANCELLED', 'The task ended while it opened its files.');
  }

  /** Closes all files, and those that are opened later. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await settleAll(this.#files.splice(0).map((file) => file.close()));
  }
}

/** Descriptors for everything but held files: sockets, libraries, spill files, and the store's objects. */
const OTHER_DESCRIPTORS = 128;
/** DuckDB opens each file again, some readers all of them at once. The other two parts are in reserve. */
const HELD_PART = 1 / 4;
let heldLimit: number | undefined;

/** How many files a task can hold open within the process's limit of open files. The others are copied. */
export function maxHeldFiles(): number {
  heldLimit ??= Math.max(0, Math.floor((openFilesLimit() - OTHER_DESCRIPTORS) * HELD_PART));
  return heldLimit;
}

/** The process's limit of open files; infinite where the platform does not tell. */
function openFilesLimit(): number {
  if (process.platform !== 'linux') return Number.POSITIVE_INFINITY;
  const [, limit] = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'latin1')) ?? [];
  return limit === undefined ? Number.POSITIVE_INFINITY : Number(limit);
}

/**
 * Opens a file that is read in place, as the planned version, and makes `link` lead to it. Rejects with `LOCATION_NOT_ALLOWED` for a file
 * outside the executor's own roots, and with `INPUT_NOT_FOUND`, `INPUT_INVALID` and `INPUT_CHANGED`.
 *
 * On Linux the link leads through `/proc/self/fd` to the open file, so DuckDB reads the checked file even if another one, or a symbolic
 * link, takes its name. Elsewhere the link leads to the file's name.
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
  // A private folder, so synchronous: it takes microseconds.
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

/** Local files as a store whose keys are locations, to copy the parts that a task needs. Rejects as `openAllowedFile` does. */
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

/** The error for a location that the executor was not allowed to read at its start. */
export function notReadable(location: string): FabricError {
  const message = `The executor may not read ${location}. Start it with --allow (VOLLEY_ALLOW) for this location.`;
  return new FabricError('LOCATION_NOT_ALLOWED', message, { details: { location } });
}

/** Checks after the last read that the files read in place are still the planned versions. Rejects with `INPUT_CHANGED`. */
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

/** Whether a task reads files with holes. DuckDB must then touch only the rows that the SQL asks for. */
export function readsSparseFiles(tables: readonly TableInput[]): boolean {
  return tables.some(({ reads }) =>
    reads.some(({ input, split }) => input.origin.kind === 'fetched' && split.rows !== undefined),
  );
}
