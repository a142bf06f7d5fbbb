import { DuckdbError, isDiskFull, isTooManyFiles } from '../../../engine/duckdb/kernel/error.ts';
import type { FabricError } from '../../../engine/errors.ts';
import { tooManyFiles } from '../../../engine/scan/local-file.ts';
import { folderFailure, isErrno, isSystemError } from '../../../engine/store/file-errors.ts';

/**
 * Returns the error for a limit of the machine that the binder has reached: open files or disk space. Returns `undefined` for errors with
 * another cause.
 */
export function machineError(error: unknown): FabricError | undefined {
  const isDuckdb = error instanceof DuckdbError;
  if (isDuckdb ? isTooManyFiles(error) : isErrno(error, 'EMFILE', 'ENFILE')) {
    return tooManyFiles('The binder cannot open its files', error);
  }
  if (isDuckdb ? isDiskFull(error) : isSystemError(error))
    return folderFailure('The binder cannot write its files', error);
  return undefined;
}
