import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { isErrno, isFolder } from './file-errors.ts';

/**
 * Makes a folder and those above it that are not there. Throws what the system said: `ENOTDIR` or `EEXIST` where a part of the path is a
 * file, and `ENOENT` where there can be none or another process takes them away meanwhile. Node's own (`recursive: true`) asks for ever
 * where the folder above is there and the system says `ENOENT` nevertheless, as below `/proc`.
 */
export function makeFolder(path: string, mode = 0o777): void {
  if (madeFolder(path, mode)) return;
  makeFolder(dirname(path), mode);
  // Asked once more, not for ever.
  mkdirUnlessThere(path, mode);
}

/** Whether the folder is there now; false where one above it is missing. */
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
    // Which comes first, that it is there or that it could not be made, is not the same everywhere.
    if (!isFolder(path)) throw error;
  }
}
