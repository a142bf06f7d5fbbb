import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { JobRunner } from '../../../coordinator/jobs/job-runner.ts';
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

/** A runner over a journal in memory, on a clock that stands still. Closed with the test. */
function open(t: TestContext, jobsAtOnce = 1, plan = async () => ({ graph: inlineGraph, settings })) {
  const [journal, store, clock] = [soleJournal(new MemoryJournal(), 'a'), new MemoryStore(), new SetClock(0)];
  const planned: string[] = [];
  const runner = new JobRunner({
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
  t.after(() => runner.close());
  /** A job that nobody owns. */
  const wait = async (id: JobId, ...more: readonly JobRecord[]) => {
    const token = await journal.acquire(id);
    await journal.append(id, token, [{ kind: 'job-requested', at: 0, job: id, request: request(id) }, ...more]);
    await journal.release(id, token);
  };
  return { journal, clock, planned, runner, wait };
}

/** Makes a call wait; `begun` settles with the first, all go on when `goOn` is opened. */
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

describe('a runner that is closed', { timeout: 10_000 }, () => {
  for (const what of ['was found', 'is to be ended'] as const) {
    test(`has let go of a job that ${what} and was being acquired`, async (t) => {
      const { journal, planned, runner, wait } = open(t);
      await wait(job);
      const acquiring = hold(journal.acquireUnowned.bind(journal));
      journal.acquireUnowned = acquiring.held;
      if (what === 'was found') runner.addUnowned(job);
      else runner.applyIntent(job, { kind: 'cancel', by: 'me' });
      await acquiring.begun.opened;
      let isClosed = false;
      const closed = runner.close().then(() => {
        isClosed = true;
      });
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(isClosed, false, 'the job is in its hands');
      acquiring.goOn.open();
      await closed;
      assert.equal(await journal.ownerOf(job), undefined);
      assert.deepEqual(planned, []);
    });
  }

  test('waits for nothing any more: no alarm is left, and none is set by what fails meanwhile', async (t) => {
    const { journal, clock, runner, wait } = open(t, 2);
    await wait(job);
    const other = 'other' as JobId;
    await wait(other);
    const away = () => Promise.reject(new FabricError('STORE_FAILED', 'away', { retryable: true }));
    journal.acquireUnowned = away;
    runner.addUnowned(job);
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(clock.alarms, 1);
    const acquiring = hold(async () => undefined);
    journal.acquireUnowned = () => acquiring.held().then(away);
    runner.addUnowned(other);
    await acquiring.begun.opened;
    const closed = runner.close();
    assert.equal(clock.alarms, 0);
    acquiring.goOn.open();
    await closed;
    assert.equal(clock.alarms, 0);
    runner.addUnowned(job);
    runner.applyIntent(job, { kind: 'cancel', by: 'me' });
    assert.equal(await journal.ownerOf(job), undefined);
  });
});

describe('a job that is planned where nothing answers', { timeout: 10_000 }, () => {
  for (const what of ['is lost to another', 'is cancelled'] as const) {
    test(`is let go of when it ${what}`, async (t) => {
      const planning = new Barrier();
      const { journal, runner, wait } = open(t, 1, () => {
        planning.open();
        return new Promise<never>(() => undefined);
      });
      await wait(job);
      runner.addUnowned(job);
      await planning.opened;
      assert.equal(runner.running, 1);
      if (what === 'is cancelled') runner.applyIntent(job, { kind: 'cancel', by: 'me' });
      else await journal.acquire(job);
      const settled = new Barrier();
      await wait('next' as JobId);
      const acquireUnowned = journal.acquireUnowned.bind(journal);
      journal.acquireUnowned = async (id) => {
        settled.open();
        return acquireUnowned(id);
      };
      // There is room for one job: another is acquired once this one has settled.
      runner.addUnowned('next' as JobId);
      await settled.opened;
      assert.equal(runner.has(job), false);
      const history = historyOf(await journal.read(job));
      assert.equal(history && endingOf(history)?.end.kind, what === 'is cancelled' ? 'cancelled' : undefined);
    });
  }
});

describe('intents', { timeout: 10_000 }, () => {
  test('about jobs that have ended read nothing of them', async (t) => {
    const { journal, runner, wait } = open(t);
    await wait(job, { kind: 'job-ended', at: 1, end: { kind: 'succeeded' } });
    const read: JobId[] = [];
    const readAll = journal.read.bind(journal);
    journal.read = (id) => {
      read.push(id);
      return readAll(id);
    };
    runner.applyIntent(job, { kind: 'forget', by: 'me' });
    await runner.close();
    assert.deepEqual(read, []);
  });

  test('about many jobs at once are looked at a few at a time, and all waiting jobs end', async (t) => {
    const { journal, runner, wait } = open(t);
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
    for (const id of jobs) runner.applyIntent(id, { kind: 'cancel', by: 'me' });
    await all.opened;
    assert.equal(most, 8);
    for (const id of jobs) {
      const history = historyOf(await readAll(id));
      assert.deepEqual(history && endingOf(history)?.end, { kind: 'cancelled', by: 'me' });
    }
  });
});
