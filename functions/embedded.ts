import { resolve } from 'node:path';
import type { CatalogSources } from '../coordinator/catalog/discover.ts';
import type { Result } from '../coordinator/front/result/result.ts';
import { isSurelyOneTask } from '../coordinator/planner/choose-fanout.ts';
import { distribute } from '../coordinator/planner/distribute.ts';
import { explain } from '../coordinator/planner/explain.ts';
import type { JobProgress } from '../coordinator/run/progress.ts';
import { progressOf } from '../coordinator/run/progress.ts';
import type { EndedJob } from '../coordinator/run/run-job.ts';
import { withSettings } from '../coordinator/settings.ts';
import { FabricError } from '../engine/errors.ts';
import type { StageGraph } from '../engine/plan/stage.ts';
import type { Config } from './config.ts';
import { findJob, type KnownJob, listJobs } from './embedded/job-list.ts';
import { bytesOfParts, countRows, resultOfParts } from './embedded/job-result.ts';
import { localFabric, type Machine, readMachine } from './embedded/local-fabric.ts';
import { type LocalJobs, openLocalJobs } from './embedded/local-jobs.ts';
import { type LocalPlanner, openLocalPlanner } from './embedded/local-planner.ts';
import { adoptRun, createRun, sweepRuns } from './embedded/run-directory.ts';

export interface RunOptions {
  /** What the task that gives the result writes. */
  readonly resultFormat: 'arrow' | 'parquet';
  /** Gives the stages as text instead of running them. */
  readonly explain: boolean;
  /** Cancels: `run` then rejects with `CANCELLED`. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: JobProgress) => void;
}

/** What a statement gave. `release` must be called when it has been read, whatever became of it. */
export type QueryResult =
  | {
      readonly kind: 'rows';
      readonly result: Result;
      /** Rows of the result, and what the job did; a statement answered without a job has no figures. */
      readonly rows: number;
      readonly figures?: JobProgress;
      release(): Promise<void>;
    }
  /** A whole file, made by an executor. */
  | {
      readonly kind: 'file';
      readonly chunks: AsyncIterable<Uint8Array>;
      readonly rows: number;
      readonly figures?: JobProgress;
      release(): Promise<void>;
    }
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly rows: number;
      readonly figures?: JobProgress;
      release(): Promise<void>;
    }
  /** The script held views and settings only. */
  | { readonly kind: 'none'; release(): Promise<void> };

/** The whole engine inside this process, with executors and the planner as its children. Held open. */
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
 * Opens a session: claims a run directory, and starts the planner and the first executor at once, so that they are up by the time the
 * first statement is read. Rejects with `STORE_FAILED` where the state directory cannot be used, and as `createCatalog` does.
 */
export async function openEmbedded(config: Config): Promise<EmbeddedSession> {
  const run = await createRun(config.stateDirectory);
  const sources: CatalogSources = {
    data: config.data,
    tables: config.tables.map(({ name, location }) => ({ name, path: location })),
    workingFolder: resolve('.'),
  };
  const machine = readMachine();
  let planner: LocalPlanner | undefined;
  let jobs: LocalJobs | undefined;
  const close = async (): Promise<void> => {
    await Promise.all([planner?.close(), jobs?.close()]);
    await run.close((await jobs?.isEmpty()) ?? true);
  };
  try {
    planner = await openLocalPlanner(sources, run.scratch);
    jobs = openLocalJobs({ run, machine, inputRoots: planner.inputRoots, settings: config.settings, startNow: 1 });
  } catch (error) {
    await close();
    throw error;
  }
  // Nobody waits for it: what it leaves, the next one finds.
  const swept = sweepRuns(config.stateDirectory).catch(() => undefined);
  let closing: Promise<void> | undefined;
  const parts: Parts = { config, machine, planner, jobs };
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
  readonly machine: Machine;
  readonly planner: LocalPlanner;
  readonly jobs: LocalJobs;
}

const nothing = async (): Promise<void> => undefined;

