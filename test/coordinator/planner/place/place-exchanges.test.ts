import assert from 'node:assert/strict';
import test from 'node:test';
import { FabricError } from '../../../../engine/errors.ts';
import type { Expression, WindowCall } from '../../../../engine/plan/expression.ts';
import type { Relation } from '../../../../engine/plan/relation.ts';
import { BIGINT, DOUBLE, HUGEINT } from '../../../../engine/plan/types.ts';
import { aggregate, call, col, compare, distributed, FORCED, HASH_ONLY, int, join, outline, scan } from '../plans.ts';

const SUM = call('sum', [col(1)], HUGEINT);
const RANDOM: Expression = { kind: 'function', name: 'random', inputs: [], type: DOUBLE };

function sort(input: Relation, limit?: bigint, offset?: bigint): Relation {
  const keys = [{ expression: col(0), descending: false, nullsFirst: false }];
  return {
    kind: 'sort',
    input,
    keys,
    types: input.types,
    ...(limit === undefined ? {} : { limit }),
    ...(offset === undefined ? {} : { offset }),
  };
}

function unionAll(...inputs: readonly Relation[]): Relation {
  return { kind: 'set-operation', operation: 'union', all: true, inputs, types: inputs[0]?.types ?? [] };
}

function withShared(definition: Relation, body: (reader: Relation) => Relation): Relation {
  const made = body({ kind: 'shared', id: 0, types: definition.types });
  return { kind: 'with', id: 0, definition, body: made, types: made.types };
}

function window(input: Relation, ...partitions: readonly (readonly number[])[]): Relation {
  const calls = partitions.map(
    (positions): WindowCall => ({
      name: 'row_number',
      inputs: [],
      distinct: false,
      ignoreNulls: false,
      argumentOrder: [],
      partitionBy: positions.map((position) => col(position)),
      orderBy: [],
      type: BIGINT,
    }),
  );
  return { kind: 'window', input, calls, types: [...input.types, ...calls.map((made) => made.type)] };
}

test('rejects a fan-out whose shuffle index would be too large', () => {
  const grouped = (groups: number): Relation => aggregate(scan(0, 2), [col(groups)], [call('median', [col(1)])]);
  const nested = aggregate(grouped(0), [col(1)], [call('median', [col(0)])]);
  const settings = (fanout: number) => ({ ...FORCED, fanout });
  const isRefused = (error: unknown): boolean =>
    error instanceof FabricError && error.code === 'INVALID_SETTING' && /fanout .* at most 2048/.test(error.message);
  for (const [plan, fanout] of [
    [grouped(0), 10_000],
    [nested, 2048],
  ] as const) {
    assert.equal(distributed(plan, [4], settings(fanout)).stages.at(-1)?.taskCount, fanout);
  }
  assert.throws(() => distributed(nested, [4], settings(2049)), isRefused);
});

test('aggregates in two phases if the result is exact, and otherwise over partitioned or gathered rows', () => {
  const cases: readonly (readonly [string, Relation, readonly string[]])[] = [
    [
      'grouped sum',
      aggregate(scan(0, 2), [col(0)], [SUM]),
      ['aggregate(t0) x4 -> hash(0)', 'aggregate(partition 0) x4 -> result'],
    ],
    ['sum', aggregate(scan(0, 2), [], [SUM]), ['aggregate(t0) x4 -> single', 'aggregate(all 0) x1 -> result']],
    [
      'median of groups',
      aggregate(scan(0, 2), [col(0)], [call('median', [col(1)])]),
      ['t0 x4 -> hash(0)', 'aggregate(partition 0) x4 -> result'],
    ],
    [
      'median',
      aggregate(scan(0, 2), [], [call('median', [col(1)])]),
      ['t0 x4 -> single', 'aggregate(all 0) x1 -> result'],
    ],
    [
      'count distinct of groups',
      aggregate(scan(0, 2), [col(0)], [{ ...call('count', [col(1)]), distinct: true }]),
      ['t0 x4 -> hash(0)', 'aggregate(partition 0) x4 -> result'],
    ],
    [
      'count distinct',
      aggregate(scan(0, 1), [], [{ ...call('count', [col(0)]), distinct: true }, call('count_star', [])]),
      ['t0 x4 -> hash(0)', 'aggregate(partition 0) x4 -> single', 'project(aggregate(all 1)) x1 -> result'],
    ],
    [
      'two different values counted distinct',
      aggregate(
        scan(0, 2),
        [],
        [0, 1].map((position) => ({ ...call('count', [col(position)]), distinct: true })),
      ),
      ['t0 x4 -> single', 'aggregate(all 0) x1 -> result'],
    ],
    [
      'over rows partitioned on some of the groups',
      aggregate(aggregate(scan(0, 3), [col(0), col(1)], [SUM]), [col(0), col(1)], [call('count_star', [])]),
      ['aggregate(t0) x4 -> hash(0,1)', 'aggregate(aggregate(partition 0)) x4 -> result'],
    ],
  ];
  for (const [name, root, expected] of cases) {
    const [partial, ...rest] = outline(distributed(root, [8]));
    assert.deepEqual([partial, ...rest], expected, name);
  }
});

