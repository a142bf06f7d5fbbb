import { closeSync, constants, type Dirent, existsSync, fstatSync, openSync, readlinkSync } from 'node:fs';
import { open, readdir, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, resolve, sep } from 'node:path';
import { FabricError } from '../errors.ts';
import type { ObjectIdentity } from '../store/object-store.ts';
import { expandGlob, type GlobFolders, hasGlob } from './glob.ts';
import {
  inputChanged,
  inputError,
  inputVanished,
  localIdentity,
  locationNotAllowed,
  notFound,
  type OpenLocalFile,
  openLocalFile,
  sameIdentity,
} from './local-file.ts';

/** A configured location: a file, or a folder with everything below it. */
interface Root {
  /** The configured path as an absolute path. Requested paths must start with it. */
  readonly named: string;
  /** The same path with symlinks resolved. Requested files must be below it after their symlinks are resolved. */
  readonly real: string;
}

/** The local locations that statements may read. */
export interface AllowedRoots {
  /** The folder that relative paths are resolved against. */
  readonly workingFolder: string;
  readonly roots: readonly Root[];
}

/** Resolves configured paths of existing local files and folders. Rejects with `INPUT_NOT_FOUND` and `INPUT_INVALID`. */
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
 * Returns the absolute path of an existing local file or folder, with `..` resolved. `location` must not be a glob.
 * Rejects with `LOCATION_NOT_ALLOWED` for a path that is not below a root by name or that leads out of the roots
 * through symlinks. That error does not reveal whether the path exists. Rejects with `INPUT_NOT_FOUND` if nothing
 * exists at an allowed path.
 */
export async function resolveLocation(location: string, allowed: AllowedRoots): Promise<string> {
  const path = resolve(allowed.workingFolder, refuseUrl(location));
  if (!isUnder(path, allowed, 'named') && !isUnder(path, allowed, 'real')) throw outside(location, allowed);
  const real = await realpathIfAny(path);
  // The error must not reveal what exists behind a link to outside the roots.
  if (!isUnder(real ?? (await realFolderAbove(path)), allowed, 'real')) throw outside(location, allowed);
  if (real === undefined) throw notFound(path);
  return path;
}

/**
 * Opens a file that `resolveLocation` allows, then checks the path of the open descriptor, because a folder or file in
 * the path may have been replaced by a link in the meantime. Rejects with the errors of `resolveLocation` and
 * `openLocalFile`, and with `INPUT_CHANGED` if the file disappeared in the meantime.
 */
