/**
 * `npm run bench:coordinator`: measures a coordinator that runs large jobs on executors that do nothing. Reports its
 * CPU per task, its memory, and how fast it invokes functions. Each measurement runs in its own process.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { systemClock } from '../../coordinator/clock.ts';
import { runJob } from '../../coordinator/jobs/run-job.ts';
import { openFileJournal } from '../../coordinator/journal/file.ts';
import type { StageGraph } from '../../engine/plan/stage.ts';
import type { JobId } from '../../engine/task/task.ts';
import { lambdaModel } from '../../functions/fabric/fabric-models.ts';
import { scriptArguments, wholeNumberFrom } from '../arguments.ts';
import { planQuery } from '../sim/query.ts';
import { SimStore } from '../sim/sim-store.ts';
import { EchoInvoker } from './echo-invoker.ts';
import { lambdaBursts } from './lambda-bursts.ts';

const CONCURRENCY = 1000;
const FILE_BYTES = 64e6;
const MEMORY_MIB = 1769;
const HEAP_MIB = 256;
const JOBS = [10_000, 100_000];
const BURST = 1000;
const BURSTS = 5;

/** The clock of a store whose requests take no time. */
const atOnce = { sleep: async () => undefined };
const noTime = () => 0;

/** Plans a shuffle of about this many tasks: scans, readers, and combiners between them. */
function planned(tasks: number): StageGraph {
  const fabric = lambdaModel(MEMORY_MIB, CONCURRENCY);
  const graphOf = (fanout: number) =>
    planQuery({ query: 'group', files: fanout, fileBytes: FILE_BYTES, fanout, fabric });
  const combiners = taskCount(graphOf(Math.floor(tasks / 2))) - tasks;
  return graphOf(Math.max(1, Math.floor((tasks - Math.max(0, combiners)) / 2)));
}

function taskCount({ stages }: StageGraph): number {
  return stages.reduce((sum, stage) => sum + stage.taskCount, 0);
}

async function measureJob(tasks: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'volley-bench-'));
  try {
    const graph = planned(tasks);
    const invoker = new EchoInvoker(CONCURRENCY);
    const journal = openFileJournal(folder);
    const settings = {
      retries: 3,
      retryBudget: 12,
      attemptTimeoutMs: 900_000,
      taskMemoryMiB: MEMORY_MIB,
      inlineLimitBytes: 262_144,
      resultFormat: 'arrow',
    } as const;
    let progress = 0;
    const before = process.cpuUsage();
    const startMs = performance.now();
    const ended = await runJob({
      job: 'bench' as JobId,
      graph,
      settings,
      journal,
      invoker,
      store: new SimStore(atOnce, noTime, noTime),
      clock: systemClock,
      random: Math.random,
      onProgress: () => {
        progress += 1;
      },
    });
    const wallMs = performance.now() - startMs;
    const { user, system } = process.cpuUsage(before);
    if (ended.state.end?.kind !== 'succeeded') throw new Error(JSON.stringify(ended.state.end));
    await ended.release();
    await journal.close();
    const count = taskCount(graph);
    const shape = graph.stages.map((stage) => stage.taskCount).join(' + ');
    console.log(
      [
        `${count} tasks (${shape}): ${((user + system) / 1000 / count).toFixed(3)} ms of CPU per task,`,
        `${Math.round(process.resourceUsage().maxRSS / 1024)} MiB resident at peak,`,
        `${(wallMs / 1000).toFixed(1)} s, ${progress} batches, ${(invoker.sentBytes / count / 1024).toFixed(1)} KiB sent per task,`,
        `${Math.ceil(invoker.largestBytes / 1024)} KiB for the largest task`,
      ].join(' '),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Invokes 1,000 functions concurrently, several times. */
async function measureBursts(fakeLambda: string): Promise<void> {
  let bursts = 0;
  for await (const { wallMs, cpuMs } of lambdaBursts(fakeLambda, BURST)) {
    bursts += 1;
    const name = bursts === 1 ? 'no open connections' : 'connections reused';
    console.log(
      `${BURST} invocations of 30 ms: ${(wallMs / 1000).toFixed(2)} s, ${(cpuMs / BURST).toFixed(2)} ms of CPU each (${name})`,
    );
    if (bursts === BURSTS) return;
  }
}

/**
 * Runs this module as a bundle, like the shipped programs, with the heap size that Node chooses in a container of 512
 * MiB.
 */
async function inProcess(bundle: string, ...args: readonly string[]): Promise<void> {
  const child = fork(bundle, args, { execArgv: [`--max-old-space-size=${HEAP_MIB}`, '--no-warnings'] });
  const [status] = await once(child, 'exit');
  if (status !== 0) process.exitCode = 1;
}

async function runParts({ jobs, burst }: { readonly jobs: boolean; readonly burst: boolean }): Promise<void> {
  const bundle = fileURLToPath(new URL('../../.cache/bench/coordinator.mjs', import.meta.url));
  const options = { bundle: true, platform: 'node', target: 'node20.20', format: 'esm', packages: 'external' } as const;
  await build({ ...options, entryPoints: [fileURLToPath(import.meta.url)], outfile: bundle });
  if (jobs) for (const tasks of JOBS) await inProcess(bundle, '--job', String(tasks));
  // The endpoint runs from source.
  if (burst)
    await inProcess(
      bundle,
      '--calls',
      fileURLToPath(new URL('../../test/fabric/executors/fake-lambda.ts', import.meta.url)),
    );
}

const { options: flags } = scriptArguments(
  {
    name: 'npm run bench:coordinator',
    about:
      'Measures a coordinator with executors that do nothing: CPU and memory for large jobs, and how fast it invokes functions. Runs both parts unless you select one.',
  },
  {
    jobs: { about: 'measure only the jobs' },
    burst: { about: 'measure only the invocation of functions' },
    job: { value: 'tasks', read: wholeNumberFrom(1), about: 'measure one job', isInternal: true },
    calls: { value: 'module', about: 'measure the invoker endpoint that this module exports', isInternal: true },
  },
);
const [jobs, burst] = [flags.jobs ?? false, flags.burst ?? false];
if (flags.job !== undefined) await measureJob(flags.job);
else if (flags.calls !== undefined) await measureBursts(flags.calls);
else await runParts({ jobs: jobs || !burst, burst: burst || !jobs });
