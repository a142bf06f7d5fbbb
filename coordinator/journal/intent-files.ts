import { open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { folderFailure, isErrno } from '../../engine/store/file-errors.ts';
import type { JobId } from '../../engine/task/task.ts';
import { syncDirectory } from './file.ts';
import { isJobId, type JobIntent } from './journal.ts';

/** The pending intents of jobs, durable. All methods reject with `STORE_FAILED`. */
export interface IntentLog {
  /** Saves a job's intent in place of an earlier one. It is durable once the promise resolves. */
  save(job: JobId, intent: JobIntent): Promise<void>;
  /** All saved intents. */
  readAll(): Promise<ReadonlyMap<JobId, JobIntent>>;
  /** Removes a job's intent; a missing one is fine. */
  remove(job: JobId): Promise<void>;
}

const SUFFIX = '.intent';
/** What a save is written to first. One left by a crash was never acknowledged. */
const UNFINISHED = '.intent.new';

/** Intents as files `{job}.intent` in the folder of a file journal: the kind, a line feed, and who asked. One call per job at a time. */
export function openIntentFiles(directory: string): IntentLog {
  const pathOf = (job: JobId): string => join(directory, `${job}${SUFFIX}`);
  return {
    save: (job, { kind, by }) =>
      guarded(async () => {
        const unfinished = join(directory, `${job}${UNFINISHED}`);
        const handle = await open(unfinished, 'w', 0o600);
        try {
          await handle.writeFile(`${kind}\n${by}`);
          await handle.datasync();
        } finally {
          await handle.close();
        }
        await rename(unfinished, pathOf(job));
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

function parseIntent(text: string): JobIntent {
  const [kind = '', ...by] = text.split('\n');
  // Only a disk error damages such a file. A job that was to end or to disappear must not come back.
  return { kind: kind === 'cancel' ? 'cancel' : 'forget', by: by.join('\n') };
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isErrno(error, 'ENOENT')) throw folderFailure("The journal's folder is gone", error);
    throw folderFailure('A pending cancel or delete could not be read or written', error);
  }
}