test('computes one partial sum for a sum and an average of the same column', () => {
  const root = aggregate(scan(0, 2), [col(0)], [SUM, call('avg', [col(1)], DOUBLE), call('count', [col(1)])]);
  const [partial] = distributed(root, [8]).stages;
  assert.deepEqual(partial?.root.kind === 'aggregate' ? partial.root.aggregates.map((made) => made.name) : [], [
    'sum',
    'count',
  ]);
});

test('merges grouping sets by their GROUPING number, but gathers the rows if a set is repeated', () => {
  const base = aggregate(scan(0, 3), [col(0), col(1)], [call('sum', [col(2)], HUGEINT)]);
  if (base.kind !== 'aggregate') throw new Error('not an aggregate');
  assert.deepEqual(outline(distributed({ ...base, groupingSets: [[0, 1], [0], []] }, [8])), [
    'aggregate(t0) x4 -> hash(0,1)',
    'project(aggregate(partition 0)) x4 -> result',
  ]);
  assert.deepEqual(outline(distributed({ ...base, groupingSets: [[0], [1], [0]] }, [8])), [
    't0 x4 -> single',
    'aggregate(all 0) x1 -> result',
  ]);
});

test('finishes sorts and limits in one task after every task has applied the limit', () => {
  assert.deepEqual(outline(distributed(sort(scan(0, 1)), [8])), ['t0 x4 -> single', 'sort(all 0) x1 -> result']);
  const topN = distributed(sort(scan(0, 1), 10n, 5n), [8]);
  assert.deepEqual(outline(topN), ['sort(t0) x4 -> single', 'sort(all 0) x1 -> result']);
  const [first, last] = topN.stages.map((stage) => (stage.root.kind === 'sort' ? stage.root : undefined));
  assert.deepEqual([first?.limit, first?.offset], [15n, undefined]);
  assert.deepEqual([last?.limit, last?.offset], [10n, 5n]);
});

test('removes duplicates both before and after the exchange of a DISTINCT', () => {
  const root: Relation = { kind: 'distinct', input: scan(0, 2), orderBy: [], types: scan(0, 2).types };
  assert.deepEqual(outline(distributed(root, [8])), [
    'distinct(t0) x4 -> hash(0,1)',
    'distinct(partition 0) x4 -> result',
  ]);
});

test('partitions windows by the keys that all their PARTITION BY clauses share', () => {
  const cases: readonly (readonly [readonly (readonly number[])[], string])[] = [
    [[[0]], 't0 x4 -> hash(0)'],
    [[[0, 1], [1]], 't0 x4 -> hash(1)'],
    [[[0], [1]], 't0 x4 -> single'],
    [[[]], 't0 x4 -> single'],
  ];
  for (const [partitions, expected] of cases) {
    assert.equal(outline(distributed(window(scan(0, 2), ...partitions), [8]))[0], expected);
  }
});

test('runs UNION ALL in the tasks of its inputs, and adds empty tasks to smaller scans', () => {
  const graph = distributed(unionAll(scan(0, 1), scan(1, 1)), [8, 2]);
  assert.deepEqual(outline(graph), ['set-operation(t0, t1) x4 -> result']);
  assert.deepEqual(
    graph.stages[0]?.scans[1]?.tasks.map((splits) => splits.length),
    [1, 1, 0, 0],
  );
});

test('partitions the output of a single-task input of UNION ALL', () => {
  assert.deepEqual(outline(distributed(unionAll(scan(0, 1), sort(scan(1, 1), 3n)), [8, 1], HASH_ONLY)), [
    'sort(t1) x1 -> hash(0)',
    'set-operation(t0, partition 0) x4 -> result',
  ]);
});

test('partitions the inputs of other set operations by all columns', () => {
  const root: Relation = {
    kind: 'set-operation',
    operation: 'except',
    all: false,
    inputs: [scan(0, 2), scan(1, 2)],
    types: scan(0, 2).types,
  };
  assert.deepEqual(outline(distributed(root, [8, 1])), [
    't0 x4 -> hash(0,1)',
    't1 x1 -> hash(0,1)',
    'set-operation(partition 0, partition 1) x4 -> result',
  ]);
});

test('plans one stage for a definition with several readers', () => {
  const graph = distributed(
    withShared(scan(0, 2), (reader) => unionAll(reader, reader)),
    [8],
  );
  assert.deepEqual(outline(graph), ['t0 x4 -> single', 'set-operation(forward 0, forward 0) x4 -> result']);
});

