import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { reportOf } from '../../../scripts/sim/report.ts';
import { combinedReads, plannedReads, shufflesOf, starlingReads } from '../../../scripts/sim/shuffles.ts';
import { type SimulatedJob, type SimulationOptions, simulate } from '../../../scripts/sim/simulate.ts';

const options: SimulationOptions = {
  query: 'group',
  fanout: 300,
  files: 300,
  fileBytes: 16e6,
  shuffledShare: 0.5,
  memoryMiB: 1769,
  concurrency: 1000,
  architecture: 'arm64',
  stragglers: 0,
  slowness: 8,
  seed: 7,
};

/** Only the first shape has enough tasks for the planner to combine its shuffles. */
const shapes: readonly (readonly [string, Partial<SimulationOptions>, boolean])[] = [
  ['with combiners', { fanout: 600, files: 600 }, true],
  ['without combiners', { fanout: 8, files: 8 }, false],
  ['for a join followed by an aggregation', { query: 'chain', fanout: 8, files: 8 }, false],
];

function shuffleReads({ attempts }: SimulatedJob): number {
  return attempts.reduce((sum, { work }) => sum + work.shuffleReads, 0);
}

describe('a simulated job', () => {
  test('has the same result for the same seed, and a different result for another seed', async () => {
    const [first, again, other] = await Promise.all([
      simulate({ ...options, stragglers: 0.05 }),
      simulate({ ...options, stragglers: 0.05 }),
      simulate({ ...options, stragglers: 0.05, seed: 8 }),
    ]);
    assert.equal(reportOf(first, options), reportOf(again, options));
    assert.deepEqual(first.attempts, again.attempts);
    assert.notEqual(first.wallMs, other.wallMs);
  });

  for (const [name, changes, isCombined] of shapes) {
    test(`makes exactly the planned reads of its shuffles ${name}`, async () => {
      const job = await simulate({ ...options, ...changes });
      const shuffles = shufflesOf(job.graph);
      assert.ok(shuffles.length > 0);
      assert.ok(shuffles.every(({ grid }) => (grid !== undefined) === isCombined));
      assert.equal(
        shuffleReads(job),
        shuffles.reduce((sum, shuffle) => sum + plannedReads(shuffle), 0),
      );
    });
  }

  test('is billed for the requests of its tasks, indexes and deletion, and leaves no objects', async () => {
    const job = await simulate(options);
    const billed = new Map(job.receipt.items.map((item) => [item.name, item.quantity]));
    const inputReads = job.attempts.reduce((sum, { work }) => sum + work.inputReads, 0);
    assert.equal(billed.get('get'), inputReads + shuffleReads(job));
    const indexes = job.graph.stages.filter((stage) => stage.output.kind !== 'result').length;
    const puts = job.attempts.reduce((sum, { work }) => sum + (work.writes.put ?? 0), 0);
    assert.equal(billed.get('put'), puts + indexes);
    assert.equal(billed.get('invocations'), job.attempts.length);
    assert.ok((billed.get('list') ?? 0) > 0);
    assert.equal(job.objectsLeft, 0);
  });

  test('has a critical path as long as its wall time', async () => {
    const { path, wallMs } = await simulate({ ...options, query: 'join' });
    const all = path.flatMap(({ phases }) => Object.values(phases)).reduce((sum, ms) => sum + ms, 0);
    assert.ok(Math.abs(all - wallMs) < 1, `${all} ms of ${wallMs} ms`);
    assert.ok(path.every(({ phases }) => Object.values(phases).every((ms) => ms >= 0)));
  });

  test('takes longer and costs more with stragglers', async () => {
    const [none, some] = [await simulate(options), await simulate({ ...options, stragglers: 0.02 })];
    assert.ok(some.attempts.some(({ isStraggler }) => isStraggler));
    assert.ok(some.wallMs > none.wallMs);
    assert.ok(some.receipt.dollars > none.receipt.dollars);
  });

  test("respects the concurrency limit and the platform's scaling rate", async () => {
    const job = await simulate({ ...options, fanout: 1500, files: 1500, concurrency: 1200 });
    const started = job.attempts.filter(({ isCold }) => isCold).map(({ placedAt }) => placedAt);
    const firstAt = Math.min(...started);
    assert.ok(started.filter((at) => at < firstAt + 10_000).length <= 1001);
    assert.equal(job.environments, started.length);
    assert.ok(job.environments <= 1200);
  });
});

test('counts the reads of a shuffle of 5,000 by 5,000 tasks, with and without 64 by 64 combiners', () => {
  const grid = { producerBlocks: 64, partitionBlocks: 64 };
  const shuffle = { from: 0, to: 2, producers: 5000, readers: 5000, grid };
  assert.equal(starlingReads(shuffle), 50_000_000);
  assert.equal(combinedReads(shuffle, grid), 5000 * 64 + 64 * 64 + 64 * 5000 + 5000);
});
