import { rm, stat } from 'node:fs/promises';
import { bindInterrupt } from '../duckdb/kernel/interrupt.ts';
import { FooterCache } from '../scan/footer-cache.ts';
import { allowRoots } from '../scan/locations.ts';
import { makeFolder } from '../store/make-folder.ts';
import { metered } from '../store/metered.ts';
import type { MeteredStore, ObjectStore } from '../store/object-store.ts';
import { addCounts, NO_REQUESTS, type StoreRequests, totalRequests } from '../store/request-counts.ts';
import type { SentTask, Task, TaskOutcome, TaskStatistics } from '../task/task.ts';
import type { InputStore } from './fetch-files.ts';
import { fetchShuffles } from './fetch-shuffles.ts';
import { fragmentSql } from './fragment-sql.ts';
import { Kernel } from './kernel-client.ts';
import { HeldFiles, readsSparseFiles, type TableInput, verifyLocalInputs } from './local-inputs.ts';
import { openInputs, type ReadableInputs } from './open-inputs.ts';
import { FragmentCache, openTask } from './open-task.ts';
import { runCombine } from './run-combine.ts';
import { giveUp, outcomeOf } from './task-outcome.ts';
import { type Watch, watchTask } from './watch.ts';
import { writeOutput } from './write-output.ts';

export interface TaskRunnerOptions {
  /** The store of shuffle inputs and outputs. */
  readonly store: ObjectStore;
  /**
   * This process's own scratch folder, as an absolute path. It is created if missing, and removed when the runner
   * closes or terminates the process.
   */
  readonly scratch: string;
  /** The local files and folders that any task may read. */
  readonly inputRoots: readonly string[];
  /** The stores of input files that are not read in place. A task fetches only the bytes that it needs. */
  readonly inputStores?: readonly InputStore[];
  /** The maximum memory share of a task. The process may use `PROCESS_MIB` more. */
  readonly memoryMiB: number;
  /** The entry point of the kernel worker thread. */
  readonly kernelWorkerEntry: URL;
  /** How long an interrupted fragment may take to stop before the process terminates itself. */
  readonly graceMs?: number;
}

/** Runs tasks, one at a time. */
export interface TaskRunner {
  /** Runs one attempt and never rejects. Aborting the signal stops the attempt, and the outcome is then `lost`. */
  run(task: SentTask, signal: AbortSignal): Promise<TaskOutcome>;
  /** Terminates the kernel worker and removes the scratch folder. */
  close(): Promise<void>;
}

/**
 * Memory that a process uses beyond its task's share: 128 MiB for Node and DuckDB's library (about 95 MiB when idle),
 * and 256 MiB of freed memory that malloc retains (functions/process/executor-program.ts).
 */
const PROCESS_MIB = 128 + 256;
/**
 * How a task's memory share is divided. DuckDB uses most of it and spills data beyond its limit. A shuffle output holds
 * rows up to its own limit before it spills them. An equal part remains for uses without a limit: received inputs, and
 * DuckDB memory outside its buffer manager. The fractions are estimates, not measurements.
 */
const DUCKDB_SHARE = 0.7;
const OUTPUT_SHARE = 0.15;
/** Files are fetched before the output begins, so concurrent reads may use the output's fraction. */
const FETCH_SHARE = OUTPUT_SHARE;
/** A combining task does not use DuckDB, so its output may use more memory. */
const COMBINE_SHARE = 0.5;
const FOOTER_CACHE_BYTES = 8 << 20;
const MIB = 1 << 20;
const GRACE_MS = 2_000;

/**
 * Creates a task runner and starts its kernel worker, which opens DuckDB before the first task arrives. Rejects if a
 * root does not exist.
 */
