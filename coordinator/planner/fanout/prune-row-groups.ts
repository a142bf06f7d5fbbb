import type { ComparisonOperator, ConstantValue, Expression } from '../../../engine/plan/expression.ts';
import type { Relation, ScanColumn } from '../../../engine/plan/relation.ts';
import { type DataType, type ScalarTypeName, sameType } from '../../../engine/plan/types.ts';
import type { ChunkStatistics, RowGroup } from '../../../engine/scan/parquet-file.ts';

/**
 * Returns whether a row group may contain a row that passes all filters and pruning predicates of a scan.
 *
 *     a > 5, row group with a in 0..4   ->   false: skipped
 *     a > 5, row group with a in 3..9   ->   true: read
 */
export function mayHoldRows(scan: Extract<Relation, { kind: 'scan' }>, group: RowGroup): boolean {
  const facts: Facts = (position) => factsOf(scan.columns[position], group);
  return [...scan.filters, ...scan.pruning].every((predicate) => outcomes(predicate, facts).true);
}

/**
 * The values that a predicate may have for the rows of a row group. Several fields may be true. An extra value is safe, but a missing value
 * is not.
 */
interface Outcomes {
  readonly true: boolean;
  readonly false: boolean;
  readonly null: boolean;
}

const ANYTHING: Outcomes = { true: true, false: true, null: true };
const ONLY_NULL: Outcomes = { true: false, false: false, null: true };

/** Statistics of one column of a row group, from the file's footer. */
interface ColumnFacts {
  readonly type: DataType;
  readonly rows: number;
  readonly statistics: ChunkStatistics;
}

/** Returns the statistics of the scan's column at a position, or `undefined` if the footer has no reliable statistics. */
type Facts = (position: number) => ColumnFacts | undefined;

function factsOf(scanned: ScanColumn | undefined, group: RowGroup): ColumnFacts | undefined {
  if (scanned?.kind !== 'table' || !hasOrder(scanned.type)) return undefined;
  const chunks = group.chunks.filter((chunk) => chunk.column === scanned.name);
  const only = chunks[0];
  if (only === undefined || chunks.length !== 1) return undefined;
  return { type: scanned.type, rows: group.rows, statistics: only.statistics };
}

function outcomes(expression: Expression, facts: Facts): Outcomes {
  switch (expression.kind) {
    case 'constant':
      return truth(expression.value);
    case 'comparison':
      return compare(expression.operator, expression.left, expression.right, facts);
    case 'between':
      return both([
        compare(expression.lowerInclusive ? '>=' : '>', expression.input, expression.lower, facts),
        compare(expression.upperInclusive ? '<=' : '<', expression.input, expression.upper, facts),
      ]);
    case 'conjunction': {
      const parts = expression.inputs.map((input) => outcomes(input, facts));
      return expression.operator === 'and' ? both(parts) : negated(both(parts.map(negated)));
    }
    case 'operator':
      return operatorOutcomes(expression, facts);
    case 'column':
    case 'cast':
    case 'case':
    case 'function':
    case 'lambda':
    case 'parameter':
      return ANYTHING;
    default:
      return expression satisfies never;
  }
}

function operatorOutcomes(expression: Extract<Expression, { kind: 'operator' }>, facts: Facts): Outcomes {
  const [first, ...rest] = expression.inputs;
  if (first === undefined) return ANYTHING;
  switch (expression.operator) {
    case 'not':
      return negated(outcomes(first, facts));
    case 'is null':
      return nullness(first, facts);
    case 'is not null':
      return negated(nullness(first, facts));
    case 'in':
      return negated(both(rest.map((item) => negated(compare('=', first, item, facts)))));
    case 'not in':
      return both(rest.map((item) => negated(compare('=', first, item, facts))));
    case 'coalesce':
    case 'try':
      return ANYTHING;
    default:
      return expression.operator satisfies never;
  }
}

function truth(value: ConstantValue): Outcomes {
  if (value === null) return ONLY_NULL;
  return typeof value === 'boolean' ? { true: value, false: !value, null: false } : ANYTHING;
}

function negated(outcome: Outcomes): Outcomes {
  return { true: outcome.false, false: outcome.true, null: outcome.null };
}

/** Combines predicates with AND. They are assumed to be independent of each other. */
function both(parts: readonly Outcomes[]): Outcomes {
  return {
    true: parts.every((part) => part.true),
    false: parts.some((part) => part.false),
    null: parts.some((part) => part.null) && parts.every((part) => part.true || part.null),
  };
}

function nullness(expression: Expression, facts: Facts): Outcomes {
  const known = expression.kind === 'column' ? facts(expression.index) : undefined;
  if (known === undefined) return { true: true, false: true, null: false };
  return { true: mayBeNull(known), false: mayBeValue(known), null: false };
}

function mayBeNull(facts: ColumnFacts): boolean {
  return facts.statistics.nullCount !== 0;
}

function mayBeValue(facts: ColumnFacts): boolean {
  return facts.statistics.nullCount === undefined || facts.statistics.nullCount < facts.rows;
}

