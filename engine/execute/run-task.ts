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
  /** This process's own folder, absolute. Created if missing; removed when the runner is closed or ends the process. */
  readonly scratch: string;
  /** The local files and folders that any task may read. */
  readonly inputRoots: readonly string[];
  /** The stores of input files that are not read in place. A task fetches the bytes it needs. */
  readonly inputStores?: readonly InputStore[];
  /** The largest memory share of a task. The process may use `PROCESS_MIB` more. */
  readonly memoryMiB: number;
  /** The entry point of the kernel worker thread. */
  readonly kernelWorkerEntry: URL;
  /** The time an interrupted fragment may take to stop before the process ends itself. */
  readonly graceMs?: number;
}

/** Runs tasks, one at a time. */
export interface TaskRunner {
  /** Runs one attempt. Never rejects. Aborting the signal stops it; the outcome is then `lost`. */
  run(task: SentTask, signal: AbortSignal): Promise<TaskOutcome>;
  /** Ends the kernel and removes the scratch folder. */
  close(): Promise<void>;
}

/**
 * Memory of a process beyond its task's share: 128 MiB for Node and DuckDB's library (about 95 when idle), and 256 MiB of freed memory
 * that malloc retains (functions/process/executor-program.ts).
 */
const PROCESS_MIB = 128 + 256;
/**
 * The parts of a task's share. DuckDB gets most of it and spills what exceeds its limit. A shuffle output holds rows up to its own limit
 * before it spills them. The same amount is left for unlimited uses: received inputs, and DuckDB memory outside its buffer manager. The
 * exact parts are an estimate, not a measurement.
 */
const DUCKDB_SHARE = 0.7;
const OUTPUT_SHARE = 0.15;
/** Files are fetched before the output begins, so concurrent reads may use the output's part. */
const FETCH_SHARE = OUTPUT_SHARE;
/** A combining task runs nothing in DuckDB. */
const COMBINE_SHARE = 0.5;
const FOOTER_CACHE_BYTES = 8 << 20;
const MIB = 1 << 20;
const GRACE_MS = 2_000;

/** Starts the kernel worker, which opens DuckDB before the first task arrives. Rejects if a root does not exist. */
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
  /** Bound on first use. */
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
    // The links to held files go first: a closed descriptor's number is soon another file's.
    await rm(scratch, { recursive: true, force: true });
    await held.close();
  }
}

/** A task's own view of the stores, which counts only its requests. */
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

/** The outcome of a broken attempt with its requests, which are billed too. */
function withRequests(outcome: TaskOutcome, requests: StoreRequests): TaskOutcome {
  if (outcome.kind !== 'failed' && outcome.kind !== 'timed-out') return outcome;
  return totalRequests(addCounts(requests.inputs, requests.job)) === 0 ? outcome : { ...outcome, requests };
}

/** What the steps of one task share. `files` is filled for error reports. */
interface TaskResources {
  readonly watch: Watch;
  readonly scratch: string;
  readonly files: TableInput[];
  readonly held: HeldFiles;
  readonly stores: TaskStores;
  /** The task's share of memory. */
  readonly memoryMiB: number;
}

/** Runs an opened task that is not a combining task. */
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
 * The resident memory limit of the process while a task runs. Memory retained from an earlier, larger task is allowed in addition to the
 * task's share, up to the limit of a task with all the executor's memory.
 */
function watchedMiB(memoryMiB: number, options: TaskRunnerOptions): number {
  const heldMiB = process.memoryUsage.rss() / MIB;
  return Math.min(memoryMiB + Math.max(PROCESS_MIB, heldMiB), options.memoryMiB + PROCESS_MIB);
}

/** DuckDB's limits for a task, its time zone, and whether it may materialize late. */
function limitsOf({ threads, timeZone }: Task, memoryMiB: number, tables: readonly TableInput[]) {
  const memoryLimitMiB = memoryMiB * DUCKDB_SHARE;
  return { threads, memoryLimitMiB, timeZone, lateMaterialization: !readsSparseFiles(tables) };
}

/** Computes the rows of a task only for the error it fails with. */
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
