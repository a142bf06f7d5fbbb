import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { describe, test } from 'node:test';
import type { Invoker } from '../../../coordinator/invoke/invoker.ts';
import { FairShares } from '../../../coordinator/jobs/fair-shares.ts';
import { JobPool } from '../../../coordinator/jobs/job-pool.ts';
import { soleJournal } from '../../../coordinator/journal/sole.ts';
import { endingOf, historyOf } from '../../../coordinator/scheduler/history.ts';
import type { StageGraph } from '../../../engine/plan/stage.ts';
import type { JobId, Task, TaskOutcome } from '../../../engine/task/task.ts';
import { VirtualClock } from '../../../scripts/sim/virtual-clock.ts';
import { MemoryJournal } from '../journal/memory-journal.ts';
import { graphOf, seeded, settings, stage, wrote } from '../scheduler/graph.ts';
import { request } from './coordinator-fixture.ts';
import { MemoryStore } from './memory-store.ts';

describe('fair shares', () => {
  function join(shares: FairShares) {
    const calls = { more: 0 };
    const share = shares.join(() => {
      calls.more += 1;
    });
    return { share, calls };
  }

  test('allot all slots to a single job, and immediately allot an equal share to each new job', () => {
    const shares = new FairShares(() => 100);
    const large = join(shares);
    assert.equal(large.share.allowance, 100);
    large.share.use(100);
    const small = join(shares);
    assert.equal(small.share.allowance, 50);
    small.share.use(50);
    assert.equal(large.share.allowance, 50, 'the large job starts no attempts until it runs fewer than its share');
    const third = join(shares);
    third.share.use(34);
    assert.deepEqual([large.share.allowance, small.share.allowance, third.share.allowance], [34, 34, 34]);
  });

  test('pass unused slots to other jobs and wake jobs that were held back', () => {
    const shares = new FairShares(() => 100);
    const [large, small] = [join(shares), join(shares)];
    small.share.use(50);
    large.share.use(50);
    assert.equal(large.calls.more, 0);
    small.share.use(4);
    assert.equal(large.calls.more, 1);
    assert.equal(large.share.allowance, 96);
    large.share.use(96);
    small.share.leave();
    assert.equal(large.calls.more, 2);
    assert.equal(large.share.allowance, 100);
    assert.equal(small.calls.more, 0);
  });

  test('allow at least one attempt per job, and change with the capacity', () => {
    let capacity = 1;
    const shares = new FairShares(() => capacity);
    const jobs = [join(shares), join(shares), join(shares)];
    for (const { share } of jobs) assert.equal(share.allowance, 1);
    capacity = 9;
    for (const { share } of jobs) assert.equal(share.allowance, 9);
    for (const { share } of jobs) share.use(3);
    for (const { share } of jobs) assert.equal(share.allowance, 3);
  });
});

describe('fair shares of an invoker that grows', () => {
  test('wake only held-back jobs that may now run more attempts', () => {
    let capacity = 1;
    const shares = new FairShares(() => capacity);
    const calls = { waiting: 0, idle: 0 };
    const waiting = shares.join(() => {
      calls.waiting += 1;
    });
    const idle = shares.join(() => {
      calls.idle += 1;
    });
    idle.use(0);
    waiting.use(1);
    shares.capacityChanged();
    assert.deepEqual(calls, { waiting: 0, idle: 0 });
    capacity = 8;
    shares.capacityChanged();
    shares.capacityChanged();
    assert.deepEqual(calls, { waiting: 1, idle: 0 });
    waiting.use(8);
    shares.capacityChanged();
    assert.deepEqual(calls, { waiting: 1, idle: 0 });
  });

  test('let a running job use new slots immediately', { timeout: 30_000 }, async () => {
    const clock = new VirtualClock(0);
    const journal = soleJournal(new MemoryJournal(), 'a');
    const events = new EventEmitter();
    let concurrency = 1;
    let begun = 0;
    const invoker: Invoker = {
      get concurrency() {
        return concurrency;
      },
      onCapacity: (changed) => void events.on('grown', changed),
      // No task of the first stage ends until all of them are running.
      async invoke({ outputKey }) {
        begun += 1;
        events.emit(`begun ${begun}`);
        if (begun < 8) await once(events, 'begun 8');
        return wrote(outputKey);
      },
      async close() {},
    };
    const graph = graphOf(stage(0, 8, [], { kind: 'single' }), stage(1, 1, [0], { kind: 'result' }));
    const pool = new JobPool({
      journal,
      store: new MemoryStore(),
      invoker,
      clock,
      random: seeded(2),
      jobsAtOnce: 4,
      report: (message) => assert.fail(message),
      plan: async () => ({ graph, settings }),
    });
    const work = async () => {
      const id = 'job' as JobId;
      const [token, first] = [await journal.acquire(id), once(events, 'begun 1')];
      await journal.append(id, token, [{ kind: 'job-requested', at: 0, job: id, request: request('x') }]);
      await pool.startOrRelease(id, token);
      await first;
      concurrency = 8;
      events.emit('grown');
      while (pool.running > 0) await clock.sleep(1000);
    };
    await clock.run(work());
    assert.equal(begun, 9);
  });
});

