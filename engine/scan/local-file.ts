import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { FabricError } from '../errors.ts';
import { isErrno } from '../store/file-errors.ts';
import type { ByteRange, ObjectIdentity } from '../store/object-store.ts';
import type { OpenInput } from './input-source.ts';

/** Returns the identity of a local file: its size, and `device:inode:mtimeNs`. */
export function localIdentity(stats: BigIntStats): ObjectIdentity {
  return { sizeBytes: Number(stats.size), version: `${stats.dev}:${stats.ino}:${stats.mtimeNs}` };
}

/** Returns whether two identities denote the same version of an object. */
export function sameIdentity(left: ObjectIdentity, right: ObjectIdentity): boolean {
  return left.sizeBytes === right.sizeBytes && left.version === right.version;
}

/** The error for a file that is no longer the planned version. */
export function inputChanged(location: string, cause?: unknown): FabricError {
  return new FabricError(
    'INPUT_CHANGED',
    `The file ${location} was changed or replaced while the query was using it. Run the query again.`,
    { cause, details: { location } },
  );
}

/** An open local file. */
export interface OpenLocalFile extends OpenInput {
  /** Remains bound to this file even if another file takes its name. `close` closes it. */
  readonly descriptor: number;
}

/**
 * Opens a regular local file. Rejects with `INPUT_NOT_FOUND` if the file does not exist, with `INPUT_INVALID` if the
 * path is not a readable regular file, and with `INPUT_CHANGED` if the file's identity is not the expected one.
 */
export async function openLocalFile(path: string, expected?: ObjectIdentity): Promise<OpenLocalFile> {
  const handle = await openForReading(path);
  try {
    const stats = await handle.stat({ bigint: true });
    if (!stats.isFile())
      throw new FabricError('INPUT_INVALID', `${path} is not a regular file. Name a file, a folder or a pattern.`, {
        details: { location: path },
      });
    const identity = localIdentity(stats);
    if (expected !== undefined && !sameIdentity(identity, expected)) throw inputChanged(path);
    return {
      identity,
      descriptor: handle.fd,
      read: (range) => readRange(handle, path, range),
      verify: async () => {
        const now = await handle.stat({ bigint: true }).catch((error) => {
          throw inputError(path, error);
        });
        if (!sameIdentity(localIdentity(now), identity)) throw inputChanged(path);
      },
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function openForReading(path: string): Promise<FileHandle> {
  try {
    // Without O_NONBLOCK, opening a FIFO blocks until it has a writer.
    return await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw inputError(path, error);
  }
}

/** The error for a file that was deleted or renamed during a query. */
export function inputVanished(location: string, cause?: unknown): FabricError {
  return new FabricError(
    'INPUT_CHANGED',
    `The file ${location} was deleted or renamed while the query was using it. Run the query again.`,
    { cause, details: { location } },
  );
}

/** The error for a failed system call on an input file. */
export function inputError(path: string, error: unknown): FabricError {
  if (isErrno(error, 'ENOENT', 'ENOTDIR')) return notFound(path, error);
  if (isErrno(error, 'EMFILE', 'ENFILE')) return tooManyFiles(`The file ${path} cannot be opened`, error);
  if (isErrno(error, 'ESTALE')) return inputChanged(path, error);
  const reason = error instanceof Error ? error.message : String(error);
  return new FabricError('INPUT_INVALID', `The file ${path} cannot be read: ${reason}.`, {
    cause: error,
    details: { location: path },
  });
}

/**
 * The error when the limit of open files is reached. `what` names the failed action. Retryable, because other work
 * closes its files.
 */
export function tooManyFiles(what: string, cause: unknown): FabricError {
  const message = `${what}: too many files are open. Try again, raise the limit (ulimit -n) or run fewer queries at a time.`;
  return new FabricError('STORE_FAILED', message, { retryable: true, cause });
}

/** The error for a missing input. */
export function notFound(path: string, cause?: unknown): FabricError {
  const isRelative = !isAbsolute(path) && !path.includes('://');
  return new FabricError(
    'INPUT_NOT_FOUND',
    `File or folder not found: ${path}. Check the path.${isRelative ? ' Relative paths are resolved against the working folder.' : ''}`,
    {
      cause,
      details: { location: path },
    },
  );
}

/** The error for a location outside the allowed ones. `reason` says why no option could allow it. */
export function locationNotAllowed(location: string, allowed: readonly string[], reason?: string): FabricError {
  const readable = `${allowed.slice(0, 5).join(', ')}${allowed.length > 5 ? ', ...' : ''}`;
  const why = allowed.length === 0 ? 'no readable locations are configured' : `it is not in ${readable}`;
  const problem = reason ?? `${why}. Add it with --data or --table (standalone executors: --allow)`;
  return new FabricError('LOCATION_NOT_ALLOWED', `The location ${location} is not allowed: ${problem}.`, {
    details: { location },
  });
}

async function readRange(handle: FileHandle, path: string, range: ByteRange): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafe(range.end - range.start);
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await handle
      .read(bytes, filled, bytes.length - filled, range.start + filled)
      .catch((error) => {
        throw inputError(path, error);
      });
    if (bytesRead === 0) throw inputChanged(path);
    filled += bytesRead;
  }
  return bytes;
}
