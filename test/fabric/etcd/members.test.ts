import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { describe, type TestContext, test } from 'node:test';
import type { IWatchResponse } from 'etcd3';
import { connect } from '../../../coordinator/journal/etcd/connection.ts';
import { openEtcdJournal } from '../../../coordinator/journal/etcd/etcd-journal.ts';
import type { SharedJournal } from '../../../coordinator/journal/journal.ts';
import type { JobId } from '../../../engine/task/task.ts';
import { type EtcdCluster, startEtcdCluster } from '../../../scripts/servers/etcd.ts';
import { MemoryStore } from '../../coordinator/jobs/memory-store.ts';
import { cancelAt } from '../../coordinator/journal/sample-records.ts';
import { seeded } from '../../coordinator/scheduler/graph.ts';
import { whyNoEtcd } from './fixture.ts';

const job = 'job' as JobId;

async function startMembers(t: TestContext): Promise<EtcdCluster> {
  const cluster = await startEtcdCluster();
  t.after(() => cluster.close());
  return cluster;
}

function openJournal(t: TestContext, { endpoints }: Pick<EtcdCluster, 'endpoints'>): SharedJournal {
  const journal = openEtcdJournal({ endpoints, owner: 'a', store: new MemoryStore() });
  t.after(() => journal.close());
  return journal;
}

/** Appends to a job until `end` is called. */
class Writer {
  acknowledged = 0;
  #goesOn = true;
  readonly #ended: Promise<void>;
  #looks: (() => void)[] = [];

  constructor(append: (at: number) => Promise<void>) {
    const work = async () => {
      for (; this.#goesOn; ) {
        await append(this.acknowledged);
        this.acknowledged += 1;
        for (const look of this.#looks.splice(0)) look();
      }
    };
    this.#ended = work();
  }

  async untilFurther(count: number): Promise<void> {
    const until = this.acknowledged + count;
    while (this.acknowledged < until) {
      await Promise.race([new Promise<void>((resolve) => this.#looks.push(resolve)), this.#ended]);
    }
  }

  async end(): Promise<void> {
    this.#goesOn = false;
    await this.#ended;
  }
}

describe('an etcd cluster of three members', { skip: whyNoEtcd() ?? false }, () => {
  test('loses no appends and no ownership when its leader is killed or paused', async (t) => {
    const seed = Number(process.env['VOLLEY_SEED'] ?? randomInt(2 ** 31));
    t.diagnostic(`VOLLEY_SEED=${seed}`);
    const random = seeded(seed);
    const cluster = await startMembers(t);
    const journal = openJournal(t, cluster);
    const token = await journal.acquire(job);
    const writer = new Writer((at) => journal.append(job, token, [cancelAt(at)]));
    for (const how of ['kill', 'pause', 'kill'] as const) {
      await writer.untilFurther(1 + Math.floor(random() * 50));
      const leader = await cluster.leader();
      const startedAt = performance.now();
      if (how === 'kill') await leader.kill();
      else process.kill(leader.pid, 'SIGSTOP');
      // The other members elect a leader, and the appends continue.
      await writer.untilFurther(50);
      t.diagnostic(`${how}: 50 appends in ${Math.round(performance.now() - startedAt)} ms`);
      if (how === 'kill') await leader.restart();
      else process.kill(leader.pid, 'SIGCONT');
    }
    await writer.end();
    assert.ok(journal.ownership(job, token).isHeld());
    const stored = (await journal.read(job)).map((record) => record.at);
    assert.deepEqual(
      stored,
      Array.from({ length: writer.acknowledged }, (_, at) => at),
    );
  });

  test('returns no data from an isolated member, because its data may be outdated', async (t) => {
    const cluster = await startMembers(t);
    const [alone, ...others] = cluster.members;
    assert.ok(alone);
    const journal = openJournal(t, { endpoints: [alone.endpoint] });
    const before = openJournal(t, cluster);
    await before.append(job, await before.acquire(job), [cancelAt(0)]);
    // This read ensures that the member has the job before it is isolated.
    assert.equal(await journal.isUnowned(job), false);
    for (const member of others) process.kill(member.pid, 'SIGSTOP');
    const asked = {
      read: journal.read(job),
      list: journal.list(),
      ownerOf: journal.ownerOf(job),
      isUnowned: journal.isUnowned(job),
      intentOf: journal.intentOf(job),
      endedEntry: journal.endedEntry(job),
      summaryOf: journal.summaryOf(job),
      acquireUnowned: journal.acquireUnowned(job),
    };
    const answers = Object.entries(asked).map(([name, answer]) =>
      assert.rejects(answer as Promise<unknown>, { code: 'JOURNAL_UNAVAILABLE' }, name),
    );
    await Promise.all(answers);
    for (const member of others) process.kill(member.pid, 'SIGCONT');
  });

  test('ends a watch on a member that has lost its leader and can report no changes', async (t) => {
    const cluster = await startMembers(t);
    const leader = await cluster.leader();
    const [watched] = cluster.members.filter((member) => member !== leader);
    assert.ok(watched);
    const client = connect({ endpoints: [watched.endpoint] });
    t.after(() => client.close());
    const stream = await client.watchClient.watch();
    const created = new Promise<void>((resolve) => {
      stream.on('data', () => resolve());
    });
    const ended = new Promise<void>((resolve) => {
      stream.on('data', ({ canceled }: IWatchResponse) => canceled && resolve());
      stream.on('error', () => resolve());
    });
    stream.write({ create_request: { key: Buffer.from('a') } });
    await created;
    for (const member of cluster.members) if (member !== watched) await member.kill();
    await ended;
  });
});
