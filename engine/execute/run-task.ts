import { createReadStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { DuckdbError, taskError } from '../duckdb/kernel/error.ts';
import { bindInterrupt } from '../duckdb/kernel/interrupt.ts';
import { asFabricError, FabricError } from '../errors.ts';
import { FooterCache } from '../scan/footer-cache.ts';
import { allowRoots } from '../scan/locations.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { endProcess, MEMORY_EXIT_CODE } from './end-process.ts';
import { findFailingFile } from './failing-file.ts';
import type { InputStore } from './fetched-inputs.ts';
import { fetchInputs } from './fragment-inputs.ts';
import { fragmentSql } from './fragment-sql.ts';
import { Kernel, type KernelBytes } from './kernel.ts';
import type { KernelEnd, KernelOutput } from './kernel-protocol.ts';
import { readsHollowFiles, type TableInput, verifyLocalInputs } from './local-inputs.ts';
import { type InputSources, openInputs } from './open-inputs.ts';
import type { Task, TaskOutcome, TaskOutput, TaskStatistics } from './task.ts';
import { type StopCause, Stopped, type Watch, watchTask } from './watch.ts';

export interface TaskRunnerOptions {
  /** Where shuffle inputs are read and outputs written. */
  readonly store: ObjectStore;
  /** A folder of this process's own, absolute; made if missing, removed when the runner is closed or ends the process. */
  readonly scratch: string;
  /** The local files and folders that may be read, whatever a task says. */
  readonly inputRoots: readonly string[];
  /** Where input files are that are not read in place: of these, a task fetches the bytes it needs. */
  readonly inputStores?: readonly InputStore[];
  /** What the whole process may use. */
  readonly memoryMiB: number;
  /** The entry of the kernel worker thread. */
  readonly kernelWorkerEntry: URL;
  /** How long an interrupted fragment has to give way before the process ends itself. */
  readonly graceMs?: number;
}

/** Runs tasks, one at a time. */
export interface TaskRunner {
  /** Runs one attempt. Never rejects. Aborting the signal stops it; the outcome is then `lost`. */
  run(task: Task, signal: AbortSignal): Promise<TaskOutcome>;
  /** Ends the kernel and removes the scratch folder. */
  close(): Promise<void>;
}

/** The parts of a process's memory: DuckDB's own limit, and what a shuffle output holds before it spills. The rest is Node and inputs. */
const DUCKDB_PART = 0.7;
const OUTPUT_PART = 0.15;
/** Inputs are fetched before an output begins. */
const FETCH_PART = OUTPUT_PART;
const FOOTER_CACHE_BYTES = 8 << 20;
const MIB = 1 << 20;
const GRACE_MS = 2_000;
/** Files an error names where it could have come from any of them. */
const CANDIDATES_SHOWN = 5;

/** Starts the kernel worker, which opens DuckDB while the first task is on its way. Rejects where a root does not exist. */
export async function createTaskRunner(options: TaskRunnerOptions): Promise<TaskRunner> {
  await mkdir(options.scratch, { recursive: true });
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
  const runner: Runner = { options, sources, kernel, interrupt: undefined };
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
  /** Bound when it is first needed. */
  interrupt: ((connection: number) => void) | undefined;
}

async function runWatched(runner: Runner, task: Task, signal: AbortSignal): Promise<TaskOutcome> {
  const { options, kernel } = runner;
  const watch = watchTask({
    deadlineMs: task.deadlineMs,
    signal,
    memoryLimitBytes: options.memoryMiB * MIB,
    graceMs: options.graceMs ?? GRACE_MS,
    interrupt: () => {
      kernel.requestStop();
      runner.interrupt ??= bindInterrupt();
      if (kernel.busyConnection !== undefined) runner.interrupt(kernel.busyConnection);
    },
    giveUp: (cause) => giveUp(cause, options),
  });
  const scratch = `${options.scratch}/task`;
  const files: TableInput[] = [];
  try {
    await mkdir(scratch, { recursive: true });
    return await runSteps(runner, task, watch, scratch, files);
  } catch (error) {
    return await outcomeOf(error, runner, task, watch, files);
  } finally {
    watch.end();
    await rm(scratch, { recursive: true, force: true });
  }
}

/** A task from its message to its outcome. `files` is filled for the sake of whoever has to explain an error. */
async function runSteps(
  runner: Runner,
  task: Task,
  watch: Watch,
  scratch: string,
  files: TableInput[],
): Promise<TaskOutcome> {
  const startMs = performance.now();
  const startCpu = process.cpuUsage();
  const { options, kernel } = runner;
  const { store } = options;
  const memoryMiB = memoryOf(task, options);

  const opening = openInputs(task, runner.sources, {
    scratch,
    maxBytesInFlight: memoryMiB * FETCH_PART * MIB,
    isStopped: () => watch.cause !== undefined,
  });
  const opened = await Promise.race([opening, watch.stopped]);
  files.push(...opened.tables);
  const fetched = await Promise.race([fetchInputs(store, task), watch.stopped]);
  const { sql, output } = fragmentSql(task, files, { scratch, memoryLimitBytes: memoryMiB * OUTPUT_PART * MIB });
  const first = await kernel.run({ sql, inputs: fetched.inputs, output, ...limitsOf(task, options, files) });
  const written = await writeOutput(runner, task, output, first, () => verifyLocalInputs(files));

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
    storeRequests: opened.requests + fetched.requests + (written.output.kind === 'object' ? 1 : 0),
  };
  return { kind: 'succeeded', output: written.output, statistics };
}

