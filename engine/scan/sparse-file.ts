import { type FileHandle, open } from 'node:fs/promises';
import type { ByteRange, ObjectIdentity, ObjectStore } from '../store/object-store.ts';
import { coalesce, DEFAULT_READ_SHAPE, planReads, type ReadShape } from './byte-ranges.ts';

/** What to bring into a sparse file, and how. */
export interface SparseFileRequest {
  readonly store: ObjectStore;
  readonly key: string;
  /** All reads are bound to it; its size becomes the file's. */
  readonly identity: ObjectIdentity;
  /** Where the file is made; it must not exist. */
  readonly path: string;
  readonly ranges: readonly ByteRange[];
  /** Bytes at hand already, written without a read: the footer. */
  readonly tail?: Uint8Array;
  /** Reads in flight at once. */
  readonly concurrency: number;
  readonly shape?: ReadShape;
}

/** What bringing a file in took. */
export interface SparseFileStatistics {
  readonly bytesRead: number;
  readonly requests: number;
}

/**
 * Makes an empty file of an object's true length and writes the needed byte ranges into it at their true offsets, so that a
 * Parquet reader finds them where the footer says. All else reads as zeros and takes no space. Rejects as the store does.
 */
export async function writeSparseFile(request: SparseFileRequest): Promise<SparseFileStatistics> {
  const { identity, tail } = request;
  const handle = await open(request.path, 'wx');
  try {
    await handle.truncate(identity.sizeBytes);
    if (tail !== undefined) await writeAll(handle, tail, identity.sizeBytes - tail.length);
    const reads = planReads(coalesce(request.ranges, 0), request.shape ?? DEFAULT_READ_SHAPE);
    await runReads(request, handle, reads);
    return { bytesRead: reads.reduce((sum, read) => sum + read.end - read.start, 0), requests: reads.length };
  } finally {
    await handle.close();
  }
}

async function runReads(request: SparseFileRequest, handle: FileHandle, reads: readonly ByteRange[]): Promise<void> {
  const queue = reads.values();
  let failed = false;
  const worker = async (): Promise<void> => {
    // The iterator is shared: each worker takes the next read that nobody has.
    for (const read of queue) {
      if (failed) return;
      try {
        await writeAll(handle, await request.store.get(request.key, read, request.identity), read.start);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const outcomes = await Promise.allSettled(
    Array.from({ length: Math.min(request.concurrency, reads.length) }, () => worker()),
  );
  // The handle may be closed only once no worker writes any more, hence settled before thrown.
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const result = await handle.write(bytes, written, bytes.length - written, position + written);
    written += result.bytesWritten;
  }
}