export async function openAllowedFile(
  location: string,
  allowed: AllowedRoots,
  expected?: ObjectIdentity,
): Promise<OpenLocalFile> {
  const path = await resolveLocation(location, allowed);
  const file = await openLocalFile(path, expected).catch((error) => {
    throw error instanceof FabricError && error.code === 'INPUT_NOT_FOUND' ? inputVanished(location, error) : error;
  });
  try {
    const real = pathOfDescriptor(file.descriptor);
    if (real !== undefined && !isUnder(real, allowed, 'real')) throw leadsOutside(real, location, allowed);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Returns access to the allowed folders for `expandGlob`. */
export function globFolders(allowed: AllowedRoots): GlobFolders {
  return {
    checkLink: (link) => resolveLocation(link, allowed),
    list: (folder) => listAllowedFolder(folder, allowed),
  };
}

/**
 * Lists a folder that `resolveLocation` allows. Checks the path of the open folder in the same way as
 * `openAllowedFile`. Rejects with the errors of `readdir`, and with `LOCATION_NOT_ALLOWED`.
 */
export async function listAllowedFolder(folder: string, allowed: AllowedRoots): Promise<readonly Dirent[]> {
  if (!hasDescriptors) return await readdir(folder, { withFileTypes: true });
  const handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    const real = pathOfDescriptor(handle.fd);
    if (real !== undefined && !isUnder(real, allowed, 'real')) throw leadsOutside(real, folder, allowed);
    return await readdir(descriptorPath(handle.fd) ?? folder, { withFileTypes: true });
  } finally {
    await handle.close();
  }
}

/**
 * Opens a planned location as the expected version and returns its descriptor. A synchronous form of `openAllowedFile`,
 * for threads that must not wait.
 */
export function openPlannedFileSync(location: string, realRoots: readonly string[], expected: ObjectIdentity): number {
  const descriptor = openForReadingSync(location);
  try {
    const real = pathOfDescriptor(descriptor);
    if (real !== undefined && !realRoots.some((root) => isAtOrBelow(real, root))) {
      const roots = realRoots.map((root) => ({ named: root, real: root }));
      throw leadsOutside(real, location, { workingFolder: '/', roots });
    }
    if (!sameIdentity(localIdentity(fstatSync(descriptor, { bigint: true })), expected)) throw inputChanged(location);
    return descriptor;
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

function openForReadingSync(location: string): number {
  try {
    return openSync(location, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const failure = inputError(location, error);
    throw failure.code === 'INPUT_NOT_FOUND' ? inputVanished(location, error) : failure;
  }
}

function leadsOutside(real: string, location: string, allowed: AllowedRoots): FabricError {
  // The kernel appends " (deleted)" to the path of a file that no longer has a name. The deleted file may have been an
  // allowed one.
  return real.endsWith(' (deleted)') ? inputVanished(location) : outside(location, allowed);
}

const DESCRIPTORS = '/proc/self/fd';
const hasDescriptors = process.platform === 'linux' && existsSync(DESCRIPTORS);

/**
 * Returns a path at which this process, including DuckDB, can open the descriptor's file even if its name now belongs
 * to another file. Returns undefined if the platform has no such paths.
 */
export function descriptorPath(descriptor: number): string | undefined {
  return hasDescriptors ? `${DESCRIPTORS}/${descriptor}` : undefined;
}

/** Returns the path of an open file, without symlinks, or undefined if the platform does not report it. */
function pathOfDescriptor(descriptor: number): string | undefined {
  const path = descriptorPath(descriptor);
  return path === undefined ? undefined : readlinkSync(path);
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

/** Returns the real path of the deepest existing folder above a path. */
async function realFolderAbove(path: string): Promise<string> {
  const parent = dirname(path);
  return (await realpathIfAny(parent)) ?? (parent === path ? path : realFolderAbove(parent));
}

/**
 * Resolves a location that may be a glob and returns all matching files, sorted. Rejects with the errors of
 * `resolveLocation`, and with `INPUT_NOT_FOUND` if no file matches.
 */
export async function resolveGlob(location: string, allowed: AllowedRoots): Promise<readonly string[]> {
  if (!hasGlob(location)) return [await resolveLocation(location, allowed)];
  const pattern = refuseUrl(location);
  const segments = pattern.split('/');
  const first = segments.findIndex(hasGlob);
  if (segments.slice(first).includes('..')) {
    throw new FabricError(
      'LOCATION_NOT_ALLOWED',
      `The location ${location} has ".." after a wildcard. Put ".." before the first wildcard.`,
      {
        details: { location },
      },
    );
  }
  const prefix = segments.slice(0, first).join('/');
  const folder = await resolveGlobFolder(isAbsolute(pattern) && prefix === '' ? '/' : prefix, location, allowed);
  const found = await expandGlob(folder, segments.slice(first), globFolders(allowed));
  if (found.length === 0) {
    throw new FabricError('INPUT_NOT_FOUND', `No file matches ${location}. Check the path and the pattern.`, {
      details: { location },
    });
  }
  // A match can be a link to any location, so each match is checked.
  return Promise.all(found.map((path) => resolveLocation(path, allowed)));
}

async function resolveGlobFolder(prefix: string, location: string, allowed: AllowedRoots): Promise<string> {
  try {
    return await resolveLocation(prefix, allowed);
  } catch (error) {
    if (!(error instanceof FabricError)) throw error;
    if (error.code === 'LOCATION_NOT_ALLOWED') throw outside(location, allowed);
    throw new FabricError('INPUT_NOT_FOUND', `No file matches ${location}. Check the path and the pattern.`, {
      cause: error,
      details: { location },
    });
  }
}

function isUnder(path: string, allowed: AllowedRoots, form: 'named' | 'real'): boolean {
  return allowed.roots.some((root) => isAtOrBelow(path, root[form]));
}

/** Returns whether an absolute path is the given folder or below it. */
function isAtOrBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** Returns a local path unchanged. Throws `LOCATION_NOT_ALLOWED` for a URL. */
function refuseUrl(location: string): string {
  if (location.includes('\0'))
    throw new FabricError('LOCATION_NOT_ALLOWED', 'A location cannot contain a NUL character.');
  if (/^[a-z][a-z0-9+.-]+:/i.test(location)) {
    throw new FabricError(
      'LOCATION_NOT_ALLOWED',
      `The location ${location} is neither a local path nor a location in an object store. Use a local path or s3://BUCKET/KEY.`,
      { details: { location } },
    );
  }
  return location;
}

function outside(location: string, allowed: AllowedRoots): FabricError {
  return locationNotAllowed(
    location,
    allowed.roots.map((root) => root.named),
  );
}
