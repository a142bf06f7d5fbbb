/**
 * `npm run sim`: simulates a large job on a cloud within seconds. The coordinator's code is real. The functions and the
 * store are models with the latencies and prices of Lambda and S3. docs/simulation.md describes the models.
 */
import { FabricError } from '../engine/errors.ts';
import { scriptArguments } from './arguments.ts';
import { QUERIES, type QueryName } from './sim/query.ts';
import { reportOf } from './sim/report.ts';
import { type SimulationOptions, simulate } from './sim/simulate.ts';

const { options: flags } = scriptArguments(
  {
    name: 'npm run sim --',
    about: `Runs a query with many tasks on a simulated cloud with a virtual clock. The planner, scheduler, job owner, journal codec and prices are real; the functions and the object store are simulated. Prints the requests, the cost in dollars, the wall time and the critical path, and compares the requests with Starling's formula.`,
  },
  {
    tasks: { value: 'N', default: '10000', about: 'total number of tasks in the large stages' },
    query: {
      value: 'name',
      default: 'group',
      about: `group: ${QUERIES.group.sql}\njoin: ${QUERIES.join.sql}\nchain: ${QUERIES.chain.sql}`,
    },
    fanout: { value: 'N|auto', about: 'tasks per stage, instead of --tasks; auto lets the planner decide' },
    'file-mb': { value: 'N', default: '64', about: 'size of each input file in MB; each scan task reads one file' },
    files: { value: 'N', about: 'files per table (default: the number of tasks of a stage)' },
    shuffled: { value: 'X', default: '0.5', about: 'bytes that a stage writes per byte it reads' },
    memory: { value: 'MIB', default: '1769', about: 'memory of a function; 1769 corresponds to one core' },
    concurrency: { value: 'N', default: '10000', about: 'concurrent functions' },
    arch: { value: 'name', default: 'arm64', about: 'arm64 or x86_64, which determines the price' },
    stragglers: { value: 'X', default: '0.01', about: 'share of stragglers in the second run; 0 for no second run' },
    slowness: { value: 'X', default: '8', about: 'factor by which stragglers read and compute more slowly' },
    seed: { value: 'N', default: '1', about: 'seed of all random numbers' },
  },
);

interface Run {
  readonly options: SimulationOptions;
  readonly stragglers: number;
}

function numberFrom(name: string, value: string, least: number, most = Number.MAX_SAFE_INTEGER): number {
  const number = value.trim() === '' ? Number.NaN : Number(value);
  if (number >= least && number <= most) return number;
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  throw new FabricError('USAGE', `--${name} must be a number ${range}, not "${value}".`);
}

function readRun(values: typeof flags): Run {
  const query = queryFrom(values.query);
  const whole = (name: string, value: string, least: number) => Math.round(numberFrom(name, value, least));
  const tasks = whole('tasks', values.tasks, 2);
  const perStage = Math.max(1, Math.round(tasks / QUERIES[query].stages));
  const { arch, fanout = String(perStage) } = values;
  if (arch !== 'arm64' && arch !== 'x86_64') throw new FabricError('USAGE', '--arch must be arm64 or x86_64.');
  const options = {
    query,
    fanout: fanout === 'auto' ? fanout : whole('fanout', fanout, 1),
    files: values.files === undefined ? perStage : whole('files', values.files, 1),
    fileBytes: numberFrom('file-mb', values.fileMb, 0.001) * 1e6,
    shuffledShare: numberFrom('shuffled', values.shuffled, 0, 10),
    memoryMiB: whole('memory', values.memory, 128),
    concurrency: whole('concurrency', values.concurrency, 1),
    architecture: arch,
    stragglers: 0,
    slowness: numberFrom('slowness', values.slowness, 1),
    seed: whole('seed', values.seed, 0),
  } as const;
  return { options, stragglers: numberFrom('stragglers', values.stragglers, 0, 1) };
}

function queryFrom(name: string): QueryName {
  if (name === 'group' || name === 'join' || name === 'chain') return name;
  throw new FabricError('USAGE', `--query takes ${Object.keys(QUERIES).join(' or ')}, not "${name}".`);
}

async function report(title: string, options: SimulationOptions): Promise<void> {
  const startMs = performance.now();
  const job = await simulate(options);
  console.log(`${title}\n\n${reportOf(job, options)}\n`);
  console.error(`(simulated in ${((performance.now() - startMs) / 1000).toFixed(1)} s)\n`);
}

try {
  const { options, stragglers } = readRun(flags);
  const { query, seed, files, fileBytes } = options;
  console.log(`${QUERIES[query].sql}`);
  console.log(`tables of ${files} files of ${fileBytes / 1e6} MB; seed ${seed}\n`);
  await report('== without stragglers', options);
  if (stragglers > 0) {
    const title = `== with stragglers: ${stragglers * 100} % of attempts take ${options.slowness} times as long`;
    await report(title, { ...options, stragglers });
  }
} catch (error) {
  const isUsage = error instanceof FabricError;
  console.error(isUsage ? `${error.message}\nRun npm run sim -- --help for usage.` : error);
  process.exitCode = isUsage ? 2 : 1;
}
