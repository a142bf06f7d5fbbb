import { formatResult, RESULT_FORMATS } from '../../coordinator/front/result/format.ts';
import type { TableLayout } from '../../coordinator/front/result/table.ts';
import { asFabricError, FabricError } from '../../engine/errors.ts';
import type { JobId } from '../../engine/task/task.ts';
import type { Config } from '../config/config.ts';
import { usage } from '../config/usage.ts';
import type { KnownLocalJob } from '../embedded/job-list.ts';
import type { QueryResult } from '../embedded/job-result.ts';
import { isClosed } from '../process/output-closed.ts';
import { resumeCommand } from './job-text.ts';
import { visibleLines } from './notice.ts';
import { fileOutput, type Output, standardOutput } from './output.ts';

/** A longer table on a terminal shows only its first and last rows. */
const TERMINAL_ROWS = 40;

/** A result with rows, bytes or text. */
type Given = Exclude<QueryResult, { kind: 'none' }>;

/** Opens the configured output, then runs work with it. No query runs if its rows cannot be written. */
export async function toOutput(config: Config, work: (output: Output) => Promise<void>): Promise<void> {
  const output = config.outputPath === undefined ? standardOutput() : await fileOutput(config.outputPath);
  try {
    await work(output);
  } catch (error) {
    await output.discard();
    throw error;
  }
}

/**
 * Writes the result of a query and releases its job. Rejects if writing fails. The job is then kept, and the error
 * message shows how to print its rows. If the reader has closed the output, or the signal aborts (`CANCELLED`), the job
 * is still released.
 */
export async function deliver(result: QueryResult, output: Output, config: Config, signal: AbortSignal): Promise<void> {
  if (result.kind === 'none') {
    await output.discard();
    return;
  }
  try {
    for await (const chunk of chunksOf(result, config)) {
      await output.write(chunk);
      if (signal.aborted) throw new FabricError('CANCELLED', 'Interrupted while writing rows.');
    }
    await output.finish();
  } catch (error) {
    const isUnwanted = isClosed(error) || signal.aborted;
    if (result.job !== undefined && !isUnwanted) throw undelivered(error, result.kind, result.job);
    await result.release();
    throw error;
  }
  await result.release();
}

function undelivered(thrown: unknown, kind: Given['kind'], job: JobId): FabricError {
  const { code, message, details } = asFabricError(thrown);
  const command = resumeCommand(job, kind === 'file' ? 'parquet' : 'arrow');
  const advice = `The job is kept. Once this process has exited, print the rows with ${command}, or delete the job with volley cancel ${job}.`;
  return new FabricError(code, `${message}\n${advice}`, { details: { ...details, job }, cause: thrown });
}

/**
 * Throws `USAGE` if a job cannot return the requested format. Its tasks write either Arrow, which converts to every
 * format except Parquet, or one Parquet file.
 */
export function checkFormat({ id, state }: KnownLocalJob, { format }: Config): void {
  const isParquet = state.settings.resultFormat === 'parquet';
  if (isParquet === (format === 'parquet')) return;
  const formats = RESULT_FORMATS.filter((each) => (each === 'parquet') === isParquet);
  throw usage(`Job ${id} cannot return ${format}. Resume it with --format ${formats.join(', ')}.`);
}

function chunksOf(result: Given, config: Config): AsyncIterable<string | Uint8Array> | Iterable<string> {
  switch (result.kind) {
    case 'text':
      return [visibleLines(result.text)];
    case 'file':
      return result.chunks;
    case 'rows':
      if (config.format === 'parquet')
        throw new FabricError('OUTPUT_FAILED', 'This statement has no Parquet result. Choose another format.');
      return formatResult(result.result, config.format, config.outputPath === undefined ? terminalLayout() : {});
    default:
      return result satisfies never;
  }
}

/** Fits tables to a terminal. Tables in a pipe or a file are complete. */
function terminalLayout(): TableLayout {
  return process.stdout.isTTY ? { maxWidth: process.stdout.columns || 80, maxRows: TERMINAL_ROWS } : {};
}
