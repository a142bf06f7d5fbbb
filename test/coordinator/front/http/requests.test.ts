import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FabricError } from '../../../../engine/errors.ts';
import { type Ask, numbered, openApi } from './api-fixture.ts';

describe('requests to the HTTP API', { timeout: 20_000 }, () => {
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
});
