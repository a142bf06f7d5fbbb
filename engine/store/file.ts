import { randomUUID } from 'node:crypto';
import {
  type BigIntStats,
  closeSync,
  constants,
  fstatSync,
  fsync,
  linkSync,
  lstatSync,
  openSync,
  read,
  readSync,
  rmdirSync,
  unlinkSync,
  writev,
  writevSync,
} from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { FabricError } from '../errors.ts';
import { isErrno, isSystemError, storeFailure } from './file-errors.ts';
import { makeFolder } from './make-folder.ts';
import type { ListedUpload, MultipartStore } from './multipart-store.ts';
import { badKey, keyProblem, prefixProblem } from './object-key.ts';
import type { ByteRange, ListedObject, ObjectIdentity, ObjectStore } from './object-store.ts';

/**
 * The folder for incomplete objects. An object is first written to a file with a random name in `.incomplete/{folder of
 * the key}`. The file remains if the writer is killed. The folder is below the root, so that both are on the same file
 * system. No key may begin with this name.
 */
const INCOMPLETE = '.incomplete';

/** Parts are collected and written in runs of about this many bytes. */
const WRITE_BYTES = 1 << 20;

/** The maximum number of parts in one system call. */
const WRITE_PARTS = 512;

/**
 * Reads and writes up to this size run synchronously, as do all calls that transfer no data. On a local disk they take
 * microseconds, whereas the thread pool would use 0.05 ms of CPU time for each of the 5 to 10 calls per object.
 */
const SMALL_BYTES = 256 << 10;

/** The maximum number of bytes per read call. The system limit is just under 2 GiB. */
const MAX_READ_BYTES = 1 << 30;

const readLater = promisify(read);
const writeLater = promisify(writev);
const syncLater = promisify(fsync);

/** The maximum number of attempts of an action whose folder another process may delete at the same time. */
const PUT_ATTEMPTS = 20;

export interface FileStoreOptions {
  /** If true, `put` waits until the object would survive a power failure. Shuffle data does not need this. */
  readonly durable?: boolean;
}

/**
 * A file store. It lists incomplete objects as uploads, whether they are being written or were left behind by a killed
 * writer.
 */
export type FileStore = ObjectStore &
  Pick<MultipartStore, 'listUploads' | 'abort'> & {
    /** Removes the empty folders below a prefix that ends in `/`, which writers leave when they are killed before they create a file. */
    readonly prune: (prefix: string) => Promise<void>;
  };

/**
 * Creates an object store in a local folder that no other program may use. Symbolic links to objects are not followed.
 * The first put creates the folder. A key cannot contain NUL or empty, `.` or `..` segments. It cannot begin with
 * `.incomplete` or be the folder of another object. An object's identity consists of its size, device, inode and
 * modification time in ns.
 */
export function createFileStore(root: string, options: FileStoreOptions = {}): FileStore {
  const folder = resolve(root);
  return {
    head: (key) => head(folder, key),
    get: (key, range, identity) => get(folder, key, range, identity),
    put: (key, parts) => put(folder, key, parts, options.durable ?? false),
    list: (prefix) => list(folder, prefix),
    delete: (keys) => remove(folder, keys),
    listUploads: (prefix) => listIncomplete(folder, prefix),
    abort: ({ key, uploadId }) => removeIncomplete(folder, key, uploadId),
    prune: async (prefix) => {
      const problem = prefixProblem(prefix);
      if (problem !== undefined) throw badKey(prefix, problem);
      for (const base of [join(folder, INCOMPLETE), folder]) await pruneFolder(folder, join(base, prefix));
    },
  };
}

async function head(root: string, key: string): Promise<ObjectIdentity | undefined> {
  return lookUp(root, key, pathOf(root, key));
}

function lookUp(root: string, key: string, path: string): ObjectIdentity | undefined {
  try {
    const stats = lstatSync(path, { bigint: true, throwIfNoEntry: false });
    return stats?.isFile() ? identityOf(stats) : undefined;
  } catch (error) {
    if (isErrno(error, 'ENOTDIR')) return undefined;
    throw storeFailure('look up', key, root, error);
  }
}

async function get(root: string, key: string, range: ByteRange, identity?: ObjectIdentity): Promise<Uint8Array> {
  const file = openToRead(root, key, pathOf(root, key));
  try {
    const stats = fstatSync(file, { bigint: true });
    if (!stats.isFile()) throw notFound(key, root);
    checkIdentity(key, stats, identity);
    if (!(range.start >= 0 && range.start <= range.end && range.end <= Number(stats.size))) {
      const asked = `Cannot read bytes ${range.start} to ${range.end} of object ${key}`;
      throw new FabricError('STORE_FAILED', `${asked}. It has ${stats.size} bytes.`, { details: { key } });
    }
    const bytes = await readRange(file, range);
    // The file may have been changed in place, so check again after the last read.
    if (identity !== undefined) checkIdentity(key, fstatSync(file, { bigint: true }), identity);
    if (bytes === undefined) throw changed(key);
    return bytes;
  } catch (error) {
    throw error instanceof FabricError ? error : storeFailure('read', key, root, error);
  } finally {
    closeSync(file);
  }
}

