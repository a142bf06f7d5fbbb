import { open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { folderFailure, isErrno } from '../../engine/store/file-errors.ts';
import type { JobId } from '../../engine/task/task.ts';
import { syncDirectory } from './file.ts';
import { isJobId, type JobIntent } from './journal.ts';

/** A durable log of the pending intents of jobs. All methods may reject with `STORE_FAILED`. */
export interface IntentLog {
  /** Saves a job's intent, replacing any earlier intent. The intent is durable once the promise resolves. */
  save(job: JobId, intent: JobIntent): Promise<void>;
  /** Reads all saved intents. */
  readAll(): Promise<ReadonlyMap<JobId, JobIntent>>;
  /** Removes a job's intent, if it has one. */
  remove(job: JobId): Promise<void>;
}

const SUFFIX = '.intent';
/** The suffix of temporary files, which a save writes first and then renames. A file left by a crash was never acknowledged. */
const UNFINISHED = '.intent.new';

/**
 * Stores intents as files `{job}.intent` in the folder of a file journal. A file contains the kind, a line feed, and the user who requested
 * the cancel or delete. Only one call per job may run at a time.
 */
export function openIntentFiles(directory: string): IntentLog {
  const pathOf = (job: JobId): string => join(directory, `${job}${SUFFIX}`);
  return {
    save: (job, { kind, by }) =>
      guarded(async () => {
        const unfinished = join(directory, `${job}${UNFINISHED}`);
        try {
          await writeDurably(unfinished, `${kind}\n${by}`);
          await rename(unfinished, pathOf(job));
        } catch (error) {
          await rm(unfinished, { force: true }).catch(() => undefined);
          throw error;
        }
        await syncDirectory(directory);
      }),
    readAll: () =>
      guarded(async () => {
        const intents = new Map<JobId, JobIntent>();
        for (const name of await readdir(directory)) {
          if (name.endsWith(UNFINISHED)) await rm(join(directory, name), { force: true });
          if (!name.endsWith(SUFFIX)) continue;
          const job = name.slice(0, -SUFFIX.length);
          if (isJobId(job)) intents.set(job as JobId, parseIntent(await readFile(join(directory, name), 'utf8')));
        }
        return intents;
      }),
    remove: (job) => guarded(() => rm(pathOf(job), { force: true })),
  };
}

async function writeDurably(path: string, text: string): Promise<void> {
  const handle = await open(path, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

function parseIntent(text: string): JobIntent {
  const [kind = '', ...by] = text.split('\n');
  // Any other content is the result of a disk error. It is read as `forget`, so that a deleted job does not reappear.
  return { kind: kind === 'cancel' ? 'cancel' : 'forget', by: by.join('\n') };
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isErrno(error, 'ENOENT')) throw folderFailure("The journal's folder does not exist", error);
    throw folderFailure('A pending cancel or delete could not be read or written', error);
  }
}
