import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Coordinator } from '../../../coordinator/jobs/coordinator.ts';
import { ownershipLost } from '../../../coordinator/journal/ownership.ts';
import { soleJournal } from '../../../coordinator/journal/sole.ts';
import { endingOf } from '../../../coordinator/scheduler/history.ts';
import type { JobEnd } from '../../../coordinator/scheduler/job.ts';
import { summarize } from '../../../coordinator/scheduler/summary.ts';
import { FabricError } from '../../../engine/errors.ts';
import type { JobId } from '../../../engine/task/task.ts';
import { MemoryJournal } from '../journal/memory-journal.ts';
import { Barrier, CoordinatorHarness, request } from './coordinator-fixture.ts';
import { SetClock } from './set-clock.ts';

const forever = new AbortController().signal;

async function endedAs(coordinator: Coordinator, job: JobId): Promise<JobEnd | undefined> {
  await coordinator.untilEnded(job, 10_000, forever);
  const known = await coordinator.getJob(job);
  return known === undefined ? undefined : endingOf(known.history)?.end;
}

describe('a coordinator', { timeout: 20_000 }, () => {
  test('runs a submitted job and still shows it after it has ended', async (t) => {
    const harness = new CoordinatorHarness(t);
    const coordinator = harness.open();
    const job = await coordinator.submit(request('select 1', { labels: [['team', 'x']] }));
    assert.deepEqual(await endedAs(coordinator, job), { kind: 'succeeded' });
    const known = await coordinator.getJob(job);
    assert.deepEqual(known?.history.request?.labels, [['team', 'x']]);
    assert.equal(known?.owner, undefined);
    assert.deepEqual(await coordinator.list(), [job]);
    assert.equal(await coordinator.getJob('no-such-job' as JobId), undefined);
    assert.deepEqual(harness.reports, []);
  });

  test('lists ended jobs from saved summaries that match their records, without reading the records', async (t) => {
    const harness = new CoordinatorHarness(t);
    const { journal } = harness;
    const noted = new Barrier();
    let notes = 0;
    const note = journal.saveSummary.bind(journal);
    journal.saveSummary = async (...args) => {
      await note(...args);
      notes += 1;
      if (notes === 3) noted.open();
    };
    const coordinator = harness.open({ jobsAtOnce: 3 });
    for (const sql of ['a', 'b', 'c']) await coordinator.submit(request(sql, { labels: [['sql', sql]] }));
    await noted.opened;
    const jobs = await coordinator.list();
    assert.equal(jobs.length, 3);
    const whole = await Promise.all(jobs.map(async (job) => (await coordinator.getJob(job)) ?? assert.fail()));
    const read: JobId[] = [];
    journal.read = (job) => {
      read.push(job);
      return Promise.reject(new Error('not to be read'));
    };
    const listed = await Promise.all(jobs.map(async (job) => (await coordinator.getSummary(job)) ?? assert.fail()));
    assert.deepEqual(
      listed,
      whole.map(({ job, history }) => ({ summary: summarize(job, history) })),
    );
    assert.deepEqual(read, []);
    const [forgotten] = jobs;
    assert.ok(forgotten !== undefined);
    journal.acquireUnowned = async () => undefined;
    await coordinator.recordIntent(forgotten, { kind: 'forget', by: 'me' });
    assert.equal(await coordinator.getSummary(forgotten), undefined);
  });

  test('journals a job before it confirms the submission', async (t) => {
    const harness = new CoordinatorHarness(t);
    const coordinator = harness.open();
    harness.hold('select 1');
    const job = await coordinator.submit(request('select 1'));
    assert.deepEqual(
      (await harness.journal.read(job)).map(({ kind }) => kind),
      ['job-requested'],
    );
  });

  test('runs jobs up to its limit and leaves the others unowned until a slot is free', async (t) => {
    const harness = new CoordinatorHarness(t);
    const coordinator = harness.open();
    const sqls = ['a', 'b', 'c', 'd'];
    const barriers = sqls.map((sql) => harness.hold(sql));
    const jobs: JobId[] = [];
    for (const sql of sqls) jobs.push(await coordinator.submit(request(sql)));
    assert.equal(coordinator.running, 2);
    const owners = await Promise.all(jobs.map(async (job) => (await coordinator.getJob(job))?.owner));
    assert.deepEqual(owners, ['a', 'a', undefined, undefined]);
    for (const barrier of barriers) barrier.open();
    for (const job of jobs) assert.deepEqual(await endedAs(coordinator, job), { kind: 'succeeded' });
    assert.deepEqual(harness.planned, sqls);
  });

  test('claims jobs that a full coordinator leaves unowned or a closing coordinator releases', async (t) => {
    const harness = new CoordinatorHarness(t);
    const [full, other] = [harness.open({ jobsAtOnce: 1 }), harness.open({ jobsAtOnce: 1 })];
    const barriers = ['a', 'b', 'c'].map((sql) => harness.hold(sql));
    const jobs = [await full.submit(request('a')), await full.submit(request('b')), await full.submit(request('c'))];
    // Each coordinator runs at most one job, so at least one of the three jobs is unowned.
    await full.close();
    for (const barrier of barriers) barrier.open();
    for (const job of jobs) assert.deepEqual(await endedAs(other, job), { kind: 'succeeded' });
    await assert.rejects(full.submit(request('d')), { code: 'THROTTLED' });
  });

  test('reclaims a lost job that becomes unowned while its tasks are still being stopped', async (t) => {
    const memory = new MemoryJournal();
    const harness = new CoordinatorHarness(t, soleJournal(memory, 'a'));
    const stopped = new Barrier();
    const [begun, stopping] = [new Barrier(), new Barrier()];
    harness.invoker.behave = async (_, otherwise, signal) => {
      harness.invoker.behave = (_task, succeed) => succeed();
      signal.addEventListener('abort', stopping.open);
      begun.open();
      await stopped.opened;
      return otherwise();
    };
    const found = new Promise<(job: JobId) => void>((resolve) => {
      const watch = harness.journal.watchUnowned.bind(harness.journal);
      harness.journal.watchUnowned = (listener, signal) => {
        resolve(listener);
        // This watch does not report the release of the job, as if a lease had expired.
        return watch(() => undefined, signal);
      };
    });
    const coordinator = harness.open();
    const job = await coordinator.submit(request('a'));
    await begun.opened;
    memory.ownerships.get(job)?.lose(ownershipLost(job));
    (await found)(job);
    await stopping.opened;
    stopped.open();
    assert.deepEqual(await endedAs(coordinator, job), { kind: 'succeeded' });
  });

  test('fails a job that cannot be planned, with the planning error', async (t) => {
    const plan = () =>
      Promise.reject(new FabricError('UNKNOWN_TABLE', 'There is no table x.', { details: { table: 'x' } }));
    const coordinator = new CoordinatorHarness(t).open({ plan });
    const job = await coordinator.submit(request('from x'));
    const error = { code: 'UNKNOWN_TABLE', message: 'There is no table x.', details: { table: 'x' } } as const;
    assert.deepEqual(await endedAs(coordinator, job), { kind: 'failed', error });
  });

  test('fails a job on an internal error, which would recur on any coordinator', async (t) => {
    const harness = new CoordinatorHarness(t);
    harness.invoker.invoke = () => {
      throw new TypeError('no such task');
    };
    const coordinator = harness.open();
    const job = await coordinator.submit(request('a'));
    const error = { code: 'INTERNAL', message: 'Internal error: no such task', details: {} } as const;
    assert.deepEqual(await endedAs(coordinator, job), { kind: 'failed', error });
    assert.deepEqual(harness.reports, [`Job ${job}: INTERNAL: Internal error: no such task`]);
  });

  test('reports a failed compaction, but not an unavailable journal', async (t) => {
    const clock = new SetClock(0);
    const harness = new CoordinatorHarness(t);
    const failures = [
      new FabricError('JOURNAL_UNAVAILABLE', 'etcd did not answer.', { retryable: true }),
      new FabricError('STORE_FAILED', 'etcd could not compact its history: no'),
    ];
    const reported = new Barrier();
    let asked = 0;
    harness.journal.compact = async () => {
      const failure = failures[asked];
      asked += 1;
      if (failure !== undefined) throw failure;
    };
    const lines: string[] = [];
    harness.open({
      clock,
      report: (line) => {
        lines.push(line);
        reported.open();
      },
    });
    for (const at of [300_000, 600_000]) clock.set(at);
    await reported.opened;
    assert.equal(asked, 2);
    const said = 'The journal could not be compacted: STORE_FAILED: etcd could not compact its history: no';
    assert.deepEqual(lines, [said]);
  });

  for (const when of ['waits for a slot', 'is being planned', 'runs'] as const) {
    test(`cancels a job that ${when}`, async (t) => {
      const harness = new CoordinatorHarness(t);
      const coordinator = harness.open({ jobsAtOnce: 1 });
      const begun = new Promise<void>((resolve) => {
        harness.invoker.behave = (_, _otherwise, signal) => {
          resolve();
          return new Promise((settle) =>
            signal.addEventListener('abort', () => settle({ kind: 'lost', message: 'aborted' })),
          );
        };
      });
      if (when === 'waits for a slot') {
        harness.hold('before');
        await coordinator.submit(request('before'));
      }
      if (when === 'is being planned') harness.hold('it');
      const job = await coordinator.submit(request('it'));
      if (when === 'runs') await begun;
      await coordinator.recordIntent(job, { kind: 'cancel', by: 'me' });
      assert.deepEqual(await endedAs(coordinator, job), { kind: 'cancelled', by: 'me' });
    });
  }

  test('treats requests with the same idempotency key and subject as one job', async (t) => {
    const harness = new CoordinatorHarness(t);
    const [one, other] = [harness.open(), harness.open()];
    const mine = request('a', { subject: 'me' });
    const ids = await Promise.all([one, other, one, other].map((each) => each.submit(mine, 'key')));
    assert.equal(new Set(ids).size, 1);
    assert.notEqual(await one.submit(request('a', { subject: 'you' }), 'key'), ids[0]);
    assert.notEqual(await one.submit(mine, 'another key'), ids[0]);
    await assert.rejects(other.submit({ ...mine, sql: 'b' }, 'key'), { code: 'IDEMPOTENCY_CONFLICT' });
    await endedAs(one, ids[0] ?? ('' as JobId));
    assert.deepEqual(harness.planned, ['a', 'a', 'a']);
  });

  test('deletes a job and its records on request', async (t) => {
    const harness = new CoordinatorHarness(t);
    const coordinator = harness.open();
    const job = await coordinator.submit(request('a'));
    await endedAs(coordinator, job);
    await coordinator.recordIntent(job, { kind: 'forget', by: 'me' });
    assert.equal(await coordinator.getJob(job), undefined);
    const removed = new Promise<void>((resolve) => {
      const remove = harness.journal.remove.bind(harness.journal);
      harness.journal.remove = async (id, token) => {
        await remove(id, token);
        resolve();
      };
    });
    if ((await coordinator.list()).length > 0) await removed;
    assert.deepEqual(await coordinator.list(), []);
  });

  test('never shows an ending job as unowned', async (t) => {
    const harness = new CoordinatorHarness(t);
    const { journal } = harness;
    const coordinator = harness.open();
    const barrier = harness.hold('a');
    const job = await coordinator.submit(request('a'));
    const ownerOf = journal.ownerOf.bind(journal);
    journal.ownerOf = async (id) => {
      const owner = await ownerOf(id);
      barrier.open();
      await coordinator.untilEnded(id, 10_000, new AbortController().signal);
      return owner;
    };
    const known = await coordinator.getJob(job);
    assert.ok(known !== undefined && endingOf(known.history) !== undefined);
  });

  test('does not touch a job with a damaged journal, and reports it once', async (t) => {
    const harness = new CoordinatorHarness(t);
    const { journal } = harness;
    const id = 'damaged' as JobId;
    const token = await journal.acquire(id);
    await journal.append(id, token, [{ kind: 'job-requested', at: 1, job: id, request: request('a') }]);
    await journal.release(id, token);
    journal.read = () => Promise.reject(new FabricError('JOURNAL_CORRUPT', 'It is damaged.'));
    const said = new Promise<string>((resolve) => {
      harness.reports.push = (message: string) => {
        resolve(message);
        return 0;
      };
    });
    const listed = journal.list.bind(journal);
    harness.open();
    assert.match(await said, /damaged: JOURNAL_CORRUPT/);
    assert.deepEqual(await listed(), [id]);
  });
});