function openToRead(root: string, key: string, path: string): number {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR', 'ELOOP')) throw notFound(key, root);
    throw storeFailure('open', key, root, error);
  }
}

/** Reads a range into newly allocated memory. Returns undefined if the file ends before the range does. */
async function readRange(file: number, range: ByteRange): Promise<Uint8Array | undefined> {
  const bytes = new Uint8Array(range.end - range.start);
  for (let done = 0; done < bytes.length; ) {
    const [left, position] = [Math.min(bytes.length - done, MAX_READ_BYTES), range.start + done];
    const got =
      left <= SMALL_BYTES
        ? readSync(file, bytes, done, left, position)
        : (await readLater(file, bytes, done, left, position)).bytesRead;
    if (got === 0) return undefined;
    done += got;
  }
  return bytes;
}

async function put(
  root: string,
  key: string,
  parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  durable: boolean,
): Promise<ObjectIdentity> {
  const path = pathOf(root, key);
  if (lookUp(root, key, path) !== undefined) throw exists(key, root);
  const incomplete = incompletePath(root, key, randomUUID());
  try {
    const identity = await writeFile(incomplete, parts, durable);
    // Unlike a rename, a link fails if the target exists.
    inFolder(path, () => linkSync(incomplete, path));
    if (durable) await syncFolder(dirname(path));
    removeFile(incomplete);
    return identity;
  } catch (error) {
    removeFile(incomplete);
    removeEmpty(root, dirname(incomplete));
    // Pass on errors that the parts themselves throw.
    if (!isSystemError(error)) throw error;
    if (isErrno(error, 'EEXIST') && lookUp(root, key, path) !== undefined) throw exists(key, root);
    throw storeFailure('write', key, root, error);
  }
}

function incompletePath(root: string, key: string, id: string): string {
  return join(root, INCOMPLETE, dirname(key), id);
}

/**
 * Lists the incomplete objects in the folders below a prefix. Only the folder of an object's key is known, so the
 * listed keys end in `/`. If a prefix ends within a name, only objects in folders whose names begin with it are listed.
 */
async function* listIncomplete(root: string, prefix: string): AsyncGenerator<ListedUpload> {
  const problem = prefixProblem(prefix);
  if (problem !== undefined) throw badKey(prefix, problem);
  const incomplete = join(root, INCOMPLETE);
  for await (const { key, identity } of listFolder(incomplete, prefix.slice(0, prefix.lastIndexOf('/') + 1), prefix)) {
    const slash = key.lastIndexOf('/') + 1;
    const startedAt = new Date(Number(BigInt(identity.version.split(':')[2] ?? 0) / 1_000_000n));
    yield { key: key.slice(0, slash), uploadId: key.slice(slash), startedAt };
  }
}

/** Removes an incomplete object and its empty folders. If the object is still being written, the write then fails. */
async function removeIncomplete(root: string, folder: string, id: string): Promise<void> {
  const path = join(root, INCOMPLETE, folder, id);
  try {
    unlinkSync(path);
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw storeFailure('delete the incomplete', folder, root, error);
  }
  removeEmpty(root, dirname(path));
}

/** Removes the file of an incomplete object. A file that cannot be removed does no harm, since it has no key. */
function removeFile(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // The file was never created, or another process removed it.
  }
}

/** Runs an action on a path whose folder may be missing or may be removed by another process. */
function inFolder<T>(path: string, action: () => T): T {
  for (let attempt = 1; ; attempt++) {
    try {
      // The folder usually exists, so it is created only after a failure.
      if (attempt > 1) makeFolder(dirname(path), 0o700);
      return action();
    } catch (error) {
      if (!isErrno(error, 'ENOENT') || attempt === PUT_ATTEMPTS) throw error;
    }
  }
}

async function writeFile(
  path: string,
  parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  durable: boolean,
): Promise<ObjectIdentity> {
  const file = inFolder(path, () => openSync(path, 'wx', 0o600));
  try {
    let run: Uint8Array[] = [];
    let runBytes = 0;
    for await (const part of parts) {
      if (part.length === 0) continue;
      run.push(part);
      runBytes += part.length;
      if (runBytes < WRITE_BYTES) continue;
      await writeRun(file, run, runBytes);
      [run, runBytes] = [[], 0];
    }
    await writeRun(file, run, runBytes);
    if (durable) await syncLater(file);
    return identityOf(fstatSync(file, { bigint: true }));
  } finally {
    closeSync(file);
  }
}

