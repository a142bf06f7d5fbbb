import { createHash } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InputFile } from '../../engine/plan/stage.ts';
import { readTextSample } from '../../engine/scan/text-sample.ts';
import { folderFailure } from '../../engine/store/file-errors.ts';
import { makeFolder } from '../../engine/store/make-folder.ts';
import type { ByteRange } from '../../engine/store/object-store.ts';

/** The maximum total size of samples. When they exceed it, they are dropped as soon as no query is being bound. */
const KEPT_BYTES = 256 << 20;

/** Stores the beginnings of remote text files as local files, one for each version of a remote file. */
export class TextSamples {
  readonly #folder: string;
  readonly #paths = new Map<string, Promise<string>>();
  #sizeBytes = 0;
  #users = 0;

  /** `folder` is used only by this object, which creates it when needed. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Runs `work`. The samples that `work` takes are kept until its promise settles. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#users += 1;
    try {
      if (this.#users === 1 && this.#sizeBytes > KEPT_BYTES) await this.#clear();
      return await work();
    } finally {
      this.#users -= 1;
    }
  }

  /**
   * Returns the path of a file's sample. The first call for a version of the file reads the sample with `read`. Rejects with the same
   * errors as `readTextSample`.
   */
  take(file: InputFile, format: 'csv' | 'json', read: (range: ByteRange) => Promise<Uint8Array>): Promise<string> {
    const { location, identity } = file;
    const key = `${identity.sizeBytes} ${identity.version} ${location}`;
    const existing = this.#paths.get(key);
    if (existing !== undefined) return existing;
    const made = this.#make(key, file, format, read);
    this.#paths.set(key, made);
    made.catch(() => this.#paths.delete(key));
    return made;
  }

  async #make(
    key: string,
    { location, identity }: InputFile,
    format: 'csv' | 'json',
    read: (range: ByteRange) => Promise<Uint8Array>,
  ): Promise<string> {
    const { bytes, extension } = await readTextSample({ location, sizeBytes: identity.sizeBytes, format, read });
    const name = createHash('sha256').update(key).digest('hex').slice(0, 32);
    const path = join(this.#folder, `${name}${extension}`);
    try {
      makeFolder(this.#folder);
      await writeFile(`${path}.new`, bytes);
      await rename(`${path}.new`, path);
    } catch (error) {
      throw folderFailure(`The sample of ${location} cannot be stored`, error);
    }
    this.#sizeBytes += bytes.length;
    return path;
  }

  async #clear(): Promise<void> {
    this.#paths.clear();
    this.#sizeBytes = 0;
    await rm(this.#folder, { recursive: true, force: true });
    makeFolder(this.#folder);
  }
}
