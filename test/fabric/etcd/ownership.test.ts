import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Etcd3 } from 'etcd3';
import { Sweeper } from '../../../coordinator/jobs/sweeper.ts';
import type { SharedJournal } from '../../../coordinator/journal/journal.ts';
import type { FencingToken } from '../../../coordinator/scheduler/job.ts';
import type { JobRecord } from '../../../coordinator/scheduler/records.ts';
import type { StageId } from '../../../engine/plan/stage.ts';
import type { AttemptId, JobId } from '../../../engine/task/task.ts';
import type { EtcdServer } from '../../../scripts/servers/etcd.ts';
import { cancelAt } from '../../coordinator/journal/sample-records.ts';
import { oneTask, settings } from '../../coordinator/scheduler/graph.ts';
import { closeSharedEtcd, EtcdPlace, ownEtcd, sharedEtcd, whyNoEtcd } from './fixture.ts';
import { FlakyLink } from './flaky-link.ts';
import type { OwnerMessage } from './owner.ts';
import { ReportedJobs } from './reported-jobs.ts';

const job = 'job' as JobId;
const leaseSeconds = 2;
const ended: JobRecord = { kind: 'job-ended', at: 1000, end: { kind: 'succeeded' } };

async function begin(journal: SharedJournal, id = job, first: JobRecord = cancelAt(0)): Promise<FencingToken> {
  const token = await journal.acquire(id);
  await journal.append(id, token, [first]);
  return token;
}