export async function createTaskRunner(options: TaskRunnerOptions): Promise<TaskRunner> {
  makeFolder(options.scratch);
  const allowed = await allowRoots(options.inputRoots, '/');
  const kinds = await Promise.all(
    allowed.roots.map(async ({ real }) => ({ real, isFolder: (await stat(real)).isDirectory() })),
  );
  const kernel = new Kernel(options.kernelWorkerEntry, {
    folders: kinds.filter(({ isFolder }) => isFolder).map(({ real }) => real),
    files: kinds.filter(({ isFolder }) => !isFolder).map(({ real }) => real),
    scratch: options.scratch,
  });
  const sources = { allowed, stores: options.inputStores ?? [], footers: new FooterCache(FOOTER_CACHE_BYTES) };
  const runner: Runner = { options, sources, kernel, fragments: new FragmentCache(), interrupt: undefined };
  return {
    run: (task, signal) => runWatched(runner, task, signal),
    close: async () => {
      await kernel.close();
      await rm(options.scratch, { recursive: true, force: true });
    },
  };
}

interface Runner {
  readonly options: TaskRunnerOptions;
  readonly sources: ReadableInputs;
  readonly kernel: Kernel;
  readonly fragments: FragmentCache;
  /** Interrupts a DuckDB connection. Undefined until first needed. */
  interrupt: ((connection: number) => void) | undefined;
}

async function runWatched(runner: Runner, sent: SentTask, signal: AbortSignal): Promise<TaskOutcome> {
  const { options, kernel } = runner;
  const memoryMiB = Math.min(options.memoryMiB, sent.memoryMiB);
  const watch = watchTask({
    deadlineMs: sent.deadlineMs,
    signal,
    memoryLimitBytes: watchedMiB(memoryMiB, options) * MIB,
    graceMs: options.graceMs ?? GRACE_MS,
    interrupt: () => {
      kernel.requestStop();
      runner.interrupt ??= bindInterrupt();
      if (kernel.busyConnection !== undefined) runner.interrupt(kernel.busyConnection);
    },
    giveUp: (cause) => giveUp(cause, memoryMiB, options.scratch),
  });
  const scratch = `${options.scratch}/task`;
  const files: TableInput[] = [];
  const held = new HeldFiles();
  const stores = meterStores(runner);
  let task: Task | undefined;
  try {
    task = await Promise.race([openTask(sent, stores.job, runner.fragments), watch.stopped]);
    makeFolder(scratch);
    if (task.stage.output.kind === 'combined') {
      const memoryLimitBytes = memoryMiB * COMBINE_SHARE * MIB;
      return await runCombine(task, task.stage.output, { store: stores.job, watch, scratch, memoryLimitBytes });
    }
    return await runSteps(runner, task, { watch, scratch, files, held, stores, memoryMiB });
  } catch (error) {
    const rerun = (part: Task, tables: readonly TableInput[]) => rerunForError(runner, part, tables, memoryMiB);
    const outcome = await outcomeOf(error, { task, watch, files, memoryMiB, scratch: options.scratch, rerun });
    return withRequests(outcome, requestsOf(stores));
  } finally {
    watch.end();
    // Remove the links to held files before closing the files, because the system soon reuses a closed descriptor's number.
    await rm(scratch, { recursive: true, force: true });
    await held.close();
  }
}

/** A task's own views of the stores, which count only its requests. */
interface TaskStores {
  readonly job: MeteredStore;
  readonly inputs: readonly (InputStore & { readonly store: MeteredStore })[];
}

function meterStores({ options, sources }: Runner): TaskStores {
  const inputs = sources.stores.map((source) => ({ ...source, store: metered(source.store) }));
  return { job: metered(options.store), inputs };
}

function requestsOf({ job, inputs }: TaskStores): StoreRequests {
  return { inputs: inputs.map(({ store }) => store.counts()).reduce(addCounts, NO_REQUESTS), job: job.counts() };
}

/** Adds the requests to the outcome of an unsuccessful attempt, because they are billed too. */
function withRequests(outcome: TaskOutcome, requests: StoreRequests): TaskOutcome {
  if (outcome.kind !== 'failed' && outcome.kind !== 'timed-out') return outcome;
  return totalRequests(addCounts(requests.inputs, requests.job)) === 0 ? outcome : { ...outcome, requests };
}