async function runStatement(parts: Parts, script: string, options: RunOptions): Promise<QueryResult> {
  const { config, machine, planner, jobs } = parts;
  const fabric = localFabric(machine);
  const planned = await planner.plan(script, {
    timeZone: config.settings.timeZone,
    ...(config.settings.timeoutMs === undefined ? {} : { timeoutMs: config.settings.timeoutMs }),
    wantsEstimates: (inputBytes, set) =>
      options.explain || !isSurelyOneTask(inputBytes, fabric, withSettings(config.settings, set)),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  if (planned.kind === 'nothing') return { kind: 'none', release: nothing };
  const settings = withSettings(config.settings, planned.settings);
  const { fanout, broadcastLimitBytes, memoryMiB } = settings;
  const graph = distribute(planned.plan, {
    layout: planned.layout,
    fabric,
    settings: { fanout, broadcastLimitBytes, ...(memoryMiB === undefined ? {} : { memoryMiB }) },
  });
  if (options.explain || planned.kind === 'explain') {
    return { kind: 'text', text: explain(graph), rows: 0, release: nothing };
  }
  checkParquet(graph, options);
  return resultOf(await jobs.run({ graph, settings, statement: script, ...options }), jobs, options.resultFormat);
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

/** What a job that has ended gave, or what it failed with. A failed job leaves nothing behind. */
async function resultOf(ended: EndedJob, jobs: LocalJobs, format: 'arrow' | 'parquet'): Promise<QueryResult> {
  const { state, result } = ended;
  const end = state.end;
  if (end?.kind !== 'succeeded') {
    await ended.release();
    if (end?.kind === 'failed')
      throw new FabricError(end.error.code, end.error.message, { details: end.error.details });
    throw cancelled();
  }
  const shared = { rows: countRows(result), figures: progressOf(state), release: () => ended.release() };
  if (format === 'parquet') return { kind: 'file', chunks: bytesOfParts(result, jobs.store), ...shared };
  const { columns, timeZone } = state.graph;
  return { kind: 'rows', result: resultOfParts(result, columns, timeZone, jobs.store), ...shared };
}

function cancelled(): FabricError {
  return new FabricError('CANCELLED', 'The query was cancelled.');
}

/** The jobs that journals of this machine hold: those of living processes, and those whose process died before they ended. */
export function knownJobs(config: Config): Promise<readonly KnownJob[]> {
  return listJobs(config.stateDirectory);
}

/** One of them, by its id or the beginning of it. Rejects with `UNKNOWN_JOB`. */
export function knownJob(config: Config, id: string): Promise<KnownJob> {
  return findJob(config.stateDirectory, id);
}

/** A resumed job's result, and what must be closed after it has been read. */
export interface ResumedJob {
  readonly result: QueryResult;
  close(): Promise<void>;
}

/**
 * Finishes a job whose process is dead, in its own run directory and from its journal. Rejects with `UNKNOWN_JOB`, `RUN_LOCKED` where
 * its process is alive, and as `EmbeddedSession.run` does.
 */
export async function resumeJob(
  config: Config,
  id: string,
  options: Omit<RunOptions, 'explain' | 'resultFormat'>,
): Promise<ResumedJob> {
  const known = await findJob(config.stateDirectory, id);
  const run = await adoptRun(known.runPath);
  const inputRoots = known.state.graph.tables.flatMap((table) => table.files.map((file) => file.location));
  const jobs = openLocalJobs({ run, machine: readMachine(), inputRoots, settings: config.settings, startNow: 1 });
  const close = async (): Promise<void> => {
    await jobs.close();
    await run.close(await jobs.isEmpty());
  };
  try {
    const ended = await jobs.resume({ job: known.id, memoryMiB: known.state.settings.memoryMiB, ...options });
    return { result: await resultOf(ended, jobs, known.state.settings.resultFormat), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Cancels a job: asks the living process that has it, or forgets it where that process is dead. Gives which it was. */
export async function cancelJob(config: Config, id: string): Promise<'asked' | 'forgotten'> {
  const known = await findJob(config.stateDirectory, id);
  if (known.ownerPid !== undefined) {
    // An embedded process takes it for its user's Ctrl-C.
    process.kill(known.ownerPid, 'SIGINT');
    return 'asked';
  }
  const run = await adoptRun(known.runPath);
  const jobs = openLocalJobs({ run, machine: readMachine(), inputRoots: [], settings: config.settings, startNow: 0 });
  await jobs.forget(known.id);
  await jobs.close();
  await run.close(await jobs.isEmpty());
  return 'forgotten';
}
