import { realpath } from 'node:fs/promises';
import { dirname, isAbsolute, resolve, sep } from 'node:path';
import { FabricError } from '../errors.ts';
import { expandGlob, hasGlob } from './glob.ts';
import { inputError, notFound } from './local-file.ts';

/** A configured location: a folder with all below it, or a file. */
interface Root {
  /** As it was named, made absolute: what may be asked for. */
  readonly named: string;
  /** With symlinks resolved: where what was asked for must really be. */
  readonly real: string;
}

/** The local locations that may be read, whatever a statement says. */
export interface AllowedRoots {
  /** Relative paths start here. */
  readonly workingFolder: string;
  readonly roots: readonly Root[];
}

/** Makes roots of existing local files and folders. Rejects with `INPUT_NOT_FOUND` and `INPUT_INVALID`. */
export async function allowRoots(paths: readonly string[], workingFolder: string): Promise<AllowedRoots> {
  const roots = await Promise.all(
    paths.map(async (path) => {
      const named = resolve(workingFolder, refuseUrl(path));
      const real = await realpathIfAny(named);
      if (real === undefined) throw notFound(named);
      return { named, real };
    }),
  );
  return { workingFolder, roots };
}

/**
 * The existing local path behind one location without a glob, absolute, `..` taken out. Rejects with `LOCATION_NOT_ALLOWED` for what is
 * not under a root by name or, symlinks followed, in truth (without telling whether it exists), and with `INPUT_NOT_FOUND`.
 */
export async function resolveLocation(location: string, allowed: AllowedRoots): Promise<string> {
  const path = resolve(allowed.workingFolder, refuseUrl(location));
  if (!isUnder(path, allowed, 'named') && !isUnder(path, allowed, 'real')) throw notAllowed(location, allowed);
  const real = await realpathIfAny(path);
  // Below a link to elsewhere, nothing must tell what exists there.
  if (!isUnder(real ?? (await realFolderAbove(path)), allowed, 'real')) throw notAllowed(location, allowed);
  if (real === undefined) throw notFound(path);
  return path;
}

async function realpathIfAny(path: string): Promise<string | undefined> {
  try {
    return await realpath(path);
  } catch (error) {
    const failure = inputError(path, error);
    if (failure.code === 'INPUT_NOT_FOUND') return undefined;
    throw failure;
  }
}

/** Where the deepest folder above a path that exists really is. */
async function realFolderAbove(path: string): Promise<string> {
  const parent = dirname(path);
  return (await realpathIfAny(parent)) ?? (parent === path ? path : realFolderAbove(parent));
}

/** The same for a location that may hold a glob: all files that match, sorted; at least one. */
export async function resolveGlob(location: string, allowed: AllowedRoots): Promise<readonly string[]> {
  if (!hasGlob(location)) return [await resolveLocation(location, allowed)];
  const pattern = refuseUrl(location);
  const segments = pattern.split('/');
  const first = segments.findIndex(hasGlob);
  if (segments.slice(first).includes('..')) {
    throw new FabricError(
      'LOCATION_NOT_ALLOWED',
      `The location ${location} has ".." behind a glob, which is not allowed.`,
      {
        details: { location },
      },
    );
  }
  const prefix = segments.slice(0, first).join('/');
  const folder = await resolveGlobFolder(isAbsolute(pattern) && prefix === '' ? '/' : prefix, location, allowed);
  const found = await expandGlob(folder, segments.slice(first), (link) => resolveLocation(link, allowed));
  if (found.length === 0) {
    throw new FabricError('INPUT_NOT_FOUND', `No file matches ${location}.`, { details: { location } });
  }
  // A match can be a link that leads anywhere, so each is checked by itself.
  return Promise.all(found.map((path) => resolveLocation(path, allowed)));
}

async function resolveGlobFolder(prefix: string, location: string, allowed: AllowedRoots): Promise<string> {
  try {
    return await resolveLocation(prefix, allowed);
  } catch (error) {
    if (!(error instanceof FabricError)) throw error;
    if (error.code === 'LOCATION_NOT_ALLOWED') throw notAllowed(location, allowed);
    throw new FabricError('INPUT_NOT_FOUND', `No file matches ${location}.`, { cause: error, details: { location } });
  }
}

function isUnder(path: string, allowed: AllowedRoots, form: 'named' | 'real'): boolean {
  return allowed.roots.some((root) => {
    const folder = root[form];
    return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
  });
}

/** Local paths are taken as they are; anything with a scheme is not a local path. */
function refuseUrl(location: string): string {
  if (location.includes('\0'))
    throw new FabricError('LOCATION_NOT_ALLOWED', 'A location must not hold a NUL character.');
  if (/^[a-z][a-z0-9+.-]+:/i.test(location)) {
    throw new FabricError(
      'LOCATION_NOT_ALLOWED',
      `The location ${location} is not a local path, and no object store is configured to read it from.`,
      { details: { location } },
    );
  }
  return location;
}

function notAllowed(location: string, allowed: AllowedRoots): FabricError {
  const roots = allowed.roots.map((root) => root.named);
  const named =
    roots.length === 0 ? 'no location is' : `only these and what is below them are: ${roots.slice(0, 5).join(', ')}`;
  return new FabricError(
    'LOCATION_NOT_ALLOWED',
    `The location ${location} is not allowed: ${named}${roots.length > 5 ? ', ...' : ''}. Name it with --data or --table; executors that stand alone have a list of their own, given with --allow.`,
    { details: { location } },
  );
}
