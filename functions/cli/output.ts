import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { type FileHandle, open, readlink, realpath, rename, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { FabricError } from '../../engine/errors.ts';
import { isClosed, OutputClosed } from '../process/output-closed.ts';

/** Where rows go. `write` waits until the medium takes more. */
export interface Output {
  /** Rejects with `OutputClosed` where nobody reads any more, with `OUTPUT_FAILED` where the medium fails. */
  write(chunk: string | Uint8Array): Promise<void>;
  /** All was written: makes it last. */
  finish(): Promise<void>;
  /** Something failed before all was written: leaves nothing that could be taken for a whole result. Changes nothing after `finish`. */
  discard(): Promise<void>;
}

/** Stdout. Stays open for whatever comes next. */
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
      else reject(new FabricError('OUTPUT_FAILED', `Stdout cannot be written: ${error.message}`, { cause: error }));
    });
  });
}

/**
 * A file that appears whole or not at all: written beside its place under another name and renamed at the end, so that a file of
 * that name from before stays until then; its mode stays for good, and a symbolic link to it is followed. What is there and is no
 * regular file (a device, a pipe) is written to as it is. Rejects with `OUTPUT_FAILED`.
 */
export async function fileOutput(path: string): Promise<Output> {
  const failed = (cause: unknown): Error => {
    if (isClosed(cause)) return new OutputClosed();
    const reason = cause instanceof Error ? cause.message : String(cause);
    return new FabricError('OUTPUT_FAILED', `The file ${path} cannot be written: ${reason}`, { cause });
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

/** A file open for writing, and what makes what was written last or go. */
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
  const temporary = join(dirname(place), `.${basename(place)}.${randomBytes(6).toString('hex')}.tmp`);
  const mode = before === undefined ? undefined : before.mode & 0o777;
  const file = await open(temporary, 'wx', mode ?? 0o666);
  // It is there for as long as the query runs, and whoever presses Ctrl-C twice waits for nothing.
  const drop = (): void => rmSync(temporary, { force: true });
  process.once('exit', drop);
  const discard = async (): Promise<void> => {
    await file.close().catch(() => undefined);
    process.removeListener('exit', drop);
    drop();
  };
  try {
    // The process's mask has taken from it when the file was made.
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

/** Where a path leads through symbolic links, also where nothing is at their end yet. */
async function targetOf(path: string): Promise<string> {
  const known = await realpath(path).catch(unlessMissing);
  if (known !== undefined) return known;
  const link = await readlink(path).catch(() => undefined);
  return link === undefined ? path : targetOf(resolve(dirname(path), link));
}

function unlessMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}
