import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isErrno } from '../../../engine/store/file-errors.ts';

/** A mounted tmpfs of limited size. */
export interface SmallDisk {
  readonly path: string;
  /** Fills all free space with a file. */
  fill(): void;
  /** Frees the space that `fill` used. */
  free(): void;
  /** Remounts the disk read-only or writable. */
  setReadOnly(isReadOnly: boolean): void;
  /** Unmounts the disk, even while files on it are open. */
  remove(): void;
}

/** Mounts a disk. Returns the reason if this user cannot mount one. */
export function mountSmallDisk(sizeMiB: number): SmallDisk | string {
  const path = mkdtempSync(join(tmpdir(), 'volley-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMiB}m`, 'volley-test', path], { stdio: 'pipe' });
  } catch (error) {
    rmSync(path, { recursive: true });
    return `a tmpfs cannot be mounted: ${error instanceof Error ? error.message.trim() : error}`;
  }
  const filler = join(path, 'filler');
  return {
    path,
    fill() {
      // Other processes may write and delete files in the meantime.
      for (const sizeBytes of [1 << 20, 4096]) while (appended(filler, sizeBytes));
    },
    free: () => rmSync(filler, { force: true }),
    setReadOnly: (isReadOnly) => {
      execFileSync('mount', ['-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, path], { stdio: 'pipe' });
    },
    remove() {
      execFileSync('umount', ['-l', path], { stdio: 'pipe' });
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** Appends to a file. Returns false once the disk is full. */
function appended(path: string, sizeBytes: number): boolean {
  try {
    appendFileSync(path, Buffer.alloc(sizeBytes));
    return true;
  } catch (error) {
    if (isErrno(error, 'ENOSPC')) return false;
    throw error;
  }
}
