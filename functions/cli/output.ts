import { rmSync } from 'node:fs';
import { type FileHandle, open, readlink, realpath, rename, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { FabricError } from '../../engine/errors.ts';
import { isClosed, OutputClosed } from '../process/output-closed.ts';
import { removeAbandoned, temporaryName } from '../process/temporary-name.ts';

const TEMPORARY = /^\..+\.([0-9a-f]+-[0-9]+-[0-9a-f]+)\.tmp$/;

/** A destination for rows. `write` settles when the destination can accept more. */
export interface Output {
  /** Rejects with `OutputClosed` if the reader has closed the output, and with `OUTPUT_FAILED` if writing fails. */
  write(chunk: string | Uint8Array): Promise<void>;
  /** Makes the output permanent after the last write. */
  finish(): Promise<void>;
  /** Removes an incomplete output, so that it cannot be mistaken for a complete result. No effect after `finish`. */
  discard(): Promise<void>;
}

/** Standard output, which stays open for later outputs. */
export function standardOutput(stream: NodeJS.WriteStream = process.stdout): Output {
  return {
    write: (chunk) => writeTo(stream, chunk),
    finish: async () => undefined,
    discard: async () => undefined,
  };
}

function writeTo(stream: NodeJS.WriteStream, chunk: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(chunk, (error) => {
      if (!error) resolve();
      else if (isClosed(error)) reject(new OutputClosed());
      else reject(new FabricError('OUTPUT_FAILED', `Cannot write to stdout: ${error.message}`, { cause: error }));
    });
  });
}

/**
 * Opens a file that appears only when it is complete. It is written under a temporary name in the same folder and
 * renamed at the end. Temporary files of killed processes in the folder are removed. An existing file stays until then, and the new file keeps its mode. Symbolic links are followed.
 * Devices and pipes are written to directly. Rejects with `OUTPUT_FAILED`.
 */
export async function fileOutput(path: string): Promise<Output> {
  const failed = (cause: unknown): Error => {
    if (isClosed(cause)) return new OutputClosed();
    return new FabricError('OUTPUT_FAILED', `Cannot write the file ${path}: ${reasonOf(cause, path)}`, { cause });
  };
  const attempt = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw failed(error);
    }
  };
  const { file, finish, discard } = await attempt(() => openPlace(path));
  return {
    write: (chunk) => attempt(() => file.writeFile(chunk)),
    finish: () => attempt(finish),
    discard,
  };
}

/** Returns why writing failed, without the temporary name. */
function reasonOf(cause: unknown, path: string): string {
  if (isMissing(cause)) return `the folder ${dirname(path)} does not exist.`;
  const text = cause instanceof Error ? cause.message : String(cause);
  return text.replace(/, (?:open|write|close|rename|stat|fchmod|chmod)(?: '.*)?$/s, '.');
}

/** A file open for writing, with functions to complete or remove it. */
interface OpenFile {
  readonly file: FileHandle;
  finish(): Promise<void>;
  discard(): Promise<void>;
}

async function openPlace(path: string): Promise<OpenFile> {
  const before = await stat(path).catch(unlessMissing);
  if (before !== undefined && !before.isFile()) {
    const file = await open(path, 'w');
    return { file, finish: () => file.close(), discard: () => file.close().catch(() => undefined) };
  }
  const place = await targetOf(path);
  await removeAbandoned(dirname(place), TEMPORARY);
  const temporary = join(dirname(place), `.${basename(place)}.${temporaryName()}.tmp`);
  const mode = before === undefined ? undefined : before.mode & 0o777;
  const file = await open(temporary, 'wx', mode ?? 0o666);
  // The file exists while the query runs, and a second Ctrl-C exits without cleaning up.
  const drop = (): void => rmSync(temporary, { force: true });
  process.once('exit', drop);
  const discard = async (): Promise<void> => {
    await file.close().catch(() => undefined);
    process.removeListener('exit', drop);
    drop();
  };
  try {
    // The process's umask reduced the mode at creation.
    if (mode !== undefined) await file.chmod(mode);
  } catch (error) {
    await discard();
    throw error;
  }
  return {
    file,
    async finish() {
      await file.close();
      await rename(temporary, place);
      process.removeListener('exit', drop);
    },
    discard,
  };
}

/** Follows the symbolic links in a path to its target, even if the target does not exist yet. */
async function targetOf(path: string): Promise<string> {
  const known = await realpath(path).catch(unlessMissing);
  if (known !== undefined) return known;
  const link = await readlink(path).catch(() => undefined);
  return link === undefined ? path : targetOf(resolve(dirname(path), link));
}

function unlessMissing(error: unknown): undefined {
  if (isMissing(error)) return undefined;
  throw error;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
