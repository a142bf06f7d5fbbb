import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { describe, type TestContext, test } from 'node:test';
import { systemClock } from '../../../../coordinator/clock.ts';
import type { AccessToken } from '../../../../coordinator/front/http/access.ts';
import { problemOf } from '../../../../coordinator/front/http/problem.ts';
import { type Readiness, serveHttpApi } from '../../../../coordinator/front/http/server.ts';
import { END_OF_STREAM, encodeSchemaMessage } from '../../../../engine/arrow/encode-stream.ts';
import { errorCodes, FabricError } from '../../../../engine/errors.ts';
import type { JobId } from '../../../../engine/task/task.ts';
import { CoordinatorHarness, inlineGraph } from '../../jobs/coordinator-fixture.ts';
import { settings, statistics } from '../../scheduler/graph.ts';
import { localWriter } from '../local-writer.ts';

const ALICE: AccessToken = { subject: 'alice', token: 'the-token-of-alice' };
const BOB: AccessToken = { subject: 'bob', token: 'the-token-of-bob' };
const ALL: AccessToken = { subject: '', token: 'the-token-of-all' };

interface Ask {
  readonly method?: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Returns an object with `count` members that all have the same value. */
const numbered = (count: number, value: unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`n${at}`, value]));

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  json(): { readonly id: string; readonly code: string; readonly state: string } & Readonly<Record<string, unknown>>;
}

/** Opens the API on in-memory coordinators. Requests use `node:http` because `fetch` does not allow callers to set `Host`. */
async function openApi(
  t: TestContext,
  changes: {
    readonly readiness?: () => Promise<Readiness>;
    readonly jobsAtOnce?: number;
    readonly check?: () => void;
  } = {},
) {
  const harness = new CoordinatorHarness(t);
  const coordinator = harness.open({ jobsAtOnce: changes.jobsAtOnce ?? 2 });
  const defects: unknown[] = [];
  const api = await serveHttpApi({
    host: '127.0.0.1',
    port: 0,
    access: { tokens: [ALICE, BOB, ALL], hostNames: ['127.0.0.1', 'localhost'] },
    coordinator,
    results: localWriter(harness.store),
    clock: systemClock,
    unavailableReason: () => harness.unavailableReason,
    check: changes.check ?? (() => undefined),
    readiness: changes.readiness ?? (async () => ({ isReady: true, dependencies: {} })),
    reportDefect: (error) => defects.push(error),
  });
  t.after(() => api.drain());
  const ask = (path: string, { method = 'GET', token = ALL.token, headers = {}, body }: Ask = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const json = body === undefined ? {} : { 'content-type': 'application/json' };
      const all = { authorization: `Bearer ${token}`, ...json, ...headers };
      const sending = httpRequest(api.url + path, { method, headers: all, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const { statusCode = 0 } = response;
          resolve({ status: statusCode, headers: response.headers, text, json: () => JSON.parse(text) });
        });
      });
      sending.on('error', reject);
      sending.end(
        body === undefined || typeof body === 'string' || body instanceof Buffer ? body : JSON.stringify(body),
      );
    });
  const submit = async (sql: string, more: Ask = {}) =>
    (await ask('/v1/jobs', { method: 'POST', body: { sql }, ...more })).json().id;
  return { harness, coordinator, api, ask, submit, defects };
}

