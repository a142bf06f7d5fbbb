import assert from 'node:assert/strict';
import test from 'node:test';
import { chooseFanout } from '../../../../coordinator/planner/fanout/choose-fanout.ts';
import type { ScanWork } from '../../../../coordinator/planner/fanout/measure-scans.ts';
import type { Relation } from '../../../../engine/plan/relation.ts';
import { aggregate, CLOUD, call, col, distributed, join, LAPTOP, outline, scan } from '../plans.ts';

const MIB = 2 ** 20;
const QUERY = aggregate(scan(0, 1), [col(0)], [call('count_star', [])]);

function works(sizeBytes: number): ReadonlyMap<number, ScanWork> {
  return new Map([[0, { table: 0, pieces: [], rowGroups: 1, sizeBytes, rows: 1, indivisible: false }]]);
}

function tasksFor(megabytes: number, fabric = CLOUD, root: Relation = QUERY): number {
  return chooseFanout(root, works(megabytes * MIB), fabric, { fanout: 'auto' }).partitions;
}

test('plans one task for a small query on every fabric', () => {
  for (const fabric of [LAPTOP, CLOUD]) {
    assert.equal(tasksFor(1, fabric), 1);
    assert.equal(tasksFor(20, fabric), 1);
  }
});

test('never chooses fewer tasks for more bytes, or more tasks than the fabric can run concurrently', () => {
  const counts = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000].map((megabytes) => tasksFor(megabytes));
  assert.deepEqual(
    counts,
    [...counts].sort((left, right) => left - right),
  );
  assert.ok((counts[3] ?? 0) >= 8, `1 GB needs several tasks, not ${counts[3]}`);
  assert.ok(Math.max(...counts) <= CLOUD.concurrency);
  assert.ok((counts[3] ?? 0) <= 125, 'a task reads at least 8 MiB');
});

test('splits a query on one machine only if it would not fit in the memory of one task', () => {
  assert.equal(tasksFor(100_000, LAPTOP), 1);
  const huge = join('inner', scan(0, 4), scan(1, 4, 200_000_000), [[0, 0]]);
  assert.ok(tasksFor(10_000, LAPTOP, huge) > 1);
  assert.equal(tasksFor(100, LAPTOP, huge), 1, 'estimates larger than the input are ignored');
  const settings = { fanout: 'auto', memoryMiB: 64_000 } as const;
  assert.equal(chooseFanout(huge, works(100 * MIB), LAPTOP, settings).partitions, 1);
});

test('applies a forced fan-out to every shuffle and to every scan with enough row groups', () => {
  const root = join('inner', scan(0, 1), scan(1, 1), [[0, 0]]);
  assert.deepEqual(outline(distributed(root, [9, 3], { fanout: 7, broadcastLimitBytes: 0 })), [
    't0 x7 -> hash(0)',
    't1 x3 -> hash(0)',
    'inner(partition 0, partition 1) x7 -> result',
  ]);
  const whole = distributed(root, [9, 3], { fanout: 1, broadcastLimitBytes: 0 });
  assert.deepEqual(outline(whole), ['inner(t0, t1) x1 -> result']);
  assert.equal(whole.singleTaskReason, undefined);
});
