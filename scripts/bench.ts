/**
 * Runs TPC-H on Volley and on plain DuckDB, over the same files with the same number of threads:
 *
 *   npm run bench -- --scale 1 [--repeat 3] [--queries 1,6,17] [--data DIRECTORY]
 *
 * Each repetition runs every query sequentially on DuckDB and in three shapes, so that a slow moment of the machine
 * affects all of them. The best repetition counts. All processes start before the first measurement.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { promisify } from 'node:util';
import { untilSignal } from '../functions/process/until-signal.ts';
import { scriptArguments } from './arguments.ts';
import { measureQueries } from './bench/measure.ts';
import { printReport } from './bench/report.ts';
import { officialTpch } from './tpch/official.ts';

const { openEmbedded }: typeof import('../functions/embedded/session.ts') = await import(
  new URL('../dist/session.js', import.meta.url).href
);

const CLEAR_LINE = '\r\u001b[K';

const { options: flags } = scriptArguments(
  {
    name: 'npm run bench --',
    about:
      'Runs TPC-H on Volley and on plain DuckDB, over the same files with the same number of threads (docs/performance.md).',
  },
  {
    scale: { value: 'N', default: '1', about: 'scale factor of the generated data (generation requires Python 3)' },
    repeat: { value: 'N', default: '3', about: 'number of repetitions; the best repetition counts' },
    queries: { value: '1,6,17', about: 'only these queries (all 22 by default)' },
    data: { value: 'directory', about: "folder with the tables' Parquet files, instead of generated tables" },
  },
);

const startCount = 5;
const run = promisify(execFile);
const stop = new AbortController();
void untilSignal().then(() => stop.abort());

try {
  const data = flags.data ?? officialTpch(Number(flags.scale));
  const numbers = flags.queries?.split(',') ?? Array.from({ length: 22 }, (_, index) => String(index + 1));
  const queries = numbers.map((number) => {
    const name = `q${number.trim().padStart(2, '0')}`;
    return { name, sql: readFileSync(new URL(`../test/tpch/queries/${name}.sql`, import.meta.url), 'utf8') };
  });
  const measured = await measureQueries({
    openEmbedded,
    data,
    queries,
    repetitions: Number(flags.repeat),
    signal: stop.signal,
    onQuery: (repetition, query) => process.stderr.write(`\r${repetition}/${flags.repeat} ${query} `),
  });
  const starts: number[] = [];
  while (starts.length < startCount) starts.push(await startSeconds());
  process.stderr.write(CLEAR_LINE);
  printReport({
    measured,
    starts,
    machine: `${cpus()[0]?.model ?? 'unknown CPU'}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
    scale: flags.scale,
    repetitions: Number(flags.repeat),
  });
} catch (error) {
  process.stderr.write(CLEAR_LINE);
  if (stop.signal.aborted) process.exit(130);
  process.stderr.write(`bench: ${error instanceof Error ? error.message : error}\n`);
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
