import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { generateTpch } from '../../scripts/tpch/generate.ts';
import { type Ended, makePlace, type Started, until, writeParquet } from './volley-process.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const place = makePlace();
const data = join(place.folder, 'data');
const otherColumns = join(place.folder, 'other');
after(() => place.remove());

before(async () => {
  await generateTpch({ scale: 0.01, directory: data, rowGroupSize: 2048 });
  // Store two of the tables as folders.
  for (const table of ['lineitem', 'part']) {
    mkdirSync(join(data, table));
    renameSync(join(data, `${table}.parquet`), join(data, table, '1.parquet'));
  }
  mkdirSync(otherColumns);
  await writeParquet({ [join(otherColumns, 'lineitem.parquet')]: 'SELECT 1 AS l_orderkey' });
});

function startBench(flags: readonly string[], repetitions = 1): Started {
  const repeat = ['--repeat', String(repetitions)];
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/bench.ts', ...repeat, ...flags], {
    cwd: root,
    env: { PATH: process.env['PATH'], HOME: place.folder, VOLLEY_STATE_DIR: place.state, TMPDIR: place.folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (status, signal) => resolve({ status, signal, ...output }));
  });
  return { process: child, ended };
}

const commandOf = (id: number): string => readFileSync(`/proc/${id}/cmdline`, 'utf8');

/** Returns the text on stderr after the last progress line. */
const messageOf = ({ stderr }: Ended): string => stderr.slice(stderr.lastIndexOf('\r\u001b[K') + '\r\u001b[K'.length);

test('the benchmark reads tables stored as folders', async () => {
  const ended = await startBench(['--data', data, '--queries', '6,14']).ended;
  assert.deepEqual([ended.status, messageOf(ended)], [0, '']);
  assert.ok(ended.stdout.startsWith(`TPC-H queries on ${data}, one repetition; `), ended.stdout);
  assert.match(ended.stdout, /^\| q06 \|.*\n\| q14 \|/m);
  assert.match(ended.stdout, /^\| plain DuckDB \|/m);
});

const linuxOnly = { skip: process.platform !== 'linux' && 'reads /proc' };

for (const [what, flags, message] of [
  ['no table is found', ['--data', join(place.folder, 'missing')], /^bench: .*missing.*\n$/],
  [
    'tables are missing',
    ['--data', join(data, 'lineitem'), '--queries', '1,12'],
    /^bench: The folder .*\/lineitem lacks the TPC-H tables lineitem, orders\. .*\n$/,
  ],
  ['a query fails', ['--data', otherColumns, '--queries', '1'], /^bench: q01 \(duckdb\): .*l_shipdate.*\n$/],
] as const) {
  test(
    `the benchmark exits with status 1, prints a one-line message and leaves no child process when ${what}`,
    linuxOnly,
    async () => {
      const ended = await startBench(flags).ended;
      assert.equal(ended.status, 1);
      assert.match(messageOf(ended), message);
      assert.deepEqual(place.processes(), []);
    },
  );
}

test('the benchmark exits with status 1 and leaves no child process when DuckDB is killed', linuxOnly, async () => {
  const { ended } = startBench(['--data', data, '--queries', '6'], 1000);
  const peer = await until('the peer runs', async () =>
    place.processes().find((id) => commandOf(id).includes('scripts/bench/peer.ts')),
  );
  process.kill(peer, 'SIGKILL');
  const { status, ...output } = await ended;
  assert.equal(status, 1);
  assert.match(messageOf({ status, ...output }), /^bench: .*The DuckDB process ended \(SIGKILL\)\.\n$/);
  assert.deepEqual(place.processes(), []);
});

test('Ctrl-C ends the benchmark and its children', linuxOnly, async () => {
  const started = startBench(['--data', data, '--queries', '6'], 1000);
  await until('the sessions are open', async () => ((await place.leftovers()).length === 3 ? true : undefined));
  started.process.kill('SIGINT');
  const ended = await started.ended;
  assert.deepEqual([ended.status, messageOf(ended)], [130, 'bench: Interrupted. Ending child processes.\n']);
  assert.deepEqual(place.processes(), []);
  assert.deepEqual(await place.leftovers(), []);
});