const PLACES = 100;

/** Executors on a virtual clock. Each runs one task at a time, in order of arrival, for one to three seconds. */
class VirtualExecutors implements Invoker {
  readonly concurrency = PLACES;
  running = 0;
  readonly #waiting: (() => void)[] = [];
  readonly #clock: VirtualClock;
  readonly #random = seeded(1);

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  async invoke(task: Task): Promise<TaskOutcome> {
    if (this.running === PLACES) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.running += 1;
    await this.#clock.sleep(1000 + this.#random() * 2000);
    const next = this.#waiting.shift();
    if (next === undefined) this.running -= 1;
    else next();
    return wrote(task.outputKey);
  }

  async close(): Promise<void> {}
}

/** The graph of each job, by its SQL. */
const graphs: Readonly<Record<string, StageGraph>> = {
  huge: graphOf(stage(0, 10_000, [], { kind: 'single' }), stage(1, 1, [0], { kind: 'result' })),
  large: graphOf(stage(0, 2000, [], { kind: 'single' }), stage(1, 1, [0], { kind: 'result' })),
  small: graphOf(
    stage(0, 4, [], { kind: 'single' }),
    stage(1, 4, [0], { kind: 'single' }),
    stage(2, 1, [1], { kind: 'result' }),
  ),
};

test('a small query stays fast next to a job of 10,000 tasks and two jobs of 2,000 tasks', {
  timeout: 60_000,
}, async () => {
  const clock = new VirtualClock(0);
  const [journal, invoker] = [soleJournal(new MemoryJournal(), 'a'), new VirtualExecutors(clock)];
  const pool = new JobPool({
    journal,
    store: new MemoryStore(),
    invoker,
    clock,
    random: seeded(2),
    jobsAtOnce: 4,
    report: (message) => assert.fail(message),
    plan: async ({ sql }) => ({ graph: graphs[sql] ?? assert.fail(sql), settings }),
  });
  const submit = async (job: string, sql: string) => {
    const id = job as JobId;
    const token = await journal.acquire(id);
    await journal.append(id, token, [{ kind: 'job-requested', at: clock.now(), job: id, request: request(sql) }]);
    await pool.startOrRelease(id, token);
  };
  let [busy, looks] = [0, 0];
  const work = async () => {
    await Promise.all([submit('a', 'large'), submit('b', 'large'), submit('c', 'huge')]);
    await clock.sleep(10_000);
    await submit('d', 'small');
    // The larger jobs use all slots that the small job leaves free.
    for (let second = 0; second < 60; second += 1) {
      await clock.sleep(1000);
      looks += 1;
      busy += invoker.running;
    }
    while (pool.running > 0) await clock.sleep(1000);
  };
  await clock.run(work());
  const tookMs = async (job: string) => {
    const history = historyOf(await journal.read(job as JobId));
    assert.ok(history !== undefined);
    return (endingOf(history)?.endedAt ?? assert.fail(`${job} has not ended`)) - history.requestedAt;
  };
  const small = await tookMs('d');
  console.log(`the small query took ${small} ms, the job of 10,000 tasks ${await tookMs('c')} ms`);
  assert.ok(small < 10_000, `three stages of up to 3 s each took ${small} ms`);
  assert.equal(busy / looks, PLACES, 'no slot is left empty');
  // 14,000 tasks of 2 s each on 100 executors, plus a margin for the last tasks.
  assert.ok((await tookMs('c')) < 1.05 * ((14_000 * 2000) / PLACES));
});
