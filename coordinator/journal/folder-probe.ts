import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FabricError } from '../../engine/errors.ts';
import { folderFailure, isErrno } from '../../engine/store/file-errors.ts';

/** Checks that records can be written to a folder. Rejects with `STORE_FAILED`. A full disk is a retryable failure. */
export type FolderProbe = () => Promise<void>;

/** The name of the probe file. Only one process writes to the folder, so each check replaces the file of a killed process. */
const NAME = 'probe';
/** One block of common file systems, because an empty file needs no space. */
const SIZE_BYTES = 4096;
/** How long a result is reused, so that frequent health checks cause little I/O. */
const REUSED_MS = { passed: 5000, failed: 1000 };

/** Creates a probe that writes, syncs and removes a small file. `now` returns the time in ms. */
export function openFolderProbe(directory: string, now: () => number = () => performance.now()): FolderProbe {
  let last: Promise<void> | undefined;
  let validUntil = 0;
  return () => {
    if (last !== undefined && now() < validUntil) return last;
    // Calls during a check share it.
    validUntil = Number.POSITIVE_INFINITY;
    last = writeProbe(join(directory, NAME));
    const settle = (reusedMs: number) => () => {
      validUntil = now() + reusedMs;
    };
    last.then(settle(REUSED_MS.passed), settle(REUSED_MS.failed));
    return last;
  };
}

async function writeProbe(path: string): Promise<void> {
  try {
    const file = await open(path, 'w', 0o600);
    try {
      await file.writeFile(Buffer.alloc(SIZE_BYTES));
      await file.datasync();
    } finally {
      await file.close();
      await rm(path, { force: true });
    }
  } catch (cause) {
    const failure = folderFailure("The journal's folder cannot be written", cause);
    if (!isErrno(cause, 'ENOSPC', 'EDQUOT')) throw failure;
    throw new FabricError(failure.code, failure.message, { cause, retryable: true });
  }
}
