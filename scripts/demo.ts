/**
 * `npm run demo`: generates TPC-H-shaped data with the installed DuckDB and runs some queries with the real program. The data is kept in
 * `.cache/demo`; later runs start with the queries.
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
/** Cuts lineitem (1.5 million rows) into 13 row groups. Scans are split between row groups. */
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
      'Pricing summary, in four tasks: each aggregates its part of lineitem, four more tasks merge the groups, and one sorts',
    query: 1,
    flags: ['--set', 'fanout=4'],
  },
  {
    title: 'Revenue by supplier nation, in four tasks: a join of six tables; the small ones go to every task',
    query: 5,
    flags: ['--set', 'fanout=4'],
  },
  {
    title: 'Large orders, in four tasks, all joins by shuffle: both sides are partitioned by the hash of their keys',
    query: 18,
    flags: ['--set', 'fanout=4', '--set', 'broadcast_limit=0'],
  },
  {
    title: 'Revenue change, with default settings: this little data needs only one task and no shuffle',
    query: 6,
    flags: [],
  },
];

let running: ChildProcess | undefined;
let isInterrupted = false;
// A terminal also sends Ctrl-C to the running child, which cancels its job. Here, only prevent the next command.
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

/** Generates the data under another name and then renames it, so that an interrupted run leaves no partial data. */
async function makeData(): Promise<void> {
  if (existsSync(folder)) return;
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  console.log(`Making TPC-H-shaped data at scale ${SCALE} in ${folder}:`);
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
await show('The stages of the previous query, shown but not run', 5, ['--set', 'fanout=4', '--explain']);
console.log(`
The line under each result says what ran. The 22 queries are in test/tpch/queries. To go on:
  node ${program} --data ${folder}             a prompt; .help lists what it takes
  node ${program} sql --data YOUR_FOLDER 'SELECT ...'      your own Parquet, CSV or JSON files
  node ${program} --help`);
