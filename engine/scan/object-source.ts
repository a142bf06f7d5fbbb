import { FabricError } from '../errors.ts';
import { keyProblem } from '../store/object-key.ts';
import type { ByteRange, ObjectStore } from '../store/object-store.ts';
import { hasGlob, MAX_MATCHES, pathMatcher } from './glob.ts';
import type { FolderEntry, FoundInput, InputSource, OpenInput } from './input-source.ts';
import { inputChanged, locationNotAllowed, notFound } from './local-file.ts';
import { isKeyAllowed, objectLocation, splitObjectLocation } from './object-location.ts';

const FORBIDDEN = 403;

interface Bucket {
  readonly name: string;
  readonly store: ObjectStore;
  /** Readable keys and folders. A folder is readable with everything below it. */
  readonly allowed: readonly string[];
}

/**
 * Reads the objects of a bucket below the allowed keys. An empty key allows all objects. A folder is the part of a key
 * before a slash.
 */
export function objectSource(name: string, store: ObjectStore, allowed: readonly string[]): InputSource {
  const bucket: Bucket = { name, store, allowed };
  return {
    isLocal: false,
    find: (location) => find(bucket, location),
    match: (glob) => match(bucket, glob),
    entries: (folder) => entries(bucket, folder),
    filesBelow: async (folder) => {
      const below = folderPrefix(allowedKey(bucket, folder));
      const keys = await keysUnder(bucket, below);
      const shown = keys.filter((key) => !/(^|\/)\./.test(key.slice(below.length)));
      return shown.map((key) => objectLocation(name, key));
    },
    open: (location) => open(bucket, location),
  };
}

/** Rewords a store's error about an object for users, who know the object as an input file. */
export function inputFailure(error: unknown, location: string): unknown {
  if (!(error instanceof FabricError)) return error;
  const { code, message, retryable, details } = error;
  switch (code) {
    case 'OBJECT_NOT_FOUND':
      return notFound(location, error);
    case 'INPUT_CHANGED':
      return inputChanged(location, error);
    default:
      return new FabricError(code, `The file ${location} cannot be fetched: ${message}`, {
        retryable,
        cause: error,
        details: { ...details, location },
      });
  }
}

async function find(bucket: Bucket, location: string): Promise<FoundInput> {
  const key = allowedKey(bucket, location);
  const named = objectLocation(bucket.name, key);
  const object = key === '' ? undefined : await bucket.store.head(key).catch(unlessForbidden);
  if (object !== undefined && !('forbidden' in object)) return { kind: 'file', location: named };
  for await (const _ of bucket.store.list(folderPrefix(key))) return { kind: 'folder', location: named };
  throw object?.forbidden ?? notFound(named);
}

/** Permission to read the objects in a folder does not imply permission to read an object with the folder's name. */
function unlessForbidden(error: unknown): { readonly forbidden: FabricError } {
  if (error instanceof FabricError && error.details['status'] === FORBIDDEN) return { forbidden: error };
  throw error;
}

async function match(bucket: Bucket, glob: string): Promise<readonly string[]> {
  const { key: pattern } = splitObjectLocation(glob);
  const segments = pattern.split('/');
  allowedKey(bucket, objectLocation(bucket.name, segments.slice(0, segments.findIndex(hasGlob)).join('/')));
  const matches = pathMatcher(segments);
  // The text before the first wildcard narrows the listing, even if it ends within a name.
  const found = (await keysUnder(bucket, pattern.slice(0, pattern.search(/[*?[]/)))).filter(matches);
  if (found.length === 0) {
    throw new FabricError('INPUT_NOT_FOUND', `No file matches ${glob}. Check the path and the pattern.`, {
      details: { location: glob },
    });
  }
  return found.map((key) => objectLocation(bucket.name, key));
}

async function entries(bucket: Bucket, folder: string): Promise<readonly FolderEntry[]> {
  const below = folderPrefix(allowedKey(bucket, folder));
  const kinds = new Map<string, 'file' | 'folder'>();
  for (const key of await keysUnder(bucket, below)) {
    const [name = '', ...rest] = key.slice(below.length).split('/');
    // A key that is also a folder's name is listed as a file, since it can be opened by that name.
    if (rest.length === 0 || !kinds.has(name)) kinds.set(name, rest.length === 0 ? 'file' : 'folder');
  }
  return [...kinds].map(([name, kind]) => ({
    name,
    location: objectLocation(bucket.name, below + name),
    what: async () => kind,
  }));
}

async function open(bucket: Bucket, location: string): Promise<OpenInput> {
  const key = allowedKey(bucket, location);
  const failed = (error: unknown): never => {
    throw inputFailure(error, location);
  };
  const identity = await bucket.store.head(key).catch(failed);
  if (identity === undefined) throw notFound(location);
  return {
    identity,
    read: (range: ByteRange) => bucket.store.get(key, range, identity).catch(failed),
    // Nothing to verify, because every read is bound to the identity.
    verify: async () => undefined,
    close: async () => undefined,
  };
}

/** Returns all keys with a prefix, sorted. */
async function keysUnder({ name, store }: Bucket, prefix: string): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix)) {
    keys.push(key);
    if (keys.length > MAX_MATCHES) {
      const location = objectLocation(name, prefix);
      throw new FabricError(
        'INPUT_INVALID',
        `There are more than ${MAX_MATCHES} objects below ${location}. Use a narrower location.`,
        {
          details: { location },
        },
      );
    }
  }
  return keys.sort();
}

function folderPrefix(key: string): string {
  return key === '' ? '' : `${key}/`;
}

/** Returns the key of a location. Throws `LOCATION_NOT_ALLOWED` for a key outside the allowed ones, or for an invalid key. */
function allowedKey({ name, allowed }: Bucket, location: string): string {
  const { key } = splitObjectLocation(location);
  const problem = key === '' ? undefined : keyProblem(key);
  if (problem === undefined && isKeyAllowed(key, allowed)) return key;
  throw locationNotAllowed(
    location,
    allowed.map((each) => objectLocation(name, each)),
    problem === undefined ? undefined : `its key ${problem}`,
  );
}
