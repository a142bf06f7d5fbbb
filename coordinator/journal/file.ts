import { type FileHandle, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FabricError } from '../../engine/errors.ts';
import { folderFailure, isErrno } from '../../engine/store/file-errors.ts';
import type { JobId } from '../../engine/task/task.ts';
import type { FencingToken } from '../scheduler/job.ts';
import type { JobRecord } from '../scheduler/records.ts';
import { decodeRecord } from './decode-record.ts';
import { encodeRecord } from './encode-record.ts';
import { type DecodedFrames, decodeFrames, encodeFileHeader, encodeFrame } from './frame.ts';
import { isJobId, type Journal, type Ownership } from './journal.ts';
import { JobOwnership, ownershipLost } from './ownership.ts';

const SUFFIX = '.journal';

/** The file of one job, for the job's owner. */
interface OwnedFile {
  readonly token: FencingToken;
  readonly ownership: JobOwnership;
  /** Absent until the first append creates the file. */
  handle?: FileHandle;
  sizeBytes: number;
  /** Whether the file contains a complete append. */
  hasRecords: boolean;
  /**
   * The error that prevents further writes. Set after a failed write, when the content of the file is unknown, or from the start if the
   * file is damaged.
   */
  broken?: unknown;
  /** Whether the owner has released or lost the job, so that further appends are rejected. The token is kept so that it is never reused. */
  released?: boolean;
  /** Settles when the append in progress settles. The next append waits for it. */
  last: Promise<void>;
}

/**
 * Opens a journal in a folder, with one file per job. The folder must exist, and only one process at a time may write to it (see
 * `lockRun`). Reading requires no lock. Each append performs one write and one `fdatasync`. The first append to a file also syncs the
 * folder.
 */
export function openFileJournal(directory: string): Journal {
  return new FileJournal(directory);
}

class FileJournal implements Journal {
  readonly #directory: string;
  readonly #owned = new Map<JobId, OwnedFile>();
  /** Settles when the last `acquire` settles. Calls of `acquire` run sequentially, so that no two calls return the same token. */
  #acquired: Promise<unknown> = Promise.resolve();

  constructor(directory: string) {
    this.#directory = directory;
  }

  acquire(job: JobId): Promise<FencingToken> {
    const acquired = this.#acquired.then(() => this.#acquire(job));
    this.#acquired = acquired.catch(() => undefined);
    return acquired;
  }

