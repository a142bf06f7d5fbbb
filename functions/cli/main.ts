import { readFile } from 'node:fs/promises';
import { refuseResultTtl } from '../../coordinator/jobs/plan-job.ts';
import { asFabricError, FabricError } from '../../engine/errors.ts';
import { type Config, isDebugging, loadConfig } from '../config/config.ts';
import { cancelJob, knownJob, knownJobs, resumeLocalJob } from '../embedded/known-jobs.ts';
import { type EmbeddedSession, openEmbedded } from '../embedded/session.ts';
import { childEntry } from '../process/child-entry.ts';
import { type CommandEnd, type ExitStatus, errorText, exitStatusOf } from '../process/exit-status.ts';
import { isClosed } from '../process/output-closed.ts';
import { type Interruption, onInterrupt } from './interrupt.ts';
import { jobListText, jobText } from './job-text.ts';
import { visibleLines, writeNotice } from './notice.ts';
import { standardOutput } from './output.ts';
import { parseArguments, type Request, type StatementSource } from './program.ts';
import { progressLine } from './progress-line.ts';
import { runRepl } from './repl.ts';
import { runScript, writeSummary } from './run-script.ts';
import { checkFormat, deliver, toOutput } from './write-result.ts';

/**
 * Runs the command line (without the program's own two arguments) and returns its exit status. All resources are closed
 * by then.
 */
export async function main(argv: readonly string[]): Promise<ExitStatus> {
  // Writers handle stream errors. Without these listeners, an error event would end the process first.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  let phase: 'starting' | 'running' = 'starting';
  try {
    const request = await parseArguments(argv);
    if (request.kind === 'nothing') return exitStatusOf({ kind: 'done' });
    if (request.kind === 'executor' || request.kind === 'serve') {
      // These commands are separate programs in separate modules.
      await import(childEntry(request.kind).href);
      return exitStatusOf({ kind: 'done' });
    }
    const config = loadConfig(request.flags);
    if (request.kind === 'sql' || request.kind === 'interactive') refuseResultTtl(config.settings);
    phase = 'running';
    return exitStatusOf(await answer(request, config));
  } catch (error) {
    report(error);
    return exitStatusOf({ kind: 'failed', phase, error });
  }
}

/** Prints an error, for all commands. */
function report(error: unknown): void {
  if (!isClosed(error)) writeNotice(errorText(error, isDebugging()));
}

const DONE: CommandEnd = { kind: 'done' };

async function answer(
  request: Exclude<Request, { kind: 'nothing' | 'executor' | 'serve' }>,
  config: Config,
): Promise<CommandEnd> {
  switch (request.kind) {
    case 'interactive':
      if (!process.stdin.isTTY || !process.stdout.isTTY) return runStatements({ kind: 'stdin' }, config);
      await runRepl(config);
      return DONE;
    case 'sql':
      return runStatements(request.source, config);
    case 'jobs': {
      const jobs = await knownJobs(config);
      if (jobs.length > 0) await standardOutput().write(visibleLines(jobListText(jobs)));
      else writeNotice('No jobs.\n');
      return DONE;
    }
    case 'job':
      await standardOutput().write(visibleLines(jobText(await knownJob(config, request.id), Date.now())));
      return DONE;
    case 'resume':
      return resume(request.id, config);
    case 'cancel': {
      const outcome = await cancelJob(config, request.id);
      writeNotice(
        outcome === 'asked'
          ? "Sent a cancel request to the job's process.\n"
          : "The job's process had already ended, so the job was deleted.\n",
      );
      return DONE;
    }
    default:
      return request satisfies never;
  }
}

/** Runs `work` and cancels it on Ctrl-C. After an interruption, errors do not change the outcome `interrupted`. */
async function interruptible(work: (interruption: Interruption) => Promise<void>): Promise<CommandEnd> {
  const interruption = onInterrupt(process.stderr);
  try {
    await work(interruption);
    return interruption.signal.aborted ? { kind: 'interrupted' } : DONE;
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    const { code } = asFabricError(error);
    if (code !== 'CANCELLED') report(error);
    return { kind: 'interrupted' };
  } finally {
    interruption.dispose();
  }
}

async function runStatements(source: StatementSource, config: Config): Promise<CommandEnd> {
  return interruptible(async ({ signal }) => {
    // Start child processes while the statements are read.
    const opening = openEmbedded(config);
    opening.catch(() => undefined);
    let session: EmbeddedSession | undefined;
    try {
      const script = await readStatements(source, signal);
      session = await opening;
      if (!signal.aborted) await runScript(script, session, config, signal);
    } finally {
      await (session ?? (await opening.catch(() => undefined)))?.close();
    }
  });
}

/** Reads the statements. Returns an empty text if reading was interrupted. */
async function readStatements(source: StatementSource, signal: AbortSignal): Promise<string> {
  switch (source.kind) {
    case 'argument':
      return source.text;
    case 'file':
      return readFile(source.path, 'utf8').catch((cause) => {
        throw new FabricError('USAGE', `The file ${source.path} cannot be read: ${cause.message}`, { cause });
      });
    case 'stdin':
      return readStdin(signal);
    default:
      return source satisfies never;
  }
}

async function readStdin(signal: AbortSignal): Promise<string> {
  if (process.stdin.isTTY) writeNotice('Type statements, then Ctrl-D.\n');
  const stop = (): void => {
    process.stdin.destroy();
  };
  signal.addEventListener('abort', stop);
  process.stdin.setEncoding('utf8');
  let text = '';
  try {
    for await (const chunk of process.stdin) text += chunk;
    return text;
  } catch (error) {
    if (signal.aborted) return '';
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function resume(id: string, config: Config): Promise<CommandEnd> {
  return interruptible(async ({ signal }) => {
    const startedAt = performance.now();
    const job = await knownJob(config, id);
    checkFormat(job, config);
    await toOutput(config, async (output) => {
      const progress = progressLine(process.stderr, !config.quiet);
      const resuming = resumeLocalJob(config, job, { signal, onProgress: (update) => progress.update(update) });
      const { result, close } = await resuming.finally(() => progress.clear());
      try {
        await deliver(result, output, config, signal);
      } finally {
        await close();
      }
      writeSummary(result, performance.now() - startedAt, config);
    });
  });
}
