import * as z from 'zod/mini';

// The schemas of paths in a config file.

const PATHS = 'must be a path or a list of paths';
const HOME_PATH =
  'starts with ~, which only a shell expands. Write an absolute path, or a path relative to the config file';

/** Whether a path starts in a home directory, in the notation of shells. */
export function isHomePath(path: string): boolean {
  return path === '~' || path.startsWith('~/');
}

const notInHome = () => z.refine<string>((path) => !isHomePath(path), HOME_PATH);

/** A path or a list of paths, read as a list. */
export function pathsSchema() {
  const path = z.string(PATHS).check(z.minLength(1, 'contains an empty path'), notInHome());
  return z.pipe(
    z.transform((given: unknown) => (Array.isArray(given) ? given : [given])),
    z.array(path),
  );
}

/** The location of a store or journal. Its own parser checks the rest. */
export function locationSchema() {
  return z.string('must be a string').check(notInHome());
}
