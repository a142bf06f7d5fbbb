import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { PrefixRates, prefixOf } from '../../../scripts/sim/prefix-rates.ts';
import { lognormal } from '../../../scripts/sim/random.ts';
import { VirtualClock } from '../../../scripts/sim/virtual-clock.ts';
import { seeded } from '../../coordinator/scheduler/graph.ts';

describe('a virtual clock', () => {
  test('rings alarms in order of time, and simultaneous alarms in the order they were set', async () => {
    const clock = new VirtualClock(1000);
    const random = seeded(3);
    const set = Array.from({ length: 500 }, (_none, order) => ({ order, delayMs: Math.floor(random() * 50) }));
    const rung: typeof set = [];
    for (const alarm of set) clock.after(alarm.delayMs, () => rung.push(alarm));
    await clock.run(clock.sleep(50));
    assert.deepEqual(
      rung,
      set.toSorted((a, b) => a.delayMs - b.delayMs || a.order - b.order),
    );
    assert.equal(clock.now(), 1050);
  });

  test('does not ring a cancelled alarm', async () => {
    const clock = new VirtualClock(0);
    const off = clock.after(5, () => assert.fail('called off'));
    off();
    await clock.run(clock.sleep(10));
  });

  test('runs all ready work before time advances', async () => {
    const clock = new VirtualClock(0);
    const times: number[] = [];
    const work = async () => {
      for (let round = 0; round < 3; round += 1) {
        for (let step = 0; step < 20; step += 1) await Promise.resolve();
        times.push(clock.now());
        await clock.sleep(7.5);
      }
    };
    await clock.run(Promise.all([work(), work()]));
    assert.deepEqual(times, [0, 0, 7, 7, 15, 15]);
  });

  test('reports work that waits for an event that cannot happen', async () => {
    const clock = new VirtualClock(0);
    await assert.rejects(clock.run(new Promise(() => undefined)), /is stuck/);
  });

  test("rejects with the work's error", async () => {
    const clock = new VirtualClock(0);
    await assert.rejects(clock.run(clock.sleep(1).then(() => Promise.reject(new Error('no good')))), /no good/);
  });
});

test('latencies have the requested quantiles', () => {
  const draw = lognormal({ p50: 27, p99: 106 }, seeded(11));
  const sorted = Array.from({ length: 100_000 }, draw).sort((a, b) => a - b);
  const at = (quantile: number) => sorted[Math.floor(quantile * sorted.length)] ?? 0;
  assert.ok(Math.abs(at(0.5) - 27) < 0.5, `${at(0.5)}`);
  assert.ok(Math.abs(at(0.99) - 106) < 4, `${at(0.99)}`);
});

test('requests queue per prefix', () => {
  const rates = new PrefixRates(1000);
  assert.equal(rates.serve('a', 500, 0), 500);
  assert.equal(rates.serve('a', 100, 0), 600);
  assert.equal(rates.serve('b', 100, 0), 100);
  assert.equal(rates.serve('a', 10, 5000), 5010);
});

for (const [key, prefix] of [
  ['jobs/j/stages/0/1-1-1.shuffle', 'jobs/j/'],
  ['spread/00f/jobs/j/stages/0/1-1-1.shuffle', 'spread/00f/jobs/j/'],
  ['s3://lake/t0/day=3/part-3.parquet', 's3://lake/t0/day=3'],
] as const) {
  test(`prefixOf returns ${prefix} for ${key}`, () => assert.equal(prefixOf(key), prefix));
}
