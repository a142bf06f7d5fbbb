import { realpath, symlink } from 'node:fs/promises';
import type { NamedFile } from '../duckdb/kernel/error.ts';
import { FabricError } from '../errors.ts';
import type { InputFile, Split } from '../plan/stage.ts';
import { openLocalFile } from '../scan/local-file.ts';
import { type AllowedRoots, resolveLocation } from '../scan/locations.ts';
import { isObjectLocation } from '../scan/object-location.ts';
import { settleAll } from '../store/settle-all.ts';

/** A local file that a task reads for one of its input files. `path` is what DuckDB opens; `location` is what the user calls it. */
export interface LocalInput extends NamedFile {
  readonly file: InputFile;
  /** In place: the input file itself, at `real` without symlinks. Fetched: a copy of what the task needs of it, which nobody changes. */
  readonly origin: { readonly kind: 'in-place'; readonly real: string } | { readonly kind: 'fetched' };
}

/** What a task reads of one table: files in the order of the splits. */
export interface TableInput {
  readonly table: number;
  readonly reads: readonly { readonly input: LocalInput; readonly split: Split }[];
}

/** Files looked at at once. */
const CONCURRENCY = 16;

/**
 * Finds a file that is read in place and checks that it is the one the plan was made for. Rejects with `LOCATION_NOT_ALLOWED` for what is
 * not under the executor's own roots, `INPUT_NOT_FOUND`, `INPUT_INVALID` and `INPUT_CHANGED`. `link`: a path for a link to it, where DuckDB
 * needs one.
 */
export async function openLocalInput(file: InputFile, allowed: AllowedRoots, link: string): Promise<LocalInput> {
  // DuckDB opens by name, and later, what is checked here. A link in the user's path leads nowhere else by then; whoever can write to
  // the real folders can still put another file there. `verifyLocalInputs` then finds another identity, and the output does not count.
  const { location } = file;
  if (isObjectLocation(location)) throw notOpened(location);
  const real = await realpath(await resolveLocation(location, allowed));
  await check(real, file);
  const origin = { kind: 'in-place', real } as const;
  if (!GLOB.test(real)) return { path: real, location, file, origin };
  // DuckDB takes every path for a pattern and knows no way to quote one.
  await symlink(real, link);
  return { path: link, location, file, origin };
}

/** A location in an object store that no store of the executor holds. */
function notOpened(location: string): FabricError {
  const message = `An executor may not read ${location}: it was started without --allow (VOLLEY_ALLOW) for it.`;
  return new FabricError('LOCATION_NOT_ALLOWED', message, { details: { location } });
}

/** Checks after the last read that no file read in place was changed or replaced meanwhile. Rejects with `INPUT_CHANGED`. */
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

/** Whether a task reads files that lack what it does not read: DuckDB must look at no row but those that the SQL asks for. */
export function readsSparseFiles(tables: readonly TableInput[]): boolean {
  return tables.some(({ reads }) =>
    reads.some(({ input, split }) => input.origin.kind === 'fetched' && split.rows !== undefined),
  );
}

/** What makes a pattern of a path. */
const GLOB = /[*?[\]]/;

async function check(path: string, file: InputFile): Promise<void> {
  const opened = await openLocalFile(path, file.identity).catch((error) => {
    throw error instanceof FabricError ? named(error, path, file.location) : error;
  });
  await opened.close();
}

/** The error with the user's name of the file in place of where it really is. */
function named(error: FabricError, path: string, location: string): FabricError {
  return new FabricError(error.code, error.message.replaceAll(path, location), {
    retryable: error.retryable,
    cause: error,
    details: { ...error.details, location },
  });
}