function memoryOf(task: Task, options: TaskRunnerOptions): number {
  return Math.min(options.memoryMiB, task.memoryMiB);
}

/** What DuckDB may use for a task, the zone it computes in, and how it may read the files. */
function limitsOf(task: Task, options: TaskRunnerOptions, tables: readonly TableInput[]) {
  const { threads, timeZone } = task;
  const memoryLimitMiB = memoryOf(task, options) * DUCKDB_PART;
  return { threads, memoryLimitMiB, timeZone, lateMaterialization: !readsHollowFiles(tables) };
}

interface WrittenOutput {
  readonly output: TaskOutput;
  readonly sizeBytes: number;
}

/** Brings an output to where it belongs: a small result into the outcome, all else into the store. `verify` runs after the last row is computed. */
async function writeOutput(
  runner: Runner,
  task: Task,
  output: KernelOutput,
  first: KernelBytes,
  verify: () => Promise<void>,
): Promise<WrittenOutput> {
  let end: KernelEnd | undefined;
  let sizeBytes = 0;
  const pieces = outputPieces(runner.kernel, output, first, async (ended) => {
    end = ended;
    await verify();
  });
  const counted = (async function* () {
    for await (const piece of pieces) {
      sizeBytes += piece.length;
      yield piece;
    }
  })();
  if (task.stage.output.kind !== 'result') {
    const identity = await runner.options.store.put(task.outputKey, counted);
    if (end === undefined) throw new FabricError('INTERNAL', 'a shuffle output has no end');
    const { rows, footer } = end;
    const object = { kind: 'object', key: task.outputKey, identity, rows } as const;
    return { output: footer === undefined ? object : { ...object, footer }, sizeBytes };
  }
  const held: Uint8Array[] = [];
  for (let next = await counted.next(); next.done !== true; next = await counted.next()) {
    held.push(next.value);
    if (sizeBytes > task.inlineLimitBytes) {
      const identity = await runner.options.store.put(task.outputKey, followedBy(held, counted));
      return { output: { kind: 'object', key: task.outputKey, identity, rows: end?.rows ?? 0 }, sizeBytes };
    }
  }
  return { output: { kind: 'inline', bytes: Buffer.concat(held), rows: end?.rows ?? 0 }, sizeBytes };
}

/** The bytes of an output as they are made. Left early, it tells the kernel to give up the rest. */
async function* outputPieces(
  kernel: Kernel,
  output: KernelOutput,
  first: KernelBytes,
  onEnd: (end: KernelEnd) => Promise<void>,
): AsyncGenerator<Uint8Array> {
  let current = first;
  try {
    while (current.end === undefined) {
      yield current.bytes;
      current = await kernel.more();
    }
    await onEnd(current.end);
    if (output.kind === 'parquet') yield* createReadStream(output.path);
    else yield current.bytes;
  } finally {
    if (current.end === undefined && kernel.isMidOutput) await kernel.giveUp();
  }
}

async function* followedBy(held: readonly Uint8Array[], rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* held;
  yield* rest;
}

async function outcomeOf(
  error: unknown,
  runner: Runner,
  task: Task,
  watch: Watch,
  files: readonly TableInput[],
): Promise<TaskOutcome> {
  const isStop = error instanceof Stopped || (error instanceof DuckdbError && error.type === 'interrupt');
  if (watch.cause !== undefined && isStop) return stoppedOutcome(watch.cause, runner.options);
  const explained =
    error instanceof DuckdbError ? await explain(error, runner, task, watch, files) : asFabricError(error);
  if (explained.code === 'EXECUTOR_LOST') return { kind: 'lost', message: explained.message };
  const { code, message, retryable, details } = explained;
  return { kind: 'failed', code, message, retryable, details };
}