test('partitions the output of a definition by a key that all its readers share', () => {
  const root = withShared(scan(0, 2), (reader) =>
    join('semi', reader, aggregate(reader, [col(1)], [call('count_star', [])]), [[1, 0]]),
  );
  assert.deepEqual(outline(distributed(root, [8], HASH_ONLY)), [
    't0 x4 -> hash(1)',
    'semi(partition 0, aggregate(project(partition 0))) x4 -> result',
  ]);
});

test("copies a stage's output if a task would otherwise read it in two modes, forward and all", () => {
  const root = withShared(scan(0, 1), (reader) => join('inner', reader, reader, [[0, 0]], '<'));
  assert.deepEqual(outline(distributed(root, [8])), [
    't0 x4 -> single',
    'forward 0 x4 -> single',
    'inner(forward 0, all 1) x4 -> result',
  ]);
});

test('partitions a definition only once for all readers with the same keys', () => {
  const root = withShared(sort(scan(0, 1)), (reader) =>
    join('inner', join('inner', reader, scan(1, 1), [[0, 0]]), reader, [[0, 0]]),
  );
  assert.deepEqual(outline(distributed(root, [8, 8], HASH_ONLY)), [
    't0 x4 -> single',
    'sort(all 0) x1 -> single',
    'all 1 x1 -> hash(0)',
    't1 x4 -> hash(0)',
    'inner(inner(partition 2, partition 3), partition 2) x4 -> result',
  ]);
});

test("inlines a definition into its reader's task if it reads a single-task definition", () => {
  const inner = (outer: Relation): Relation => {
    const reader: Relation = { kind: 'shared', id: 1, types: outer.types };
    const body = join('inner', reader, reader, [[0, 0]]);
    return { kind: 'with', id: 1, definition: outer, body, types: body.types };
  };
  const root = withShared(sort(scan(0, 1)), (reader) => join('inner', inner(reader), reader, [[0, 0]]));
  assert.deepEqual(outline(distributed(root, [8])), [
    't0 x4 -> single',
    'sort(all 0) x1 -> single',
    'inner(with(all 1, inner(shared(), shared())), all 1) x1 -> result',
  ]);
});

test('inlines a definition with one reader', () => {
  const root = withShared(scan(0, 1), (reader) => sort(reader, 1n));
  assert.deepEqual(outline(distributed(root, [8])), ['sort(t0) x4 -> single', 'sort(all 0) x1 -> result']);
});

test('generates random values in one task', () => {
  const input = scan(0, 1);
  const root: Relation = { kind: 'project', input, expressions: [col(0), RANDOM], types: [BIGINT, DOUBLE] };
  assert.deepEqual(outline(distributed(root, [8])), ['t0 x4 -> single', 'project(all 0) x1 -> result']);
  const filtered: Relation = {
    kind: 'filter',
    input,
    predicates: [compare(RANDOM, '<', int(1))],
    types: input.types,
  };
  assert.deepEqual(outline(distributed(aggregate(filtered, [col(0)], [call('count_star', [])]), [8])), [
    't0 x4 -> single',
    'aggregate(filter(all 0)) x1 -> result',
  ]);
});

test('runs an operator that depends on row order in one task and reports the reason', () => {
  const left = scan(0, 1);
  const root: Relation = { kind: 'positional-join', left, right: scan(1, 1), types: [BIGINT, BIGINT] };
  const graph = distributed(root, [8, 8]);
  assert.deepEqual(outline(graph), ['positional-join(t0, t1) x1 -> result']);
  assert.equal(graph.singleTaskReason, 'a positional join depends on the order of all rows');
  const tiny = distributed(scan(0, 1), [1]);
  assert.equal(tiny.singleTaskReason, 'the input is a single Parquet row group, which cannot be split');
});

test("merges scans of one table that need the same partitioning, and flags the rows that pass a reader's filter", () => {
  const filtered: Relation = {
    kind: 'filter',
    input: scan(1, 3),
    predicates: [compare(col(1), '<', col(2))],
    types: scan(1, 3).types,
    estimatedRows: 90_000,
  };
  const root = join('inner', scan(0, 3), filtered, [[0, 0]]);
  // Both tables refer to the same file.
  const graph = distributed(root, [8, 8], HASH_ONLY, undefined, ['/data/t.parquet', '/data/t.parquet']);
  assert.deepEqual(outline(graph), [
    'project(t0) x4 -> hash(0)',
    'inner(project(partition 0), project(filter(partition 0))) x4 -> result',
  ]);
  assert.equal(outline(distributed(root, [8, 8], HASH_ONLY)).length, 3);
});

test('runs each stage of a shuffled plan on one thread, and a single-task plan on all cores', () => {
  const root = aggregate(scan(0, 2), [col(0)], [SUM]);
  assert.deepEqual(
    distributed(root, [8], FORCED).stages.map((stage) => stage.threads),
    [1, 1],
  );
  assert.deepEqual(
    distributed(root, [8], { fanout: 'auto', broadcastLimitBytes: 0 }).stages.map((stage) => stage.threads),
    [4],
  );
});
