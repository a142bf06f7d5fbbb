import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { mayHoldRows } from '../../../../coordinator/planner/fanout/prune-row-groups.ts';
import type { ComparisonOperator, Expression, SyntaxOperator } from '../../../../engine/plan/expression.ts';
import type { Relation } from '../../../../engine/plan/relation.ts';
import { BIGINT, BOOLEAN, type DataType, DOUBLE, scalar, VARCHAR } from '../../../../engine/plan/types.ts';
import type { ChunkStatistics, RowGroup } from '../../../../engine/scan/parquet-file.ts';
import { col } from '../plans.ts';

type Value = bigint | number | string | boolean | null;

function constant(value: Value, type: DataType): Expression {
  return { kind: 'constant', value, type };
}

function compare(operator: ComparisonOperator, value: Value, type: DataType = BIGINT): Expression {
  return { kind: 'comparison', operator, left: col(0, type), right: constant(value, type), type: BOOLEAN };
}

function syntax(operator: SyntaxOperator, ...inputs: readonly Expression[]): Expression {
  return { kind: 'operator', operator, inputs, type: BOOLEAN };
}

function conjunction(operator: 'and' | 'or', ...inputs: readonly Expression[]): Expression {
  return { kind: 'conjunction', operator, inputs, type: BOOLEAN };
}

function between(lower: Value, upper: Value, isInclusive: boolean): Expression {
  return {
    kind: 'between',
    input: col(0),
    lower: constant(lower, BIGINT),
    upper: constant(upper, BIGINT),
    lowerInclusive: isInclusive,
    upperInclusive: isInclusive,
    type: BOOLEAN,
  };
}

function scanOf(predicate: Expression, type: DataType): Extract<Relation, { kind: 'scan' }> {
  return {
    kind: 'scan',
    table: 0,
    format: { kind: 'parquet' },
    columns: [{ kind: 'table', name: 'a', type }],
    filters: [],
    pruning: [predicate],
    output: [0],
    types: [type],
  };
}

function mayHold(predicate: Expression, statistics: ChunkStatistics, type: DataType = BIGINT, rows = 10): boolean {
  const group: RowGroup = { firstRow: 0, rows, chunks: [{ column: 'a', start: 0, sizeBytes: 1, statistics }] };
  return mayHoldRows(scanOf(predicate, type), group);
}

test('skips a row group if and only if no value between its minimum and maximum can match', () => {
  const statistics = { min: 10n, max: 20n, nullCount: 0 };
  const cases: readonly (readonly [string, Expression, boolean])[] = [
    ['= 9', compare('=', 9n), false],
    ['= 10', compare('=', 10n), true],
    ['= 20', compare('=', 20n), true],
    ['= 21', compare('=', 21n), false],
    ['< 10', compare('<', 10n), false],
    ['< 11', compare('<', 11n), true],
    ['<= 9', compare('<=', 9n), false],
    ['<= 10', compare('<=', 10n), true],
    ['> 20', compare('>', 20n), false],
    ['> 19', compare('>', 19n), true],
    ['>= 21', compare('>=', 21n), false],
    ['>= 20', compare('>=', 20n), true],
    ['<> 15', compare('<>', 15n), true],
    ['= NULL', compare('=', null), false],
    ['<> NULL', compare('<>', null), false],
    ['is distinct from 9', compare('is distinct from', 9n), true],
    ['is not distinct from 9', compare('is not distinct from', 9n), false],
    ['is not distinct from NULL', compare('is not distinct from', null), false],
    ['between 1 and 10', between(1n, 10n, true), true],
    ['between, open, 1 and 10', between(1n, 10n, false), false],
    ['between 21 and 30', between(21n, 30n, true), false],
    ['in (1, 2)', syntax('in', col(0), constant(1n, BIGINT), constant(2n, BIGINT)), false],
    ['in (1, 12)', syntax('in', col(0), constant(1n, BIGINT), constant(12n, BIGINT)), true],
    ['in (1, NULL)', syntax('in', col(0), constant(1n, BIGINT), constant(null, BIGINT)), false],
    ['not in (1, NULL)', syntax('not in', col(0), constant(1n, BIGINT), constant(null, BIGINT)), false],
    ['not in (1, 2)', syntax('not in', col(0), constant(1n, BIGINT), constant(2n, BIGINT)), true],
    ['is null', syntax('is null', col(0)), false],
    ['is not null', syntax('is not null', col(0)), true],
    ['not (a >= 10)', syntax('not', compare('>=', 10n)), false],
    ['not (a = 9)', syntax('not', compare('=', 9n)), true],
    ['a < 5 or a > 25', conjunction('or', compare('<', 5n), compare('>', 25n)), false],
    ['a < 5 or a > 15', conjunction('or', compare('<', 5n), compare('>', 15n)), true],
    ['a > 15 and a < 5', conjunction('and', compare('>', 15n), compare('<', 5n)), false],
    ['false', constant(false, BOOLEAN), false],
  ];
  for (const [name, predicate, expected] of cases) assert.equal(mayHold(predicate, statistics), expected, name);
});

