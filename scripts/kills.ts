/**
 * `npm run chaos:kills`: kills the processes of `volley serve` and `volley sql` during jobs. See docs/chaos.md.
 *
 *   npm run chaos:kills                                200 kills of a server's processes, bad disks, 50 resumed statements
 *   npm run chaos:kills -- --kills 20 --resumes 5 --seed 7
 *
 * Exits with 1 if any job was lost, wrong or hung, or if any file was left.
 */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makePlace } from '../test/end-to-end/volley-process.ts';
import { mountSmallDisk } from '../test/engine/store/small-disk.ts';
import { scriptArguments } from './arguments.ts';
import { loadQueries, makeData } from './chaos/queries.ts';
import { choicesFrom } from './fuzz/choices.ts';
import { killOnBadDisk, killWithFewFiles } from './kills/disk-faults.ts';
import { RestartingServer } from './kills/restarting-server.ts';
import { killAndResume } from './kills/resume-kills.ts';
import { killDuringJobs, problemsOf } from './kills/serve-kills.ts';

const DISK_MIB = 256;

const { options } = scriptArguments(
  {
    name: 'npm run chaos:kills --',
    about:
      'Kills the processes of servers and statements during jobs (docs/chaos.md). Exits with 1 if any check failed.',
  },
  {
    kills: { value: 'N', default: '200', about: "number of kills of a server's processes" },
    resumes: { value: 'N', default: '50', about: 'number of moments at which a statement is killed and resumed' },
    only: { value: 'parts', about: 'only these parts, separated by commas: serve, disks, files, resume' },
    seed: {
      value: 'N',
      default: String(Date.now() % 1_000_000),
      about: 'seed for the choice of queries, victims and times; taken from the clock if omitted',
    },
  },
);
const [kills, resumes, seed] = [Number(options.kills), Number(options.resumes), Number(options.seed)];
const say = (line: string): void => void process.stdout.write(`${line}\n`);
// Each server adds a listener, because it ends with this process.
process.setMaxListeners(0);

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'volley-kills-')));
const data = await makeData();
const queries = await loadQueries(data);
const choices = choicesFrom(seed);

async function serveKills(): Promise<readonly string[]> {
  const server = new RestartingServer({ data, state: join(folder, 'state') });
  await server.start();
  const report = await killDuringJobs(server, queries, kills, choices, say, { awaitsLateWriters: true }).finally(() =>
    server.stop(),
  );
  const counts = [...report.kills].map(([victim, count]) => `${victim} ${count}`).join(', ');
  const { lost, wrong, hung, left, jobs } = report;
  say(
    `${kills} kills (${counts}) over ${jobs} jobs: ${lost.length} lost, ${wrong.length} wrong, ${hung.length} hung, ${left.length} files left`,
  );
  return problemsOf(report);
}

async function badDisks(): Promise<readonly string[]> {
  const disk = mountSmallDisk(DISK_MIB);
  if (typeof disk === 'string') {
    say(`SKIPPED full and read-only disks: ${disk}`);
    return [];
  }
  try {
    const problems: string[] = [];
    for (const fault of ['full', 'read-only'] as const) {
      const found = await killOnBadDisk(fault, { data, queries, disk, choices });
      say(`${fault} disk: ${found.length} problems`);
      problems.push(...found.map((problem) => `${fault} disk: ${problem}`));
    }
    return problems;
  } finally {
    disk.remove();
  }
}

async function fewFiles(): Promise<readonly string[]> {
  const found = await killWithFewFiles({ data, queries, choices }, join(folder, 'limited'), Math.ceil(kills / 10));
  say(`few open files: ${found.length} problems`);
  return found;
}

async function resumedStatements(): Promise<readonly string[]> {
  const [query] = queries;
  if (query === undefined) throw new Error('There are no queries.');
  const place = makePlace();
  try {
    const flags = ['--data', data, '--set', 'fanout=4', '--set', 'broadcast_limit=0'];
    const { resumed, momentsMs, problems } = await killAndResume(place, flags, query.sql, resumes, say);
    const [first, last] = [momentsMs[0], momentsMs.at(-1)];
    say(`${resumed} of ${resumes} statements resumed, killed ${first} to ${last} ms after the start of their job`);
    return problems;
  } finally {
    place.remove();
  }
}

const PARTS = { serve: serveKills, disks: badDisks, files: fewFiles, resume: resumedStatements };

try {
  say(`seed ${seed}`);
  const only = options.only?.split(',') ?? Object.keys(PARTS);
  const problems: string[] = [];
  for (const [name, part] of Object.entries(PARTS)) {
    if (!only.includes(name)) continue;
    const found = await part();
    for (const problem of found) say(`${name}: ${problem}`);
    problems.push(...found);
  }
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  for (const path of [folder, data]) rmSync(path, { recursive: true, force: true });
}
