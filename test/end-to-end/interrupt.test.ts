import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { progressOf } from '../../coordinator/scheduler/progress.ts';
import {
  childrenOf,
  isAlive,
  makePlace,
  type Place,
  type Started,
  until,
  untilJob,
  writeParquet,
} from './volley-process.ts';

const place = makePlace();
after(() => place.remove());

/** A query that runs longer than any test waits. */
const ENDLESS = 'SELECT sum(a.range * b.range) AS s FROM range(1000000) AS a, range(1000000) AS b';
const isLinux = process.platform === 'linux';

/** Starts an endless query and waits until one of its tasks runs. */
async function startEndless(
  where: Place,
  output: string,
): Promise<{ readonly started: Started; readonly children: readonly number[] }> {
  const started = where.start(['sql', '--format', 'csv', '--output', output, ENDLESS]);
  await untilJob(where, 'the task of an endless query runs', ({ state }) => progressOf(state).tasksRunning === 1);
  return { started, children: childrenOf(started.process.pid ?? 0) };
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`${signal} cancels the job, ends the children, leaves no file and exits with status 130`, {
    skip: !isLinux && 'reads /proc',
  }, async () => {
    const { started, children } = await startEndless(place, 'never.csv');
    assert.ok(children.length >= 2, 'a binder and an executor run');
    started.process.kill(signal);
    const { status, stdout, stderr } = await started.ended;
    assert.deepEqual([status, stdout, stderr], [130, '', '']);
    assert.deepEqual(children.filter(isAlive), []);
    assert.deepEqual(await place.leftovers(), []);
    assert.ok(!existsSync(join(place.folder, 'never.csv')));
  });
}

test('SIGINT while reading statements from stdin exits immediately with status 130', async () => {
  const started = place.startReading(['sql', '--format', 'csv']);
  await until('the run is claimed', async () => ((await place.leftovers()).length > 0 ? true : undefined));
  started.process.kill('SIGINT');
  const { status, stdout, stderr } = await started.ended;
  assert.deepEqual([status, stdout, stderr], [130, '', '']);
  assert.deepEqual(await place.leftovers(), []);
});

test('volley cancel ends a query of another process, as Ctrl-C does', {
  skip: !isLinux && 'reads /proc',
}, async () => {
  const { started, children } = await startEndless(place, 'never.csv');
  const [line = ''] = (await place.volley(['jobs'])).stdout.split('\n').slice(1);
  const [id = '', status] = line.split(/ {2,}/);
  assert.equal(status, 'running');
  assert.match((await place.volley(['job', id])).stdout, new RegExp(`^job ${id}: running\n`));
  assert.equal((await place.volley(['cancel', id])).status, 0);
  assert.equal((await started.ended).status, 130);
  assert.deepEqual(children.filter(isAlive), []);
  assert.deepEqual(await place.leftovers(), []);
});

test('the children of a killed process end, and its job can be deleted', {
  skip: !isLinux && 'reads /proc',
}, async () => {
  const { started, children } = await startEndless(place, 'never.csv');
  started.process.kill('SIGKILL');
  await once(started.process, 'exit');
  await until('the children end with their parent', async () => (children.some(isAlive) ? undefined : true));
  const [line = ''] = (await place.volley(['jobs'])).stdout.split('\n').slice(1);
  const [id = '', status] = line.split(/ {2,}/);
  assert.equal(status, 'interrupted');
  assert.match((await place.volley(['job', id])).stdout, /volley resume /);
  assert.equal((await place.volley(['cancel', id])).status, 0);
  assert.deepEqual(await place.leftovers(), []);
});

test('resuming a job of a killed process returns the same rows without repeating finished tasks', async () => {
  await writeParquet({ [join(place.folder, 't.parquet')]: 'SELECT i AS k FROM range(20000) AS r(i)' });
  // The query runs short scans and then one long task.
  const slow =
    'SELECT count(*) AS n FROM (SELECT k % 100 AS k FROM t GROUP BY ALL) AS a, range(6000000) AS b WHERE (a.k + b.range) % 7 = 1';
  const arguments_ = ['sql', '--table', 't=t.parquet', '--set', 'fanout=4', '--format', 'csv', slow];
  const expected = await place.volley(arguments_);
  assert.equal(expected.status, 0, expected.stderr);
  const started = place.start(arguments_);
  const job = await untilJob(
    place,
    'a task has succeeded',
    ({ state }) => progressOf(state).tasksDone > 0 && state.end === undefined,
  );
  started.process.kill('SIGKILL');
  await once(started.process, 'exit');
  const resumed = await place.volley(['resume', job.id, '--format', 'csv']);
  assert.equal(resumed.stdout, expected.stdout, resumed.stderr);
  assert.equal(resumed.status, 0);
  assert.deepEqual(await place.leftovers(), []);
});

/** A device that is always full. */
const FULL = '/dev/full';

test('a job can be resumed until its rows have been written', {
  skip: !existsSync(FULL) && `${FULL} does not exist`,
}, async () => {
  const failed = await place.volley(['sql', '--format', 'csv', '--output', FULL, 'SELECT 7 AS a']);
  assert.equal(failed.status, 1, failed.stderr);
  const [, id = ''] = /OUTPUT_FAILED: .*\n.* with volley resume (\S+),/.exec(failed.stderr) ?? [];
  assert.match((await place.volley(['jobs'])).stdout, new RegExp(`^${id} +succeeded `, 'm'));
  assert.match((await place.volley(['job', id])).stdout, new RegExp(`Print the rows with: volley resume ${id}\n$`));
  for (const [flags, status, message] of [
    [['--format', 'parquet'], 2, /USAGE: Job \S+ cannot return parquet\. Resume it with --format table, json/],
    [['--output', 'none/x.csv'], 1, /OUTPUT_FAILED: .*none/],
    [['--output', FULL], 1, new RegExp(`OUTPUT_FAILED: .*\n.* with volley resume ${id},`)],
  ] as const) {
    const again = await place.volley(['resume', id, ...flags]);
    assert.equal(again.status, status, again.stderr);
    assert.match(again.stderr, message);
  }
  const { status, stdout } = await place.volley(['resume', id, '--format', 'csv']);
  assert.deepEqual([status, stdout], [0, 'a\n7\n']);
  assert.deepEqual(await place.leftovers(), []);
});

test('a job with a Parquet result can be resumed only with --format parquet', {
  skip: !existsSync(FULL) && `${FULL} does not exist`,
}, async () => {
  const failed = await place.volley(['sql', '--format', 'parquet', '--output', FULL, 'SELECT 7 AS a']);
  const [, id = ''] = /with volley resume (\S+) --format parquet,/.exec(failed.stderr) ?? [];
  const asText = await place.volley(['resume', id, '--format', 'csv', '--output', 'kept.csv']);
  assert.equal(asText.status, 2);
  assert.match(asText.stderr, /USAGE: Job \S+ cannot return csv\. Resume it with --format parquet\.$/m);
  const { status } = await place.volley(['resume', id, '--format', 'parquet', '--output', 'kept.parquet']);
  assert.equal(status, 0);
  assert.equal(readFileSync(join(place.folder, 'kept.parquet')).subarray(0, 4).toString(), 'PAR1');
  assert.deepEqual(await place.leftovers(), []);
});
