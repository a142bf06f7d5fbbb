import type { Config } from '../config/config.ts';
import { localExecutors } from '../fabric/local-executors.ts';
import { adoptRun, type OwnedRun } from '../fabric/run-directory.ts';
import { readMachine } from '../process/machine.ts';
import { findAnyJob, findJob, type KnownLocalJob, listJobs } from './job-list.ts';
import { type QueryResult, resultOf } from './job-result.ts';
import { type LocalJobs, openLocalJobs } from './local-jobs.ts';
import type { RunOptions } from './session.ts';

/**
 * Lists the jobs of `volley sql` on this machine: jobs of running processes, and jobs whose process died before they
 * ended. `volley serve` keeps its jobs in a separate journal and lists them over HTTP.
 */
export function knownJobs(config: Config): Promise<readonly KnownLocalJob[]> {
  return listJobs(config.stateDirectory);
}

/** Finds one of these jobs by its id or a prefix of the id. Rejects with `UNKNOWN_JOB`. */
export function knownJob(config: Config, id: string): Promise<KnownLocalJob> {
  return findJob(config.stateDirectory, id);
}

/**
 * A resumed job's result. Call `close` once the result has been read. A job whose result was not released can be
 * resumed again.
 */
export interface ResumedJob {
  readonly result: QueryResult;
  close(): Promise<void>;
}

/**
 * Finishes a job whose process is dead, in its run directory and from its journal. Rejects with `RUN_LOCKED` if its process is alive, and
 * as `EmbeddedSession.run` does.
 */
export async function resumeLocalJob(
  config: Config,
  known: KnownLocalJob,
  options: Omit<RunOptions, 'explain' | 'resultFormat'>,
): Promise<ResumedJob> {
  const run = await adoptRun(known.runPath);
  const inputRoots = known.state.graph.tables.flatMap((table) => table.files.map((file) => file.location));
  const jobs = await openRun(config, run, inputRoots, 1);
  try {
    const { taskMemoryMiB, resultFormat } = known.state.settings;
    const ended = await jobs.resume({ job: known.id, taskMemoryMiB, ...options });
    const result = await resultOf(ended, resultFormat);
    return { result, close: () => close(run, jobs) };
  } catch (error) {
    await close(run, jobs);
    throw error;
  }
}

/**
 * Cancels a job, even a damaged one. Interrupts the job's process, or deletes the job if the process is dead. Returns
 * the action taken.
 */
export async function cancelJob(config: Config, id: string): Promise<'asked' | 'forgotten'> {
  const known = await findAnyJob(config.stateDirectory, id);
  if (known.ownerPid !== undefined) {
    // The process handles this signal like Ctrl-C.
    process.kill(known.ownerPid, 'SIGINT');
    return 'asked';
  }
  const run = await adoptRun(known.runPath);
  const jobs = await openRun(config, run, [], 0);
  try {
    await jobs.forget(known.id);
    return 'forgotten';
  } finally {
    await close(run, jobs);
  }
}

async function openRun(
  { settings, s3, fabric }: Config,
  run: OwnedRun,
  inputRoots: readonly string[],
  startNow: number,
): Promise<LocalJobs> {
  try {
    const executors = localExecutors(fabric, readMachine());
    return await openLocalJobs({ run, executors, inputRoots, settings, s3, startNow });
  } catch (error) {
    await run.close(false);
    throw error;
  }
}

/** Releases an adopted run, and deletes it if it holds no jobs. */
async function close(run: OwnedRun, jobs: LocalJobs): Promise<void> {
  await jobs.close();
  await run.close(await jobs.isEmpty());
}