function startOwner(t: TestContext, server: EtcdServer, prefix: string): ChildProcess {
  const file = fileURLToPath(new URL('owner.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', file, server.endpoint, prefix, job, String(leaseSeconds)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  t.after(() => child.kill('SIGKILL'));
  return child;
}

async function messageOf(child: ChildProcess, kind: OwnerMessage['kind']): Promise<OwnerMessage> {
  for (;;) {
    const [message] = (await once(child, 'message')) as [OwnerMessage];
    if (message.kind === kind) return message;
  }
}

describe('job ownership in etcd', { skip: whyNoEtcd() ?? false }, () => {
  after(closeSharedEtcd);

  test('is acquired by exactly one of several contenders', async (t) => {
    const place = new EtcdPlace(t, await sharedEtcd());
    const journals = await Promise.all(['a', 'b', 'c', 'd'].map((owner) => place.open({ owner })));
    const tokens = await Promise.all(journals.map((journal) => journal.acquireUnowned(job)));
    assert.equal(tokens.filter((token) => token !== undefined).length, 1, `${tokens}`);
    const owner = ['a', 'b', 'c', 'd'][tokens.findIndex((token) => token !== undefined)];
    assert.equal(await journals[0]?.ownerOf(job), owner);
    assert.equal(await journals[0]?.ownerOf('unheard-of' as JobId), undefined);
  });

  test('a watch reports a job when its owner releases it or closes, but not if the job has ended', async (t) => {
    const place = new EtcdPlace(t, await sharedEtcd());
    const [watcher, released, closed] = await Promise.all([place.open(), place.open(), place.open()]);
    const finished = 'finished' as JobId;
    await closed.append(finished, await begin(closed, finished), [ended]);
    const token = await begin(released);
    await begin(closed, 'other' as JobId);
    const unowned = new ReportedJobs(t, watcher);
    await released.release(job, token);
    await unowned.next(job);
    await closed.close();
    await unowned.next('other' as JobId);
    const late = new ReportedJobs(t, watcher);
    await late.next(job);
    await late.next('other' as JobId);
    assert.ok(![...unowned.reported, ...late.reported].includes(finished));
    assert.deepEqual(await watcher.list(), [finished, job, 'other']);
  });

  test('is lost by a disconnected owner before another owner can acquire the job', async (t) => {
    const server = await sharedEtcd();
    const place = new EtcdPlace(t, server);
    const proxy = await FlakyLink.start(t, server.endpoint);
    const [cutOff, other] = [
      await place.open({ endpoints: [proxy.endpoint], leaseSeconds }),
      await place.open({ owner: 'b' }),
    ];
    const token = await begin(cutOff);
    const ownership = cutOff.ownership(job, token);
    const unowned = new ReportedJobs(t, other);
    assert.ok(ownership.isHeld());
    const order: string[] = [];
    ownership.lost.addEventListener('abort', () => order.push('told'));
    proxy.cut();
    const underWay = assert.rejects(cutOff.append(job, token, [cancelAt(1)]), { code: 'OWNERSHIP_LOST' }).then(() => {
      order.push('refused');
    });
    await unowned.next(job);
    order.push('free');
    await underWay;
    assert.deepEqual(order, ['told', 'refused', 'free']);
    await assert.rejects(cutOff.append(job, token, [cancelAt(2)]), { code: 'OWNERSHIP_LOST' });
    const next = await other.acquireUnowned(job);
    assert.ok(next !== undefined && next > token);
    proxy.mend();
    await assert.rejects(cutOff.append(job, token, [cancelAt(3)]), { code: 'OWNERSHIP_LOST' });
    assert.equal(
      await cutOff.acquireUnowned(job),
      undefined,
      'the former owner cannot acquire the job while it has another owner',
    );
    assert.deepEqual(await other.read(job), [cancelAt(0)]);
  });

  test('is kept during an outage of etcd, while other requests fail within seconds', async (t) => {
    const server = await sharedEtcd();
    const place = new EtcdPlace(t, server);
    const proxy = await FlakyLink.start(t, server.endpoint);
    const journal = await place.open({ endpoints: [proxy.endpoint], leaseSeconds: 60 });
    const token = await begin(journal);
    const asked = 'asked-for' as JobId;
    const first = await journal.acquire(asked);
    proxy.cut();
    const held = journal.append(job, token, [cancelAt(1)]);
    const startedAt = performance.now();
    const gone = { code: 'JOURNAL_UNAVAILABLE', retryable: true };
    await Promise.all([
      assert.rejects(journal.append(asked, first, [cancelAt(0)]), gone),
      ...[journal.read(job), journal.list(), journal.acquireUnowned('new' as JobId)].map((each) =>
        assert.rejects(each, gone),
      ),
    ]);
    assert.ok(performance.now() - startedAt < 9000, `${performance.now() - startedAt} ms`);
    assert.ok(!journal.ownership(asked, first).isHeld(), 'the ownership ends when the outcome of an append is unknown');
    proxy.mend();
    await held;
    assert.deepEqual(await journal.read(job), [cancelAt(0), cancelAt(1)]);
  });

  test('is checked by etcd, so that an owner that is unaware of its successor cannot append', async (t) => {
    const place = new EtcdPlace(t, await sharedEtcd());
    const [former, present] = [await place.open(), await place.open({ owner: 'b' })];
    const token = await begin(former);
    const taken = await present.acquire(job);
    const ownership = former.ownership(job, token);
    assert.ok(ownership.isHeld(), 'the former owner has not been notified');
    await assert.rejects(former.append(job, token, [cancelAt(1)]), { code: 'OWNERSHIP_LOST' });
    assert.ok(!ownership.isHeld() && ownership.lost.aborted);
    await assert.rejects(former.remove(job, token), { code: 'OWNERSHIP_LOST' });
    await former.release(job, token);
    assert.equal(await former.ownerOf(job), 'b');
    await present.append(job, taken, [cancelAt(2)]);
    assert.deepEqual(await former.read(job), [cancelAt(0), cancelAt(2)]);
  });

  test('is released if an acquisition succeeds after its caller has given up', async (t) => {
    const server = await sharedEtcd();
    const place = new EtcdPlace(t, server);
    const other = await place.open({ owner: 'b' });
    await other.release(job, await begin(other));
    const proxy = await FlakyLink.start(t, server.endpoint);
    const journal = await place.open({ endpoints: [proxy.endpoint] });
    await journal.acquire('another' as JobId);
    const acquiring = assert.rejects(journal.acquireUnowned(job), { code: 'JOURNAL_UNAVAILABLE' });
    await proxy.loseAnAnswer();
    proxy.cut();
    await acquiring;
    assert.equal(await other.ownerOf(job), 'a');
    const unowned = new ReportedJobs(t, other);
    proxy.mend();
    await unowned.next(job);
    await unowned.stop();
    assert.ok((await other.acquireUnowned(job)) !== undefined);
  });

  test('is kept by an idle owner for several times the lease duration', async (t) => {
    const place = new EtcdPlace(t, await sharedEtcd());
    const [idle, other] = [await place.open({ leaseSeconds }), await place.open({ owner: 'b', leaseSeconds })];
    const token = await begin(idle);
    // An unrenewed lease in etcd serves as a timer for three lease durations.
    const client = new Etcd3({ hosts: (await sharedEtcd()).endpoint });
    t.after(() => client.close());
    const lease = client.lease(3 * leaseSeconds, { autoKeepAlive: false });
    const watcher = await client.watch().key(`${place.prefix}timer`).only('delete').create();
    const gone = once(watcher, 'delete');
    await lease.put(`${place.prefix}timer`).value('');
    await gone;
    await watcher.cancel();
    assert.equal(await other.acquireUnowned(job), undefined);
    await idle.append(job, token, [cancelAt(1)]);
  });

  test('is lost by an owner that is paused past its lease, which then writes nothing more', async (t) => {
    const server = await sharedEtcd();
    const place = new EtcdPlace(t, server);
    const other = await place.open({ owner: 'b', leaseSeconds });
    const child = startOwner(t, server, place.prefix);
    await messageOf(child, 'appended');
    await messageOf(child, 'appended');
    const unowned = new ReportedJobs(t, other);
    child.kill('SIGSTOP');
    await unowned.next(job);
    const token = await other.acquireUnowned(job);
    assert.ok(token !== undefined);
    const before = await other.read(job);
    const stopped = messageOf(child, 'stopped');
    const exited = once(child, 'exit');
    child.kill('SIGCONT');
    assert.deepEqual(await stopped, { kind: 'stopped', code: 'OWNERSHIP_LOST', held: false, told: true });
    await exited;
    assert.deepEqual(await other.read(job), before);
    await other.append(job, token, [cancelAt(1e6)]);
    assert.deepEqual(await other.read(job), [...before, cancelAt(1e6)]);
  });

  test('passes to another owner within twice the lease duration after the owner is killed', async (t) => {
    const server = await sharedEtcd();
    const place = new EtcdPlace(t, server);
    const other = await place.open({ owner: 'b', leaseSeconds });
    const child = startOwner(t, server, place.prefix);
    const unowned = new ReportedJobs(t, other);
    const first = await messageOf(child, 'appended');
    child.kill('SIGKILL');
    const killedAt = performance.now();
    await unowned.next(job);
    assert.ok((await other.acquireUnowned(job)) !== undefined);
    const seconds = (performance.now() - killedAt) / 1000;
    t.diagnostic(`after ${seconds.toFixed(2)} s of a lease of ${leaseSeconds} s`);
    assert.ok(seconds < 2 * leaseSeconds, `${seconds} s`);
    assert.ok(first.kind === 'appended' && (await other.read(job)).length > first.at);
  });

  test('survives a restart of etcd, as do jobs and the watch for unowned jobs', async (t) => {
    const server = await ownEtcd(t);
    const place = new EtcdPlace(t, server);
    const [owner, watcher] = [await place.open(), await place.open({ owner: 'b' })];
    const token = await begin(owner);
    const unowned = new ReportedJobs(t, watcher);
    await server.restart();
    await owner.append(job, token, [cancelAt(1)]);
    assert.ok(owner.ownership(job, token).isHeld());
    await owner.release(job, token);
    await unowned.next(job);
    const next = await watcher.acquireUnowned(job);
    assert.ok(next !== undefined && next > token);
    assert.deepEqual(await watcher.read(job), [cancelAt(0), cancelAt(1)]);
  });

  test('a watch that is disconnected during a compaction of etcd still reports released jobs', async (t) => {
    const server = await ownEtcd(t);
    const place = new EtcdPlace(t, server);
    const proxy = await FlakyLink.start(t, server.endpoint);
    const [owner, watcher] = [await place.open(), await place.open({ endpoints: [proxy.endpoint], owner: 'b' })];
    const [one, two] = [await begin(owner, 'one' as JobId), await begin(owner, 'two' as JobId)];
    const unowned = new ReportedJobs(t, watcher);
    await owner.release('one' as JobId, one);
    await unowned.next('one' as JobId);
    proxy.cut();
    await owner.release('two' as JobId, two);
    for (let at = 0; at < 3; at += 1) {
      await owner.compact();
      await begin(owner, `later-${at}` as JobId);
    }
    proxy.mend();
    await unowned.next('two' as JobId);
  });

  test('several sweepers delete old ended jobs and expired results, but skip owned and running jobs', async (t) => {
    const place = new EtcdPlace(t, await sharedEtcd());
    const [owner, other] = [await place.open(), await place.open({ owner: 'b' })];
    const ids = ['old', 'owned', 'recent', 'running'].map((id) => id as JobId);
    for (const id of ids) {
      // The sweeper finds a job's objects through the job's submission.
      const token = await begin(owner, id, { kind: 'job-submitted', at: 0, job: id, graph: oneTask, settings });
      const about = { stage: 0 as StageId, task: 0, attempt: '1-0' as AttemptId };
      await owner.append(id, token, [{ kind: 'attempt-started', at: 1, ...about, deadline: 900 }]);
      const at = id === 'recent' ? 5000 : 1000;
      if (id !== 'running') await owner.append(id, token, [{ ...ended, at }]);
      await place.store.put(`jobs/${id}/result/0-1-0.arrow`, [new Uint8Array(1)]);
      if (id !== 'owned') await owner.release(id, token);
    }
    const clock = { now: () => 10_000, after: () => () => undefined };
    const report = (message: string) => assert.fail(message);
    const sweepers = [owner, other].map(
      (journal) => new Sweeper({ journal, store: place.store, clock, random: () => 0, keepRecordsMs: 6000, report }),
    );
    for (const sweeper of sweepers) for (const id of ids) sweeper.schedule(id);
    await Promise.all(sweepers.map((sweeper) => sweeper.settled()));
    assert.deepEqual(await other.list(), ['owned', 'recent', 'running']);
    // The expired result of the recent job is deleted, but its records are kept.
    assert.deepEqual(
      [...place.store.objects.keys()],
      ['owned', 'running'].map((id) => `jobs/${id}/result/0-1-0.arrow`),
    );
  });

  test('leaves no keys in etcd after a removed job is released or its owner closes', async (t) => {
    const server = await sharedEtcd();
    const place = new EtcdPlace(t, server);
    const journal = await place.open();
    for (const id of ['one', 'two'].map((each) => each as JobId)) {
      const token = await begin(journal, id);
      await journal.append(id, token, [ended]);
      await journal.remove(id, token);
      if (id === 'one') await journal.release(id, token);
    }
    await journal.close();
    const client = new Etcd3({ hosts: server.endpoint });
    t.after(() => client.close());
    assert.deepEqual(await client.getAll().prefix(place.prefix).keys(), []);
  });
});
