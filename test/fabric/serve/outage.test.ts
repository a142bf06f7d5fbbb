import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { installVersitygw, startVersitygw } from '../../../scripts/servers/versitygw.ts';
import { until } from '../../end-to-end/volley-process.ts';
import { whyNoEtcd } from '../etcd/fixture.ts';
import { openBuckets } from '../s3/buckets.ts';
import { all } from '../s3/source.ts';
import { Cluster, type ServeProcess, startServe } from './fixture.ts';
import { resultOf } from './slow-job.ts';

/** The journal's time limit for an operation, plus an allowance for a busy machine. */
const SOON_MS = 9000;
const NOBODY = 'http://127.0.0.1:9';

/** Waits for matching text in a coordinator's stderr, and returns the matches. */
const untilSaid = (serve: ServeProcess, what: RegExp) =>
  until(`it says ${what}`, async () => {
    const lines = serve.said().match(what);
    return lines === null ? undefined : lines;
  });

const readinessOf = async (serve: ServeProcess) => {
  const { status, text } = await serve.ask('GET', '/readyz');
  const dependencies: Readonly<Record<'status' | 'journal' | 'store' | 'executors', string>> = JSON.parse(text);
  return { code: status, dependencies };
};

describe('a coordinator without etcd', { skip: whyNoEtcd() ?? false, timeout: 120_000 }, () => {
  test('answers requests with 503, logs the outage once, and accepts a repeated request as one job', async (t) => {
    const cluster = await Cluster.start(t);
    const a = await cluster.serve('a');
    const { id: before } = await a.submit('select 1');
    await cluster.etcd.kill();
    const startedAt = Date.now();
    const submit = () => a.ask('POST', '/v1/jobs', { sql: 'select 2' }, { 'idempotency-key': 'again' });
    const answers = await Promise.all([
      submit(),
      a.ask('POST', '/v1/jobs', { sql: 'select 3' }),
      ...['', `/${before}`, `/${before}/result?wait=60`].map((path) => a.ask('GET', `/v1/jobs${path}`)),
      a.ask('POST', `/v1/jobs/${before}/cancel`),
    ]);
    const tookMs = Date.now() - startedAt;
    t.diagnostic(`answered after ${tookMs} ms`);
    assert.ok(tookMs < SOON_MS, `${tookMs} ms`);
    for (const answer of answers) {
      const { code, detail, retryable } = JSON.parse(answer.text);
      assert.deepEqual([answer.status, code, retryable], [503, 'JOURNAL_UNAVAILABLE', true], answer.text);
      assert.match(detail, /etcd.*Try again/);
      assert.doesNotMatch(detail, /UNAVAILABLE|ECONNREFUSED/);
      assert.equal(answer.headers.get('retry-after'), '1');
    }
    await untilSaid(a, /journal \(etcd at http:.*\): no answer since .*ECONNREFUSED/);
    assert.deepEqual(await readinessOf(a), {
      code: 503,
      dependencies: { status: 'not ready', journal: 'away', store: 'answers', executors: 'answers' },
    });
    await cluster.etcd.restart();
    await untilSaid(a, /journal .*: answers again, after \d+ s/);
    assert.equal(a.said().match(/no answer since/g)?.length, 1, a.said());
    assert.doesNotMatch(a.said(), /Job .*JOURNAL_UNAVAILABLE/);
    const again = await submit();
    assert.equal(again.status, 202, again.text);
    assert.equal(await resultOf(a, again.json().id), '2\n2\n');
    const jobs = (await a.ask('GET', '/v1/jobs')).json().jobs ?? [];
    assert.deepEqual(jobs.map(({ id }) => id).sort(), [before, again.json().id].sort(), 'no other job exists');
  });

  test('starts, but is not ready until etcd is available', async (t) => {
    const cluster = await Cluster.start(t);
    await cluster.etcd.kill();
    const a = await cluster.serve('a');
    await untilSaid(a, /journal .*: no answer since/);
    assert.equal((await readinessOf(a)).code, 503);
    await cluster.etcd.restart();
    await until('it is ready', async () => ((await readinessOf(a)).code === 200 ? 1 : undefined));
    const { id } = await a.submit('select 1');
    assert.equal(await resultOf(a, id), '1\n1\n');
  });
});

describe('a coordinator without executors', { skip: whyNoEtcd() ?? false, timeout: 120_000 }, () => {
  test('is not ready if it has never reached an executor, and reports that jobs wait for executors', async (t) => {
    const cluster = await Cluster.start(t);
    const a = await cluster.serve('a', [NOBODY]);
    await untilSaid(a, /executors \(http:\/\/127.0.0.1:9\): no answer since .*ECONNREFUSED/);
    const { code, dependencies } = await readinessOf(a);
    assert.deepEqual([code, dependencies.executors], [503, 'away']);
    const { id } = await a.submit('select 1');
    const waiting = await until(
      'it is said what the job waits for',
      async () => (await a.ask('GET', `/v1/jobs/${id}`)).json().waiting?.for,
    );
    assert.equal(waiting, 'executors');
  });

  test('stays ready after it loses its executors, and reports the loss', async (t) => {
    const cluster = await Cluster.start(t);
    const a = await cluster.serve('a');
    assert.equal(
      (await until('it is ready', async () => ready(await readinessOf(a)))).dependencies.executors,
      'answers',
    );
    await Promise.all(cluster.executors.map((executor) => executor.close()));
    await untilSaid(a, /executors .*: no answer since/);
    const { code, dependencies } = await readinessOf(a);
    assert.deepEqual([code, dependencies.executors], [200, 'away']);
  });
});

const ready = <T extends { readonly code: number }>(readiness: T): T | undefined =>
  readiness.code === 200 ? readiness : undefined;

const noS3 = await installVersitygw().then(
  () => undefined,
  (error: Error) => error.message,
);

describe('a coordinator and its store', { skip: noS3 ?? false, timeout: 120_000 }, () => {
  const startAlone = (t: TestContext, store: string, environment: Readonly<Record<string, string>>) => {
    const state = mkdtempSync(join(tmpdir(), 'volley-serve-store-'));
    t.after(() => rmSync(state, { recursive: true, force: true }));
    const own = { HOME: state, VOLLEY_STATE_DIR: state, ...environment };
    return startServe(t, 'a', ['--insecure', '--store', store], own);
  };

  test('does not start with a missing bucket or wrong credentials', async (t) => {
    const server = await startVersitygw();
    t.after(() => server.close());
    const buckets = await openBuckets(server);
    t.after(() => buckets.close());
    const { environment } = buckets;
    await assert.rejects(startAlone(t, 's3://no-such-bucket/x', environment), /NoSuchBucket.*Create the bucket/s);
    const stranger = { ...environment, AWS_SECRET_ACCESS_KEY: 'another' };
    await assert.rejects(startAlone(t, 's3://jobs/x', stranger), /does not accept these credentials/s);
    await startAlone(t, 's3://jobs/x', environment);
    assert.deepEqual(await all(buckets.jobs.list('')), [], 'the probe leaves no objects');
  });

  test('starts while the store does not answer, but is not ready and reports the outage', async (t) => {
    const credentials = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', VOLLEY_S3_ENDPOINT: NOBODY };
    const a = await startAlone(t, 's3://jobs/x', credentials);
    await untilSaid(a, /store \(s3:\/\/jobs\/x\): no answer since .*ECONNREFUSED/);
    const { code, dependencies } = await readinessOf(a);
    assert.deepEqual([code, dependencies.journal, dependencies.store], [503, 'answers', 'away']);
  });
});
