import { DuckdbError, taskError } from '../duckdb/kernel/error.ts';
import { asFabricError, FabricError } from '../errors.ts';
import { endProcess, MEMORY_EXIT_CODE } from '../execute/end-process.ts';
import { findFailingFile, type Rerun } from '../execute/failing-file.ts';
import { type TableInput, verifyLocalInputs } from '../execute/local-inputs.ts';
import { outOfMemory } from '../execute/out-of-memory.ts';
import { scratchFull } from '../execute/scratch-full.ts';
import { type StopCause, Stopped, type Watch } from '../execute/watch.ts';
import { failedOutcome } from './failed-outcome.ts';
import type { Task, TaskOutcome } from './task.ts';

/** An attempt that failed, with what explains the failure. */
export interface BrokenAttempt {
  /** Absent if the attempt failed before its fragment was loaded. */
  readonly task?: Task | undefined;
  readonly watch: Watch;
  /** The input files found before the failure. */
  readonly files: readonly TableInput[];
  /** The task's share of the executor's memory. */
  readonly memoryMiB: number;
  /** The executor's folder; hidden from users. */
  readonly scratch: string;
  readonly rerun: Rerun;
}

/** How many files an error names if any of them could be the cause. */
const CANDIDATES_SHOWN = 5;

/** The outcome of an attempt's error: a requested stop, a lost executor, or a failure of the task. Never rejects. */
export async function outcomeOf(error: unknown, attempt: BrokenAttempt): Promise<TaskOutcome> {
  const { watch, memoryMiB } = attempt;
  const isStop = error instanceof Stopped || (error instanceof DuckdbError && error.type === 'interrupt');
  if (watch.cause !== undefined && isStop) return stoppedOutcome(watch.cause, memoryMiB);
  const explained = error instanceof DuckdbError ? await explain(error, attempt) : asFabricError(error);
  if (explained.code === 'EXECUTOR_LOST') return { kind: 'lost', message: explained.message };
  return failedOutcome(explained);
}

/** Ends the process of a task that does not stop. `memoryMiB`: the task's share. */
export function giveUp(cause: StopCause, memoryMiB: number, scratch: string): void {
  switch (cause) {
    case 'memory':
      endProcess(`too much memory for a task of ${memoryMiB} MiB`, { exitCode: MEMORY_EXIT_CODE }, scratch);
      break;
    case 'deadline':
      endProcess('the task passed its deadline and did not give way', 'killed', scratch);
      break;
    case 'cancelled':
      endProcess('the cancelled task did not give way', 'killed', scratch);
      break;
    default:
      cause satisfies never;
  }
}

function stoppedOutcome(cause: StopCause, memoryMiB: number): TaskOutcome {
  switch (cause) {
    case 'deadline':
      return { kind: 'timed-out' };
    case 'cancelled':
      return { kind: 'lost', message: 'The task was cancelled' };
    case 'memory':
      return failedOutcome(outOfMemory(memoryMiB));
    default:
      return cause satisfies never;
  }
}

/** How the system and DuckDB report a full disk. DuckDB never writes to the object store, so this is the scratch folder. */
const NO_SPACE = /No space left on device|Disk quota exceeded/;

/** Whether an error depends on the task's rows, and so on its files. */
const isAboutRows = ({ type }: DuckdbError): boolean =>
  !['permission', 'interrupt', 'internal', 'fatal'].includes(type);

/** A file that changed while DuckDB read it explains any error. */
async function explain(error: DuckdbError, attempt: BrokenAttempt): Promise<FabricError> {
  const { task, watch, files, memoryMiB, scratch, rerun } = attempt;
  try {
    await verifyLocalInputs(files);
  } catch (changed) {
    return asFabricError(changed);
  }
  if (NO_SPACE.test(error.message)) return scratchFull({ reason: reasonOf(error, scratch), cause: error });
  if (error.type === 'out of memory') {
    return outOfMemory(memoryMiB, { reason: reasonOf(error, scratch), cause: error });
  }
  const inputs = [...new Set(files.flatMap(({ reads }) => reads.map(({ input }) => input)))];
  if (!isAboutRows(error) || inputs.some(({ path }) => error.message.includes(path)))
    return taskError(error, inputs, scratch);
  if (task === undefined) return taskError(error, inputs, scratch);
  const found = await findFailingFile(error, task, files, rerun, () => watch.cause !== undefined);
  if (found !== undefined) return withFile(taskError(found.error, [found.input], scratch), found.input.location);
  return withCandidates(taskError(error, inputs, scratch), inputs);
}

/** DuckDB's message without its advice, which names DuckDB settings that users cannot set. */
function reasonOf(error: DuckdbError, scratch: string): string {
  return error.message.replace(/\n+Possible solutions:[\s\S]*$/, '').replaceAll(scratch, '(scratch)');
}

/** Adds the file to an error of the query. Errors of the file itself already name it. */
function withFile(error: FabricError, file: string): FabricError {
  if (error.code !== 'QUERY_FAILED') return error;
  const { retryable, cause, details } = error;
  return new FabricError('QUERY_FAILED', `${error.message} in file ${file}`, {
    retryable,
    cause,
    details: { ...details, file },
  });
}

/** Adds the files that could be the cause. */
function withCandidates(error: FabricError, inputs: readonly { readonly location: string }[]): FabricError {
  if (error.code !== 'QUERY_FAILED' || inputs.length === 0) return error;
  const { retryable, cause, details } = error;
  const files = inputs.map(({ location }) => location);
  const more = files.length > CANDIDATES_SHOWN ? ` and ${files.length - CANDIDATES_SHOWN} more` : '';
  const message = `${error.message} while reading ${files.slice(0, CANDIDATES_SHOWN).join(', ')}${more}`;
  return new FabricError('QUERY_FAILED', message, { retryable, cause, details: { ...details, files } });
}
