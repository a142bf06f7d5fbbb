import assert from 'node:assert/strict';
import test from 'node:test';
import { explain } from '../../../coordinator/planner/explain.ts';
import { expressionText } from '../../../coordinator/planner/expression-text.ts';
import type { Expression } from '../../../engine/plan/expression.ts';
import { BIGINT, BOOLEAN, type DataType, scalar, VARCHAR } from '../../../engine/plan/types.ts';
import { aggregate, call, col, compare, distributed, HASH_ONLY, int, scan, text } from './plans.ts';

test('shows the tasks, output, operators, estimates and splits of every stage', () => {
  const graph = distributed(aggregate(scan(0, 2, 1000), [col(0)], [call('max', [col(1)])]), [4], {
    ...HASH_ONLY,
    fanout: 2,
  });
  assert.equal(
    explain(graph),
    `stage 0: 2 tasks -> 2 partitions by hash(a), for stage 1
  aggregate max(b) by a  (~100 rows, 1.6 KiB)
    scan t0 [a, b]  (~1000 rows, 15.6 KiB)
  reads t0: rows 0..2000 | rows 2000..4000 (78.1 KiB)

stage 1: 2 tasks, after stage 0 -> the result
  aggregate max(max(b)) by a  (~100 rows, 1.6 KiB)
    one partition of stage 0 per task  (~100 rows, 1.6 KiB)
`,
  );
});

test('shows the reason that a plan runs in one task', () => {
  const graph = distributed(scan(0, 1), [1]);
  assert.match(
    explain(graph),
    /^runs in one task because the input is a single Parquet row group, which cannot be split/,
  );
});

test('shows expressions as SQL', () => {
  const decimal: DataType = { kind: 'decimal', width: 5, scale: 2 };
  const constant = (value: Extract<Expression, { kind: 'constant' }>['value'], type: DataType): Expression => ({
    kind: 'constant',
    value,
    type,
  });
  const a = col(0);
  const cases: readonly (readonly [Expression, string])[] = [
    [compare(a, '<', int(5)), 'a < 5'],
    [constant(-5n, decimal), '-0.05'],
    [constant(0n, scalar('DATE')), "date '1970-01-01'"],
    [constant(null, BIGINT), 'null'],
    [text("it's"), "'it''s'"],
    [{ kind: 'cast', input: a, isTry: true, type: VARCHAR }, 'try_cast(a as VARCHAR)'],
    [
      {
        kind: 'function',
        name: '*',
        inputs: [a, { kind: 'function', name: '-', inputs: [int(1), col(1)], type: BIGINT }],
        type: BIGINT,
      },
      'a * (1 - b)',
    ],
    [{ kind: 'operator', operator: 'not in', inputs: [a, int(1), int(2)], type: BOOLEAN }, 'a not in (1, 2)'],
    [
      {
        kind: 'conjunction',
        operator: 'or',
        inputs: [compare(a, '=', int(1)), compare(a, '>', int(2))],
        type: BOOLEAN,
      },
      '(a = 1) or (a > 2)',
    ],
    [
      {
        kind: 'between',
        input: a,
        lower: int(1),
        upper: int(2),
        lowerInclusive: false,
        upperInclusive: true,
        type: BOOLEAN,
      },
      '1 < a <= 2',
    ],
    [
      { kind: 'case', branches: [{ when: compare(a, '=', int(1)), then: int(2) }], otherwise: int(3), type: BIGINT },
      'case when a = 1 then 2 else 3 end',
    ],
    [
      {
        kind: 'lambda',
        name: 'list_transform',
        inputs: [a],
        parameters: ['p0'],
        body: { kind: 'parameter', name: 'p0', type: BIGINT },
        type: BIGINT,
      },
      'list_transform(a, lambda p0: p0)',
    ],
    [col(9), '#9'],
  ];
  for (const [expression, expected] of cases) assert.equal(expressionText(expression, ['a', 'b']), expected);
});
