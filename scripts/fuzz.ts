/** `npm run fuzz`: random queries over random tables, in three shapes, against plain DuckDB. */
import { scriptArguments } from './arguments.ts';
import { fuzz } from './fuzz/run.ts';

const USAGE = `npm run fuzz -- [OPTIONS]

Runs random queries over random tables (Parquet, CSV, JSON) in three shapes and compares their rows with plain DuckDB's. A query that
differs is shrunk and printed. Ends with status 1 if any differs.

  --queries N   how many queries (10000)
  --seed N      of all that is random; the same seed gives the same queries (random)
`;

const { queries: wanted, seed: given } = scriptArguments(USAGE, {
  queries: { type: 'string', default: '10000' },
  seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
});
const [queries, seed] = [Number(wanted), Number(given)];
if (!Number.isSafeInteger(queries) || queries < 1 || !Number.isSafeInteger(seed) || seed < 0) {
  process.stderr.write(`--queries and --seed take whole numbers.\n\n${USAGE}`);
  process.exit(2);
}

const { openEmbedded }: typeof import('../functions/embedded/session.ts') = await import(
  new URL('../dist/session.js', import.meta.url).href
);
const say = (line: string): void => console.log(line);
say(`seed ${seed}`);
const figures = await fuzz({ seed, queries, open: openEmbedded, say });
const refused = [...figures.refused].sort(([, a], [, b]) => b - a);
for (const [message, count] of refused) say(`refused ${count}: ${message}`);
for (const [message, count] of figures.failed) say(`rejected by DuckDB ${count}: ${message}`);
const total = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((sum, count) => sum + count, 0);
say(
  `seed ${seed}: ${figures.queries} queries, ${figures.empty} of them without rows, ${total(figures.failed)} that DuckDB rejects too, ${total(figures.refused)} refused, ${figures.different.length} different`,
);
process.exitCode = figures.different.length > 0 ? 1 : 0;
