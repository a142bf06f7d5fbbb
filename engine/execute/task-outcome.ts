import { DuckdbError, isDiskFull, isTooManyFiles, taskError } from '../duckdb/kernel/error.ts';
import { asFabricError, FabricError } from '../errors.ts';
import { inputVanished, tooManyFiles } from '../scan/local-file.ts';
import { isSystemError } from '../store/file-errors.ts';
import { failedOutcome } from '../task/failed-outcome.ts';
import { MEMORY_EXIT_CODE, outOfMemory, scratchFull } from '../task/resource-errors.ts';
import type { Task, TaskOutcome } from '../task/task.ts';
import { endProcess } from './end-process.ts';
import { findFailingFile, type Rerun } from './failing-file.ts';
import { scratchFailure } from './fetch-files.ts';
import { type TableInput, verifyLocalInputs } from './local-inputs.ts';
import { type StopCause, Stopped, type Watch } from './watch.ts';

/** A failed attempt, with the context needed to explain the failure. */
export interface FailedAttempt {
  /** Absent if the attempt failed before its fragment was available. */
  readonly task?: Task | undefined;
  readonly watch: Watch;
  /** The input files opened before the failure. */
  readonly files: readonly TableInput[];
  /** The task's share of the executor's memory. */
  readonly memoryMiB: number;
  /** The executor's scratch folder. Its path is removed from messages for users. */
  readonly scratch: string;
  readonly rerun: Rerun;
}

/** The maximum number of files listed in an error that any of them may have caused. */
const CANDIDATES_SHOWN = 5;

/** Converts an attempt's error to an outcome: stopped as requested, lost with its executor, or failed. Never rejects. */
export async function outcomeOf(error: unknown, attempt: FailedAttempt): Promise<TaskOutcome> {
  const { watch, memoryMiB } = attempt;
  const isStop = error instanceof Stopped || (error instanceof DuckdbError && error.type === 'interrupt');
  if (watch.cause !== undefined && isStop) return stoppedOutcome(watch.cause, memoryMiB);
  const explained = error instanceof DuckdbError ? await explain(error, attempt) : errorOf(error);
  if (explained.code === 'EXECUTOR_LOST') return { kind: 'lost', message: explained.message };
  return failedOutcome(explained);
}

/**
 * Converts any error other than a DuckDB error. Input files and stores already report system errors with their own
 * codes, so any remaining system error concerns the scratch folder.
 */
function errorOf(error: unknown): FabricError {
  return isSystemError(error) ? scratchFailure(error, 'its temporary files') : asFabricError(error);
}

/** Terminates the process of a task that does not stop. `memoryMiB` is the task's share. */
export function giveUp(cause: StopCause, memoryMiB: number, scratch: string): void {
  switch (cause) {
    case 'memory':
      endProcess(`its task exceeded ${memoryMiB} MiB of memory`, { exitCode: MEMORY_EXIT_CODE }, scratch);
      break;
    case 'deadline':
      endProcess('the task passed its deadline and did not stop', 'killed', scratch);
      break;
    case 'cancelled':
      endProcess('the cancelled task did not stop', 'killed', scratch);
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
      return { kind: 'lost', message: 'The task was cancelled.' };
    case 'memory':
      return failedOutcome(outOfMemory(memoryMiB));
    default:
      return cause satisfies never;
  }
}

/** Returns whether a DuckDB error may be caused by a task's rows, and therefore by one of its files. */
const isAboutRows = ({ type }: DuckdbError): boolean =>
  !['permission', 'interrupt', 'internal', 'fatal'].includes(type);

/**
 * Converts a DuckDB error to an error for users. If an input file changed while DuckDB read it, returns that error,
 * since the change can explain any failure.
 */
async function explain(error: DuckdbError, attempt: FailedAttempt): Promise<FabricError> {
  const { task, watch, files, memoryMiB, scratch, rerun } = attempt;
  try {
    await verifyLocalInputs(files);
  } catch (changed) {
    return asFabricError(changed);
  }
  if (isTooManyFiles(error)) return tooManyFiles('The executor cannot open its files', error);
  // DuckDB writes to the scratch folder only, not to the object store.
  if (isDiskFull(error)) return scratchFull({ reason: reasonOf(error, scratch), cause: error });
  if (error.type === 'out of memory') {
    return outOfMemory(memoryMiB, { reason: reasonOf(error, scratch), cause: error });
  }
  const inputs = [...new Set(files.flatMap(({ reads }) => reads.map(({ input }) => input)))];
  const moved = inputs.find(({ origin, path }) => origin.kind === 'in-place' && error.message.includes(path));
  // DuckDB checks where an open file is now. The error means that the file was moved out of the allowed folders.
  if (error.type === 'permission' && moved !== undefined) return inputVanished(moved.location, error);
  if (!isAboutRows(error) || inputs.some(({ path }) => error.message.includes(path)))
    return taskError(error, inputs, scratch);
  if (task === undefined) return taskError(error, inputs, scratch);
  const found = await findFailingFile(error, task, files, rerun, () => watch.cause !== undefined);
  if (found !== undefined) return withFile(taskError(found.error, [found.input], scratch), found.input.location);
  return withCandidates(taskError(error, inputs, scratch), inputs);
}

/** Returns DuckDB's message without its advice, which mentions DuckDB settings that users cannot change. */
function reasonOf(error: DuckdbError, scratch: string): string {
  return error.message.replace(/\n+Possible solutions:[\s\S]*$/, '').replaceAll(scratch, '(scratch)');
}

/** Adds the failing file to a query error. Errors in the file itself already contain its name. */
function withFile(error: FabricError, file: string): FabricError {
  if (error.code !== 'QUERY_FAILED') return error;
  const { retryable, cause, details } = error;
  return new FabricError('QUERY_FAILED', `${error.message} in file ${file}`, {
    retryable,
    cause,
    details: { ...details, file },
  });
}

/** Adds the candidate files to a query error if the failing file is unknown. */
function withCandidates(error: FabricError, inputs: readonly { readonly location: string }[]): FabricError {
  if (error.code !== 'QUERY_FAILED' || inputs.length === 0) return error;
  const { retryable, cause, details } = error;
  const files = inputs.map(({ location }) => location);
  const more = files.length > CANDIDATES_SHOWN ? ` and ${files.length - CANDIDATES_SHOWN} more` : '';
  const message = `${error.message} while reading ${files.slice(0, CANDIDATES_SHOWN).join(', ')}${more}`;
  return new FabricError('QUERY_FAILED', message, { retryable, cause, details: { ...details, files } });
}
