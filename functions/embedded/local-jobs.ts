import { systemClock } from '../../coordinator/clock.ts';
import type { Invoker } from '../../coordinator/invoke/invoker.ts';
import { deleteDamagedJob, deleteJobObjects } from '../../coordinator/jobs/delete-objects.ts';
import type { PlannedJob } from '../../coordinator/jobs/plan-job.ts';
import { type EndedJob, resumeJob, runJob } from '../../coordinator/jobs/run-job.ts';
import { openFileJournal } from '../../coordinator/journal/file.ts';
import { isDamaged } from '../../coordinator/journal/journal.ts';
import { fold } from '../../coordinator/scheduler/apply.ts';
import type { JobProgress } from '../../coordinator/scheduler/progress.ts';
import type { Settings } from '../../coordinator/settings.ts';
import type { ObjectStore } from '../../engine/store/object-store.ts';
import type { JobId } from '../../engine/task/task.ts';
import type { S3Access } from '../config/s3-settings.ts';
import { parseStoreLocation } from '../config/store-location.ts';
import type { LocalExecutors } from '../fabric/local-executors.ts';
import { openStore } from '../fabric/open-store.ts';
import { checkReachable } from '../fabric/probe-store.ts';
import type { OwnedRun } from '../fabric/run-directory.ts';
import { newId } from '../process/new-id.ts';

interface Watched {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: JobProgress) => void;
}

interface LocalJobRun extends Watched, PlannedJob {
  /** The memory of one executor. */
  readonly executorMemoryMiB: number;
  readonly statement: string;
}

/** Runs jobs in a run directory, on executors that are children of this process. Must be closed. */
export interface LocalJobs {
  readonly store: ObjectStore;
  run(run: LocalJobRun): Promise<EndedJob>;
  /** Resumes a job, on executors with at least the memory of its tasks. */
  resume(run: Watched & { readonly job: JobId; readonly taskMemoryMiB: number }): Promise<EndedJob>;
  /** Deletes an unowned job, even a damaged one. */
  forget(job: JobId): Promise<void>;
  /** Returns whether the journal is empty. */
  isEmpty(): Promise<boolean>;
  /** Ends all executors. Idempotent. */
  close(): Promise<void>;
}

export interface LocalJobsOptions {
  readonly run: OwnedRun;
  readonly executors: LocalExecutors;
  /** The locations that tasks may read: local folders and files, and `s3://bucket/prefix`. */
  readonly inputRoots: readonly string[];
  readonly s3: S3Access;
  /** The settings of the session. */
  readonly settings: Settings;
  /** The number of executors to start before they are needed. */
  readonly startNow: number;
}

/** Starts executors. Rejects with `USAGE` if the run's store is not a valid location. */
export async function openLocalJobs(options: LocalJobsOptions): Promise<LocalJobs> {
  const { run, executors, inputRoots, s3 } = options;
  const location = parseStoreLocation(run.store);
  const store = await openStore(location, s3.settings);
  // Check the store while the statement is planned. A job starts once the store has responded.
  const reached = checkReachable(location, s3.settings);
  reached.catch(() => undefined);
  const journal = openFileJournal(run.journal);
  let memoryMiB = executors.executorMemoryMiB(options.settings);
  const open = (startNow: number): Invoker =>
    executors.open({ storeRoot: run.store, scratchRoot: run.scratch, inputRoots, s3, memoryMiB, startNow });
  let invoker = open(options.startNow);

  /** Executors keep the memory they were started with, so a different amount requires new executors. */
  const invokerWith = async (wanted: number): Promise<Invoker> => {
    if (wanted === memoryMiB) return invoker;
    await invoker.close();
    memoryMiB = wanted;
    invoker = open(0);
    return invoker;
  };
  const context = (watched: Watched, local: Invoker) => ({
    journal,
    store,
    invoker: local,
    clock: systemClock,
    random: Math.random,
    ...(watched.signal === undefined ? {} : { signal: watched.signal }),
    ...(watched.onProgress === undefined ? {} : { onProgress: watched.onProgress }),
  });
  return {
    store,
    async run(job) {
      const { graph, settings, executorMemoryMiB, statement } = job;
      await reached;
      const local = await invokerWith(executorMemoryMiB);
      return runJob({ job: newId(new Date()) as JobId, graph, settings, statement, ...context(job, local) });
    },
    async resume(resumed) {
      await reached;
      const local = await invokerWith(Math.max(resumed.taskMemoryMiB, memoryMiB));
      return resumeJob({ job: resumed.job, renewTimeout: true, ...context(resumed, local) });
    },
    async forget(job) {
      const token = await journal.acquire(job);
      const records = await journal.read(job).catch((error) => {
        if (!isDamaged(error)) throw error;
      });
      if (records === undefined) await deleteDamagedJob(store, job);
      else await deleteJobObjects(store, fold(records), []);
      await journal.remove(job, token);
    },
    async isEmpty() {
      return (await openFileJournal(run.journal).list()).length === 0;
    },
    async close() {
      await invoker.close();
      await journal.close();
    },
  };
}
