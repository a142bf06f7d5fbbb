import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { JobId } from '../../../../engine/task/task.ts';
import { ALICE, ALL, BOB, openApi } from './api-fixture.ts';

describe('lists of jobs', { timeout: 20_000 }, () => {
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
});
