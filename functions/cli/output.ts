import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FabricError } from '../../engine/errors.ts';

/** Where rows go. `write` waits until the medium takes more. */
export interface Output {
  /** Rejects with `OutputClosed` where nobody reads any more, with `OUTPUT_FAILED` where the medium fails. */
  write(chunk: string | Uint8Array): Promise<void>;
  /** All was written: makes it last. */
  finish(): Promise<void>;
  /** Something failed before all was written: leaves nothing that could be taken for a whole result. */
  discard(): Promise<void>;
}

/** The reader of stdout is gone (`volley ... | head`). No error: there is just nothing left to do. */
export class OutputClosed extends Error {
  constructor() {
    super('The reader of the output is gone.');
    this.name = 'OutputClosed';
  }
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

/** Whether an error of a stream says that its reader is gone. */
export function isClosed(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED' || code === 'ERR_STREAM_WRITE_AFTER_END';
}

/**
 * A file that appears whole or not at all: written beside its place under another name and renamed at the end, so that a file of
 * that name from before stays until then. Rejects with `OUTPUT_FAILED`.
 */
export async function fileOutput(path: string): Promise<Output> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  const failed = (cause: unknown): FabricError => {
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
  const file: FileHandle = await attempt(() => open(temporary, 'wx', 0o666));
  return {
    write: (chunk) =>
      attempt(async () => {
        await file.writeFile(chunk);
      }),
    finish: () =>
      attempt(async () => {
        await file.close();
        await rename(temporary, path);
      }),
    async discard() {
      await file.close().catch(() => undefined);
      await rm(temporary, { force: true });
    },
  };
}
