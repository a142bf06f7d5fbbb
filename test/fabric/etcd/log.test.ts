import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { after, describe, test } from 'node:test';
import { runJob } from '../../../coordinator/jobs/run-job.ts';
import type { SharedJournal } from '../../../coordinator/journal/journal.ts';
import { apply, fold } from '../../../coordinator/scheduler/apply.ts';
import type { FencingToken } from '../../../coordinator/scheduler/job.ts';
import type { JobRecord } from '../../../coordinator/scheduler/records.ts';
import type { JobState } from '../../../coordinator/scheduler/state.ts';
import type { StageId } from '../../../engine/plan/stage.ts';
import type { AttemptId, JobId } from '../../../engine/task/task.ts';
import { Harness } from '../../coordinator/jobs/fixture.ts';
import { cancelAt, longHistory } from '../../coordinator/journal/sample-records.ts';
import { graphOf, jobId, seeded, settings, stage, submission, wrote } from '../../coordinator/scheduler/graph.ts';
import { closeSharedEtcd, EtcdPlace, ownEtcd, sharedEtcd, whyNoEtcd } from './fixture.ts';
import { FlakyLink } from './flaky-link.ts';
import { revisionOf, transactionsSince } from './history.ts';

const job = 'job' as JobId;
const manyTasks = 10_000;
/** Half of 1.5 MiB, the size at which etcd rejects a request. */
const nearTheLimit = 0.5 * 1.5 * 2 ** 20;

function outcome(task: number): JobRecord {
  const attempt = `1-${task}` as AttemptId;
  const key = `jobs/job/stages/0/${task}-${attempt}.shuffle`;
  return { kind: 'task-ended', at: task, stage: 0 as StageId, task, attempt, outcome: wrote(key) };
}

async function appendHistory(journal: SharedJournal, token: FencingToken, batches: JobRecord[][]): Promise<JobState> {
  let state: JobState | undefined;
  for (const records of batches) {
    state = records.reduce<JobState | undefined>(apply, state);
    await journal.append(job, token, records, state);
  }
  assert.ok(state !== undefined);
  return state;
}

