import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { JobPool } from '../../../coordinator/jobs/job-pool.ts';
import { Sweeper } from '../../../coordinator/jobs/sweeper.ts';
import { soleJournal } from '../../../coordinator/journal/sole.ts';
import { FabricError } from '../../../engine/errors.ts';
import type { JobId, TaskOutcome } from '../../../engine/task/task.ts';
import { MemoryJournal } from '../journal/memory-journal.ts';
import { joinGraph, settings } from '../scheduler/graph.ts';
import { Barrier, request } from './coordinator-fixture.ts';
import { FakeInvoker } from './fixture.ts';
import { MemoryStore } from './memory-store.ts';
import { SetClock } from './set-clock.ts';

const job = 'job' as JobId;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const PREFIXES = 4;
const TTL_MS = HOUR;
const KEEP_MS = 24 * HOUR;

/** Runs a job with spread keys to its end, and creates the sweepers of two coordinators. */
async function ended(
  t: TestContext,
  what: 'succeeded' | 'cancelled',
  beforeEnd: (store: MemoryStore) => void = () => {},
) {
  const [journal, store, clock] = [soleJournal(new MemoryJournal(), 'a'), new MemoryStore(), new SetClock(0)];
  const invoker = new FakeInvoker(store);
  const begun = new Barrier();
  if (what === 'cancelled') {
    invoker.behave = async (_task, _otherwise, signal): Promise<TaskOutcome> => {
      begun.open();
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      return { kind: 'lost', message: 'aborted' };
    };
  }
  const reports: string[] = [];
  const context = { journal, store, invoker, clock, random: () => 0.5, report: (text: string) => reports.push(text) };
  const graph = { ...joinGraph, keyPrefixes: PREFIXES };
  const planned = { graph, settings: { ...settings, attemptTimeoutMs: HOUR, resultTtlMs: TTL_MS } };
  const pool = new JobPool({ ...context, jobsAtOnce: 1, plan: async () => planned });
  const sweepers = [1, 2].map(() => new Sweeper({ ...context, keepRecordsMs: KEEP_MS }));
  t.after(() => Promise.all([pool.close(), ...sweepers.map((sweeper) => sweeper.close())]));
  const following = new AbortController();
  const isOver = new Barrier();
  const follow = journal.watchEnds((id) => {
    beforeEnd(store);
    for (const sweeper of sweepers) sweeper.schedule(id);
    isOver.open();
  }, following.signal);
  t.after(() => {
    following.abort();
    return follow;
  });
  await journal.acquire(job).then(async (token) => {
    await journal.append(job, token, [{ kind: 'job-requested', at: 0, job, request: request('a') }]);
    await pool.startOrRelease(job, token);
  });
  if (what === 'cancelled') {
    await begun.opened;
    pool.applyIntent(job, { kind: 'cancel', by: 'me' });
  }
  await isOver.opened;
  await pool.close();
  /** Advances the clock to a time and waits for all due steps, including retries. */
  const until = async (at: number) => {
    clock.set(at);
    for (let again = 0; again < 3; again += 1) {
      for (const sweeper of sweepers) await sweeper.settled();
      clock.set(clock.now() + 15_000);
    }
    for (const sweeper of sweepers) await sweeper.settled();
  };
  const lists = () => store.requests.filter((asked) => asked.startsWith('list')).length;
  return { journal, store, sweepers, clock, reports, until, lists };
}

describe('two sweeping coordinators', { timeout: 20_000 }, () => {
  const cases = [
    ['a successful job (at its end, a minute later and when its result expires)', 'succeeded', 3],
    ['a cancelled job (at its end, a minute later and after the last possible write)', 'cancelled', 3],
  ] as const;
  for (const [name, what, times] of cases) {
    test(`list the objects only once per cleanup step of ${name}`, async (t) => {
      const { journal, store, reports, until, lists } = await ended(t, what);
      for (const at of [0, 2 * MINUTE, HOUR + MINUTE, 24 * HOUR + 2 * MINUTE]) await until(at);
      console.log(`${what}: ${lists()} lists of ${PREFIXES} prefixes`);
      assert.equal(lists(), times * PREFIXES);
      assert.equal(store.objects.size, 0);
      assert.deepEqual(await journal.list(), []);
      assert.deepEqual(reports, []);
    });
  }

  test('finish the remaining steps after one coordinator dies', async (t) => {
    const { journal, store, sweepers, until, lists } = await ended(t, 'cancelled');
    await until(0);
    await sweepers[0]?.close();
    await store.put(`jobs/${job}/late`, [new Uint8Array(1)]);
    await store.put(`spread/${prefixOf(store)}/jobs/${job}/late`, [new Uint8Array(1)]);
    for (const at of [2 * MINUTE, HOUR + MINUTE]) await until(at);
    assert.deepEqual([...store.objects.keys()], [`jobs/${job}/late`], 'this key does not belong to the job');
    await until(24 * HOUR + MINUTE);
    assert.equal(lists(), 3 * PREFIXES);
    assert.deepEqual(await journal.list(), []);
  });

  test('immediately delete the objects that the owner could not delete', async (t) => {
    const { store, until } = await ended(t, 'succeeded', (asked) => {
      let failing = true;
      asked.beforeRequest = (request) => {
        if (request !== 'delete' || !failing) return;
        failing = false;
        throw new FabricError('STORE_FAILED', 'no');
      };
    });
    await until(0);
    assert.deepEqual(
      [...store.objects.keys()].filter((key) => !key.includes('/result/')),
      [],
    );
    assert.equal(store.objects.size, 1);
  });

  test('delete the result and then the records of a deleted job, even after an earlier cleanup', async (t) => {
    const { journal, store, sweepers, until, lists } = await ended(t, 'succeeded');
    await until(0);
    assert.equal(store.objects.size, 1);
    await journal.recordIntent(job, { kind: 'forget', by: 'me' });
    for (const sweeper of sweepers) sweeper.schedule(job);
    await until(30_000);
    assert.equal(store.objects.size, 0);
    assert.deepEqual(await journal.list(), []);
    assert.equal(lists(), 2 * PREFIXES);
  });

  test('do not touch a later job with the same id', async (t) => {
    const { journal, store, until } = await ended(t, 'succeeded');
    await until(0);
    const token = await journal.acquire(job);
    await journal.remove(job, token);
    await journal.append(job, token, [{ kind: 'job-requested', at: 5, job, request: request('b') }]);
    await journal.release(job, token);
    const before = [...store.objects.keys()];
    for (const at of [2 * MINUTE, HOUR + MINUTE, 24 * HOUR + MINUTE]) await until(at);
    assert.deepEqual([...store.objects.keys()], before);
    assert.deepEqual(await journal.list(), [job]);
  });
});

/** Returns the digits of one of the job's key prefixes, taken from a list request. */
function prefixOf(store: MemoryStore): string {
  return (
    store.requests.map((asked) => /^list spread\/(\w+)\//.exec(asked)?.[1]).find((digits) => digits !== undefined) ?? ''
  );
}
