import { realpath, symlink } from 'node:fs/promises';
import type { NamedFile } from '../duckdb/kernel/error.ts';
import { FabricError } from '../errors.ts';
import type { InputFile, Split } from '../plan/stage.ts';
import { openLocalFile } from '../scan/local-file.ts';
import { type AllowedRoots, resolveLocation } from '../scan/locations.ts';
import { settleAll } from '../store/settle-all.ts';
import type { Task } from './task.ts';

/** A file a task reads in place. `path` is what DuckDB opens; `location` is what the user calls it. */
export interface LocalInput extends NamedFile {
  /** The path without symlinks. */
  readonly real: string;
  readonly file: InputFile;
}

/** What a task reads of one table: files in the order of the splits. */
export interface TableInput {
  readonly table: number;
  readonly reads: readonly { readonly input: LocalInput; readonly split: Split }[];
}

/** Files looked at at once. */
const CONCURRENCY = 16;

/**
 * Finds the files of a task's splits and checks that they are the ones the plan was made for. Rejects with `LOCATION_NOT_ALLOWED` for what
 * is not under the executor's own roots, `INPUT_NOT_FOUND`, `INPUT_INVALID` and `INPUT_CHANGED`. `scratch`: a folder of the task's own.
 */
export async function openLocalInputs(
  task: Task,
  allowed: AllowedRoots,
  scratch: string,
): Promise<readonly TableInput[]> {
  const found = new Map<string, Promise<LocalInput>>();
  const open = (file: InputFile): Promise<LocalInput> => {
    const known = found.get(file.location) ?? openOne(file, allowed, `${scratch}/input-${found.size}`);
    found.set(file.location, known);
    return known;
  };
  const tables: TableInput[] = [];
  for (const { table, splits } of task.splits) {
    const files = task.tables[table]?.files;
    if (files === undefined)
      throw new FabricError('INTERNAL', `the task reads table ${table}, which its plan does not have`);
    const reads: { input: LocalInput; split: Split }[] = [];
    for (let at = 0; at < splits.length; at += CONCURRENCY) {
      const opened = splits.slice(at, at + CONCURRENCY).map(async (split) => {
        const file = files[split.file];
        if (file === undefined)
          throw new FabricError('INTERNAL', `the task reads file ${split.file} of table ${table}, which has none`);
        return { input: await open(file), split };
      });
      reads.push(...(await settleAll(opened)));
    }
    tables.push({ table, reads });
  }
  return tables;
}

/** Checks after the last read that no file was changed or replaced meanwhile. Rejects with `INPUT_CHANGED`. */
export async function verifyLocalInputs(tables: readonly TableInput[]): Promise<void> {
  const inputs = new Map(tables.flatMap(({ reads }) => reads.map(({ input }) => [input.path, input] as const)));
  const all = [...inputs.values()];
  for (let at = 0; at < all.length; at += CONCURRENCY) {
    await settleAll(all.slice(at, at + CONCURRENCY).map((input) => check(input.real, input.file)));
  }
}

async function openOne(file: InputFile, allowed: AllowedRoots, link: string): Promise<LocalInput> {
  // What is checked is what DuckDB opens: the path without symlinks, which nobody can redirect in between.
  const real = await realpath(await resolveLocation(file.location, allowed));
  await check(real, file);
  const { location } = file;
  if (!GLOB.test(real)) return { path: real, real, location, file };
  // DuckDB takes every path for a pattern and knows no way to quote one.
  await symlink(real, link);
  return { path: link, real, location, file };
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