const MIRRORED: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '=': '=',
  '<>': '<>',
  '<': '>',
  '>': '<',
  '<=': '>=',
  '>=': '<=',
  'is distinct from': 'is distinct from',
  'is not distinct from': 'is not distinct from',
};

function compare(operator: ComparisonOperator, left: Expression, right: Expression, facts: Facts): Outcomes {
  if (left.kind === 'constant' && right.kind !== 'constant') return compare(MIRRORED[operator], right, left, facts);
  if (left.kind !== 'column' || right.kind !== 'constant') return ANYTHING;
  const known = facts(left.index);
  if (known === undefined || !sameType(known.type, right.type)) return ANYTHING;
  if (operator === 'is distinct from') return negated(compareNullSafe(known, right.value));
  if (operator === 'is not distinct from') return compareNullSafe(known, right.value);
  if (right.value === null) return ONLY_NULL;
  if (!mayBeValue(known)) return ONLY_NULL;
  return { ...compareValues(operator, known, right.value), null: mayBeNull(known) };
}

function compareNullSafe(facts: ColumnFacts, value: ConstantValue): Outcomes {
  if (value === null) return { true: mayBeNull(facts), false: mayBeValue(facts), null: false };
  if (!mayBeValue(facts)) return { true: false, false: true, null: false };
  const equal = compareValues('=', facts, value);
  return { true: equal.true, false: equal.false || mayBeNull(facts), null: false };
}

/** Returns whether a comparison of the column's non-NULL values with a non-NULL value may be true, and whether it may be false. */
function compareValues(
  operator: '=' | '<>' | '<' | '>' | '<=' | '>=',
  facts: ColumnFacts,
  value: ConstantValue,
): { readonly true: boolean; readonly false: boolean } {
  const { min, max } = facts.statistics;
  const toMin = min === undefined ? undefined : order(min, value);
  // Parquet statistics omit NaN, which DuckDB sorts above all other numbers. The maximum of a floating-point column is therefore not an
  // upper bound.
  const floating = isFloating(facts.type);
  const toMax = max === undefined ? undefined : order(max, value);
  const above = toMin !== undefined && toMin > 0;
  const atLeast = toMin !== undefined && toMin >= 0;
  const below = !floating && toMax !== undefined && toMax < 0;
  const atMost = !floating && toMax !== undefined && toMax <= 0;
  switch (operator) {
    case '=': {
      const outside = above || (toMax !== undefined && toMax < 0 && !(floating && Number.isNaN(value)));
      return { true: !outside, false: !(atLeast && atMost) };
    }
    case '<>': {
      const equal = compareValues('=', facts, value);
      return { true: equal.false, false: equal.true };
    }
    case '<':
      return { true: !atLeast, false: !below };
    case '<=':
      return { true: !above, false: !atMost };
    case '>':
      return { true: !atMost, false: !above };
    case '>=':
      return { true: !below, false: !atLeast };
    default:
      return operator satisfies never;
  }
}

/**
 * Returns a negative number, 0 or a positive number if `left` is less than, equal to or greater than `right` in DuckDB's order. Returns
 * `undefined` if their order is unknown.
 */
function order(left: ConstantValue, right: ConstantValue): number | undefined {
  if (typeof left === 'bigint' && typeof right === 'bigint') return left < right ? -1 : left > right ? 1 : 0;
  if (typeof left === 'number' && typeof right === 'number') {
    if (Number.isNaN(left)) return undefined;
    if (Number.isNaN(right)) return -1;
    return left < right ? -1 : left > right ? 1 : 0;
  }
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  if (typeof left === 'string' && typeof right === 'string') return textOrder(left, right);
  return undefined;
}

/** Compares texts by their UTF-8 bytes, which sort like code points. JavaScript compares UTF-16 units instead. */
function textOrder(left: string, right: string): number {
  let at = 0;
  while (at < left.length && at < right.length) {
    const a = left.codePointAt(at) ?? 0;
    const b = right.codePointAt(at) ?? 0;
    if (a !== b) return a - b;
    at += a > 0xffff ? 2 : 1;
  }
  return left.length - right.length;
}

const ORDERED_SCALARS: ReadonlySet<ScalarTypeName> = new Set<ScalarTypeName>([
  'BOOLEAN',
  'TINYINT',
  'SMALLINT',
  'INTEGER',
  'BIGINT',
  'UTINYINT',
  'USMALLINT',
  'UINTEGER',
  'UBIGINT',
  'FLOAT',
  'DOUBLE',
  'VARCHAR',
  'DATE',
  'TIME',
  'TIMESTAMP',
  'TIMESTAMP_S',
  'TIMESTAMP_MS',
  'TIMESTAMP_NS',
  'TIMESTAMP WITH TIME ZONE',
]);

/** Returns whether Parquet and DuckDB order the values of a type in the same way. If they do not, the type's statistics cannot be used. */
function hasOrder(type: DataType): boolean {
  return type.kind === 'decimal' || (type.kind === 'scalar' && ORDERED_SCALARS.has(type.name));
}

function isFloating(type: DataType): boolean {
  return type.kind === 'scalar' && (type.name === 'FLOAT' || type.name === 'DOUBLE');
}
