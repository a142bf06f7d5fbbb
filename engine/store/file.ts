import { randomUUID } from 'node:crypto';
import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, link, lstat, mkdir, open, readdir, rmdir, unlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { FabricError } from '../errors.ts';
import { isErrno, isSystemError, storeFailure } from './file-errors.ts';
import type { ByteRange, ListedObject, ObjectIdentity, ObjectStore } from './object-store.ts';

/** Where objects are written before they get their key. Under the root, so that both are on one file system; no key can begin with it. */
const INCOMPLETE = '.incomplete';

/** Parts are handed to the system in runs of about so many bytes. */
const WRITE_BYTES = 1 << 20;

/** How often a put tries again after a delete took the emptied folder away under it. */
const PUT_ATTEMPTS = 20;

export interface FileStoreOptions {
  /** Whether `put` returns only once the object would survive a power failure. Shuffle data need not. */
  readonly durable?: boolean;
}

/**
 * An object store in a folder of the machine, which belongs to the store alone (symbolic links in it are not followed to objects).
 * The folder is made with the first put. A key cannot hold empty, `.` or `..` segments, nor NUL, nor begin with `.incomplete`, and
 * an object's key cannot be the folder of another's. An object's identity is its size, device, inode and time of change in ns.
 */
export function createFileStore(root: string, options: FileStoreOptions = {}): ObjectStore {
  const folder = resolve(root);
  return {
    head: (key) => head(folder, key),
    get: (key, range, identity) => get(folder, key, range, identity),
    put: (key, parts) => put(folder, key, parts, options.durable ?? false),
    list: (prefix) => list(folder, prefix),
    delete: (keys) => remove(folder, keys),
  };
}

async function head(root: string, key: string): Promise<ObjectIdentity | undefined> {
  const path = pathOf(root, key);
  const stats = await lstat(path, { bigint: true }).catch((error) => {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw storeFailure('look up', key, root, error);
  });
  return stats?.isFile() ? identityOf(stats) : undefined;
}

async function get(root: string, key: string, range: ByteRange, identity?: ObjectIdentity): Promise<Uint8Array> {
  const path = pathOf(root, key);
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch((error) => {
    if (isErrno(error, 'ENOENT', 'ENOTDIR', 'ELOOP')) throw notFound(key, root);
    throw storeFailure('open', key, root, error);
  });
  try {
    const stats = await file.stat({ bigint: true });
    if (!stats.isFile()) throw notFound(key, root);
    checkIdentity(key, stats, identity);
    if (!(range.start >= 0 && range.start <= range.end && range.end <= Number(stats.size))) {
      throw new FabricError(
        'STORE_FAILED',
        `Bytes ${range.start} to ${range.end} of object ${key} were asked for; it has ${stats.size}`,
      );
    }
    const bytes = await readRange(file, range);
    // Looked at again after the last read: the file may have been written to in place meanwhile.
    if (identity !== undefined) checkIdentity(key, await file.stat({ bigint: true }), identity);
    if (bytes === undefined) throw new FabricError('INPUT_CHANGED', `Object ${key} became shorter while it was read`);
    return bytes;
  } catch (error) {
    throw error instanceof FabricError ? error : storeFailure('read', key, root, error);
  } finally {
    await file.close();
  }
}

/** The bytes of a range in memory of their own, or undefined where the file ends before them. */
async function readRange(file: FileHandle, range: ByteRange): Promise<Uint8Array | undefined> {
  const bytes = new Uint8Array(range.end - range.start);
  for (let done = 0; done < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, range.start + done);
    if (bytesRead === 0) return undefined;
    done += bytesRead;
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
  if ((await head(root, key)) !== undefined) throw exists(key, root);
  const incomplete = join(root, INCOMPLETE, randomUUID());
  let isWritten = false;
  try {
    const file = await inFolder(incomplete, () => open(incomplete, 'wx', 0o600));
    isWritten = true;
    let identity: ObjectIdentity;
    try {
      await writeParts(file, parts);
      if (durable) await file.sync();
      identity = identityOf(await file.stat({ bigint: true }));
    } finally {
      await file.close();
    }
    // A link, unlike a rename, fails where there is something already.
    await inFolder(path, () => link(incomplete, path));
    if (durable) await syncFolder(dirname(path));
    return identity;
  } catch (error) {
    // What the parts themselves threw is not the store's to explain.
    if (!isSystemError(error)) throw error;
    if (isErrno(error, 'EEXIST') && (await head(root, key)) !== undefined) throw exists(key, root);
    throw storeFailure('write', key, root, error);
  } finally {
    if (isWritten) await unlink(incomplete).catch(() => undefined);
  }
}

/** Does something to a path whose folder may not be there, or may just have been taken away by a delete. */
async function inFolder<T>(path: string, action: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await action();
    } catch (error) {
      if (!isErrno(error, 'ENOENT') || attempt === PUT_ATTEMPTS) throw error;
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    }
  }
}