describe('appends to etcd', { skip: whyNoEtcd() ?? false }, () => {
  after(closeSharedEtcd);

  test('share at most 200 small transactions if 10,000 appends are concurrent', async (t) => {
    const server = await sharedEtcd();
    const place = new EtcdPlace(t, server);
    const journal = await place.open();
    const token = await journal.acquire(job);
    const before = await revisionOf(server);
    const startedAt = performance.now();
    await Promise.all(Array.from({ length: manyTasks }, (_, task) => journal.append(job, token, [outcome(task)])));
    const seconds = (performance.now() - startedAt) / 1000;
    const transactions = await transactionsSince(server, before, place.prefix);
    const largest = Math.max(...transactions.map(({ sizeBytes }) => sizeBytes));
    t.diagnostic(`${transactions.length} transactions, ${largest} bytes the largest, ${seconds.toFixed(2)} s`);
    assert.ok(transactions.length <= 200, `${transactions.length} transactions`);
    assert.ok(largest < nearTheLimit, `${largest} bytes`);
    assert.deepEqual(
      (await journal.read(job)).map((record) => record.at),
      Array.from({ length: manyTasks }, (_, at) => at),
    );
  });

  test('of a job with 10,000 tasks use at most 200 transactions and leave fewer than 1,000 records to replay', async (t) => {
    const server = await sharedEtcd();
    const place = new EtcdPlace(t, server);
    const journal = await place.open();
    const { store, invoker, clock } = new Harness();
    invoker.concurrency = 1000;
    const before = await revisionOf(server);
    const graph = graphOf(stage(0, manyTasks, [], { kind: 'result' }));
    // The outcomes arrive one at a time. Otherwise, simultaneous outcomes alone would explain the small number of transactions.
    invoker.behave = async (_, otherwise) => {
      await new Promise((resolve) => setTimeout(resolve, randomInt(20, 400)));
      return otherwise();
    };
    const limits = { ...settings, retryBudget: 0 };
    const random = () => 0.5;
    const ended = await runJob({ job: jobId, graph, settings: limits, journal, store, invoker, clock, random });
    assert.equal(ended.state.end?.kind, 'succeeded');
    const transactions = await transactionsSince(server, before, place.prefix);
    const largest = Math.max(...transactions.map(({ sizeBytes }) => sizeBytes));
    t.diagnostic(`${transactions.length} transactions of ${2 * manyTasks} records, ${largest} bytes the largest`);
    assert.ok(transactions.length <= 200, `${transactions.length} transactions`);
    assert.ok(largest < nearTheLimit, `${largest} bytes`);
    const records = await journal.read(jobId);
    assert.ok(records.length < 1000, `${records.length} records`);
    assert.deepEqual(fold(records), ended.state);
  });

  test('leave fewer than 1,000 records to replay and no unreferenced objects, even if the owner changes', async (t) => {
    const place = new EtcdPlace(t, await sharedEtcd());
    const batches = longHistory(4000);
    const owners = [await place.open(), await place.open({ owner: 'b' })];
    let state: JobState | undefined;
    let token = 0 as FencingToken;
    let most = 0;
    for (const [at, records] of batches.entries()) {
      const journal = owners[Math.floor(at / 30) % 2];
      assert.ok(journal !== undefined);
      if (at % 30 === 0) token = await journal.acquire(job);
      state = records.reduce<JobState | undefined>(apply, state);
      await journal.append(job, token, records, state);
      if (at % 7 === 0) most = Math.max(most, (await journal.read(job)).length);
    }
    const [reader] = owners;
    assert.ok(reader !== undefined && state !== undefined);
    t.diagnostic(`at most ${most} records`);
    assert.ok(most > 500 && most < 1000, `${most} records`);
    assert.deepEqual(fold(await reader.read(job)), state);
    for (const each of owners) await each.close();
    const objects = [...place.store.objects.keys()];
    assert.ok(objects.length <= 1, objects.join(' '));
  });

  test('are stored in the object store if they are too large for etcd, and are verified when read', async (t) => {
    const server = await sharedEtcd();
    const place = new EtcdPlace(t, server);
    const journal = await place.open();
    const token = await journal.acquire(job);
    const before = await revisionOf(server);
    const graph = graphOf(
      ...Array.from({ length: 20_000 }, (_, id) => stage(id, 3, [], { kind: 'hash', keys: [], partitions: 2 })),
    );
    const large: JobRecord[] = [submission(graph), { kind: 'cancel-requested', at: 1, by: 'x'.repeat(2 ** 21) }];
    await journal.append(job, token, large);
    assert.deepEqual(await journal.read(job), large);
    const sizes = (await transactionsSince(server, before, place.prefix)).map(({ sizeBytes }) => sizeBytes);
    assert.ok(Math.max(...sizes) < 2000, `${sizes}`);
    const [key = ''] = place.store.objects.keys();
    const object = place.store.objects.get(key);
    assert.ok(object !== undefined && key.startsWith(`journal/${job}/`));
    object.bytes[1000] = (object.bytes[1000] ?? 0) ^ 1;
    await assert.rejects(journal.read(job), { code: 'JOURNAL_CORRUPT' });
    place.store.objects.delete(key);
    await assert.rejects(journal.read(job), { code: 'JOURNAL_CORRUPT' });
    await journal.remove(job, token);
    assert.deepEqual([...place.store.objects.keys()], []);
  });

  test('are kept if the job reuses the id of a job that is being deleted', async (t) => {
    const place = new EtcdPlace(t, await sharedEtcd());
    const { store } = place;
    const [first, second] = [await place.open(), await place.open({ owner: 'b' })];
    const large: JobRecord = { kind: 'cancel-requested', at: 1, by: 'x'.repeat(2 ** 20) };
    const token = await first.acquire(job);
    await first.append(job, token, [large]);
    // The first owner pauses between deleting the job and deleting its values.
    const list = store.list.bind(store);
    let stalled: () => void = () => undefined;
    let goOn: () => void = () => undefined;
    const stalling = new Promise<void>((resolve) => {
      stalled = resolve;
    });
    const goingOn = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    store.list = async function* (prefix) {
      stalled();
      await goingOn;
      yield* list(prefix);
    };
    const removed = first.remove(job, token);
    await stalling;
    await second.append(job, await second.acquire(job), [large]);
    goOn();
    await removed;
    assert.deepEqual(await second.read(job), [large]);
    assert.equal(store.objects.size, 1, 'only the value of the new job is left');
  });

  test('take effect exactly once if their answers are lost', async (t) => {
    const server = await sharedEtcd();
    const place = new EtcdPlace(t, server);
    const proxy = await FlakyLink.start(t, server.endpoint);
    const journal = await place.open({ endpoints: [proxy.endpoint] });
    const token = await journal.acquire(job);
    await journal.append(job, token, [cancelAt(0)]);
    const before = await revisionOf(server);
    for (const at of [1, 2, 3]) {
      const appended = journal.append(job, token, [cancelAt(at)]);
      await proxy.loseAnAnswer();
      await appended;
    }
    assert.deepEqual(await journal.read(job), [0, 1, 2, 3].map(cancelAt));
    assert.equal((await transactionsSince(server, before, place.prefix)).length, 3);
  });

  test('succeed if the answer to the acquisition was lost, and the acquisition takes effect only once', async (t) => {
    const server = await sharedEtcd();
    const place = new EtcdPlace(t, server);
    const proxy = await FlakyLink.start(t, server.endpoint);
    const journal = await place.open({ endpoints: [proxy.endpoint] });
    await journal.acquire('another' as JobId);
    const before = await revisionOf(server);
    const acquiring = journal.acquire(job);
    await proxy.loseAnAnswer();
    const token = await acquiring;
    assert.equal((await transactionsSince(server, before, place.prefix)).length, 1);
    await journal.append(job, token, [cancelAt(1)]);
    assert.deepEqual(await journal.read(job), [cancelAt(1)]);
  });

  test('are journaled exactly once and in order while etcd is killed and restarted', async (t) => {
    const seed = Number(process.env['VOLLEY_SEED'] ?? randomInt(2 ** 31));
    t.diagnostic(`VOLLEY_SEED=${seed}`);
    const random = seeded(seed);
    const server = await ownEtcd(t);
    const journal = await new EtcdPlace(t, server).open();
    const token = await journal.acquire(job);
    let appended = 0;
    let acknowledged = 0;
    let goesOn = true;
    const append = async () => {
      while (goesOn) {
        await journal.append(job, token, [cancelAt(appended++)]);
        acknowledged += 1;
      }
    };
    const writers = [append(), append(), append()];
    for (let restart = 0; restart < 3; restart += 1) {
      const until = acknowledged + 1 + Math.floor(random() * 300);
      while (acknowledged < until) await new Promise((resolve) => setImmediate(resolve));
      await server.restart();
    }
    const until = acknowledged + 10;
    while (acknowledged < until) await new Promise((resolve) => setImmediate(resolve));
    goesOn = false;
    await Promise.all(writers);
    t.diagnostic(`${acknowledged} appends across 3 restarts`);
    assert.deepEqual(
      (await journal.read(job)).map((record) => record.at),
      Array.from({ length: appended }, (_, at) => at),
    );
  });

  test('end the ownership if the object store fails, so that another owner can acquire the job', async (t) => {
    const place = new EtcdPlace(t, await sharedEtcd());
    const journal = await place.open();
    const token = await journal.acquire(job);
    await appendHistory(journal, token, longHistory(50));
    place.store.beforeRequest = () => {
      throw new Error('disk full');
    };
    const large = { kind: 'cancel-requested', at: 1, by: 'x'.repeat(2 ** 20) } as const;
    await assert.rejects(journal.append(job, token, [large]), /disk full/);
    assert.ok(!journal.ownership(job, token).isHeld());
    await journal.release(job, token);
    place.store.beforeRequest = () => {};
    const next = await (await place.open({ owner: 'b' })).acquireUnowned(job);
    assert.ok(next !== undefined && next > token, 'a released job can be acquired');
  });
});
