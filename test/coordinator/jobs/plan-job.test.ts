import assert from 'node:assert/strict';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { type Deployment, fixedMemory } from '../../../coordinator/jobs/deployment.ts';
import { checkRequest, type JobPlanning, planJob, planScript } from '../../../coordinator/jobs/plan-job.ts';
import type { JobRequest } from '../../../coordinator/scheduler/job.ts';
import { defaultSettings } from '../../../coordinator/settings.ts';
import type { ErrorCode } from '../../../engine/errors.ts';
import { openBinder, orchard } from '../binder/binder-fixture.ts';

const HOUR_MS = 3_600_000;

const deployment: Deployment = {
  ...fixedMemory(() => ({
    concurrency: 8,
    coresPerTask: 1,
    memoryMiBPerTask: 2048,
    readBytesPerSecond: 100e6,
    invokeSeconds: 0.05,
    sharedCores: false,
  })),
  attemptTimeoutMs: 60_000,
  lateWriteMs: 5000,
  functionVersion: '7',
};

const settings = defaultSettings('UTC');

/** Returns a request for `sql`. All other fields are empty unless `rest` sets them. */
function asking(sql: string, rest: Partial<JobRequest> = {}): JobRequest {
  return { sql, settings: [], labels: [], tables: [], subject: '', ...rest };
}

/** Sets up planning over the tables `fruit` and `trees`. */
async function orchardPlanning(t: TestContext) {
  const sources = { data: ['data'], tables: [], workingFolder: await orchard(t) };
  const { client, catalog } = await openBinder(t, sources);
  const planning: JobPlanning = { binder: client, sources, settings, deployment };
  return { planning, catalog, folder: sources.workingFolder };
}

const signal = new AbortController().signal;

test('takes the limits of a job from the deployment, the request settings and the SET statements', async (t) => {
  const { planning } = await orchardPlanning(t);
  const request = asking('SET fanout = 3; SET retries = 1; SELECT id FROM trees', {
    settings: [
      ['memory', '512'],
      ['retries', '5'],
      ['timeout', '1m'],
    ],
  });
  const { graph, settings: job } = await planJob(request, planning, signal);
  assert.equal(graph.stages[0]?.scans.length, 1);
  assert.deepEqual(job, {
    retries: 1,
    retryBudget: 4,
    timeoutMs: 60_000,
    attemptTimeoutMs: 60_000,
    taskMemoryMiB: 512,
    inlineLimitBytes: 256 * 1024,
    resultFormat: 'arrow',
    resultTtlMs: HOUR_MS,
    lateWriteMs: 5000,
    functionVersion: '7',
  });
  const other = await planJob(asking("SET result_ttl = '5m'; SELECT 1"), planning, signal);
  assert.equal(other.settings.resultTtlMs, 300_000);
  assert.equal(other.settings.taskMemoryMiB, 2048);
});

test('prefers a table of the request to a catalog table with the same name', async (t) => {
  const { planning, folder } = await orchardPlanning(t);
  const tables = [{ name: 'FRUIT', locations: ['data/trees.parquet'] }];
  const { graph } = await planJob(asking('SELECT height FROM fruit', { tables }), planning, signal);
  assert.deepEqual(
    graph.tables.flatMap(({ files }) => files.map(({ location }) => location)),
    [join(folder, 'data/trees.parquet')],
  );
});

test('rejects a script without a query, an EXPLAIN, a setting above the limit of the deployment, and a forbidden location', async (t) => {
  const { planning } = await orchardPlanning(t);
  const cases: readonly (readonly [sql: string, code: ErrorCode, message: RegExp])[] = [
    ['SET retries = 2', 'INVALID_QUERY', /Add one statement that returns rows/],
    ['EXPLAIN SELECT * FROM trees', 'INVALID_QUERY', /EXPLAIN is not available over HTTP/],
    [
      'SET memory = 4096; SELECT * FROM trees',
      'INVALID_SETTING',
      /memory is 4096 MiB, but executors have only 2048 MiB/,
    ],
  ];
  for (const [sql, code, message] of cases) {
    await assert.rejects(planJob(asking(sql), planning, signal), { code, message }, sql);
  }
  const outside = [{ name: 'secret', locations: ['elsewhere/secret.parquet'] }];
  await assert.rejects(planJob(asking('FROM secret', { tables: outside }), planning, signal), {
    code: 'LOCATION_NOT_ALLOWED',
  });
});

test('checks the settings and tables of a request without parsing its SQL', () => {
  const check = (rest: Partial<JobRequest>) => checkRequest(asking('not SQL', rest), { settings, deployment });
  check({ settings: [['memory', '2048']], tables: [{ name: 't', locations: ['x'], format: 'csv' }] });
  assert.throws(() => check({ settings: [['memory', '2049']] }), { code: 'INVALID_SETTING' });
  assert.throws(() => check({ settings: [['nothing', '1']] }), { code: 'UNKNOWN_SETTING' });
  assert.throws(() => check({ tables: [{ name: 't', locations: ['x'], format: 'xml' }] }), {
    code: 'INPUT_INVALID',
    message: /Table t: unknown format "xml"/,
  });
});

test('accepts an embedded script that is an EXPLAIN or contains no query, but rejects one that sets result_ttl', async (t) => {
  const { planning, catalog } = await orchardPlanning(t);
  const plan = (sql: string, rest: { readonly explain?: boolean; readonly resultFormat?: 'parquet' } = {}) =>
    planScript({ sql, catalog, settings, resultFormat: 'arrow', ...rest }, planning);
  assert.deepEqual(await plan('CREATE VIEW v AS SELECT 1'), { kind: 'no-query' });
  assert.equal((await plan('EXPLAIN SELECT 1')).kind, 'explain');
  assert.equal((await plan('SELECT 1', { explain: true })).kind, 'explain');
  const query = await plan('SET memory = 256; SELECT 1');
  assert.ok(query.kind === 'query');
  assert.equal(query.settings.memoryMiB, 256);
  assert.equal(query.job.settings.resultTtlMs, undefined);
  await assert.rejects(plan("SET result_ttl = '5m'; SELECT 1"), { code: 'INVALID_SETTING', message: /result_ttl/ });
});

test('rejects a Parquet result that several tasks would write', async (t) => {
  const { planning, catalog } = await orchardPlanning(t);
  const plan = (sql: string) => planScript({ sql, catalog, settings, resultFormat: 'parquet' }, planning);
  const many = 'SET fanout = 2; SELECT col1 FROM fruit';
  await assert.rejects(plan(many), { code: 'PLAN_UNSUPPORTED', message: /comes from 2 tasks/ });
  assert.equal((await plan(`${many} ORDER BY 1`)).kind, 'query');
  assert.equal((await plan(`EXPLAIN ${many.split('; ')[1]}`)).kind, 'explain');
});