describe('the HTTP API', { timeout: 20_000 }, () => {
  const refused: readonly (readonly [name: string, path: string, ask: Ask, status: number, code: string])[] = [
    ['without a known token', '/v1/jobs', { token: 'x' }, 401, 'UNAUTHENTICATED'],
    ['for a foreign host name', '/v1/jobs', { headers: { host: 'evil.example' } }, 403, 'FORBIDDEN'],
    ['from a page of another origin', '/v1/jobs', { headers: { origin: 'http://evil.example' } }, 403, 'FORBIDDEN'],
    ['for an unknown path', '/v1/nothing', {}, 404, 'NOT_FOUND'],
    ['for an invalid path', '//x', {}, 400, 'REQUEST_INVALID'],
    ['for an id that cannot be decoded', '/v1/jobs/%E0%A4%A', {}, 400, 'REQUEST_INVALID'],
    ['for an unknown job', '/v1/jobs/x', {}, 404, 'UNKNOWN_JOB'],
    ['for a job id that points outside the journal', '/v1/jobs/..%2F..%2Fx', {}, 404, 'UNKNOWN_JOB'],
    ['with an unsupported method', '/v1/jobs', { method: 'PUT' }, 405, 'METHOD_NOT_ALLOWED'],
    ['with an unknown state', '/v1/jobs?state=odd', {}, 400, 'REQUEST_INVALID'],
    ['with an invalid page cursor', '/v1/jobs?cursor=..%2Fx', {}, 400, 'REQUEST_INVALID'],
    ['with an unreadable page cursor', '/v1/jobs?cursor=zzz', {}, 400, 'REQUEST_INVALID'],
    ['with an unknown parameter', '/v1/jobs?stat=running', {}, 400, 'REQUEST_INVALID'],
    ['with a parameter of another endpoint', '/v1/jobs/x?format=csv', {}, 400, 'REQUEST_INVALID'],
    ['with a repeated parameter', '/v1/jobs?limit=1&limit=2', {}, 400, 'REQUEST_INVALID'],
    ['for the health check with an unsupported method', '/healthz', { method: 'POST' }, 405, 'METHOD_NOT_ALLOWED'],
    ['with a page limit of zero', '/v1/jobs?limit=0', {}, 400, 'REQUEST_INVALID'],
    ['with an excessive wait', '/v1/jobs/x/result?wait=1e9', {}, 400, 'REQUEST_INVALID'],
    ['for part of a result', '/v1/jobs/x/result?offset=5', {}, 400, 'REQUEST_INVALID'],
    ['for an unknown format', '/v1/jobs/x/result?format=xml', {}, 406, 'NOT_ACCEPTABLE'],
    ['for an unknown media type', '/v1/jobs/x/result', { headers: { accept: 'text/html' } }, 406, 'NOT_ACCEPTABLE'],
  ];
  for (const [name, path, ask, status, code] of refused) {
    test(`rejects a request ${name}`, async (t) => {
      const answer = await (await openApi(t)).ask(path, ask);
      assert.deepEqual([answer.status, answer.json().code], [status, code], answer.text);
      assert.equal(answer.headers['content-type'], 'application/problem+json');
    });
  }

  const bodies: readonly (readonly [body: unknown, message: RegExp, status?: number])[] = [
    ['{"sql": ', /not valid JSON/],
    ['{"sql": "select 1", "sql": "select 2"}', /member "sql" twice/],
    ['{"sql": "select 1", "settings": {"fanout": 1, "\\u0066anout": 2}}', /member "fanout" twice/],
    [[], /must be a JSON object/],
    [{}, /"sql" must be/],
    [{ sql: ' ' }, /"sql" must be/],
    [{ sql: '  ;' }, /"sql" must be the text of a statement/],
    [{ sql: ' ;\n; ' }, /"sql" must be the text of a statement/],
    [{ SQL: 'select 1' }, /"SQL" is not one of sql, settings, labels, tables/],
    [{ sql: 'select 1', plan: 'AAAA' }, /"plan" is not supported yet/],
    [{ sql: 'select ?', parameters: [1] }, /"parameters" is not supported yet/],
    [{ sql: 'select 1', sqll: 1 }, /"sqll" is not one of sql, settings, labels, tables/],
    [{ sql: 'select 1', settings: [] }, /"settings" must be an object/],
    ['{"sql": "select 1", "__proto__": 1}', /"__proto__" is not one of/],
    [{ sql: 'select 1', labels: { a: [] } }, /"labels.a" must be a string/],
    [{ sql: 'select 1', labels: { a: 1 } }, /"labels.a" must be a string/],
    [{ sql: 'select 1', labels: { a: true } }, /"labels.a" must be a string/],
    [{ sql: 'select 1', labels: { 'a\0': 1 } }, /"labels" has a name that contains a NUL/],
    [{ sql: 'select 1', tables: { a: '/x' } }, /"tables.a" must be/],
    [{ sql: 'select 1', tables: { a: { location: [] } } }, /"tables.a.location" must be/],
    [{ sql: 'select 1', tables: { a: { location: 1 } } }, /"tables.a.location" must be a path or a list of paths/],
    [{ sql: 'select 1', tables: { a: { location: '/x', format: 1 } } }, /"tables.a.format" must be a string/],
    [{ sql: 'select 1', tables: { a: { location: '/x', path: 1 } } }, /"tables.a.path" is not one of location, format/],
    [{ sql: 1 }, /"sql" must be/],
    [{ sql: 'select 1\0' }, /"sql" contains a NUL/],
    ['{"sql": "select \'\\ud800\'"}', /half of a surrogate pair/],
    [Buffer.from([0x7b, 0xff, 0x7d]), /not valid UTF-8/],
    [{ sql: 'select 1', labels: { ' ': 'x' } }, /"labels" contains an empty name/],
    [{ sql: 'select 1', labels: { a: 'x\0' } }, /"labels.a" contains a NUL/],
    [{ sql: 'select 1', labels: { a: 'x'.repeat(1025) } }, /"labels.a" has more than 1024/],
    [{ sql: 'select 1', labels: Object.fromEntries(Array.from({ length: 65 }, (_, at) => [at, 1])) }, /at most 64/],
    ['{"sql": "select 1", "labels": {"a": 1e999}}', /"labels.a" must be/],
    [{ sql: 'select 1', tables: { '': { location: '/x' } } }, /"tables" contains an empty name/],
    [{ sql: 'select 1', tables: { ['x'.repeat(256)]: { location: '/x' } } }, /more than 255 characters/],
    [{ sql: 'select 1', tables: { t: { location: '/x' }, T: { location: '/x' } } }, /"tables" contains "T" twice/],
    [{ sql: 'select 1', tables: { t: { location: '/x\0' } } }, /"tables.t.location" contains a NUL/],
    [{ sql: 'select 1', settings: { fanout: 1, FANOUT: 2 } }, /"settings" contains "FANOUT" twice/],
    [{ sql: 'select 1', settings: { fanout: 0 } }, /fanout cannot be "0"/],
    [{ sql: 'select 1', settings: { threads: 4 } }, /no setting "threads"/],
    [{ sql: 'select 1', settings: numbered(65, 1) }, /"settings" has 65 settings; a job may have at most 64/],
    [
      { sql: 'select 1', tables: numbered(1001, { location: '/x' }) },
      /"tables" has 1001 tables; a job may have at most 1000/,
    ],
    [
      { sql: 'select 1', tables: { a: { location: new Array(10_001).fill('/x') } } },
      /has 10001 paths; a job may have at most 10000/,
    ],
    [{ sql: 'select 1', labels: { a: new Array(40_000).fill(1) } }, /more than 32768 values/],
    ['['.repeat(100_000), /nested more than 32 levels/],
  ];

  const parameterErrors: readonly (readonly [path: string, message: string])[] = [
    ['/v1/jobs?stat=running', '"stat" is not a parameter of /v1/jobs, which accepts state, limit, cursor.'],
    [
      '/v1/jobs?state=odd',
      '"state" must be one of queued, planning, running, succeeded, failed, cancelled, not "odd".',
    ],
    ['/v1/jobs?limit=0', '"limit" must be a whole number from 1 to 1000, not "0".'],
    ['/v1/jobs?cursor=zzz', '"cursor" must be the value from the previous page of the list, not "zzz".'],
    ['/v1/jobs/x?wait=1', '"wait" is not a parameter of /v1/jobs/x, which accepts no parameters.'],
    ['/v1/jobs/x/result?limi=5', '"limi" is not a parameter of /v1/jobs/x/result, which accepts format, wait.'],
    ['/v1/jobs/x/result?offset=5', '"offset" is not supported yet. Write OFFSET and LIMIT in the SQL.'],
    ['/v1/jobs/x/result?limit=5', '"limit" is not supported yet. Write OFFSET and LIMIT in the SQL.'],
  ];
  for (const [path, message] of parameterErrors) {
    test(`names the invalid parameter of ${path}`, async (t) => {
      const answer = await (await openApi(t)).ask(path);
      assert.deepEqual([answer.status, answer.json()['detail']], [400, message]);
    });
  }

  test('rejects invalid bodies with a reason', async (t) => {
    const { ask, coordinator } = await openApi(t);
    for (const [body, message] of bodies) {
      const answer = await ask('/v1/jobs', { method: 'POST', body });
      assert.equal(answer.status, 400, answer.text);
      assert.match(String(answer.json()['detail']), message);
    }
    const undeclared: readonly Readonly<Record<string, string>>[] = [
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/json; charset=utf-16' },
      { 'content-encoding': 'gzip' },
    ];
    for (const headers of undeclared) {
      const answer = await ask('/v1/jobs', { method: 'POST', body: '{"sql":"select 1"}', headers });
      assert.deepEqual([answer.status, answer.json().code], [415, 'UNSUPPORTED_MEDIA_TYPE']);
    }
    assert.deepEqual(await coordinator.list(), []);
  });

  test('answers 413 to a large body, even if its length is undeclared or the client sends all of it before reading the answer', async (t) => {
    const { ask } = await openApi(t);
    const large = JSON.stringify({ sql: 'select 1', labels: { a: 'x'.repeat(20 << 20) } });
    const answers = [
      await ask('/v1/jobs', { method: 'POST', body: large }),
      await ask('/v1/jobs', { method: 'POST', body: large, headers: { 'transfer-encoding': 'chunked' } }),
      await ask('/v1/jobs', { method: 'POST', body: { sql: `select 1 -- ${'x'.repeat(2 << 20)}` } }),
    ];
    for (const answer of answers) {
      assert.deepEqual([answer.status, answer.json().code], [413, 'REQUEST_TOO_LARGE'], answer.text);
    }
  });

  test('keeps a label named __proto__, and quickly rejects a body with 100,000 settings', async (t) => {
    const { ask } = await openApi(t);
    const labelled = await ask('/v1/jobs', { method: 'POST', body: '{"sql": "x", "labels": {"__proto__": "a"}}' });
    assert.match(labelled.text, /"labels":\{"__proto__":"a"\}/);
    const settings = Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`name${at}`, '1']));
    const startedAt = performance.now();
    const answer = await ask('/v1/jobs', { method: 'POST', body: { sql: 'x', settings } });
    assert.equal(answer.json().code, 'REQUEST_INVALID');
    assert.ok(performance.now() - startedAt < 5000);
  });

  test('rejects a request that fails its check, without creating a job', async (t) => {
    const check = () => {
      throw new FabricError('INVALID_SETTING', 'The setting memory cannot be 2 MiB.');
    };
    const { ask, coordinator } = await openApi(t, { check });
    const answer = await ask('/v1/jobs', { method: 'POST', body: { sql: 'select 1' } });
    assert.deepEqual([answer.status, answer.json().code], [400, 'INVALID_SETTING']);
    assert.deepEqual(await coordinator.list(), []);
  });

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

  test('shows callers only their own jobs, in pages', async (t) => {
    const { ask, submit } = await openApi(t);
    const ids: string[] = [];
    for (const sql of ['1', '2', '3']) ids.push(await submit(sql, { token: ALICE.token }));
    const bobs = await submit('4', { token: BOB.token });
    for (const call of ['', '/result', '/cancel']) {
      const method = call === '/cancel' ? 'POST' : 'GET';
      assert.equal((await ask(`/v1/jobs/${bobs}${call}`, { method, token: ALICE.token })).status, 404);
    }
    assert.equal((await ask(`/v1/jobs/${bobs}`, { method: 'DELETE', token: ALICE.token })).status, 404);
    const listed = async (query: string, token: string) => {
      const { jobs, cursor } = (await ask(`/v1/jobs${query}`, { token })).json() as unknown as {
        readonly jobs: readonly { readonly id: string }[];
        readonly cursor?: string;
      };
      return { ids: jobs.map(({ id }) => id), cursor };
    };
    const first = await listed('?limit=2', ALICE.token);
    const second = await listed(`?limit=2&cursor=${first.cursor}`, ALICE.token);
    assert.deepEqual([...first.ids, ...second.ids], ids.toReversed());
    assert.equal(second.cursor, undefined);
    assert.equal((await listed('', ALL.token)).ids.length, 4);
    const headers = { 'idempotency-key': 'k' };
    const keyed = await submit('5', { token: BOB.token, headers: { 'content-type': 'application/json', ...headers } });
    assert.deepEqual((await listed(`?cursor=${keyed}`, BOB.token)).ids, [bobs]);
  });

  test('reads at most 1,000 jobs per list request, and continues at the cursor', async (t) => {
    const { ask, submit, harness } = await openApi(t);
    const { journal } = harness;
    for (let at = 0; at < 2500; at += 1) {
      const id = `20200101-000000-${at.toString(16).padStart(6, '0')}` as JobId;
      const token = await journal.acquire(id);
      const by = ALICE.subject;
      const requested = { sql: '1', settings: [], labels: [], tables: [], subject: by };
      const records = [{ kind: 'job-requested', at: Date.now(), job: id, request: requested } as const];
      await journal.append(id, token, [
        ...records,
        { kind: 'job-ended', at: Date.now(), end: { kind: 'cancelled', by } },
      ]);
      await journal.release(id, token);
    }
    const oldest = '20200101-000000-000000' as JobId;
    harness.hold('slow');
    const slow = await submit('slow', { token: BOB.token });
    const { state } = (await ask(`/v1/jobs/${slow}`)).json();
    let reads = 0;
    const summaryOf = journal.summaryOf.bind(journal);
    journal.summaryOf = (id) => {
      reads += 1;
      return summaryOf(id);
    };
    const pages: (readonly string[])[] = [];
    let cursor: string | undefined = '';
    while (cursor !== undefined) {
      reads = 0;
      const query = cursor === '' ? '' : `&cursor=${cursor}`;
      const answer = (await ask(`/v1/jobs?state=${state}${query}`)).json() as unknown as {
        readonly jobs: readonly { readonly id: string }[];
        readonly cursor?: string;
      };
      assert.ok(reads <= 1000, `${reads} jobs were read`);
      pages.push(answer.jobs.map(({ id }) => id));
      cursor = answer.cursor;
    }
    assert.equal(pages.length, 3);
    assert.deepEqual(pages.flat(), [slow]);
    const all = (await ask(`/v1/jobs?limit=1000&cursor=20200101-000000-000001`)).json() as unknown as {
      jobs: unknown[];
    };
    assert.deepEqual(
      (all.jobs as { id: string }[]).map(({ id }) => id),
      [oldest],
    );
  });

  test('ends a page of a list before its SQL exceeds 4 Mi characters', async (t) => {
    const { ask, submit, harness } = await openApi(t);
    const ids: string[] = [];
    for (let at = 0; at < 6; at += 1) {
      const id = await submit(`${at}${' '.repeat(1_000_000)}`);
      ids.push(id);
    }
    assert.equal((await harness.journal.list()).length, 6);
    const first = (await ask('/v1/jobs')).json() as unknown as { jobs: { id: string }[]; cursor?: string };
    const second = (await ask(`/v1/jobs?cursor=${first.cursor}`)).json() as unknown as typeof first;
    assert.deepEqual([first.jobs.length, second.jobs.length, second.cursor], [4, 2, undefined]);
    assert.deepEqual(
      [...first.jobs, ...second.jobs].map(({ id }) => id),
      ids.toReversed(),
    );
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
