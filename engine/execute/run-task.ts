import { rm, stat } from 'node:fs/promises';
import { bindInterrupt } from '../duckdb/kernel/interrupt.ts';
import { FooterCache } from '../scan/footer-cache.ts';
import { allowRoots } from '../scan/locations.ts';
import { makeFolder } from '../store/make-folder.ts';
import { metered } from '../store/metered.ts';
import type { MeteredStore, ObjectStore } from '../store/object-store.ts';
import { addCounts, NO_REQUESTS, type StoreRequests, totalRequests } from '../store/request-counts.ts';
import type { SentTask, Task, TaskOutcome, TaskStatistics } from '../task/task.ts';
import type { InputStore } from './fetched-inputs.ts';
import { fetchInputs } from './fragment-inputs.ts';
import { fragmentSql } from './fragment-sql.ts';
import { Kernel } from './kernel-client.ts';
import { readsSparseFiles, type TableInput, verifyLocalInputs } from './local-inputs.ts';
import { type InputSources, openInputs } from './open-inputs.ts';
import { FragmentCache, openTask } from './open-task.ts';
import { runCombine } from './run-combine.ts';
import { giveUp, outcomeOf } from './task-outcome.ts';
import { type Watch, watchTask } from './watch.ts';
import { writeOutput } from './write-output.ts';

export interface TaskRunnerOptions {
  /** Where shuffle inputs are read and outputs written. */
  readonly store: ObjectStore;
  /** A folder of this process's own, absolute; made if missing, removed when the runner is closed or ends the process. */
  readonly scratch: string;
  /** The local files and folders that may be read, whatever a task says. */
  readonly inputRoots: readonly string[];
  /** Where input files are that are not read in place: of these, a task fetches the bytes it needs. */
  readonly inputStores?: readonly InputStore[];
  /** What a task may use at most, whatever share of it the task is given. The process may take `PROCESS_MIB` more. */
  readonly memoryMiB: number;
  /** The entry of the kernel worker thread. */
  readonly kernelWorkerEntry: URL;
  /** How long an interrupted fragment has to give way before the process ends itself. */
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
 * What a process takes beside its task's share, which watching its resident size has to allow for: 128 MiB for Node and DuckDB's library
 * (idle, they take some 95), and 256 MiB that malloc keeps of what was given back (functions/process/executor-environment.ts).
 */
const PROCESS_MIB = 128 + 256;
/**
 * The parts of a task's share. DuckDB gets most of it: it spills what does not fit into its limit. At the same time a shuffle output holds
 * rows, up to a limit of its own, before it spills them. As much again is left for what keeps to no limit: received inputs, and what DuckDB
 * takes without its buffer manager. That the parts are these and not somewhat others is judgement, not measurement.
 */
const DUCKDB_PART = 0.7;
const OUTPUT_PART = 0.15;
/** Files are fetched before an output begins, so that reads in flight may hold what it will. */
const FETCH_PART = OUTPUT_PART;
/** A combining task runs nothing in DuckDB. */
const COMBINE_PART = 0.5;
const FOOTER_CACHE_BYTES = 8 << 20;
const MIB = 1 << 20;
const GRACE_MS = 2_000;

/** Starts the kernel worker, which opens DuckDB while the first task is on its way. Rejects where a root does not exist. */
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
  readonly sources: InputSources;
  readonly kernel: Kernel;
  readonly fragments: FragmentCache;
  /** Bound when it is first needed. */
  interrupt: ((connection: number) => void) | undefined;
}

async function runWatched(runner: Runner, sent: SentTask, signal: AbortSignal): Promise<TaskOutcome> {
  const { options, kernel } = runner;
  const memoryMiB = memoryOf(sent, options);
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
  const stores = meterStores(runner);
  let task: Task | undefined;
  try {
    task = await Promise.race([openTask(sent, stores.job, runner.fragments), watch.stopped]);
    makeFolder(scratch);
    if (task.stage.output.kind === 'combined') {
      const memoryLimitBytes = memoryMiB * COMBINE_PART * MIB;
      return await runCombine(task, task.stage.output, { store: stores.job, watch, scratch, memoryLimitBytes });
    }
    return await runSteps(runner, task, { watch, scratch, files, stores });
  } catch (error) {
    const rerun = (part: Task, tables: readonly TableInput[]) => runForNothing(runner, part, tables);
    const outcome = await outcomeOf(error, { task, watch, files, memoryMiB, scratch: options.scratch, rerun });
    return withRequests(outcome, requestsOf(stores));
  } finally {
    watch.end();
    await rm(scratch, { recursive: true, force: true });
  }
}

