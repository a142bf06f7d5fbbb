import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { JobRecord } from '../../../coordinator/scheduler/records.ts';
import type { JobId } from '../../../engine/task/task.ts';
import { startFaultProxy } from '../../../scripts/servers/fault-proxy.ts';
import { until } from '../../end-to-end/volley-process.ts';
import { whyNoEtcd } from '../etcd/fixture.ts';
import { Cluster, LEASE_SECONDS } from './fixture.ts';
import { assertNothingTwice, ROWS, resultOf, SLOW, settings, untilMidway } from './slow-job.ts';

const resumedAt = (records: readonly JobRecord[]) => records.find(({ kind }) => kind === 'job-resumed')?.at;

describe('several coordinators that share a journal', { skip: whyNoEtcd() ?? false, timeout: 120_000 }, () => {
  test("handle requests for each other's jobs", async (t) => {
    const cluster = await Cluster.start(t);
    const [a, b] = await Promise.all([cluster.serve('a'), cluster.serve('b')]);

    await t.test('return the result of a job submitted to another coordinator, in every format', async () => {
      const sql = 'select 2 as two, n from numbers where n < 2 order by n';
      const { id } = await a.submit(sql, { labels: { team: 'x' } });
      const result = (query: string, headers = {}) =>
        b.ask('GET', `/v1/jobs/${id}/result?wait=60${query}`, undefined, headers);
      assert.equal(
        (await result('')).text,
        '{"columns":[{"name":"two","type":"INTEGER"},{"name":"n","type":"BIGINT"}],"rows":[\n[2,"0"],\n[2,"1"]\n]}\n',
      );
      assert.equal((await result('&format=csv')).text, 'two,n\n2,0\n2,1\n');
      assert.equal(
        (await result('', { accept: 'application/x-ndjson' })).text,
        '{"two":2,"n":"0"}\n{"two":2,"n":"1"}\n',
      );
      const arrow = await result('&format=arrow');
      assert.equal(arrow.headers.get('content-type'), 'application/vnd.apache.arrow.stream');
      const document = (await b.ask('GET', `/v1/jobs/${id}`)).json();
      assert.equal(document.state, 'succeeded');
      assert.ok((await b.ask('GET', '/v1/jobs?state=succeeded')).json().jobs?.some((job) => job.id === id));
    });

    await t.test('treat requests with the same idempotency key as one job', async () => {
      const answers = await Promise.all([a, b, a, b].map((each) => each.submit('select 1', {}, 'a key')));
      assert.equal(new Set(answers.map(({ id }) => id)).size, 1);
      const other = await b.ask('POST', '/v1/jobs', { sql: 'select 2' }, { 'idempotency-key': 'a key' });
      assert.deepEqual([other.status, other.json().code], [409, 'IDEMPOTENCY_CONFLICT']);
      assert.equal(await resultOf(b, answers[0]?.id ?? ('' as JobId)), '1\n1\n');
    });

    await t.test('cancel a job that runs on another coordinator, and leave none of its objects', async () => {
      const { id } = await a.submit(SLOW, { settings: { ...settings, timeout: '60s' } });
      await untilMidway(cluster, id);
      const answers = [await b.ask('POST', `/v1/jobs/${id}/cancel`), await b.ask('POST', `/v1/jobs/${id}/cancel`)];
      assert.deepEqual(
        answers.map(({ status }) => status),
        [202, 202],
      );
      const result = await b.ask('GET', `/v1/jobs/${id}/result?wait=60`);
      assert.deepEqual([result.status, result.json().code], [409, 'CANCELLED']);
      await until('its objects are gone', async () =>
        cluster.stored().some((key) => key.includes(id)) ? undefined : 1,
      );
    });

    await t.test('hide the jobs of other users', async () => {
      const asAlice = { authorization: 'Bearer alices-own-token-1234' };
      const { id } = await a.submit('select 1');
      assert.equal((await b.ask('GET', `/v1/jobs/${id}`, undefined, asAlice)).status, 404);
      const own = await b.ask('POST', '/v1/jobs', { sql: 'select 1' }, asAlice);
      const listed = (await a.ask('GET', '/v1/jobs', undefined, asAlice)).json().jobs ?? [];
      assert.deepEqual(
        listed.map((job) => job.id),
        [own.json().id],
      );
    });

    await t.test('delete a job and its records, so that no coordinator finds the job', async () => {
      const { id } = await a.submit('select 1');
      await resultOf(b, id);
      assert.equal((await b.ask('DELETE', `/v1/jobs/${id}`)).status, 204);
      assert.equal((await a.ask('GET', `/v1/jobs/${id}`)).status, 404);
      await cluster.untilRecords(id, 'its records are gone', (records) => (records.length === 0 ? true : undefined));
    });

    await t.test('reject a memory setting that no executor supports, without creating a job', async () => {
      const answer = await a.ask('POST', '/v1/jobs', { sql: 'select 1', settings: { memory: 100_000 } });
      assert.deepEqual([answer.status, answer.json().code], [400, 'INVALID_SETTING'], answer.text);
    });

    await t.test('report the error of an invalid query', async () => {
      const { id } = await a.submit('selec 1');
      const result = await b.ask('GET', `/v1/jobs/${id}/result?wait=60`);
      assert.deepEqual([result.status, result.json().code], [422, 'SYNTAX_ERROR']);
      assert.equal((await b.ask('GET', `/v1/jobs/${id}`)).json().error?.code, 'SYNTAX_ERROR');
    });
  });

  test("take over a killed coordinator's job within twice the lease duration, without repeating finished tasks", async (t) => {
    const cluster = await Cluster.start(t);
    const [a, b] = await Promise.all([cluster.serve('a'), cluster.serve('b')]);
    const { id } = await a.submit(SLOW, { settings });
    await untilMidway(cluster, id);
    const killedAt = Date.now();
    a.signal('SIGKILL');
    assert.equal(await resultOf(b, id), ROWS);
    const records = await cluster.records(id);
    assertNothingTwice(records);
    const delayMs = (resumedAt(records) ?? Number.POSITIVE_INFINITY) - killedAt;
    t.diagnostic(`taken over ${delayMs} ms after the kill`);
    assert.ok(delayMs <= 2 * LEASE_SECONDS * 1000, `${delayMs} ms`);
  });

  test('take over a job within the lease duration when its coordinator is shut down by a signal', async (t) => {
    const cluster = await Cluster.start(t);
    const [a, b] = await Promise.all([cluster.serve('a'), cluster.serve('b')]);
    const { id } = await a.submit(SLOW, { settings });
    await untilMidway(cluster, id);
    const endedAt = Date.now();
    a.signal('SIGTERM');
    assert.equal(await a.exited, 0, a.said());
    assert.equal(await resultOf(b, id), ROWS);
    const records = await cluster.records(id);
    assertNothingTwice(records);
    const delayMs = (resumedAt(records) ?? Number.POSITIVE_INFINITY) - endedAt;
    assert.ok(delayMs < LEASE_SECONDS * 1000, `${delayMs} ms`);
  });

  test('stop writing, invoking and deleting for their jobs after a pause longer than the lease', async (t) => {
    const cluster = await Cluster.start(t);
    const proxies = await Promise.all(
      cluster.executors.map(({ endpoint }) => startFaultProxy(endpoint, () => ({ kind: 'none' }))),
    );
    t.after(() => Promise.all(proxies.map((proxy) => proxy.close())));
    const a = await cluster.serve(
      'a',
      proxies.map(({ endpoint }) => endpoint),
    );
    const { id } = await a.submit(SLOW, { settings });
    await untilMidway(cluster, id);
    const b = await cluster.serve('b');
    a.signal('SIGSTOP');
    assert.equal(await resultOf(b, id), ROWS);
    const invoked = () => proxies.flatMap(({ seen }) => seen.filter(({ method }) => method === 'POST')).length;
    await until('the job is released', async () => ((await cluster.journal.ownerOf(id)) === undefined ? 1 : undefined));
    const before = { invoked: invoked(), stored: cluster.stored(), records: await cluster.records(id) };
    a.signal('SIGCONT');
    // When the coordinator answers again, the timer of its lease has already fired.
    await until('it is ready again', async () => ((await a.ask('GET', '/readyz')).status === 200 ? 1 : undefined));
    assert.equal(await resultOf(a, id), ROWS);
    const { id: next } = await a.submit('select 1');
    await resultOf(a, next);
    const invokedNext = (await cluster.records(next)).filter(({ kind }) => kind === 'attempt-started').length;
    const stored = cluster.stored().filter((key) => !key.includes(next));
    const after = { invoked: invoked(), stored, records: await cluster.records(id) };
    assert.ok(after.invoked - before.invoked <= invokedNext, 'only the next job was invoked');
    assert.deepEqual({ ...after, invoked: 0 }, { ...before, invoked: 0 });
    assertNothingTwice(after.records);
  });

  test('lose no job while etcd is unavailable for longer than the lease', async (t) => {
    const cluster = await Cluster.start(t);
    const [a, b] = await Promise.all([cluster.serve('a'), cluster.serve('b')]);
    const { id } = await a.submit(SLOW, { settings });
    await untilMidway(cluster, id);
    await cluster.etcd.kill();
    const readiness = () => Promise.all([a, b].map(async (each) => (await each.ask('GET', '/readyz')).status));
    await until('both have noticed', async () =>
      (await readiness()).every((status) => status === 503) ? 1 : undefined,
    );
    const noticedAt = Date.now();
    await until('the lease is over', async () => (Date.now() - noticedAt > LEASE_SECONDS * 1000 ? 1 : undefined));
    await cluster.etcd.restart();
    assert.equal(await resultOf(b, id), ROWS);
    assertNothingTwice(await cluster.records(id));
    await until('both are ready', async () => ((await readiness()).every((status) => status === 200) ? 1 : undefined));
  });
});
