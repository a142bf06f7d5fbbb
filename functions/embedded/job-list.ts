import { openFileJournal } from '../../coordinator/journal/file.ts';
import { runHolder } from '../../coordinator/journal/lock.ts';
import { fold } from '../../coordinator/scheduler/apply.ts';
import type { JobState } from '../../coordinator/scheduler/state.ts';
import { asFabricError, FabricError } from '../../engine/errors.ts';
import type { JobId } from '../../engine/task/task.ts';
import { listRuns, runDirectory } from '../fabric/run-directory.ts';

/** A job in a journal of this machine. */
export interface KnownLocalJob {
  readonly id: JobId;
  readonly runPath: string;
  readonly state: JobState;
  /** The process that owns the job's run. If absent, that process is dead, and the job can be resumed. */
  readonly ownerPid?: number;
}

/** A job with an unreadable journal, and the reason. */
export interface UnreadableJob extends Omit<KnownLocalJob, 'state'> {
  readonly fault: FabricError;
}

/** All jobs of all runs, oldest first. Skips jobs with unreadable journals, which `findJob` reports. */
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
      const job = { id, runPath, ...(ownerPid === undefined ? {} : { ownerPid }) };
      try {
        const records = await journal.read(id);
        if (records.length === 0) continue;
        jobs.push({ ...job, state: fold(records) });
      } catch (error) {
        jobs.push({ ...job, fault: asFabricError(error) });
      }
    }
    return jobs;
  } finally {
    await journal.close();
  }
}

/** Like `findAnyJob`, but rejects with the error of an unreadable journal. */
export async function findJob(stateDirectory: string, id: string): Promise<KnownLocalJob> {
  const found = await findAnyJob(stateDirectory, id);
  if ('fault' in found) throw found.fault;
  return found;
}

/**
 * Finds the only job whose id equals or starts with `id`. Rejects with `UNKNOWN_JOB` if there is no such job or more
 * than one.
 */
export async function findAnyJob(stateDirectory: string, id: string): Promise<KnownLocalJob | UnreadableJob> {
  const matches = (await allJobs(stateDirectory)).filter((job) => job.id.startsWith(id));
  const [found] = matches.length > 1 ? matches.filter((job) => job.id === id) : matches;
  if (id !== '' && found) return found;
  const message =
    matches.length > 1
      ? `The id "${id}" matches ${matches.length} jobs. Type more characters of the id.`
      : `There is no job "${id}". volley jobs lists all jobs; jobs that have ended are not kept.`;
  throw new FabricError('UNKNOWN_JOB', message, {
    details: { job: id },
  });
}
