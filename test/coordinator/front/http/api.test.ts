import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { systemClock } from '../../../../coordinator/clock.ts';
import { problemOf } from '../../../../coordinator/front/http/problem.ts';
import { serveHttpApi } from '../../../../coordinator/front/http/server.ts';
import { END_OF_STREAM, encodeSchemaMessage } from '../../../../engine/arrow/encode-stream.ts';
import { errorCodes, FabricError } from '../../../../engine/errors.ts';
import { CoordinatorHarness, inlineGraph } from '../../jobs/coordinator-fixture.ts';
import { settings, statistics } from '../../scheduler/graph.ts';
import { localWriter } from '../local-writer.ts';
import { ALICE, openApi } from './api-fixture.ts';

describe('the HTTP API', { timeout: 20_000 }, () => {
  test('lists the other jobs if one job is damaged', async (t) => {
    const { ask, submit, coordinator } = await openApi(t);
    const [good, bad] = [await submit('1'), await submit('2')];
    const summary = coordinator.getSummary.bind(coordinator);
    coordinator.getSummary = async (id) => {
      if (id === bad) throw new FabricError('JOURNAL_CORRUPT', 'damaged');
      return summary(id);
    };
    const { jobs } = (await ask('/v1/jobs')).json() as unknown as { readonly jobs: readonly { readonly id: string }[] };
    assert.deepEqual(
      jobs.map(({ id }) => id),
      [good],
    );
    assert.equal((await ask(`/v1/jobs/${bad}`)).json().code, 'JOURNAL_CORRUPT');
  });

  test('allows only a caller who sees every job to delete a damaged job', async (t) => {
    const { ask, harness, submit } = await openApi(t, { jobsAtOnce: 1 });
    const { journal, store } = harness;
    // The second job waits for a free slot, so it has no owner.
    const barrier = harness.hold('first');
    await submit('first');
    const id = await submit('second');
    const read = journal.read.bind(journal);
    journal.read = async (job) => {
      if (job === id && (await read(job)).length > 0) throw new FabricError('JOURNAL_CORRUPT', 'damaged');
      return read(job);
    };
    const removed = new Promise<void>((resolve) => {
      const remove = journal.remove.bind(journal);
      journal.remove = async (job, token) => {
        await remove(job, token);
        if (job === id) resolve();
      };
    });
    for (const key of [`jobs/${id}/result/0`, `spread/abc/jobs/${id}/stages/0/0`, 'jobs/another/0']) {
      await store.put(key, [new Uint8Array(1)]);
    }
    assert.equal(
      (await ask(`/v1/jobs/${id}`, { method: 'DELETE', token: ALICE.token })).json().code,
      'JOURNAL_CORRUPT',
    );
    assert.equal((await ask(`/v1/jobs/${id}`, { method: 'DELETE' })).status, 204);
    await removed;
    assert.equal((await ask(`/v1/jobs/${id}`)).json().code, 'UNKNOWN_JOB');
    assert.deepEqual([...store.objects.keys()], ['jobs/another/0']);
    barrier.open();
  });

  test('reports whether a job waits for a free coordinator or for executors', async (t) => {
    const { ask, submit, harness } = await openApi(t, { jobsAtOnce: 1 });
    const running = new Promise<void>((resolve) => {
      harness.invoker.behave = (_task, _otherwise, signal) => {
        resolve();
        return new Promise((settle) => {
          signal.addEventListener('abort', () => settle({ kind: 'lost', message: 'stopped' }));
        });
      };
    });
    const [first, second] = [await submit('runs'), await submit('waits')];
    await running;
    const waiting = async (id: string) => (await ask(`/v1/jobs/${id}`)).json()['waiting'];
    assert.equal(await waiting(first), undefined);
    assert.match(JSON.stringify(await waiting(second)), /"for":"coordinator"/);
    harness.unavailableReason = 'no executor is healthy.';
    assert.match(JSON.stringify(await waiting(first)), /"for":"executors".*no executor is healthy/);
    for (const id of [first, second]) await ask(`/v1/jobs/${id}/cancel`, { method: 'POST' });
  });

  test('accepts a job, returns its location, and reports the error of an invalid result', async (t) => {
    const { ask, harness } = await openApi(t);
    const settings = { fanout: 4, result_ttl: '5m' };
    const taken = await ask('/v1/jobs', { method: 'POST', body: { sql: 'from x', settings, labels: { team: 'a' } } });
    const { id } = taken.json();
    assert.equal(taken.status, 202);
    assert.equal(taken.headers['location'], `/v1/jobs/${id}`);
    // The in-memory executors return an invalid result.
    const result = await ask(`/v1/jobs/${id}/result?wait=10`);
    assert.deepEqual([result.status, result.json().code], [422, 'INPUT_INVALID']);
    const document = (await ask(`/v1/jobs/${id}`)).json();
    assert.equal(document.state, 'succeeded');
    assert.deepEqual(document['settings'], { fanout: '4', result_ttl: '5m' });
    assert.deepEqual(document['labels'], { team: 'a' });
    assert.deepEqual(document['tasks'], { total: 1, running: 0, succeeded: 1 });
    assert.deepEqual(harness.planned, ['from x']);
  });

  test('answers 409 for the result of an unfinished job, immediately or after the requested wait', async (t) => {
    const { ask, submit, harness } = await openApi(t);
    harness.hold('slow');
    const id = await submit('slow');
    for (const wait of ['', '?wait=0', '?wait=1']) {
      const answer = await ask(`/v1/jobs/${id}/result${wait}`);
      assert.deepEqual([answer.status, answer.json().code], [409, 'JOB_NOT_ENDED']);
    }
    assert.equal((await ask(`/v1/jobs/${id}`)).json().state, 'planning');
  });

  test('answers 410 for a result whose result_ttl has passed', async (t) => {
    const harness = new CoordinatorHarness(t);
    const planned = { graph: inlineGraph, settings: { ...settings, resultTtlMs: 60_000 } };
    const coordinator = harness.open({ plan: async () => planned });
    let laterMs = 0;
    const clock = { now: () => Date.now() + laterMs, after: systemClock.after };
    const bytes = Buffer.concat([encodeSchemaMessage([{ name: 'inline', type: { kind: 'bool' } }]), END_OF_STREAM]);
    harness.invoker.behave = async () => ({
      kind: 'succeeded',
      output: { kind: 'inline', bytes, rows: 0 },
      statistics,
    });
    const api = await serveHttpApi({
      ...{
        host: '127.0.0.1',
        port: 0,
        access: { tokens: [] },
        coordinator,
        results: localWriter(harness.store),
        clock,
      },
      unavailableReason: () => undefined,
      check: () => undefined,
      readiness: async () => ({ isReady: true, dependencies: {} }),
      reportDefect: (error) => assert.fail(String(error)),
    });
    t.after(() => api.drain());
    const body = JSON.stringify({ sql: 'a' });
    const headers = { 'content-type': 'application/json' };
    const { id } = (await (await fetch(`${api.url}/v1/jobs`, { method: 'POST', body, headers })).json()) as {
      id: string;
    };
    const result = () => fetch(`${api.url}/v1/jobs/${id}/result?wait=10`);
    const before = await result();
    assert.equal(await before.text(), '{"columns":[{"name":"inline","type":"BOOLEAN"}],"rows":[\n]}\n');
    laterMs = 60_000;
    assert.equal((await result()).status, 410);
  });

  test('accepts several cancel requests for a job but only one delete request', async (t) => {
    const { ask, submit, harness } = await openApi(t);
    harness.hold('slow');
    const id = await submit('slow');
    const cancel = () => ask(`/v1/jobs/${id}/cancel`, { method: 'POST' });
    assert.deepEqual([(await cancel()).status, (await cancel()).status], [202, 202]);
    assert.equal((await ask(`/v1/jobs/${id}/result?wait=10`)).json().code, 'CANCELLED');
    assert.equal((await cancel()).json().state, 'cancelled');
    assert.equal((await ask(`/v1/jobs/${id}`, { method: 'DELETE' })).status, 204);
    assert.equal((await ask(`/v1/jobs/${id}`, { method: 'DELETE' })).status, 404);
  });

  test('always reports that it is alive, but reports that it is ready only while the journal answers', async (t) => {
    let isReady = true;
    const { ask, coordinator } = await openApi(t, {
      readiness: async () => ({ isReady, dependencies: { journal: isReady ? 'answers' : 'away', executors: 'away' } }),
    });
    const both = async () => [
      (await ask('/healthz', { token: '' })).status,
      (await ask('/readyz', { token: '' })).status,
    ];
    assert.deepEqual(await both(), [200, 200]);
    isReady = false;
    assert.deepEqual(await both(), [200, 503]);
    const { text } = await ask('/readyz', { token: '' });
    assert.deepEqual(JSON.parse(text), { status: 'not ready', journal: 'away', executors: 'away' });
    await coordinator.close();
    assert.deepEqual(await both(), [200, 503]);
    const late = await ask('/v1/jobs', { method: 'POST', body: { sql: 'select 1' } });
    assert.deepEqual([late.status, late.json().code], [503, 'THROTTLED']);
  });

  test('logs an internal error without disclosing it to the client', async (t) => {
    const { ask, coordinator, defects } = await openApi(t);
    coordinator.list = () => Promise.reject(new TypeError('a secret'));
    const answer = await ask('/v1/jobs');
    assert.equal(answer.status, 500);
    assert.ok(!answer.text.includes('secret'));
    assert.equal(defects.length, 1);
  });
});

test('docs/errors.md lists the HTTP status of every error code', () => {
  const page = readFileSync(new URL('../../../../docs/errors.md', import.meta.url), 'utf8');
  const documented = new Map(
    [...page.matchAll(/^\| (\d{3}) \| (.*) \|$/gm)].flatMap(([, status = '', codes = '']) =>
      [...codes.matchAll(/`([A-Z_]+)`/g)].map(([, code = '']) => [code, Number(status)] as const),
    ),
  );
  const actual = new Map(errorCodes.map((code) => [code as string, problemOf(new FabricError(code, 'x')).status]));
  assert.deepEqual(documented, new Map([...documented].map(([code]) => [code, actual.get(code)])));
  assert.equal(documented.size, errorCodes.length);
});
