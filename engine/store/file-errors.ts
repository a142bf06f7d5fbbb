import { statSync } from 'node:fs';
import { FabricError } from '../errors.ts';

/** Returns whether an error is a system error with one of these codes. */
export function isErrno(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code);
}

/** Returns whether an error comes from a system call. */
export function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

/** Returns whether a path is a folder, or a link to one. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** Advice for a system error, and whether a retry may succeed. */
interface Advice {
  readonly codes: readonly string[];
  readonly advice: string;
  readonly retryable: boolean;
}

const ADVICE: readonly Advice[] = [
  {
    codes: ['ENOSPC', 'EDQUOT'],
    advice: 'The disk is full: free space, or use a store on another disk.',
    retryable: false,
  },
  {
    codes: ['EACCES', 'EPERM'],
    advice: 'Grant this user read and write access there, or use another folder.',
    retryable: false,
  },
  { codes: ['EROFS'], advice: 'The file system is read-only: use another folder.', retryable: false },
  { codes: ['ENOENT'], advice: 'No folder can be created there: use another path.', retryable: false },
  { codes: ['ENAMETOOLONG'], advice: 'The key is too long for the file system.', retryable: false },
  {
    codes: ['ENOTDIR', 'EISDIR', 'EEXIST'],
    advice: 'A key cannot be both an object and a folder of others: use another key.',
    retryable: false,
  },
  {
    codes: ['ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'],
    advice: 'The file system does not support hard links: use a folder on another one.',
    retryable: false,
  },
  {
    codes: ['EMFILE', 'ENFILE'],
    advice: 'Too many files are open: raise the limit (ulimit -n) or run fewer tasks at a time.',
    retryable: true,
  },
  {
    codes: ['EAGAIN', 'EBUSY', 'EINTR', 'EIO', 'ESTALE', 'ETIMEDOUT'],
    advice: 'Try again. If it fails again, check the disk.',
    retryable: true,
  },
];

const ROOT_IS_A_FILE: Advice = {
  codes: [],
  advice: "A part of the store's path is a file: use a folder.",
  retryable: false,
};

/** A system error in a folder of Volley's own as `STORE_FAILED`: what failed, the system's message, and what to do. */
export function folderFailure(what: string, cause: unknown): FabricError {
  const found = ADVICE.find(({ codes }) => isErrno(cause, ...codes));
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `${what}: ${reason}.`;
  return new FabricError('STORE_FAILED', found === undefined ? message : `${message} ${found.advice}`, {
    retryable: found?.retryable ?? false,
    cause,
  });
}

/** Returns whether a part of the store's own path is a file instead of a folder. */
function isBelowFile(root: string, cause: unknown): boolean {
  return isErrno(cause, 'ENOTDIR', 'EEXIST') && !isFolder(root);
}

/** A system error as `STORE_FAILED`: the action, the object, the store, the system's message, and what to do. */
export function storeFailure(action: string, key: string, root: string, cause: unknown): FabricError {
  const found = isBelowFile(root, cause) ? ROOT_IS_A_FILE : ADVICE.find(({ codes }) => isErrno(cause, ...codes));
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `Could not ${action} ${key === '' ? 'the objects' : key} in the store ${root}: ${reason}.`;
  return new FabricError('STORE_FAILED', found === undefined ? message : `${message} ${found.advice}`, {
    retryable: found?.retryable ?? false,
    cause,
    details: { key },
  });
}
