/**
 * `npm run sim`: simulates a large job on a cloud within seconds. The coordinator's code is real. The functions and the
 * store are models with the latencies and prices of Lambda and S3. docs/simulation.md describes the models.
 */
import { usage, wholeNumber } from '../functions/config/usage.ts';
import { numberFrom, oneOf, scriptArguments, wholeNumberFrom } from './arguments.ts';
import { QUERIES } from './sim/query.ts';
import { reportOf } from './sim/report.ts';
import { type SimulationOptions, simulate } from './sim/simulate.ts';

/** Reads `auto` or a number of tasks. */
function fanoutFrom(text: string, name: string): 'auto' | number {
  if (text === 'auto') return text;
  if (/^\d+$/.test(text)) return wholeNumber(text, name, 1);
  throw usage(`${name} must be auto or a whole number of at least 1, not "${text}".`);
}

const { options: flags } = scriptArguments(
  {
    name: 'npm run sim',
    about: `Runs a query with many tasks on a simulated cloud with a virtual clock. The planner, scheduler, job owner, journal codec and prices are real; the functions and the object store are simulated. Prints the requests, the cost in dollars, the wall time and the critical path, and compares the requests with Starling's formula.`,
  },
  {
    tasks: {
      value: 'N',
      default: '10000',
      read: wholeNumberFrom(2),
      about: 'total number of tasks in the large stages',
    },
    query: {
      value: 'name',
      default: 'group',
      read: oneOf('group', 'join', 'chain'),
      about: `group: ${QUERIES.group.sql}\njoin: ${QUERIES.join.sql}\nchain: ${QUERIES.chain.sql}`,
    },
    fanout: {
      value: 'N|auto',
      read: fanoutFrom,
      about: 'tasks per stage, instead of --tasks; auto lets the planner decide',
    },
    'file-mb': {
      value: 'N',
      default: '64',
      read: numberFrom(0.001),
      about: 'size of each input file in MB; each scan task reads one file',
    },
    files: { value: 'N', read: wholeNumberFrom(1), about: 'files per table (default: the number of tasks of a stage)' },
    shuffled: {
      value: 'X',
      default: '0.5',
      read: numberFrom(0, 10),
      about: 'bytes that a stage writes per byte it reads',
    },
    memory: {
      value: 'MIB',
      default: '1769',
      read: wholeNumberFrom(128),
      about: 'memory of a function; 1769 corresponds to one core',
    },
    concurrency: { value: 'N', default: '10000', read: wholeNumberFrom(1), about: 'concurrent functions' },
    arch: {
      value: 'name',
      default: 'arm64',
      read: oneOf('arm64', 'x86_64'),
      about: 'arm64 or x86_64, which determines the price',
    },
    stragglers: {
      value: 'X',
      default: '0.01',
      read: numberFrom(0, 1),
      about: 'share of stragglers in the second run; 0 for no second run',
    },
    slowness: {
      value: 'X',
      default: '8',
      read: numberFrom(1),
      about: 'factor by which stragglers read and compute more slowly',
    },
    seed: { value: 'N', default: '1', read: wholeNumberFrom(0), about: 'seed of all random numbers' },
  },
);

interface Run {
  readonly options: SimulationOptions;
  readonly stragglers: number;
}

function readRun(values: typeof flags): Run {
  const perStage = Math.max(1, Math.round(values.tasks / QUERIES[values.query].stages));
  const options = {
    query: values.query,
    fanout: values.fanout ?? perStage,
    files: values.files ?? perStage,
    fileBytes: values.fileMb * 1e6,
    shuffledShare: values.shuffled,
    memoryMiB: values.memory,
    concurrency: values.concurrency,
    architecture: values.arch,
    stragglers: 0,
    slowness: values.slowness,
    seed: values.seed,
  } as const;
  return { options, stragglers: values.stragglers };
}

async function report(title: string, options: SimulationOptions): Promise<void> {
  const startMs = performance.now();
  const job = await simulate(options);
  console.log(`${title}\n\n${reportOf(job, options)}\n`);
  console.error(`(simulated in ${((performance.now() - startMs) / 1000).toFixed(1)} s)\n`);
}

const { options, stragglers } = readRun(flags);
const { query, seed, files, fileBytes } = options;
console.log(`${QUERIES[query].sql}`);
console.log(`tables of ${files} files of ${fileBytes / 1e6} MB; seed ${seed}\n`);
await report('== without stragglers', options);
if (stragglers > 0) {
  const title = `== with stragglers: ${stragglers * 100} % of attempts take ${options.slowness} times as long`;
  await report(title, { ...options, stragglers });
}
