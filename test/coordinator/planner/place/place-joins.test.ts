import assert from 'node:assert/strict';
import test from 'node:test';
import type { JoinType } from '../../../../engine/plan/relation.ts';
import { scalar } from '../../../../engine/plan/types.ts';
import { aggregate, call, col, distributed, FORCED, HASH_ONLY, join, outline, scan } from '../plans.ts';

const SMALL = 2000;

test('broadcasts a side within the limit only if the join type allows it', () => {
  const cases: readonly (readonly [JoinType, 'small left' | 'small right', boolean])[] = [
    ['inner', 'small right', true],
    ['inner', 'small left', true],
    ['left', 'small right', true],
    ['left', 'small left', false],
    ['right', 'small left', true],
    ['right', 'small right', false],
    ['full', 'small right', false],
    ['full', 'small left', false],
    ['semi', 'small right', true],
    ['semi', 'small left', false],
    ['anti', 'small right', true],
    ['anti', 'small left', false],
    ['right-semi', 'small left', true],
    ['right-semi', 'small right', false],
    ['right-anti', 'small left', true],
    ['right-anti', 'small right', false],
    ['single', 'small right', true],
    ['single', 'small left', false],
  ];
  for (const [type, which, isBroadcast] of cases) {
    const left = scan(0, 2, which === 'small left' ? SMALL : 1e6);
    const right = scan(1, 2, which === 'small right' ? SMALL : 1e6);
    const stages = outline(distributed(join(type, left, right, [[0, 0]]), [8, 8]));
    const expected = isBroadcast
      ? which === 'small right'
        ? ['t1 x4 -> single', `${type}(t0, all 0) x4 -> result`]
        : ['t0 x4 -> single', `${type}(all 0, t1) x4 -> result`]
      : ['t0 x4 -> hash(0)', 't1 x4 -> hash(0)', `${type}(partition 0, partition 1) x4 -> result`];
    assert.deepEqual(stages, expected, `${type}, ${which}`);
  }
});

test('partitions both sides by all equality keys if broadcasts are disabled', () => {
  const root = join('inner', scan(0, 3), scan(1, 3, 10), [
    [0, 1],
    [2, 0],
  ]);
  assert.deepEqual(outline(distributed(root, [8, 8], HASH_ONLY)), [
    't0 x4 -> hash(0,2)',
    't1 x4 -> hash(1,0)',
    'inner(partition 0, partition 1) x4 -> result',
  ]);
});

test('broadcasts the smaller allowed side of a join without equality keys, regardless of the limit', () => {
  const cases: readonly (readonly [JoinType, number, readonly string[]])[] = [
    ['inner', 10, ['t0 x4 -> single', 'inner(all 0, t1) x4 -> result']],
    ['inner', 1e6, ['t1 x4 -> single', 'inner(t0, all 0) x4 -> result']],
    ['left', 10, ['t1 x4 -> single', 'left(t0, all 0) x4 -> result']],
    ['right', 1e6, ['t0 x4 -> single', 'right(all 0, t1) x4 -> result']],
    ['full', 10, ['t0 x4 -> single', 't1 x4 -> single', 'full(all 0, all 1) x1 -> result']],
  ];
  for (const [type, leftRows, expected] of cases) {
    const root = join(type, scan(0, 1, leftRows), scan(1, 1, 1000), [[0, 0]], '<');
    assert.deepEqual(outline(distributed(root, [8, 8], HASH_ONLY)), expected, `${type} ${leftRows}`);
  }
});

test('broadcasts the right side of a mark join if the mark can be NULL, and otherwise partitions both sides', () => {
  const mark = (operator: '=' | 'is not distinct from') =>
    join('mark', scan(0, 1, 1e6), scan(1, 1, 1e6), [[0, 0]], operator);
  assert.deepEqual(outline(distributed(mark('='), [8, 8], HASH_ONLY)), [
    't1 x4 -> single',
    'mark(t0, all 0) x4 -> result',
  ]);
  assert.deepEqual(outline(distributed(mark('is not distinct from'), [8, 8], HASH_ONLY)), [
    't0 x4 -> hash(0)',
    't1 x4 -> hash(0)',
    'mark(partition 0, partition 1) x4 -> result',
  ]);
});

test('does not move a side that is already partitioned by some of the join keys', () => {
  const inner = join('inner', scan(0, 2), scan(1, 2), [[0, 0]]);
  const root = join('inner', inner, scan(2, 2), [
    [1, 1],
    [2, 0],
  ]);
  assert.deepEqual(outline(distributed(root, [8, 8, 8], HASH_ONLY)).slice(2), [
    't2 x4 -> hash(0)',
    'inner(inner(partition 0, partition 1), partition 2) x4 -> result',
  ]);
});

test('reuses the partitioning of an outer join only for keys of its preserved side', () => {
  const grouped = (type: JoinType, position: number) =>
    aggregate(join(type, scan(0, 2), scan(1, 2), [[0, 0]]), [col(position)], [call('count_star', [])]);
  const cases: readonly (readonly [JoinType, number, boolean])[] = [
    ['inner', 0, true],
    ['inner', 2, true],
    ['left', 0, true],
    ['left', 2, false],
    ['right', 0, false],
    ['right', 2, true],
    ['full', 0, false],
    ['full', 2, false],
  ];
  for (const [type, position, isInPlace] of cases) {
    const stages = distributed(grouped(type, position), [8, 8], HASH_ONLY).stages.length;
    assert.equal(stages, isInPlace ? 3 : 4, `${type} join grouped by column ${position}`);
  }
});

test('never partitions by join keys of different types', () => {
  const root = join('full', scan(0, 1), scan(1, 1), [[0, 0]]);
  if (root.kind !== 'join') throw new Error('not a join');
  const conditions = root.conditions.map((condition) => ({ ...condition, right: col(0, scalar('INTEGER')) }));
  assert.deepEqual(outline(distributed({ ...root, conditions }, [8, 8], HASH_ONLY)), [
    't0 x4 -> single',
    't1 x4 -> single',
    'full(all 0, all 1) x1 -> result',
  ]);
});

test('runs a join whose condition contains random values in one task', () => {
  const root = join('inner', scan(0, 1), scan(1, 1), [[0, 0]]);
  if (root.kind !== 'join') throw new Error('not a join');
  const residual = { kind: 'function', name: 'random', inputs: [], type: scalar('DOUBLE') } as const;
  assert.equal(outline(distributed({ ...root, residual }, [8, 8])).at(-1), 'inner(all 0, all 1) x1 -> result');
});

test('joins constant rows without an exchange, even if broadcasts are disabled', () => {
  const values = { kind: 'values', rows: [[col(0)]], types: scan(0, 1).types } as const;
  const root = join('semi', scan(0, 1), values, [[0, 0]]);
  for (const settings of [FORCED, HASH_ONLY]) {
    assert.deepEqual(outline(distributed(root, [8], settings)), ['semi(t0, values()) x4 -> result']);
  }
});
