import { resolve } from 'node:path';
import type { CatalogSources } from '../../coordinator/catalog/discover.ts';
import { LOCAL_ATTEMPT_TIMEOUT_MS } from '../../coordinator/jobs/job-settings.ts';
import { planJob } from '../../coordinator/jobs/plan-job.ts';
import { explain } from '../../coordinator/planner/explain.ts';
import type { FabricModel } from '../../coordinator/price/fabric-model.ts';
import type { JobProgress } from '../../coordinator/scheduler/progress.ts';
import type { Settings } from '../../coordinator/settings.ts';
import { FabricError } from '../../engine/errors.ts';
import type { StageGraph } from '../../engine/plan/stage.ts';
import type { Config } from '../config/config.ts';
import { type LocalExecutors, localExecutors } from '../fabric/local-executors.ts';
import { openStore } from '../fabric/open-store.ts';
import { createRun, openOwnRunStore, sweepRuns } from '../fabric/run-directory.ts';
import { readMachine } from '../process/machine.ts';
import { type QueryResult, resultOf } from './job-result.ts';
import { type LocalBinder, openLocalBinder } from './local-binder.ts';
import { type LocalJobs, openLocalJobs } from './local-jobs.ts';

export interface RunOptions {
  /** What the task that gives the result writes. */
  readonly resultFormat: 'arrow' | 'parquet';
  /** Gives the stages as text instead of running them. */
  readonly explain: boolean;
  /** Cancels: `run` then rejects with `CANCELLED`. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: JobProgress) => void;
}

/** The whole engine inside this process, with executors and the binder as its children. Held open. */
export interface EmbeddedSession {
  /**
   * Runs a script: views and settings, then at most one statement that gives rows. Rejects with what its planning or its job failed
   * with, and `CANCELLED`.
   */
  run(script: string, options: RunOptions): Promise<QueryResult>;
  /** Ends the children and removes what the run left behind, but for a job that could not be finished. Idempotent. */
  close(): Promise<void>;
}

/**
 * Opens a session: claims a run directory, and starts the binder and the first executor at once, so that they are up by the time
 * the first statement is read. `model`: what queries are planned for, wherever they run; absent: the fabric that is configured.
 * Rejects with `STORE_FAILED` where the state directory cannot be used, and as `createCatalog` does.
 */
export async function openEmbedded(config: Config, model?: FabricModel): Promise<EmbeddedSession> {
  const run = await createRun(config.stateDirectory, config.store);
  const sources: CatalogSources = {
    data: config.data,
    tables: config.tables.map(({ name, location }) => ({ name, path: location })),
    workingFolder: resolve('.'),
    openBucket: (bucket) => openStore({ kind: 's3', bucket, prefix: '' }, config.s3.settings),
  };
  const chosen = localExecutors(config.fabric, readMachine());
  const executors: LocalExecutors = model === undefined ? chosen : { ...chosen, model: () => model };
  let binder: LocalBinder | undefined;
  let jobs: LocalJobs | undefined;
  const close = async (): Promise<void> => {
    await Promise.all([binder?.close(), jobs?.close()]);
    await run.close((await jobs?.isEmpty()) ?? true);
  };
  try {
    binder = await openLocalBinder(sources, run.scratch);
    const { inputRoots } = binder;
    const { settings, s3 } = config;
    jobs = await openLocalJobs({ run, executors, inputRoots, settings, s3, startNow: 1 });
  } catch (error) {
    await close();
    throw error;
  }
  // Nobody waits for it: what it leaves, the next one finds.
  const opener = openOwnRunStore(config.store, config.s3.settings);
  const swept = sweepRuns(config.stateDirectory, opener).catch(() => undefined);
  let closing: Promise<void> | undefined;
  const parts: Parts = { config, executors, binder, jobs };
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
  readonly binder: LocalBinder;
  readonly jobs: LocalJobs;
}

const nothing = async (): Promise<void> => undefined;

async function runStatement(parts: Parts, script: string, options: RunOptions): Promise<QueryResult> {
  const { config, executors, binder, jobs } = parts;
  const planned = await planJob({
    planScript: (how) => binder.plan(script, how),
    settings: config.settings,
    modelFor: executors.model,
    settle: (settings) => {
      refuseResultTtl(settings);
      return settings;
    },
    ofThisJob: (settings, { stages }) => ({
      attemptTimeoutMs: LOCAL_ATTEMPT_TIMEOUT_MS,
      taskMemoryMiB: executors.taskMemoryMiB(
        settings,
        stages.reduce((total, { taskCount }) => total + taskCount, 0),
      ),
      resultFormat: options.resultFormat,
    }),
    // Whoever looks at the stages wants to see what DuckDB expects of them.
    alwaysEstimate: options.explain,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  if (planned.kind === 'nothing') return { kind: 'none', release: nothing };
  const { job, settings } = planned;
  if (options.explain || planned.kind === 'explain') {
    return { kind: 'text', text: explain(job.graph), rows: 0, release: nothing };
  }
  checkParquet(job.graph, options);
  const executorMemoryMiB = executors.executorMemoryMiB(settings);
  const ended = await jobs.run({ ...job, executorMemoryMiB, statement: script, ...options });
  return resultOf(ended, options.resultFormat);
}

/** Results are handed out as they are made, and never kept. Throws `INVALID_SETTING` where a setting says for how long. */
export function refuseResultTtl(settings: Settings): void {
  if (settings.resultTtlMs === undefined) return;
  const message = 'The setting result_ttl has no effect here: results are kept by volley serve alone. Leave it unset.';
  throw new FabricError('INVALID_SETTING', message, { details: { setting: 'result_ttl' } });
}

/** A Parquet result is the file one task wrote: files of several tasks, one after another, are none. */
function checkParquet(graph: StageGraph, options: RunOptions): void {
  const last = graph.stages.at(-1);
  if (options.resultFormat !== 'parquet' || last === undefined || last.taskCount === 1) return;
  throw new FabricError(
    'PLAN_UNSUPPORTED',
    `The result comes from ${last.taskCount} tasks, which cannot write one Parquet file together. Add ORDER BY or LIMIT, set fanout=1, or use --format arrow.`,
  );
}
