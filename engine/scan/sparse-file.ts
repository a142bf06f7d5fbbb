import { type FileHandle, open } from 'node:fs/promises';
import type { Gate } from '../store/gate.ts';
import type { ByteRange } from '../store/object-store.ts';
import { settleAll } from '../store/settle-all.ts';
import { DEFAULT_READ_SHAPE, planReads, type ReadShape, without } from './byte-ranges.ts';

/** Bytes with their offset in a file. */
export interface PlacedBytes {
  readonly start: number;
  readonly bytes: Uint8Array;
}

/** The contents of a sparse file to write. */
export interface SparseFileRequest {
  /** The path of the file to create. No file may exist there. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Reads one range of the original file. */
  readonly read: (range: ByteRange) => Promise<Uint8Array>;
  readonly ranges: readonly ByteRange[];
  /** Bytes that are already available and need no read. */
  readonly known?: PlacedBytes;
  /** Bytes written last, which replace bytes that were read. */
  readonly standIns?: readonly PlacedBytes[];
  /** Limits the number and the bytes of concurrent reads. A read occupies the gate until its bytes are written. */
  readonly gate: Gate;
  readonly shape?: ReadShape;
}

/**
 * Creates a file of the input's length and writes the needed byte ranges at their original offsets, where a Parquet
 * reader expects them. All other bytes read as zeros and take no disk space. Rejects with the errors of `read`, after
 * all writes have ended.
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
        // After a failure, skip the reads that are still waiting at the gate.
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
