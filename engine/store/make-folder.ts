import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { isErrno, isFolder } from './file-errors.ts';

/**
 * Creates a folder and its missing parents. Throws the system's error: `ENOTDIR` or `EEXIST` if a part of the path is a file, `ENOENT` if
 * it cannot exist or another process removes it meanwhile. Node's own `recursive: true` never returns if the parent exists but the system
 * reports `ENOENT`, as below `/proc`.
 */
export function makeFolder(path: string, mode = 0o777): void {
  if (madeFolder(path, mode)) return;
  makeFolder(dirname(path), mode);
  // Retry only once.
  mkdirUnlessThere(path, mode);
}

/** Returns whether the folder exists now; false if a parent is missing. */
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
    // Systems differ in which error they report for an existing folder.
    if (!isFolder(path)) throw error;
  }
}
