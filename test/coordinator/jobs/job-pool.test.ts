import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { JobPool } from '../../../coordinator/jobs/job-pool.ts';
import { soleJournal } from '../../../coordinator/journal/sole.ts';
import { endingOf, historyOf } from '../../../coordinator/scheduler/history.ts';
import type { JobRecord } from '../../../coordinator/scheduler/records.ts';
import { FabricError } from '../../../engine/errors.ts';
import type { JobId } from '../../../engine/task/task.ts';
import { MemoryJournal } from '../journal/memory-journal.ts';
import { settings } from '../scheduler/graph.ts';
import { Barrier, inlineGraph, request } from './coordinator-fixture.ts';
import { FakeInvoker } from './fixture.ts';
import { MemoryStore } from './memory-store.ts';
import { SetClock } from './set-clock.ts';

const job = 'job' as JobId;

/** Opens a pool over an in-memory journal on a stopped clock. The pool is closed when the test ends. */
function open(t: TestContext, jobsAtOnce = 1, plan = async () => ({ graph: inlineGraph, settings })) {
  const [journal, store, clock] = [soleJournal(new MemoryJournal(), 'a'), new MemoryStore(), new SetClock(0)];
  const planned: string[] = [];
  const pool = new JobPool({
    journal,
    store,
    invoker: new FakeInvoker(store),
    clock,
    random: () => 0.5,
    jobsAtOnce,
    report: () => undefined,
    plan: ({ sql }) => {
      planned.push(sql);
      return plan();
    },
  });
  t.after(() => pool.close());
  /** Creates an unowned job. */
  const wait = async (id: JobId, ...more: readonly JobRecord[]) => {
    const token = await journal.acquire(id);
    await journal.append(id, token, [{ kind: 'job-requested', at: 0, job: id, request: request(id) }, ...more]);
    await journal.release(id, token);
  };
  return { journal, clock, planned, pool, wait };
}

/** Wraps `call` and holds back its results. `begun` opens when the first result is held back, and `goOn` lets all results pass. */
function hold<Arguments extends readonly unknown[], Result>(call: (...args: Arguments) => Promise<Result>) {
  const [begun, goOn] = [new Barrier(), new Barrier()];
  const held = async (...args: Arguments): Promise<Result> => {
    const result = await call(...args);
    begun.open();
    await goOn.opened;
    return result;
  };
  return { begun, goOn, held };
}

describe('a closed pool', { timeout: 10_000 }, () => {
  for (const what of ['was unowned', 'had an intent'] as const) {
    test(`has released a job that it was still acquiring when it was closed (the job ${what})`, async (t) => {
      const { journal, planned, pool, wait } = open(t);
      await wait(job);
      const acquiring = hold(journal.acquireUnowned.bind(journal));
      journal.acquireUnowned = acquiring.held;
      if (what === 'was unowned') pool.addUnowned(job);
      else pool.applyIntent(job, { kind: 'cancel', by: 'me' });
      await acquiring.begun.opened;
      let isClosed = false;
      const closed = pool.close().then(() => {
        isClosed = true;
      });
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(isClosed, false, 'the pool waits for the acquisition');
      acquiring.goOn.open();
      await closed;
      assert.equal(await journal.ownerOf(job), undefined);
      assert.deepEqual(planned, []);
    });
  }

  test('has no pending timers and sets no new timers after errors', async (t) => {
    const { journal, clock, pool, wait } = open(t, 2);
    await wait(job);
    const other = 'other' as JobId;
    await wait(other);
    const away = () => Promise.reject(new FabricError('STORE_FAILED', 'away', { retryable: true }));
    journal.acquireUnowned = away;
    pool.addUnowned(job);
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(clock.alarms, 1);
    const acquiring = hold(async () => undefined);
    journal.acquireUnowned = () => acquiring.held().then(away);
    pool.addUnowned(other);
    await acquiring.begun.opened;
    const closed = pool.close();
    assert.equal(clock.alarms, 0);
    acquiring.goOn.open();
    await closed;
    assert.equal(clock.alarms, 0);
    pool.addUnowned(job);
    pool.applyIntent(job, { kind: 'cancel', by: 'me' });
    assert.equal(await journal.ownerOf(job), undefined);
  });
});

describe('a job whose planning hangs', { timeout: 10_000 }, () => {
  for (const what of ['is lost to another owner', 'is cancelled'] as const) {
    test(`is released when it ${what}`, async (t) => {
      const planning = new Barrier();
      const { journal, pool, wait } = open(t, 1, () => {
        planning.open();
        return new Promise<never>(() => undefined);
      });
      await wait(job);
      pool.addUnowned(job);
      await planning.opened;
      assert.equal(pool.running, 1);
      if (what === 'is cancelled') pool.applyIntent(job, { kind: 'cancel', by: 'me' });
      else await journal.acquire(job);
      const settled = new Barrier();
      await wait('next' as JobId);
      const acquireUnowned = journal.acquireUnowned.bind(journal);
      journal.acquireUnowned = async (id) => {
        settled.open();
        return acquireUnowned(id);
      };
      // The pool runs one job at a time, so it acquires the next job only after this job has settled.
      pool.addUnowned('next' as JobId);
      await settled.opened;
      assert.equal(pool.has(job), false);
      const history = historyOf(await journal.read(job));
      assert.equal(history && endingOf(history)?.end.kind, what === 'is cancelled' ? 'cancelled' : undefined);
    });
  }
});

describe('intents', { timeout: 10_000 }, () => {
  test('do not require reading the records of an ended job', async (t) => {
    const { journal, pool, wait } = open(t);
    await wait(job, { kind: 'job-ended', at: 1, end: { kind: 'succeeded' } });
    const read: JobId[] = [];
    const readAll = journal.read.bind(journal);
    journal.read = (id) => {
      read.push(id);
      return readAll(id);
    };
    pool.applyIntent(job, { kind: 'forget', by: 'me' });
    await pool.close();
    assert.deepEqual(read, []);
  });

  test('are processed a few at a time until all waiting jobs have ended', async (t) => {
    const { journal, pool, wait } = open(t);
    const jobs = Array.from({ length: 40 }, (_, at) => `job-${at}` as JobId);
    for (const id of jobs) await wait(id);
    for (const id of jobs) await journal.recordIntent(id, { kind: 'cancel', by: 'me' });
    let [reading, most, ended] = [0, 0, 0];
    const all = new Barrier();
    const append = journal.append.bind(journal);
    journal.append = async (...args) => {
      await append(...args);
      ended += 1;
      if (ended === jobs.length) all.open();
    };
    const readAll = journal.read.bind(journal);
    journal.read = async (id) => {
      reading += 1;
      most = Math.max(most, reading);
      await new Promise((resolve) => setImmediate(resolve));
      reading -= 1;
      return readAll(id);
    };
    for (const id of jobs) pool.applyIntent(id, { kind: 'cancel', by: 'me' });
    await all.opened;
    assert.equal(most, 8);
    for (const id of jobs) {
      const history = historyOf(await readAll(id));
      assert.deepEqual(history && endingOf(history)?.end, { kind: 'cancelled', by: 'me' });
    }
  });
});
