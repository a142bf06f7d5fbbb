/**
 * Runs TPC-H on Volley and on plain DuckDB, over the same files with the same number of threads:
 *
 *   npm run bench -- --scale 1 [--repeat 3] [--queries 1,6,17]
 *   npm run bench -- --data DIRECTORY [--repeat 3] [--queries 1,6,17]
 *
 * Each repetition runs every query sequentially on DuckDB and in three shapes, so that a slow moment of the machine
 * affects all of them. The best repetition counts. All processes start before the first measurement.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { usage } from '../functions/config/usage.ts';
import { untilSignal } from '../functions/process/until-signal.ts';
import { listOf, numberFrom, readOrExit, scriptArguments, wholeNumberFrom } from './arguments.ts';
import { measureQueries } from './bench/measure.ts';
import { printReport } from './bench/report.ts';
import { checkTables } from './bench/tables.ts';
import { officialTpch } from './tpch/official.ts';

const CLEAR_LINE = '\r\u001b[K';
const QUERY_COUNT = 22;

const { options: flags } = scriptArguments(
  {
    name: 'npm run bench',
    about:
      'Runs TPC-H on Volley and on plain DuckDB, over the same files with the same number of threads (docs/performance.md).',
  },
  {
    scale: {
      value: 'N',
      read: numberFrom(0.001, 1000),
      about: 'scale factor of the generated data (generation requires Python 3; default: 1)',
    },
    data: { value: 'directory', about: "folder with the tables' Parquet files, instead of generated tables" },
    queries: {
      value: 'numbers',
      read: listOf(`a list of numbers from 1 to ${QUERY_COUNT}, separated by commas`, queryNumber),
      about: `only these queries, such as 1,6,17 (default: all ${QUERY_COUNT})`,
    },
    repeat: {
      value: 'N',
      default: '3',
      read: wholeNumberFrom(1),
      about: 'number of repetitions; the best repetition counts',
    },
  },
);
readOrExit(() => {
  if (flags.data !== undefined && flags.scale !== undefined)
    throw usage('--scale has no effect on the tables in --data. Use one of these options.');
});
const { scale = 1, repeat: repetitions } = flags;

function queryNumber(text: string): number | undefined {
  const number = /^\d+$/.test(text) ? Number(text) : 0;
  return number >= 1 && number <= QUERY_COUNT ? number : undefined;
}

const { openEmbedded }: typeof import('../functions/embedded/session.ts') = await import(
  new URL('../dist/session.js', import.meta.url).href
);

const startCount = 5;
const run = promisify(execFile);
const stop = new AbortController();
void untilSignal().then(() => {
  process.stderr.write(`${CLEAR_LINE}bench: Interrupted. Ending child processes.\n`);
  stop.abort();
});

try {
  const numbers = flags.queries ?? Array.from({ length: QUERY_COUNT }, (_, index) => index + 1);
  const queries = numbers.map((number) => {
    const name = `q${String(number).padStart(2, '0')}`;
    return { name, sql: readFileSync(new URL(`../test/tpch/queries/${name}.sql`, import.meta.url), 'utf8') };
  });
  if (flags.data !== undefined) await checkTables(flags.data, queries);
  const data = flags.data ?? officialTpch(scale);
  const measured = await measureQueries({
    openEmbedded,
    data,
    queries,
    repetitions,
    signal: stop.signal,
    onQuery: (repetition, query) => process.stderr.write(`\r${repetition}/${repetitions} ${query} `),
  });
  const starts: number[] = [];
  while (starts.length < startCount) starts.push(await startSeconds());
  process.stderr.write(CLEAR_LINE);
  printReport({
    measured,
    starts,
    machine: `${cpus()[0]?.model ?? 'unknown CPU'}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
    tables: flags.data === undefined ? `TPC-H scale ${scale}` : `TPC-H queries on ${flags.data}`,
    repetitions,
  });
} catch (error) {
  // Data generation blocks the event loop. Let it handle a signal that arrived meanwhile.
  await nextTurn();
  if (stop.signal.aborted) process.exit(130);
  process.stderr.write(`${CLEAR_LINE}bench: ${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}

/**
 * Returns the seconds from starting `volley sql 'select 1'` to its exit: process startup, planning, one task, one row.
 */
async function startSeconds(): Promise<number> {
  const start = performance.now();
  await run(process.execPath, ['bin/volley.js', 'sql', 'select 1'], { signal: stop.signal });
  return (performance.now() - start) / 1000;
}
