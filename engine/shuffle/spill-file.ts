import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { FabricError } from '../errors.ts';

/** A range of bytes in a spill file. */
export interface Extent {
  readonly offset: number;
  readonly sizeBytes: number;
}

/**
 * An append-only file for data that does not fit in memory. All partitions share one file, since functions have few
 * file descriptors.
 */
export interface SpillFile {
  append(parts: readonly Uint8Array[]): Extent;
  /** Reads an extent in pieces, each in newly allocated memory. */
  read(extent: Extent): Generator<Uint8Array>;
  /** Frees the space. Idempotent. */
  close(): void;
}

const READ_BYTES = 1 << 20;

/**
 * Opens a spill file in a folder and unlinks it, so that the file disappears when the process ends for any reason.
 * Calls are synchronous and meant for a worker thread. Throws `STORE_FAILED` if the disk is full or not writable.
 */
export function openSpillFile(directory: string): SpillFile {
  const path = join(directory, `${randomUUID()}.spill`);
  const file = attempt(directory, () => openSync(path, 'wx+', 0o600));
  attempt(directory, () => unlinkSync(path));
  let end = 0;
  let isOpen = true;
  return {
    append(parts) {
      const offset = end;
      for (const part of parts) {
        for (let written = 0; written < part.length; ) {
          written += attempt(directory, () => writeSync(file, part, written, part.length - written, end + written));
        }
        end += part.length;
      }
      return { offset, sizeBytes: end - offset };
    },
    *read(extent) {
      for (let done = 0; done < extent.sizeBytes; ) {
        const piece = new Uint8Array(Math.min(READ_BYTES, extent.sizeBytes - done));
        const got = attempt(directory, () => readSync(file, piece, 0, piece.length, extent.offset + done));
        if (got === 0)
          throw new FabricError(
            'STORE_FAILED',
            `A spill file in ${directory} is shorter than what was written to it. Check the disk.`,
          );
        done += got;
        yield piece.subarray(0, got);
      }
    },
    close() {
      if (isOpen) closeSync(file);
      isOpen = false;
    },
  };
}

function attempt<T>(directory: string, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FabricError(
      'STORE_FAILED',
      `Cannot spill rows to ${directory}: ${reason}. Free disk space, or increase the setting memory or fanout.`,
      { cause },
    );
  }
}
