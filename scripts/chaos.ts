/**
 * `npm run chaos`: runs jobs on real processes and injects a fault into each. See docs/chaos.md.
 *
 *   npm run chaos                                      each fault once
 *   npm run chaos -- --runs 50 --seed 7                fifty runs, cycling through the faults
 *   npm run chaos -- --only etcd-restart --seed 11     repeats one run
 *
 * Exits with 1 if any run failed.
 */
import { rmSync } from 'node:fs';
import { listOf, scriptArguments, wholeNumberFrom } from './arguments.ts';
import { type ChaosCluster, startCluster } from './chaos/cluster.ts';
import type { ContainerOptions } from './chaos/container.ts';
import { FAULTS } from './chaos/faults.ts';
import { leftOf } from './chaos/judge.ts';
import { loadQueries, makeData } from './chaos/queries.ts';
import { summary, tellRun } from './chaos/report.ts';
import { type CalmRun, type ChaosRun, runCalmly, runOnce, untilSwept } from './chaos/run.ts';
import { localBase } from './images/base.ts';
import { buildImage } from './images/build.ts';
import { openDocker } from './servers/dockerd.ts';

const EXECUTORS = 3;
const COORDINATORS = 2;
const CONTAINERS = 2;
const FAULT_NAMES = FAULTS.map(({ name }) => name).join(', ');

const { options: values } = scriptArguments(
  {
    name: 'npm run chaos',
    about: 'Runs jobs on real processes and injects a fault into each (docs/chaos.md). Exits with 1 if any run failed.',
  },
  {
    runs: {
      value: 'N',
      read: wholeNumberFrom(1),
      about: 'number of jobs, which cycle through the faults (default: each fault once)',
    },
    only: {
      value: 'names',
      read: listOf(`a list of faults, separated by commas, from ${FAULT_NAMES}`, (text) =>
        FAULTS.find(({ name }) => name === text),
      ),
      about: `only these faults, separated by commas: ${FAULT_NAMES}`,
    },
    seed: {
      value: 'N',
      read: wholeNumberFrom(0),
      about:
        'seed of the random choices (queries, times and targets) of the first job; each further job adds 1 to it. The seed of every job is printed (default: from the clock)',
    },
    timeout: { value: 'S', default: '40', read: wholeNumberFrom(1), about: 'time limit of a job in seconds' },
  },
);
const wanted = FAULTS.filter((fault) => values.only?.includes(fault) ?? true);
const { seed = Date.now() % 1_000_000, timeout: timeoutSeconds } = values;
const say = (text: string): void => void process.stdout.write(`${text}\n`);

// Each server adds a listener, because it ends with this process.
process.setMaxListeners(0);

const ending: (() => Promise<unknown>)[] = [];
let allEnded: Promise<void> | undefined;
function endAll(): Promise<void> {
  const endNext = async (): Promise<void> => {
    for (let end = ending.pop(); end !== undefined; end = ending.pop()) await end();
  };
  allEnded ??= endNext();
  return allEnded;
}
let isInterrupted = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    isInterrupted = true;
    void endAll().finally(() => process.exit(130));
  });
}

/** Prints the output of every process, to find the cause of a failure. */
function dump({ executors, coordinators }: ChaosCluster): void {
  for (const place of [...coordinators, ...executors]) say(`--- ${place.name}\n${place.said()}`);
}

/** Builds the executor's image for containers if Docker is available. Otherwise prints the reason. */
async function openContainers(): Promise<ContainerOptions | undefined> {
  if (!wanted.some(({ inContainers }) => inContainers === true)) return undefined;
  try {
    const docker = await openDocker();
    ending.push(() => docker.close());
    const { tag } = await buildImage(docker, 'executor', await localBase(docker));
    return { docker, image: tag };
  } catch (error) {
    say(`SKIPPED faults that need containers: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}

async function main(): Promise<number> {
  const containers = await openContainers();
  const faults = wanted.filter(({ inContainers }) => inContainers !== true || containers !== undefined);
  const runs = values.runs ?? faults.length;
  const data = await makeData();
  ending.push(async () => rmSync(data, { recursive: true, force: true }));
  const queries = await loadQueries(data);
  const cluster = await startCluster({
    data,
    executors: EXECUTORS,
    coordinators: COORDINATORS,
    ...(containers === undefined ? {} : { containers: { ...containers, count: CONTAINERS } }),
  });
  ending.push(() => cluster.close());
  const calm = new Map<string, CalmRun>();
  // Run each query twice, because new processes are slower.
  for (const query of [...queries, ...queries]) calm.set(query.name, await runCalmly(cluster, query, timeoutSeconds));
  say(
    `${runs} runs from seed ${seed}; without faults: ${[...calm].map(([name, { tookMs, attempts }]) => `${name} ${tookMs} ms, ${attempts} tasks`).join('; ')}`,
  );

  const done: ChaosRun[] = [];
  const sweeps: Promise<readonly string[]>[] = [];
  for (let at = 0; at < runs; at += 1) {
    const fault = faults[at % faults.length];
    if (fault === undefined) break;
    const run = await runOnce({ cluster, fault, queries, seed: seed + at, timeoutSeconds, calm });
    say(tellRun(run));
    if (run.wrong.length > 0) {
      for (const wrong of run.wrong) say(wrong);
      dump(cluster);
    }
    done.push(run);
    // Check for leftover objects in the background while other runs continue.
    sweeps.push(untilSwept(cluster, run));
  }
  say('waiting until no attempt can write anymore');
  const left = await Promise.all(sweeps);
  const judged = done.map((run, at) => ({
    ...run,
    wrong: [...run.wrong, ...(left[at] ?? []).map((key) => `left: ${key}`)],
  }));
  const strays = await leftOf(cluster);
  say(summary(judged));
  for (const key of strays) say(`left in the bucket: ${key}`);
  return strays.length > 0 || judged.some(({ wrong }) => wrong.length > 0) ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  // An interrupted run fails, which is not an error.
  if (!isInterrupted) throw error;
} finally {
  await endAll();
}
