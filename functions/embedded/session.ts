import { planScript } from '../../coordinator/jobs/plan-job.ts';
import { explain } from '../../coordinator/planner/explain.ts';
import type { FabricModel } from '../../coordinator/price/fabric-model.ts';
import type { JobProgress } from '../../coordinator/scheduler/progress.ts';
import type { StoredFormat } from '../../engine/task/stored-formats.ts';
import type { Config } from '../config/config.ts';
import { type LocalExecutors, localExecutors } from '../fabric/local-executors.ts';
import { type OpenBinder, openBinder } from '../fabric/open-binder.ts';
import { createRun, openOwnRunStore, sweepRuns } from '../fabric/run-directory.ts';
import { readMachine } from '../process/machine.ts';
import { type QueryResult, resultOf } from './job-result.ts';
import { type LocalJobs, openLocalJobs } from './local-jobs.ts';

export interface RunOptions {
  /** The format that the result's task writes. */
  readonly resultFormat: StoredFormat;
  /** Returns the stages as text instead of running them. */
  readonly explain: boolean;
  /** Cancels the run, which then rejects with `CANCELLED`. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: JobProgress) => void;
}

/** The whole engine in this process, with executors and the binder as child processes. Must be closed. */
export interface EmbeddedSession {
  /**
   * Runs a script: views and settings, then at most one statement that returns rows. Rejects with a planning error, the
   * error of its job, or `CANCELLED`.
   */
  run(script: string, options: RunOptions): Promise<QueryResult>;
  /** Ends the child processes and deletes the run, unless a job in it could not be finished. Idempotent. */
  close(): Promise<void>;
}

/**
 * Opens a session: creates a run directory, and starts the binder and one executor, so that they are ready by the time
 * the first statement is read. For planning, `model` replaces the model of the configured fabric. Rejects with
 * `STORE_FAILED` if the state directory is not usable, and as `createCatalog` does.
 */
export async function openEmbedded(config: Config, model?: FabricModel): Promise<EmbeddedSession> {
  const run = await createRun(config.stateDirectory, config.store);
  const chosen = localExecutors(config.fabric, readMachine());
  const executors: LocalExecutors = model === undefined ? chosen : { ...chosen, model: () => model };
  let opened: OpenBinder | undefined;
  let jobs: LocalJobs | undefined;
  const close = async (): Promise<void> => {
    await Promise.all([opened?.close(), jobs?.close()]);
    await run.close((await jobs?.isEmpty()) ?? true);
  };
  try {
    opened = await openBinder(config, run.scratch);
    const inputRoots = opened.catalog.inputs.allowed;
    const { settings, s3 } = config;
    jobs = await openLocalJobs({ run, executors, inputRoots, settings, s3, startNow: 1 });
  } catch (error) {
    await close();
    throw error;
  }
  // Best effort: a later sweep deletes any files that remain.
  const opener = openOwnRunStore(config.store, config.s3.settings);
  const swept = sweepRuns(config.stateDirectory, opener).catch(() => undefined);
  let closing: Promise<void> | undefined;
  const parts: Parts = { config, executors, opened, jobs };
  return {
    run: (script, options) => runStatement(parts, script, options),
    close: () => {
      closing ??= swept.then(close);
      return closing;
    },
  };
}

interface Parts {
  readonly config: Config;
  readonly executors: LocalExecutors;
  readonly opened: OpenBinder;
  readonly jobs: LocalJobs;
}

const nothing = async (): Promise<void> => undefined;

async function runStatement(parts: Parts, script: string, options: RunOptions): Promise<QueryResult> {
  const { config, executors, opened, jobs } = parts;
  const { binder, catalog } = opened;
  const asked = { sql: script, catalog, settings: config.settings, ...options };
  const planned = await planScript(asked, { binder, deployment: executors });
  switch (planned.kind) {
    case 'no-query':
      return { kind: 'none', release: nothing };
    case 'explain':
      return { kind: 'text', text: explain(planned.graph), rows: 0, release: nothing };
    case 'query': {
      const executorMemoryMiB = executors.executorMemoryMiB(planned.settings);
      const ended = await jobs.run({ ...planned.job, executorMemoryMiB, statement: script, ...options });
      return resultOf(ended, options.resultFormat);
    }
    default:
      return planned satisfies never;
  }
}