/** Writes a complete run. A single system call may write only a part of it. */
async function writeRun(file: number, run: readonly Uint8Array[], runBytes: number): Promise<void> {
  let left = run;
  while (left.length > 0) {
    const some = left.slice(0, WRITE_PARTS);
    let written = runBytes <= SMALL_BYTES ? writevSync(file, some) : (await writeLater(file, some)).bytesWritten;
    const partial = left.findIndex((part) => {
      if (written < part.length) return true;
      written -= part.length;
      return false;
    });
    if (partial < 0) return;
    left = left.slice(partial);
    if (left[0] !== undefined) left = [left[0].subarray(written), ...left.slice(1)];
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    await syncLater(folder);
  } finally {
    closeSync(folder);
  }
}

async function* list(root: string, prefix: string): AsyncGenerator<ListedObject> {
  const folders = prefix.split('/').slice(0, -1);
  const problem = prefixProblem(prefix);
  if (problem !== undefined) throw badKey(prefix, problem);
  if (folders[0] !== INCOMPLETE) yield* listFolder(root, folders.map((segment) => `${segment}/`).join(''), prefix);
}

/** Lists all objects below `folder` whose keys start with `prefix`. `folder` is empty or a key that ends in `/`. */
async function* listFolder(root: string, folder: string, prefix: string): AsyncGenerator<ListedObject> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch((error) => {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return [];
    throw storeFailure('list', folder, root, error);
  });
  const keys = entries
    .filter((entry) => (entry.isFile() || entry.isDirectory()) && !(folder === '' && entry.name === INCOMPLETE))
    .map((entry) => `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`)
    .filter((key) => key.startsWith(prefix) || (key.endsWith('/') && prefix.startsWith(key)));
  // Folder names are compared with their slash, so that `a.b` comes before the objects in `a/`, as in plain key order.
  for (const key of keys.sort(inKeyOrder)) {
    if (key.endsWith('/')) {
      yield* listFolder(root, key, prefix);
      continue;
    }
    const identity = await head(root, key);
    if (identity !== undefined) yield { key, identity };
  }
}

/** Compares keys by their UTF-8 bytes. */
function inKeyOrder(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

async function remove(root: string, keys: readonly string[]): Promise<void> {
  const paths = keys.map((key) => ({ key, path: pathOf(root, key) }));
  const folders = new Set<string>();
  for (const { key, path } of paths) {
    try {
      unlinkSync(path);
      folders.add(dirname(path));
    } catch (error) {
      // A folder is not an object. Some systems report EPERM for it.
      const isNone =
        isErrno(error, 'ENOENT', 'ENOTDIR', 'EISDIR') ||
        (isErrno(error, 'EPERM') && lookUp(root, key, path) === undefined);
      if (!isNone) throw storeFailure('delete', key, root, error);
    }
  }
  for (const folder of folders) {
    removeEmpty(root, join(root, INCOMPLETE, relative(root, folder)));
    removeEmpty(root, folder);
  }
}

/** Removes a folder and its parents below the root while they are empty. */
function removeEmpty(root: string, folder: string): void {
  for (let path = folder; path !== root && removeFolder(path); path = dirname(path));
}

/**
 * Removes a folder if it is empty, and returns whether it no longer exists. A folder that cannot be removed either is
 * not empty or does no harm.
 */
function removeFolder(path: string): boolean {
  try {
    rmdirSync(path);
    return true;
  } catch (error) {
    return isErrno(error, 'ENOENT');
  }
}

/** Removes the empty folders in a folder, then the folder and its parents while they are empty. */
async function pruneFolder(root: string, path: string): Promise<void> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) if (entry.isDirectory()) await pruneFolder(root, join(path, entry.name));
  removeEmpty(root, path);
}

function pathOf(root: string, key: string): string {
  const problem = keyProblem(key);
  if (problem !== undefined) throw badKey(key, problem);
  const segments = key.split('/');
  if (segments[0] === INCOMPLETE) throw badKey(key, `begins with ${INCOMPLETE}, which is reserved`);
  return join(root, ...segments);
}

function identityOf(stats: BigIntStats): ObjectIdentity {
  return { sizeBytes: Number(stats.size), version: `${stats.dev}:${stats.ino}:${stats.mtimeNs}` };
}

function checkIdentity(key: string, stats: BigIntStats, expected: ObjectIdentity | undefined): void {
  if (expected === undefined) return;
  const found = identityOf(stats);
  if (found.sizeBytes === expected.sizeBytes && found.version === expected.version) return;
  throw changed(key);
}

function changed(key: string): FabricError {
  const message = `Object ${key} was replaced or modified.`;
  return new FabricError('INPUT_CHANGED', message, { details: { key } });
}

function notFound(key: string, root: string): FabricError {
  return new FabricError('OBJECT_NOT_FOUND', `There is no object ${key} in the store ${root}.`, { details: { key } });
}

function exists(key: string, root: string): FabricError {
  return new FabricError('OBJECT_EXISTS', `Object ${key} already exists in the store ${root}.`, {
    details: { key },
  });
}
