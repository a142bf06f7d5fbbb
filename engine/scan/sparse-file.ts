import { type FileHandle, open } from 'node:fs/promises';
import type { Gate } from '../store/gate.ts';
import type { ByteRange } from '../store/object-store.ts';
import { settleAll } from '../store/settle-all.ts';
import { DEFAULT_READ_SHAPE, planReads, type ReadShape, without } from './byte-ranges.ts';

/** Bytes and where in a file they belong. */
export interface PlacedBytes {
  readonly start: number;
  readonly bytes: Uint8Array;
}

/** What to bring into a sparse file, and how. */
export interface SparseFileRequest {
  /** Where the file is made; it must not exist. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Reads one range of what the file is made from. */
  readonly read: (range: ByteRange) => Promise<Uint8Array>;
  readonly ranges: readonly ByteRange[];
  /** Bytes at hand already: written without a read. */
  readonly known?: PlacedBytes;
  /** Written over whatever is read. */
  readonly standIns?: readonly PlacedBytes[];
  /** Bounds reads in flight, by their number and bytes until they are written. */
  readonly gate: Gate;
  readonly shape?: ReadShape;
}

/**
 * Makes an empty file of an input's true length and writes the needed byte ranges into it at their true offsets, so that a Parquet reader
 * finds them where the footer says. All else reads as zeros and takes no space. Rejects as `read` does, once nothing writes any more.
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
        // Of a file that failed, what still waits in line is not worth reading.
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
