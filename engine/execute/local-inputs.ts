import { realpath, symlink } from 'node:fs/promises';
import type { NamedFile } from '../duckdb/kernel/error.ts';
import { FabricError } from '../errors.ts';
import type { InputFile, Split } from '../plan/stage.ts';
import { openLocalFile } from '../scan/local-file.ts';
import { type AllowedRoots, resolveLocation } from '../scan/locations.ts';
import { isObjectLocation } from '../scan/object-location.ts';
import { settleAll } from '../store/settle-all.ts';

/** A local file that a task reads for one of its input files. DuckDB opens `path`; `location` is the name the user knows. */
export interface LocalInput extends NamedFile {
  readonly file: InputFile;
  /** In place: the input file itself; `real` has symlinks resolved. Fetched: a private copy of the parts that the task needs. */
  readonly origin: { readonly kind: 'in-place'; readonly real: string } | { readonly kind: 'fetched' };
}

/** What a task reads of one table: files in the order of the splits. */
export interface TableInput {
  readonly table: number;
  readonly reads: readonly { readonly input: LocalInput; readonly split: Split }[];
}

/** Files checked concurrently. */
const CONCURRENCY = 16;

/**
 * Finds a file that is read in place and checks that it is the planned version. Rejects with `LOCATION_NOT_ALLOWED` for a file outside the
 * executor's own roots, and with `INPUT_NOT_FOUND`, `INPUT_INVALID` and `INPUT_CHANGED`. `link`: a path for a link to the file, which
 * DuckDB needs for some names.
 */
export async function openLocalInput(file: InputFile, allowed: AllowedRoots, link: string): Promise<LocalInput> {
  // DuckDB later opens by name the file that is checked here. Resolving the links in the user's path rules out a link that is changed in between.
  // Someone with write access to the real folders can still replace the file; `verifyLocalInputs` then finds another identity, and the output is
  // discarded.
  const { location } = file;
  if (isObjectLocation(location)) throw notReadable(location);
  const real = await realpath(await resolveLocation(location, allowed));
  await check(real, file);
  const origin = { kind: 'in-place', real } as const;
  if (!GLOB.test(real)) return { path: real, location, file, origin };
  // DuckDB takes every path for a glob and cannot escape one.
  await symlink(real, link);
  return { path: link, location, file, origin };
}

/** The error for a location that the executor was not allowed to read at its start. */
export function notReadable(location: string): FabricError {
  const message = `The executor may not read ${location}. Start it with --allow (VOLLEY_ALLOW) for this location.`;
  return new FabricError('LOCATION_NOT_ALLOWED', message, { details: { location } });
}

/** Checks after the last read that no file read in place was changed or replaced. Rejects with `INPUT_CHANGED`. */
export async function verifyLocalInputs(tables: readonly TableInput[]): Promise<void> {
  const inputs = new Map(tables.flatMap(({ reads }) => reads.map(({ input }) => [input.path, input] as const)));
  const all = [...inputs.values()];
  for (let at = 0; at < all.length; at += CONCURRENCY) {
    await settleAll(
      all.slice(at, at + CONCURRENCY).map(async ({ origin, file }) => {
        if (origin.kind === 'in-place') await check(origin.real, file);
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

/** Characters that make a path a glob. */
const GLOB = /[*?[\]]/;

async function check(path: string, file: InputFile): Promise<void> {
  const opened = await openLocalFile(path, file.identity).catch((error) => {
    throw error instanceof FabricError ? named(error, path, file.location) : error;
  });
  await opened.close();
}

/** The error with the user's name of the file instead of its real path. */
function named(error: FabricError, path: string, location: string): FabricError {
  return new FabricError(error.code, error.message.replaceAll(path, location), {
    retryable: error.retryable,
    cause: error,
    details: { ...error.details, location },
  });
}
