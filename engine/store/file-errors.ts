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
    advice: 'The disk is full. Free space, or use a store on another disk.',
    retryable: false,
  },
  {
    codes: ['EACCES', 'EPERM'],
    advice: 'Grant this user read and write access to the path, or use another folder.',
    retryable: false,
  },
  { codes: ['EROFS'], advice: 'The file system is read-only. Use another folder.', retryable: false },
  { codes: ['ENOENT'], advice: 'The folder cannot be created. Use another path.', retryable: false },
  { codes: ['ENAMETOOLONG'], advice: 'The key is too long for the file system. Use a shorter key.', retryable: false },
  {
    codes: ['ENOTDIR', 'EISDIR', 'EEXIST'],
    advice: 'A key cannot be both an object and a folder. Use another key.',
    retryable: false,
  },
  {
    codes: ['ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'],
    advice: 'The file system does not support hard links. Use a folder on another file system.',
    retryable: false,
  },
  {
    codes: ['EMFILE', 'ENFILE'],
    advice: 'Too many files are open. Raise the limit (ulimit -n) or run fewer tasks at a time.',
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
  advice: "A part of the store's path is a file. Use a folder.",
  retryable: false,
};

/**
 * Converts a system error in one of Volley's own folders to `STORE_FAILED`. The message states what failed, the
 * system's message, and what to do.
 */
export function folderFailure(what: string, cause: unknown): FabricError {
  const found = ADVICE.find(({ codes }) => isErrno(cause, ...codes));
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `${what}: ${reason}.`;
  return new FabricError('STORE_FAILED', found === undefined ? message : `${message} ${found.advice}`, {
    retryable: found?.retryable ?? false,
    cause,
  });
}

/** Returns whether the store's path contains a file where a folder is needed. */
function isBelowFile(root: string, cause: unknown): boolean {
  return isErrno(cause, 'ENOTDIR', 'EEXIST') && !isFolder(root);
}

/**
 * Converts a system error to `STORE_FAILED`. The message states the action, the object, the store, the system's
 * message, and what to do.
 */
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
