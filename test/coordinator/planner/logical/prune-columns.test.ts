import assert from 'node:assert/strict';
import test from 'node:test';
import { pruneColumns } from '../../../../coordinator/planner/logical/prune-columns.ts';
import { simplifyProjections } from '../../../../coordinator/planner/logical/simplify-projections.ts';
import type { Expression } from '../../../../engine/plan/expression.ts';
import type { Relation } from '../../../../engine/plan/relation.ts';
import { walk } from '../../../../engine/plan/transform.ts';
import { BIGINT, BOOLEAN } from '../../../../engine/plan/types.ts';
import { aggregate, call, col, compare, int, join, scan } from '../plans.ts';

function project(input: Relation, ...expressions: readonly Expression[]): Relation {
  return { kind: 'project', input, expressions, types: expressions.map((expression) => expression.type) };
}

function filter(input: Relation, ...predicates: readonly Expression[]): Relation {
  return { kind: 'filter', input, predicates, types: input.types };
}

/** Prunes a plan and returns, for each scan, its output columns and all columns that it reads. */
function scanned(root: Relation): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  walk(simplifyProjections(pruneColumns(root)), (relation) => {
    if (relation.kind !== 'scan') return;
    const names = relation.columns.map((read) => ('name' in read ? read.name : '-'));
    const given = relation.output.map((position) => names[position] ?? '?');
    found[`t${relation.table}`] = `${given.join('')} of ${names.join('')}`;
  });
  return found;
}

const WIDE = scan(0, 6);

test('limits scans to the columns that the operators above them use', () => {
  const filteredScan: Relation = {
    ...scan(0, 6),
    ...(WIDE.kind === 'scan' ? { filters: [compare(col(2), '<', int(1))] } : {}),
  };
  const cases: readonly (readonly [string, Relation, Readonly<Record<string, string>>])[] = [
    ['everything', WIDE, { t0: 'abcdef of abcdef' }],
    ['a projection', project(WIDE, col(4), col(1)), { t0: 'eb of be' }],
    ['a filter in the scan', project(filteredScan, col(1)), { t0: 'b of bc' }],
    ['a filter above', project(filter(WIDE, compare(col(3), '=', int(1))), col(0)), { t0: 'ad of ad' }],
    ['an aggregate', aggregate(WIDE, [col(5)], [call('sum', [col(2)])]), { t0: 'cf of cf' }],
    [
      'an aggregate without readers',
      project(aggregate(WIDE, [col(5)], [call('sum', [col(2)]), call('min', [col(1)])]), col(0), col(2)),
      { t0: 'bf of bf' },
    ],
    ['only rows', aggregate(WIDE, [], [call('count_star', [])]), { t0: '- of -' }],
    [
      'only rows of a filter',
      aggregate(filter(project(WIDE, col(0), col(4)), compare(col(1), '<', int(1))), [], [call('count_star', [])]),
      { t0: 'e of e' },
    ],
    [
      'only rows of a join',
      aggregate(join('inner', WIDE, scan(1, 6), [[1, 2]]), [], [call('count_star', [])]),
      { t0: 'b of b', t1: 'c of c' },
    ],
    ['a join', project(join('inner', WIDE, scan(1, 6), [[1, 2]]), col(0), col(9)), { t0: 'ab of ab', t1: 'cd of cd' }],
    ['a semi join', project(join('semi', WIDE, scan(1, 6), [[1, 2]]), col(0)), { t0: 'ab of ab', t1: 'c of c' }],
    ['a mark', project(join('mark', WIDE, scan(1, 6), [[1, 2]]), col(6, BOOLEAN)), { t0: 'b of b', t1: 'c of c' }],
    [
      'UNION ALL',
      project(
        { kind: 'set-operation', operation: 'union', all: true, inputs: [WIDE, scan(1, 6)], types: WIDE.types },
        col(3),
      ),
      { t0: 'd of d', t1: 'd of d' },
    ],
    [
      'EXCEPT compares all columns',
      project(
        {
          kind: 'set-operation',
          operation: 'except',
          all: false,
          inputs: [scan(0, 2), scan(1, 2)],
          types: scan(0, 2).types,
        },
        col(0),
      ),
      { t0: 'ab of ab', t1: 'ab of ab' },
    ],
    [
      'DISTINCT compares all columns',
      project({ kind: 'distinct', input: scan(0, 2), orderBy: [], types: scan(0, 2).types }, col(0)),
      { t0: 'ab of ab' },
    ],
  ];
  for (const [name, root, expected] of cases) assert.deepEqual(scanned(root), expected, name);
});

test('renumbers the columns of a residual condition when both join sides are pruned', () => {
  const base = join('inner', scan(0, 4), scan(1, 4), [[0, 0]]);
  if (base.kind !== 'join') throw new Error('not a join');
  const root = project({ ...base, residual: compare(col(3), '<', col(6)) }, col(5));
  const pruned = simplifyProjections(pruneColumns(root));
  const found = pruned.kind === 'project' ? pruned.input : pruned;
  if (found.kind !== 'join') throw new Error('not a join');
  // The left side keeps a and d, and the right side a, b and c. The condition d < c becomes column 1 < column 4.
  assert.deepEqual(found.residual, compare(col(1), '<', col(4)));
  assert.deepEqual(scanned(root), { t0: 'ad of ad', t1: 'abc of abc' });
});

test('keeps the columns of a shared definition that at least one reader needs', () => {
  const reader: Relation = { kind: 'shared', id: 7, types: WIDE.types };
  const body = join('inner', project(reader, col(5)), project(reader, col(2), col(5)), [[0, 1]]);
  const root: Relation = { kind: 'with', id: 7, definition: WIDE, body, types: body.types };
  assert.deepEqual(scanned(root), { t0: 'cf of cf' });
  const positions: number[][] = [];
  walk(simplifyProjections(pruneColumns(root)), (relation) => {
    if (relation.kind === 'project' && relation.input.kind === 'shared') {
      positions.push(relation.expressions.map((part) => (part.kind === 'column' ? part.index : -1)));
      assert.deepEqual(relation.input.types, [BIGINT, BIGINT]);
    }
  });
  // The reader of both columns no longer needs a projection.
  assert.deepEqual(positions, [[1]]);
});

test('drops a shared definition that has no readers', () => {
  const root: Relation = { kind: 'with', id: 1, definition: scan(0, 1), body: scan(1, 1), types: [BIGINT] };
  assert.deepEqual(scanned(root), { t1: 'a of a' });
});

test('keeps the output columns of a plan', () => {
  const roots = [
    WIDE,
    project(WIDE, col(1), col(1)),
    aggregate(WIDE, [col(0), col(1)], []),
    join('full', WIDE, scan(1, 2), [[0, 0]]),
  ];
  for (const root of roots) assert.deepEqual(pruneColumns(root).types, root.types);
});