test('swaps the operands of a comparison whose constant is on the left', () => {
  const predicate: Expression = {
    kind: 'comparison',
    operator: '<',
    left: constant(20n, BIGINT),
    right: col(0),
    type: BOOLEAN,
  };
  assert.equal(mayHold(predicate, { min: 10n, max: 20n }), false);
  assert.equal(mayHold(predicate, { min: 10n, max: 21n }), true);
});

test('keeps a row group of NULLs only if NULL satisfies the predicate', () => {
  const statistics = { nullCount: 10 };
  assert.equal(mayHold(compare('<>', 1n), statistics), false);
  assert.equal(mayHold(syntax('is not null', col(0)), statistics), false);
  assert.equal(mayHold(syntax('is null', col(0)), statistics), true);
  assert.equal(mayHold(compare('is distinct from', 1n), statistics), true);
});

test('compares values in the sort order of DuckDB', () => {
  const decimal: DataType = { kind: 'decimal', width: 15, scale: 2 };
  const cases: readonly (readonly [string, Expression, ChunkStatistics, DataType, boolean])[] = [
    // Parquet statistics exclude NaN, which DuckDB sorts above infinity.
    ['NaN may be above', compare('>', 100, DOUBLE), { min: 1, max: 2, nullCount: 0 }, DOUBLE, true],
    ['NaN is never below', compare('<', 1, DOUBLE), { min: 1, max: 2, nullCount: 0 }, DOUBLE, false],
    ['NaN may be there', compare('=', Number.NaN, DOUBLE), { min: 1, max: 2, nullCount: 0 }, DOUBLE, true],
    ['no number above the greatest', compare('=', 3, DOUBLE), { min: 1, max: 2, nullCount: 0 }, DOUBLE, false],
    ['-0.0 is 0.0', compare('=', 0, DOUBLE), { min: -0, max: -0, nullCount: 0 }, DOUBLE, true],
    ['decimals are unscaled', compare('>', 1999n, decimal), { min: 1000n, max: 2000n }, decimal, true],
    ['another scale says nothing', compare('>', 30n), { min: 1000n, max: 2000n }, decimal, true],
    ['text by its bytes', compare('>', 'z', VARCHAR), { min: 'Z', max: 'a' }, VARCHAR, false],
    // In UTF-16 the emoji, a surrogate pair, would sort before U+FFEE.
    ['text beyond 16 bits', compare('>', '\uffee', VARCHAR), { min: 'a', max: '😀' }, VARCHAR, true],
    ['false before true', compare('<', false, BOOLEAN), { min: false, max: true }, BOOLEAN, false],
    ['dates', compare('>=', 9000n, scalar('DATE')), { min: 8000n, max: 8999n }, scalar('DATE'), false],
    ['types without a known order', compare('=', 1n, scalar('HUGEINT')), { min: 5n, max: 6n }, scalar('HUGEINT'), true],
  ];
  for (const [name, predicate, statistics, type, expected] of cases) {
    assert.equal(mayHold(predicate, statistics, type), expected, name);
  }
});

