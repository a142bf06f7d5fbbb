import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { isErrno, isFolder } from './file-errors.ts';

/**
 * Creates a folder and its missing parents. Throws the system's error: `ENOTDIR` or `EEXIST` if a part of the path is a
 * file, `ENOENT` if the folder cannot exist or another process removes it at the same time. Replaces Node's `recursive:
 * true`, which never returns if the parent exists but the system reports `ENOENT`, as it does below `/proc`.
 */
export function makeFolder(path: string, mode = 0o777): void {
  if (madeFolder(path, mode)) return;
  makeFolder(dirname(path), mode);
  mkdirUnlessThere(path, mode);
}

/** Creates a folder if its parent exists. Returns false if the parent is missing. */
function madeFolder(path: string, mode: number): boolean {
  try {
    mkdirUnlessThere(path, mode);
    return true;
  } catch (error) {
    if (isErrno(error, 'ENOENT') && dirname(path) !== path) return false;
    throw error;
  }
}

function mkdirUnlessThere(path: string, mode: number): void {
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    // Systems report different errors for an existing folder.
    if (!isFolder(path)) throw error;
  }
}
