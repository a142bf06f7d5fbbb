/**
 * `npm run fuzz`: runs random queries over random tables in three shapes, and compares the results with plain DuckDB.
 */
import { randomInt } from 'node:crypto';
import { scriptArguments, wholeNumberFrom } from './arguments.ts';
import { fuzz } from './fuzz/run.ts';

const { options: flags } = scriptArguments(
  {
    name: 'npm run fuzz',
    about: `Runs random queries over random tables (Parquet, CSV, JSON) in three shapes and compares their rows with those of plain DuckDB. Shrinks and prints each query with different results, and exits with status 1 if there is any.`,
  },
  {
    queries: { value: 'N', default: '10000', read: wholeNumberFrom(1), about: 'number of queries' },
    seed: {
      value: 'N',
      read: wholeNumberFrom(0),
      about: 'seed of all random choices; the same seed generates the same queries (default: random)',
    },
  },
);
const { queries, seed = randomInt(2 ** 31) } = flags;

const { openEmbedded }: typeof import('../functions/embedded/session.ts') = await import(
  new URL('../dist/session.js', import.meta.url).href
);
const say = (line: string): void => console.log(line);
say(`seed ${seed}`);
const figures = await fuzz({ seed, queries, open: openEmbedded, say });
const refused = [...figures.refused].sort(([, a], [, b]) => b - a);
for (const [message, count] of refused) say(`Volley refused ${count}: ${message}`);
for (const [message, count] of figures.failed) say(`DuckDB rejected ${count}: ${message}`);
const total = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((sum, count) => sum + count, 0);
say(
  `seed ${seed}: ${figures.queries} queries, ${figures.empty} with empty results, ${total(figures.failed)} rejected by DuckDB, ${total(figures.refused)} refused by Volley, ${figures.different.length} with differences`,
);
process.exitCode = figures.different.length > 0 ? 1 : 0;
