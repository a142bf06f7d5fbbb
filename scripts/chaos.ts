/**
 * `npm run chaos`: jobs on real processes, each with something that goes wrong in the middle of it. docs/chaos.md
 *
 *   npm run chaos                                      each fault once
 *   npm run chaos -- --runs 50 --seed 7                fifty runs, the faults in turn
 *   npm run chaos -- --only etcd-restart --seed 11     that run again
 *
 * Status 1 where anything was wrong.
 */
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type ChaosCluster, startCluster } from './chaos/cluster.ts';
import { FAULTS } from './chaos/faults.ts';
import { leftOf } from './chaos/judge.ts';
import { loadQueries, makeData } from './chaos/queries.ts';
import { summary, tellRun } from './chaos/report.ts';
import { type ChaosRun, runCalmly, runOnce, untilSwept } from './chaos/run.ts';

const EXECUTORS = 3;
const COORDINATORS = 2;

const { values } = parseArgs({
  options: {
    runs: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    only: { type: 'string' },
    timeout: { type: 'string', default: '40' },
  },
});
const faults = FAULTS.filter(({ name }) => values.only === undefined || values.only === name);
if (faults.length === 0) {
  process.stderr.write(`There is no fault ${values.only}. Faults are: ${FAULTS.map(({ name }) => name).join(', ')}\n`);
  process.exit(2);
}
const runs = Number(values.runs ?? faults.length);
const seed = Number(values.seed);
const timeoutSeconds = Number(values.timeout);
const say = (text: string): void => void process.stdout.write(`${text}\n`);

const ending: (() => Promise<unknown>)[] = [];
async function endAll(): Promise<void> {
  for (let end = ending.pop(); end !== undefined; end = ending.pop()) await end();
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void endAll().finally(() => process.exit(130)));
}

/** What every process said, for whoever looks for the cause. */
function dump({ executors, coordinators }: ChaosCluster): void {
  for (const place of [...coordinators, ...executors]) say(`--- ${place.name}\n${place.said()}`);
}

async function main(): Promise<number> {
  const data = await makeData();
  ending.push(async () => rmSync(data, { recursive: true, force: true }));
  const queries = await loadQueries(data);
  const cluster = await startCluster({ data, executors: EXECUTORS, coordinators: COORDINATORS });
  ending.push(() => cluster.close());
  const calmMs = new Map<string, number>();
  // Twice: processes that are new are slower.
  for (const query of [...queries, ...queries]) calmMs.set(query.name, await runCalmly(cluster, query, timeoutSeconds));
  say(
    `${runs} runs from seed ${seed}; without faults: ${[...calmMs].map(([name, ms]) => `${name} ${ms} ms`).join(', ')}`,
  );

  const done: ChaosRun[] = [];
  const sweeps: Promise<readonly string[]>[] = [];
  for (let at = 0; at < runs; at += 1) {
    const fault = faults[at % faults.length];
    if (fault === undefined) break;
    const run = await runOnce({ cluster, fault, queries, seed: seed + at, timeoutSeconds, calmMs });
    say(tellRun(run));
    done.push(run);
    // Others run meanwhile: there is no run in which nobody sweeps.
    sweeps.push(untilSwept(cluster, run));
  }
  say('waiting until nothing can write any more');
  const left = await Promise.all(sweeps);
  const judged = done.map((run, at) => ({
    ...run,
    wrong: [...run.wrong, ...(left[at] ?? []).map((key) => `left: ${key}`)],
  }));
  const strays = await leftOf(cluster);
  say(summary(judged));
  for (const key of strays) say(`left in the bucket: ${key}`);
  const isWrong = strays.length > 0 || judged.some(({ wrong }) => wrong.length > 0);
  if (isWrong) dump(cluster);
  return isWrong ? 1 : 0;
}

try {
  process.exitCode = await main();
} finally {
  await endAll();
}
