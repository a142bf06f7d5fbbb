import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { FabricError } from '../errors.ts';
import type { ByteRange, ObjectIdentity } from '../store/object-store.ts';
import type { OpenInput } from './input-source.ts';

/** The identity of a local file: its size, and `device:inode:mtimeNs`. */
export function localIdentity(stats: BigIntStats): ObjectIdentity {
  return { sizeBytes: Number(stats.size), version: `${stats.dev}:${stats.ino}:${stats.mtimeNs}` };
}

/** Whether two identities are of the same version of an object. */
export function sameIdentity(left: ObjectIdentity, right: ObjectIdentity): boolean {
  return left.sizeBytes === right.sizeBytes && left.version === right.version;
}

/** The error of a file that is no longer the one a plan was made for. */
export function inputChanged(location: string, cause?: unknown): FabricError {
  return new FabricError(
    'INPUT_CHANGED',
    `The file ${location} was changed or replaced while the query was using it. Run the query again.`,
    { cause, details: { location } },
  );
}

/**
 * Opens a regular local file. Rejects with `INPUT_NOT_FOUND`, with `INPUT_INVALID` for what is not a regular file or may not be
 * read, and with `INPUT_CHANGED` where its identity is not the expected one.
 */
export async function openLocalFile(path: string, expected?: ObjectIdentity): Promise<OpenInput> {
  const handle = await openForReading(path);
  try {
    const stats = await handle.stat({ bigint: true });
    if (!stats.isFile()) throw new FabricError('INPUT_INVALID', `${path} is not a regular file.`);
    const identity = localIdentity(stats);
    if (expected !== undefined && !sameIdentity(identity, expected)) throw inputChanged(path);
    return {
      identity,
      read: (range) => readRange(handle, path, range),
      verify: async () => {
        if (!sameIdentity(localIdentity(await handle.stat({ bigint: true })), identity)) throw inputChanged(path);
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
    // A FIFO would block the open until somebody writes to it.
    return await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw inputError(path, error);
  }
}

/** What a failed system call on an input file means to its user. */
export function inputError(path: string, error: unknown): FabricError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return notFound(path, error);
  const reason = error instanceof Error ? error.message : String(error);
  return new FabricError('INPUT_INVALID', `The file ${path} cannot be read: ${reason}.`, {
    cause: error,
    details: { location: path },
  });
}

/** The error of an input that is not there. */
export function notFound(path: string, cause?: unknown): FabricError {
  return new FabricError('INPUT_NOT_FOUND', `There is no file or folder ${path}.`, {
    cause,
    details: { location: path },
  });
}

async function readRange(handle: FileHandle, path: string, range: ByteRange): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafe(range.end - range.start);
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, range.start + filled);
    if (bytesRead === 0) throw inputChanged(path);
    filled += bytesRead;
  }
  return bytes;
}