/** Resources that the steps of one task share. `files` is filled for error reports. */
interface TaskResources {
  readonly watch: Watch;
  readonly scratch: string;
  readonly files: TableInput[];
  readonly held: HeldFiles;
  readonly stores: TaskStores;
  /** The task's share of memory. */
  readonly memoryMiB: number;
}

/** Runs a decoded task other than a combining task. */
async function runSteps(
  runner: Runner,
  task: Task,
  { watch, scratch, files, held, stores, memoryMiB }: TaskResources,
): Promise<TaskOutcome> {
  const startMs = performance.now();
  const startCpu = process.cpuUsage();
  const { kernel } = runner;
  const store = stores.job;

  const isStopped = () => watch.cause !== undefined;
  const opening = openInputs(
    task,
    { ...runner.sources, stores: stores.inputs },
    {
      scratch,
      maxBytesInFlight: memoryMiB * FETCH_SHARE * MIB,
      isStopped,
      held,
    },
  );
  const opened = await Promise.race([opening, watch.stopped]);
  files.push(...opened.tables);
  const fetched = await Promise.race([fetchShuffles(store, task, isStopped), watch.stopped]);
  const { sql, output } = fragmentSql(task, files, { scratch, memoryLimitBytes: memoryMiB * OUTPUT_SHARE * MIB });
  const first = await kernel.run({ sql, inputs: fetched.inputs, output, ...limitsOf(task, memoryMiB, files) });
  const verify = () => verifyLocalInputs(files);
  const written = await writeOutput(task, output, first, { kernel, store, verify });

  const cpu = process.cpuUsage(startCpu);
  const statistics: TaskStatistics = {
    rowsRead: sumOf(files, ({ split }) => split.rowCount ?? 0),
    rowsWritten: written.output.rows,
    inputBytes: opened.inputBytes,
    shuffleBytesRead: fetched.bytes,
    shuffleRowsRead: fetched.rows,
    bytesWritten: written.sizeBytes,
    cpuMs: (cpu.user + cpu.system) / 1000,
    wallMs: performance.now() - startMs,
    requests: requestsOf(stores),
  };
  return { kind: 'succeeded', output: written.output, statistics };
}

/**
 * Returns the resident memory limit of the process while a task runs. Memory that the process retains from an earlier,
 * larger task is allowed in addition to the task's share. The sum never exceeds the limit of a task with all of the
 * executor's memory.
 */
function watchedMiB(memoryMiB: number, options: TaskRunnerOptions): number {
  const heldMiB = process.memoryUsage.rss() / MIB;
  return Math.min(memoryMiB + Math.max(PROCESS_MIB, heldMiB), options.memoryMiB + PROCESS_MIB);
}

/** Returns DuckDB's limits for a task, its time zone, and whether it may materialize late. */
function limitsOf({ threads, timeZone }: Task, memoryMiB: number, tables: readonly TableInput[]) {
  const memoryLimitMiB = memoryMiB * DUCKDB_SHARE;
  return { threads, memoryLimitMiB, timeZone, lateMaterialization: !readsSparseFiles(tables) };
}

/** Runs a task only to reproduce its error, and discards the rows. */
async function rerunForError(
  { kernel, options }: Runner,
  task: Task,
  tables: readonly TableInput[],
  memoryMiB: number,
): Promise<void> {
  const { sql, output } = fragmentSql(task, tables, { scratch: `${options.scratch}/task`, memoryLimitBytes: 0 });
  let current = await kernel.run({ sql, inputs: [], output, ...limitsOf(task, memoryMiB, tables) });
  while (current.end === undefined) current = await kernel.more();
}

function sumOf(files: readonly TableInput[], value: (read: TableInput['reads'][number]) => number): number {
  return files.reduce((total, { reads }) => reads.reduce((sum, read) => sum + value(read), total), 0);
}