/** DuckDB's errors that say something about a task's rows, and so about its files. */
const isAboutRows = ({ type }: DuckdbError): boolean =>
  !['out of memory', 'permission', 'interrupt', 'internal', 'fatal'].includes(type);

/** A file that was changed under DuckDB explains whatever DuckDB says of it. */
async function explain(
  error: DuckdbError,
  runner: Runner,
  task: Task,
  watch: Watch,
  files: readonly TableInput[],
): Promise<FabricError> {
  try {
    await verifyLocalInputs(files);
  } catch (changed) {
    return asFabricError(changed);
  }
  const { scratch } = runner.options;
  const inputs = [...new Set(files.flatMap(({ reads }) => reads.map(({ input }) => input)))];
  if (!isAboutRows(error) || inputs.some(({ path }) => error.message.includes(path)))
    return taskError(error, inputs, scratch);
  const rerun = (part: Task, tables: readonly TableInput[]) => runForNothing(runner, part, tables);
  const found = await findFailingFile(error, task, files, rerun, () => watch.cause !== undefined);
  if (found !== undefined) return withFile(taskError(found.error, [found.input], scratch), found.input.location);
  return withCandidates(taskError(error, inputs, scratch), inputs);
}

/** Computes the rows of a task, for the sake of the error it fails with. */
async function runForNothing({ kernel, options }: Runner, task: Task, tables: readonly TableInput[]): Promise<void> {
  const { sql, output } = fragmentSql(task, tables, { scratch: `${options.scratch}/task`, memoryLimitBytes: 0 });
  let current = await kernel.run({ sql, inputs: [], output, ...limitsOf(task, options, tables) });
  while (current.end === undefined) current = await kernel.more();
}

/** An error of the query with the file whose rows it failed on. Errors of the file itself name it already. */
function withFile(error: FabricError, file: string): FabricError {
  if (error.code !== 'QUERY_FAILED') return error;
  const { retryable, cause, details } = error;
  return new FabricError('QUERY_FAILED', `${error.message} in file ${file}`, {
    retryable,
    cause,
    details: { ...details, file },
  });
}

/** The same where it could be any of the files that were read. */
function withCandidates(error: FabricError, inputs: readonly { readonly location: string }[]): FabricError {
  if (error.code !== 'QUERY_FAILED' || inputs.length === 0) return error;
  const { retryable, cause, details } = error;
  const files = inputs.map(({ location }) => location);
  const more = files.length > CANDIDATES_SHOWN ? ` and ${files.length - CANDIDATES_SHOWN} more` : '';
  const message = `${error.message} while reading ${files.slice(0, CANDIDATES_SHOWN).join(', ')}${more}`;
  return new FabricError('QUERY_FAILED', message, { retryable, cause, details: { ...details, files } });
}

function stoppedOutcome(cause: StopCause, options: TaskRunnerOptions): TaskOutcome {
  switch (cause) {
    case 'deadline':
      return { kind: 'timed-out' };
    case 'cancelled':
      return { kind: 'lost', message: 'The task was cancelled' };
    case 'memory':
      return {
        kind: 'failed',
        code: 'OUT_OF_MEMORY',
        message: `The task used more than the ${options.memoryMiB} MiB its executor has. Give it more memory (setting memory) or cut it finer (setting fanout).`,
        retryable: true,
        details: { memoryMiB: options.memoryMiB },
      };
    default:
      return cause satisfies never;
  }
}

function giveUp(cause: StopCause, options: TaskRunnerOptions): void {
  switch (cause) {
    case 'memory':
      endProcess(`memory over ${options.memoryMiB} MiB`, { exitCode: MEMORY_EXIT_CODE }, options.scratch);
      break;
    case 'deadline':
      endProcess('the task passed its deadline and did not give way', 'killed', options.scratch);
      break;
    case 'cancelled':
      endProcess('the cancelled task did not give way', 'killed', options.scratch);
      break;
    default:
      cause satisfies never;
  }
}

function sumOf(files: readonly TableInput[], value: (read: TableInput['reads'][number]) => number): number {
  return files.reduce((total, { reads }) => reads.reduce((sum, read) => sum + value(read), total), 0);
}