  async append(job: JobId, token: FencingToken, records: readonly JobRecord[]): Promise<void> {
    if (records.length === 0) return;
    const owned = this.#ownedBy(job, token);
    const bytes = encodeFrame({ token, records: records.map(encodeRecord) });
    const written = owned.last.then(() => this.#write(job, owned, bytes));
    const settled = written.catch(async (error) => {
      await this.#discard(job, owned);
      owned.broken = error;
      owned.ownership.lose(error);
    });
    owned.last = settled;
    await settled;
    await written;
  }

  ownership(job: JobId, token: FencingToken): Ownership {
    const owned = this.#owned.get(job);
    return owned?.token === token ? owned.ownership : JobOwnership.lost(job);
  }

  async release(job: JobId, token: FencingToken): Promise<void> {
    const owned = this.#owned.get(job);
    if (owned?.token === token) await releaseFile(job, owned);
  }

  async read(job: JobId): Promise<readonly JobRecord[]> {
    if (!isJobId(job)) return [];
    const content = await readOrNothing(this.#path(job));
    if (content === undefined) return [];
    const { frames } = checked(job, decodeFrames(content));
    return frames.flatMap((frame) => frame.records).map((bytes) => decodeRecord(bytes));
  }

  async list(): Promise<readonly JobId[]> {
    const names = await guarded(undefined, () => readdir(this.#directory));
    return names
      .filter((name) => name.endsWith(SUFFIX))
      .map((name) => name.slice(0, -SUFFIX.length) as JobId)
      .sort();
  }

  async remove(job: JobId, token: FencingToken): Promise<void> {
    const owned = this.#ownedBy(job, token);
    await owned.last;
    await owned.handle?.close();
    delete owned.handle;
    owned.sizeBytes = 0;
    owned.hasRecords = false;
    await guarded(job, () => rm(this.#path(job), { force: true }));
  }

  async close(): Promise<void> {
    const all = [...this.#owned];
    this.#owned.clear();
    for (const [job, owned] of all) await releaseFile(job, owned);
  }

  async #acquire(job: JobId): Promise<FencingToken> {
    const path = this.#path(job);
    const before = this.#owned.get(job);
    if (before !== undefined) await releaseFile(job, before);
    const content = await readOrNothing(path);
    const decoded = content === undefined ? undefined : decodeFrames(content);
    const frames = decoded?.frames ?? [];
    const newest = frames.reduce((most, frame) => Math.max(most, frame.token), Number(before?.token ?? 0));
    const token = (newest + 1) as FencingToken;
    const owned: OwnedFile = {
      token,
      ownership: new JobOwnership(),
      sizeBytes: 0,
      hasRecords: frames.length > 0,
      last: Promise.resolve(),
    };
    this.#owned.set(job, owned);
    if (content === undefined || decoded === undefined) return token;
    if (decoded.corruptAt !== undefined) {
      owned.broken = damaged(job, decoded.corruptAt);
      return token;
    }
    await guarded(job, async () => {
      owned.handle = await open(path, 'r+');
      owned.sizeBytes = decoded.end;
      if (decoded.end === content.byteLength) return;
      await owned.handle.truncate(decoded.end);
      await owned.handle.datasync();
    });
    return token;
  }

  async #write(job: JobId, owned: OwnedFile, frame: Uint8Array): Promise<void> {
    if (owned.broken !== undefined) throw owned.broken;
    await guarded(job, async () => {
      const isNew = owned.sizeBytes === 0;
      owned.handle ??= await open(this.#path(job), 'wx', 0o600);
      const bytes = isNew ? Buffer.concat([encodeFileHeader(), frame]) : frame;
      await writeAt(owned.handle, bytes, owned.sizeBytes);
      await owned.handle.datasync();
      if (isNew) await syncDirectory(this.#directory);
      owned.sizeBytes += bytes.byteLength;
      owned.hasRecords = true;
    });
  }

  /** Removes the file of a job whose first append failed. The caller was told that the job does not exist, so it must not run later. */
  async #discard(job: JobId, owned: OwnedFile): Promise<void> {
    if (owned.handle === undefined || owned.hasRecords || owned.broken !== undefined) return;
    // If the removal fails too, the next start removes a file without records.
    await rm(this.#path(job), { force: true }).catch(() => undefined);
  }

  #ownedBy(job: JobId, token: FencingToken): OwnedFile {
    const owned = this.#owned.get(job);
    if (owned?.token === token && !owned.released) return owned;
    throw ownershipLost(job);
  }

  #path(job: JobId): string {
    if (!isJobId(job)) throw new FabricError('UNKNOWN_JOB', `${JSON.stringify(job)} is not a valid job id.`);
    return join(this.#directory, `${job}${SUFFIX}`);
  }
}

async function releaseFile(job: JobId, owned: OwnedFile): Promise<void> {
  owned.released = true;
  await owned.last;
  owned.ownership.lose(ownershipLost(job));
  await owned.handle?.close();
  delete owned.handle;
}

/** Returns the decoded frames. Throws `JOURNAL_CORRUPT` if acknowledged bytes are damaged. */
function checked(job: JobId, decoded: DecodedFrames): DecodedFrames {
  if (decoded.corruptAt === undefined) return decoded;
  throw damaged(job, decoded.corruptAt);
}

function damaged(job: JobId, offset: number): FabricError {
  const message = `The journal of job ${job} is damaged at byte ${offset}, so the job cannot be resumed. Run the query again.`;
  return new FabricError('JOURNAL_CORRUPT', message, { details: { job, offset } });
}

async function readOrNothing(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw storeFailed(undefined, error);
  }
}

async function writeAt(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.byteLength; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.byteLength - done, position + done);
    done += bytesWritten;
  }
}

/** Makes the name of a new file durable. On platforms that cannot open folders, syncing the file also makes its name durable. */
export async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function guarded<T>(job: JobId | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storeFailed(job, error);
  }
}

function storeFailed(job: JobId | undefined, error: unknown): FabricError {
  const what = job === undefined ? 'The journal' : `The journal of job ${job}`;
  return folderFailure(`${what} could not be read or written`, error);
}
