import { FabricError } from '../../engine/errors.ts';
import type { Config } from '../config/config.ts';
import type { QueryResult } from '../embedded/job-result.ts';
import type { EmbeddedSession } from '../embedded/session.ts';
import { requestsText } from './figures.ts';
import { writeNotice } from './notice.ts';
import { progressLine, summaryText } from './progress-line.ts';
import { scriptParts } from './script.ts';
import { deliver, toOutput } from './write-result.ts';

/** Runs every statement of a script and writes their rows. Rejects with the first error. Earlier output stays. */
export async function runScript(
  script: string,
  session: EmbeddedSession,
  config: Config,
  signal: AbortSignal,
): Promise<void> {
  const parts = scriptParts(script);
  checkOneResult(parts.filter(({ returnsRows }) => returnsRows).length, config);
  let isFirst = true;
  for (const { text, returnsRows } of parts) {
    if (returnsRows) {
      await runPart(text, session, config, signal, isFirst);
      isFirst = false;
    } else await (await session.run(text, { resultFormat: 'arrow', explain: true, signal })).release();
  }
}

/** Checks that a single-document format or a file receives only one result. Throws `USAGE`. */
export function checkOneResult(results: number, config: Config): void {
  const isOneDocument = config.format === 'arrow' || config.format === 'parquet';
  if (results <= 1 || (!isOneDocument && config.outputPath === undefined)) return;
  const target = config.outputPath === undefined ? `--format ${config.format}` : '--output';
  throw new FabricError(
    'USAGE',
    `${target} accepts only one result, but ${results} statements return rows. Run them one at a time.`,
  );
}

/**
 * Runs views, settings and one statement that returns rows, and writes the rows. Unless it is the first statement, a
 * blank line precedes the text of EXPLAIN.
 */
export async function runPart(
  text: string,
  session: EmbeddedSession,
  config: Config,
  signal: AbortSignal,
  isFirst = true,
): Promise<void> {
  const startedAt = performance.now();
  await toOutput(config, async (output) => {
    const progress = progressLine(process.stderr, !config.quiet);
    const running = session.run(text, {
      resultFormat: config.format === 'parquet' ? 'parquet' : 'arrow',
      explain: config.explain,
      signal,
      onProgress: (update) => progress.update(update),
    });
    const result = await running.finally(() => progress.clear());
    await deliver(isFirst ? result : afterBlankLine(result), output, config, signal);
    writeSummary(result, performance.now() - startedAt, config);
  });
}

function afterBlankLine(result: QueryResult): QueryResult {
  return result.kind === 'text' ? { ...result, text: `\n${result.text}` } : result;
}

/**
 * Summarizes a run in one line, on a terminal or with `--summary`. With `--summary`, also reports the store requests.
 */
export function writeSummary(result: QueryResult, milliseconds: number, config: Config): void {
  const isWanted = config.summary || (!config.quiet && process.stderr.isTTY);
  if (!isWanted || result.kind === 'none' || !result.figures) return;
  writeNotice(`${summaryText(result.rows, milliseconds, result.figures)}\n`);
  const requests = config.summary && result.requests !== undefined ? requestsText(result.requests()) : '';
  if (requests !== '') writeNotice(`store requests: ${requests}\n`);
}
