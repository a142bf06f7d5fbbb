import { formatResult } from '../../coordinator/front/result/format.ts';
import type { TableLayout } from '../../coordinator/front/result/table.ts';
import { FabricError } from '../../engine/errors.ts';
import type { Config } from '../config/config.ts';
import type { QueryResult } from '../embedded/job-result.ts';
import type { EmbeddedSession } from '../embedded/session.ts';
import { isDefinition } from './definitions.ts';
import { requestsText } from './figures.ts';
import { visibleLines, writeNotice } from './notice.ts';
import { fileOutput, type Output, standardOutput } from './output.ts';
import { progressLine, summaryText } from './progress-line.ts';
import { type LoneStatement, scriptParts, statementsOf } from './script.ts';

/** Rows a table shows on a terminal before it shows only the first and the last. */
const TERMINAL_ROWS = 40;

/** Runs every statement of a script and writes what gives rows. Rejects with the first error; what was written before stays. */
export async function runScript(
  script: string,
  session: EmbeddedSession,
  config: Config,
  signal: AbortSignal,
): Promise<void> {
  checkOneResult(statementsOf(script), config);
  for (const part of scriptParts(script)) await runPart(part, session, config, signal);
}

/** Formats that are one document, and files, hold one result. Throws `USAGE`. */
export function checkOneResult(statements: readonly LoneStatement[], config: Config): void {
  const results = statements.filter((statement) => !isDefinition(statement)).length;
  const isOneDocument = config.format === 'arrow' || config.format === 'parquet';
  if (results <= 1 || (!isOneDocument && config.outputPath === undefined)) return;
  const target = config.outputPath === undefined ? `--format ${config.format}` : '--output';
  throw new FabricError(
    'USAGE',
    `${target} takes one result, but ${results} statements give rows. Run them one at a time.`,
  );
}

/** Runs views, settings and at most one statement that gives rows, and writes those. */
export async function runPart(
  text: string,
  session: EmbeddedSession,
  config: Config,
  signal: AbortSignal,
): Promise<void> {
  const startedAt = performance.now();
  const progress = progressLine(process.stderr, !config.quiet);
  let result: QueryResult | undefined;
  try {
    result = await session.run(text, {
      resultFormat: config.format === 'parquet' ? 'parquet' : 'arrow',
      explain: config.explain,
      signal,
      onProgress: (update) => progress.update(update),
    });
    progress.clear();
    await writeResult(result, config);
  } finally {
    progress.clear();
    await result?.release();
  }
  writeSummary(result, performance.now() - startedAt, config);
}

/** What was run, in one line: for people at a terminal, and for whoever asked for it, who also gets what was asked of stores. */
export function writeSummary(result: QueryResult, milliseconds: number, config: Config): void {
  const isWanted = config.summary || (!config.quiet && process.stderr.isTTY);
  if (!isWanted || result.kind === 'none' || !result.figures) return;
  writeNotice(`${summaryText(result.rows, milliseconds, result.figures)}\n`);
  // Who only looks on at a terminal is not asked to read it.
  const requests = config.summary && result.requests !== undefined ? requestsText(result.requests()) : '';
  if (requests !== '') writeNotice(`store requests: ${requests}\n`);
}

/** Writes what a query gave to where the config says. */
export async function writeResult(result: QueryResult, config: Config): Promise<void> {
  if (result.kind === 'none') return;
  const output: Output = config.outputPath === undefined ? standardOutput() : await fileOutput(config.outputPath);
  try {
    for await (const chunk of chunksOf(result, config)) await output.write(chunk);
    await output.finish();
  } catch (error) {
    await output.discard();
    throw error;
  }
}

function chunksOf(
  result: Exclude<QueryResult, { kind: 'none' }>,
  config: Config,
): AsyncIterable<string | Uint8Array> | Iterable<string> {
  switch (result.kind) {
    case 'text':
      return [visibleLines(result.text)];
    case 'file':
      return result.chunks;
    case 'rows':
      if (config.format === 'parquet')
        throw new FabricError('OUTPUT_FAILED', 'This statement cannot give Parquet. Choose another format.');
      return formatResult(result.result, config.format, config.outputPath === undefined ? terminalLayout() : {});
    default:
      return result satisfies never;
  }
}

/** Tables fit the terminal they are shown on; in a pipe or a file they are whole. */
function terminalLayout(): TableLayout {
  return process.stdout.isTTY ? { maxWidth: process.stdout.columns || 80, maxRows: TERMINAL_ROWS } : {};
}
