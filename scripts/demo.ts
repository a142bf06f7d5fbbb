/**
 * `npm run demo`: generates TPC-H-shaped data with the installed DuckDB and runs some queries with the real program.
 * The data is kept in `.cache/demo`, so later runs start with the queries.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { scriptArguments } from './arguments.ts';
import { generateTpch } from './tpch/generate.ts';

scriptArguments(
  {
    name: 'npm run demo',
    about: `Generates TPC-H-shaped data in .cache/demo (the first time) and runs some of its queries with the built program, showing each command.`,
  },
  {},
);

const SCALE = 0.25;
/** Cuts lineitem (1.5 million rows) into 13 row groups. Scans are split at row group boundaries. */
const ROW_GROUP_SIZE = 122_880;
const INTERRUPTED = 130;

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = relative(process.cwd(), join(root, '.cache', 'demo', `scale-${SCALE}`)) || '.';
const program = relative(process.cwd(), join(root, 'bin', 'volley.js'));

interface Step {
  readonly title: string;
  /** The number of the TPC-H query. */
  readonly query: number;
  readonly flags: readonly string[];
}

const STEPS: readonly Step[] = [
  {
    title:
      'Pricing summary. Four tasks aggregate parts of lineitem, four more tasks merge the groups, and one task sorts',
    query: 1,
    flags: ['--set', 'fanout=4'],
  },
  {
    title:
      'Revenue by supplier nation, in four tasks. A join of six tables, where the small tables are broadcast to every task',
    query: 5,
    flags: ['--set', 'fanout=4'],
  },
  {
    title:
      'Large orders, in four tasks. All joins are by shuffle: both sides are partitioned by the hash of their keys',
    query: 18,
    flags: ['--set', 'fanout=4', '--set', 'broadcast_limit=0'],
  },
  {
    title: 'Revenue change, with default settings. For so little data, one task without a shuffle is enough',
    query: 6,
    flags: [],
  },
];

let running: ChildProcess | undefined;
let isInterrupted = false;
// A terminal also sends Ctrl-C to the running child, which cancels its job. Only prevent the next command here.
process.on('SIGINT', () => {
  isInterrupted = true;
  if (running === undefined) process.exit(INTERRUPTED);
});
process.on('SIGTERM', () => {
  isInterrupted = true;
  if (running === undefined) process.exit(INTERRUPTED);
  running.kill('SIGTERM');
});

/** Runs the program in this terminal as a user would. Ends the demo if it fails or is interrupted. */
async function volley(args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'inherit', 'inherit'] });
  running = child;
  const status = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
  running = undefined;
  if (isInterrupted) process.exit(INTERRUPTED);
  if (status !== 0) process.exit(status);
}

const queryFile = (query: number): string =>
  relative(process.cwd(), join(root, 'test', 'tpch', 'queries', `q${String(query).padStart(2, '0')}.sql`));

/** Generates the data under a temporary name and then renames it, so that an interrupted run leaves no partial data. */
async function makeData(): Promise<void> {
  if (existsSync(folder)) return;
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  console.log(`Generating TPC-H-shaped data at scale ${SCALE} in ${folder}:`);
  await generateTpch({ scale: SCALE, directory: unfinished, rowGroupSize: ROW_GROUP_SIZE }, (table) => {
    const megabytes = statSync(join(unfinished, `${table}.parquet`)).size / 1e6;
    console.log(`  ${table.padEnd(9)} ${megabytes.toFixed(1).padStart(5)} MB`);
  });
  renameSync(unfinished, folder);
}

/** Prints a command and runs it. */
async function show(title: string, query: number, flags: readonly string[]): Promise<void> {
  const args = ['sql', '--data', folder, ...flags, '-f', queryFile(query)];
  console.log(`\n── TPC-H query ${query}. ${title}.\n$ node ${program} ${args.join(' ')}`);
  await volley([...args, '--summary']);
}

await makeData();
for (const { title, query, flags } of STEPS) await show(title, query, flags);
await show('The stages of the join of six tables, shown but not run', 5, ['--set', 'fanout=4', '--explain']);
console.log(`
The line under each result summarizes the run. The 22 queries are in test/tpch/queries. Next steps:
  node ${program} --data ${folder}             a prompt; .help lists its commands
  node ${program} sql --data YOUR_FOLDER 'SELECT ...'      your own Parquet, CSV or JSON files
  node ${program} --help`);