test('skips no row group without statistics', () => {
  for (const predicate of [compare('=', 1n), compare('<', 1n), syntax('is null', col(0))]) {
    assert.equal(mayHold(predicate, {}), true);
  }
  const nested: RowGroup = {
    firstRow: 0,
    rows: 1,
    chunks: [0, 1].map(() => ({ column: 'a', start: 0, sizeBytes: 1, statistics: { min: 5n, max: 6n } })),
  };
  assert.equal(mayHoldRows(scanOf(compare('=', 1n), BIGINT), nested), true);
});

/** Evaluates a predicate in SQL's three-valued logic. Serves as the oracle for the property below. */
function evaluate(expression: Expression, value: bigint | null): Value {
  switch (expression.kind) {
    case 'column':
      return value;
    case 'constant':
      return typeof expression.value === 'bigint' ? expression.value : null;
    case 'comparison': {
      const [left, right] = [evaluate(expression.left, value), evaluate(expression.right, value)];
      if (expression.operator === 'is not distinct from') return left === right;
      if (expression.operator === 'is distinct from') return left !== right;
      if (typeof left !== 'bigint' || typeof right !== 'bigint') return null;
      return {
        '=': left === right,
        '<>': left !== right,
        '<': left < right,
        '>': left > right,
        '<=': left <= right,
        '>=': left >= right,
      }[expression.operator];
    }
    case 'conjunction': {
      const parts = expression.inputs.map((input) => evaluate(input, value));
      const decisive = expression.operator === 'or';
      if (parts.includes(decisive)) return decisive;
      return parts.includes(null) ? null : !decisive;
    }
    case 'operator': {
      const [first, ...rest] = expression.inputs.map((input) => evaluate(input, value));
      if (expression.operator === 'is null') return first === null;
      if (expression.operator === 'not') return first === null ? null : !first;
      if (first === null) return null;
      return rest.includes(first ?? null) ? true : rest.includes(null) ? null : false;
    }
    default:
      throw new Error(`No oracle for ${expression.kind}.`);
  }
}

const valueArbitrary = fc.option(fc.bigInt(-3n, 3n));
const predicateArbitrary = fc.letrec<{ predicate: Expression }>((tie) => ({
  predicate: fc.oneof(
    { maxDepth: 3 },
    fc
      .tuple(
        fc.constantFrom<ComparisonOperator>(
          '=',
          '<>',
          '<',
          '>',
          '<=',
          '>=',
          'is distinct from',
          'is not distinct from',
        ),
        valueArbitrary,
      )
      .map(([operator, value]) => compare(operator, value)),
    fc.constant(syntax('is null', col(0))),
    fc
      .array(valueArbitrary, { minLength: 1, maxLength: 3 })
      .map((values) => syntax('in', col(0), ...values.map((value) => constant(value, BIGINT)))),
    tie('predicate').map((inner) => syntax('not', inner)),
    fc
      .tuple(fc.constantFrom<'and' | 'or'>('and', 'or'), fc.array(tie('predicate'), { minLength: 1, maxLength: 3 }))
      .map(([operator, inputs]) => conjunction(operator, ...inputs)),
  ),
})).predicate;

test('never skips a row group that contains a matching row', () => {
  fc.assert(
    fc.property(fc.array(valueArbitrary, { minLength: 1, maxLength: 5 }), predicateArbitrary, (values, predicate) => {
      const numbers = values.filter((value) => value !== null).sort((a, b) => (a < b ? -1 : 1));
      const [min, max] = [numbers[0], numbers.at(-1)];
      const nullCount = values.length - numbers.length;
      const statistics = { nullCount, ...(min === undefined || max === undefined ? {} : { min, max }) };
      const isMatched = values.some((value) => evaluate(predicate, value) === true);
      return !isMatched || mayHold(predicate, statistics, BIGINT, values.length);
    }),
    { numRuns: 2000 },
  );
});