async function writeParts(file: FileHandle, parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<void> {
  let run: Uint8Array[] = [];
  let runBytes = 0;
  for await (const part of parts) {
    if (part.length === 0) continue;
    run.push(part);
    runBytes += part.length;
    if (runBytes < WRITE_BYTES) continue;
    await writeRun(file, run);
    [run, runBytes] = [[], 0];
  }
  await writeRun(file, run);
}

/** Writes all of a run: the system may take less than it is given. */
async function writeRun(file: FileHandle, run: readonly Uint8Array[]): Promise<void> {
  let left = run;
  while (left.length > 0) {
    let { bytesWritten } = await file.writev(left.slice(0, 512));
    let whole = 0;
    for (; bytesWritten >= (left[whole]?.length ?? Number.POSITIVE_INFINITY); whole++)
      bytesWritten -= left[whole]?.length ?? 0;
    const [first, ...rest] = left.slice(whole);
    left = first === undefined ? [] : [first.subarray(bytesWritten), ...rest];
  }
}

async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function* list(root: string, prefix: string): AsyncGenerator<ListedObject> {
  const segments = prefix.split('/');
  const problem = segments
    .slice(0, -1)
    .map(segmentProblem)
    .find((found) => found !== undefined);
  if (prefix !== '' && (problem !== undefined || prefix.includes('\0') || segments.at(-1) === '..'))
    throw badKey(prefix, problem ?? 'leaves the root');
  yield* listFolder(
    root,
    segments
      .slice(0, -1)
      .map((segment) => `${segment}/`)
      .join(''),
    prefix,
  );
}

/** All objects below `folder` (a key that ends in `/`, or nothing) whose key starts with `prefix`. */
async function* listFolder(root: string, folder: string, prefix: string): AsyncGenerator<ListedObject> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch((error) => {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return [];
    throw storeFailure('list', folder, root, error);
  });
  const keys = entries
    .filter((entry) => (entry.isFile() || entry.isDirectory()) && !(folder === '' && entry.name === INCOMPLETE))
    .map((entry) => `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`)
    .filter((key) => key.startsWith(prefix) || (key.endsWith('/') && prefix.startsWith(key)));
  // Folders count with their slash: `a.b` comes before what is in `a`, as it does where keys are plain strings.
  for (const key of keys.sort(inKeyOrder)) {
    if (key.endsWith('/')) {
      yield* listFolder(root, key, prefix);
      continue;
    }
    const identity = await head(root, key);
    if (identity !== undefined) yield { key, identity };
  }
}

/** Keys are ordered by their UTF-8 bytes. */
function inKeyOrder(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

async function remove(root: string, keys: readonly string[]): Promise<void> {
  const paths = keys.map((key) => ({ key, path: pathOf(root, key) }));
  const folders = new Set<string>();
  for (const { key, path } of paths) {
    const isDeleted = await unlink(path).then(
      () => true,
      async (error) => {
        if (isErrno(error, 'ENOENT', 'ENOTDIR', 'EISDIR')) return false;
        // What some systems say of folders, which are no objects.
        if (isErrno(error, 'EPERM') && (await head(root, key)) === undefined) return false;
        throw storeFailure('delete', key, root, error);
      },
    );
    if (isDeleted) folders.add(dirname(path));
  }
  for (const folder of folders) await removeEmpty(root, folder);
  if (folders.size > 0) await rmdir(join(root, INCOMPLETE)).catch(() => undefined);
}

/** Removes a folder and those above it, below the root, as far as they are empty. */
async function removeEmpty(root: string, folder: string): Promise<void> {
  for (let path = folder; path !== root; path = dirname(path)) {
    const isRemoved = await rmdir(path).then(
      () => true,
      (error) => isErrno(error, 'ENOENT'),
    );
    if (!isRemoved) return;
  }
}

function pathOf(root: string, key: string): string {
  const segments = key.split('/');
  const problem = segments.map(segmentProblem).find((found) => found !== undefined);
  if (problem !== undefined) throw badKey(key, problem);
  if (segments[0] === INCOMPLETE) throw badKey(key, `begins with ${INCOMPLETE}, where objects are written first`);
  return join(root, ...segments);
}

function segmentProblem(segment: string): string | undefined {
  if (segment === '') return 'has an empty segment';
  if (segment === '.' || segment === '..') return `has a segment ${segment}`;
  return segment.includes('\0') ? 'has a NUL' : undefined;
}

function identityOf(stats: BigIntStats): ObjectIdentity {
  return { sizeBytes: Number(stats.size), version: `${stats.dev}:${stats.ino}:${stats.mtimeNs}` };
}

function checkIdentity(key: string, stats: BigIntStats, expected: ObjectIdentity | undefined): void {
  if (expected === undefined) return;
  const found = identityOf(stats);
  if (found.sizeBytes === expected.sizeBytes && found.version === expected.version) return;
  throw new FabricError(
    'INPUT_CHANGED',
    `Object ${key} is not the one it was: its content was replaced or written to`,
    { details: { key } },
  );
}

function badKey(key: string, problem: string): FabricError {
  return new FabricError('STORE_FAILED', `${JSON.stringify(key)} cannot be the key of an object: it ${problem}`);
}

function notFound(key: string, root: string): FabricError {
  return new FabricError('OBJECT_NOT_FOUND', `There is no object ${key} in the store ${root}`, { details: { key } });
}

function exists(key: string, root: string): FabricError {
  return new FabricError('OBJECT_EXISTS', `There is an object ${key} in the store ${root} already`, {
    details: { key },
  });
}