/** A task's own view of the stores, which counts what just it asks. */
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

/** The outcome of a broken attempt with what it had asked for: that is paid for too. */
function withRequests(outcome: TaskOutcome, requests: StoreRequests): TaskOutcome {
  if (outcome.kind !== 'failed' && outcome.kind !== 'timed-out') return outcome;
  return totalRequests(addCounts(requests.inputs, requests.job)) === 0 ? outcome : { ...outcome, requests };
}

/** What the steps of one task work with. `files` is filled for the sake of whoever has to explain an error. */
interface Attempt {
  readonly watch: Watch;
  readonly scratch: string;
  readonly files: TableInput[];
  readonly stores: TaskStores;
}

/** A task from its message to its outcome. */
async function runSteps(runner: Runner, task: Task, { watch, scratch, files, stores }: Attempt): Promise<TaskOutcome> {
  const startMs = performance.now();
  const startCpu = process.cpuUsage();
  const { options, kernel } = runner;
  const store = stores.job;
  const memoryMiB = memoryOf(task, options);

  const isStopped = () => watch.cause !== undefined;
  const opening = openInputs(
    task,
    { ...runner.sources, stores: stores.inputs },
    {
      scratch,
      maxBytesInFlight: memoryMiB * FETCH_PART * MIB,
      isStopped,
    },
  );
  const opened = await Promise.race([opening, watch.stopped]);
  files.push(...opened.tables);
  const fetched = await Promise.race([fetchInputs(store, task, isStopped), watch.stopped]);
  const { sql, output } = fragmentSql(task, files, { scratch, memoryLimitBytes: memoryMiB * OUTPUT_PART * MIB });
  const first = await kernel.run({ sql, inputs: fetched.inputs, output, ...limitsOf(task, options, files) });
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
 * What the process may have resident while a task runs. A task is not to blame for what an earlier, larger one has left behind: that counts
 * beside its share, short of what a task with all the executor's memory might have.
 */
function watchedMiB(memoryMiB: number, options: TaskRunnerOptions): number {
  const heldMiB = process.memoryUsage.rss() / MIB;
  return Math.min(memoryMiB + Math.max(PROCESS_MIB, heldMiB), options.memoryMiB + PROCESS_MIB);
}

/** The task's share of memory in MiB. */
function memoryOf(task: Pick<Task, 'memoryMiB'>, options: TaskRunnerOptions): number {
  return Math.min(options.memoryMiB, task.memoryMiB);
}

/** What DuckDB may use for a task, the zone it computes in, and how it may read the files. */
function limitsOf(task: Task, options: TaskRunnerOptions, tables: readonly TableInput[]) {
  const { threads, timeZone } = task;
  const memoryLimitMiB = memoryOf(task, options) * DUCKDB_PART;
  return { threads, memoryLimitMiB, timeZone, lateMaterialization: !readsSparseFiles(tables) };
}

/** Computes the rows of a task, for the sake of the error it fails with. */
async function runForNothing({ kernel, options }: Runner, task: Task, tables: readonly TableInput[]): Promise<void> {
  const { sql, output } = fragmentSql(task, tables, { scratch: `${options.scratch}/task`, memoryLimitBytes: 0 });
  let current = await kernel.run({ sql, inputs: [], output, ...limitsOf(task, options, tables) });
  while (current.end === undefined) current = await kernel.more();
}

function sumOf(files: readonly TableInput[], value: (read: TableInput['reads'][number]) => number): number {
  return files.reduce((total, { reads }) => reads.reduce((sum, read) => sum + value(read), total), 0);
}
