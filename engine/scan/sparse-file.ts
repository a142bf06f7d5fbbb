import { type FileHandle, open } from 'node:fs/promises';
import type { Gate } from '../store/gate.ts';
import type { ByteRange } from '../store/object-store.ts';
import { settleAll } from '../store/settle-all.ts';
import { DEFAULT_READ_SHAPE, planReads, type ReadShape, without } from './byte-ranges.ts';

/** Bytes and their offset in a file. */
export interface PlacedBytes {
  readonly start: number;
  readonly bytes: Uint8Array;
}

/** The contents of a sparse file to write. */
export interface SparseFileRequest {
  /** The file to create; it must not exist. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Reads one range of the original file. */
  readonly read: (range: ByteRange) => Promise<Uint8Array>;
  readonly ranges: readonly ByteRange[];
  /** Bytes that need no read. */
  readonly known?: PlacedBytes;
  /** Written last, over the bytes read. */
  readonly standIns?: readonly PlacedBytes[];
  /** Bounds the number and bytes of reads until they are written. */
  readonly gate: Gate;
  readonly shape?: ReadShape;
}

/**
 * Creates a file of the input's length and writes the needed byte ranges at their original offsets, where a Parquet reader expects them.
 * The rest reads as zeros and takes no disk space. Rejects as `read` does, after all writes have ended.
 */
export async function writeSparseFile(request: SparseFileRequest): Promise<void> {
  const { sizeBytes, known, standIns = [] } = request;
  const handle = await open(request.path, 'wx');
  try {
    await handle.truncate(sizeBytes);
    if (known !== undefined) await writeAll(handle, known);
    await runReads(request, handle);
    for (const standIn of standIns) await writeAll(handle, standIn);
  } finally {
    await handle.close();
  }
}

async function runReads({ ranges, known, read, gate, shape }: SparseFileRequest, handle: FileHandle): Promise<void> {
  const missing =
    known === undefined ? ranges : without(ranges, { start: known.start, end: known.start + known.bytes.length });
  let failed = false;
  await settleAll(
    planReads(missing, shape ?? DEFAULT_READ_SHAPE).map((range) =>
      gate.pass(range.end - range.start, async () => {
        // After a failure, skip the reads that still wait at the gate.
        if (failed) return;
        try {
          await writeAll(handle, { start: range.start, bytes: await read(range) });
        } catch (error) {
          failed = true;
          throw error;
        }
      }),
    ),
  );
}

async function writeAll(handle: FileHandle, { start, bytes }: PlacedBytes): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const result = await handle.write(bytes, written, bytes.length - written, start + written);
    written += result.bytesWritten;
  }
}
