import { openFileJournal } from '../../coordinator/journal/file.ts';
import { runHolder } from '../../coordinator/journal/lock.ts';
import { fold } from '../../coordinator/scheduler/apply.ts';
import type { JobState } from '../../coordinator/scheduler/state.ts';
import { asFabricError, FabricError } from '../../engine/errors.ts';
import type { JobId } from '../../engine/task/task.ts';
import { listRuns, runDirectory } from '../fabric/run-directory.ts';

/** A job that a journal of this machine holds. */
export interface KnownLocalJob {
  readonly id: JobId;
  readonly runPath: string;
  readonly state: JobState;
  /** The process that has the job's run; absent where it is dead, so that the job can be resumed. */
  readonly ownerPid?: number;
}

/** A job whose journal cannot be read, and why. */
export interface UnreadableJob extends Omit<KnownLocalJob, 'state'> {
  readonly fault: FabricError;
}

/** All jobs of all runs, oldest first. A journal that cannot be read is passed over, but not when a job of it is asked for by name. */
export async function listJobs(stateDirectory: string): Promise<readonly KnownLocalJob[]> {
  return (await allJobs(stateDirectory)).filter((job) => 'state' in job);
}

async function allJobs(stateDirectory: string): Promise<readonly (KnownLocalJob | UnreadableJob)[]> {
  const jobs: (KnownLocalJob | UnreadableJob)[] = [];
  for (const path of await listRuns(stateDirectory)) jobs.push(...(await jobsOfRun(path)));
  return jobs;
}

async function jobsOfRun(runPath: string): Promise<readonly (KnownLocalJob | UnreadableJob)[]> {
  const journal = openFileJournal(runDirectory(runPath).journal);
  try {
    const ownerPid = await runHolder(runPath);
    const jobs: (KnownLocalJob | UnreadableJob)[] = [];
    for (const id of await journal.list().catch(() => [])) {
      const about = { id, runPath, ...(ownerPid === undefined ? {} : { ownerPid }) };
      try {
        const records = await journal.read(id);
        if (records.length === 0) continue;
        jobs.push({ ...about, state: fold(records) });
      } catch (error) {
        jobs.push({ ...about, fault: asFabricError(error) });
      }
    }
    return jobs;
  } finally {
    await journal.close();
  }
}

/** As `findAnyJob`. Rejects also with what is wrong with a journal that cannot be read. */
export async function findJob(stateDirectory: string, id: string): Promise<KnownLocalJob> {
  const found = await findAnyJob(stateDirectory, id);
  if ('fault' in found) throw found.fault;
  return found;
}

/** The one job whose id is, or begins with, `id`. Rejects with `UNKNOWN_JOB` where there is none, or more than one. */
export async function findAnyJob(stateDirectory: string, id: string): Promise<KnownLocalJob | UnreadableJob> {
  const matches = (await allJobs(stateDirectory)).filter((job) => job.id.startsWith(id));
  const [found] = matches.length > 1 ? matches.filter((job) => job.id === id) : matches;
  if (id !== '' && found) return found;
  const why = matches.length > 1 ? `${matches.length} jobs begin with it` : 'volley jobs lists those there are';
  throw new FabricError('UNKNOWN_JOB', `There is no job "${id}": ${why}. A job that has ended is not kept.`, {
    details: { job: id },
  });
}
