import type { Expression, WindowCall } from '../../plan/expression.ts';
import type { Relation } from '../../plan/relation.ts';
import { BIGINT, BOOLEAN, type DataType, DOUBLE, scalar, VARCHAR } from '../../plan/types.ts';
import { readExpression } from './expressions.ts';
import { integerField, objectField, optionalField, refuseOtherKeys, textField, unsupported } from './fields.ts';
import type { JsonObject } from './parse-json.ts';
import { allPositions, type BoundRelation, columnOf, type PlanReading, scopeOver, select } from './reading.ts';

const LIMIT_VALUE_KEYS = new Set(['type', 'constant_integer', 'constant_percentage', 'expression']);

type LimitValue =
  | { readonly kind: 'unset' }
  | { readonly kind: 'rows'; readonly rows: bigint }
  | { readonly kind: 'row-expression'; readonly rows: Expression }
  | { readonly kind: 'percent'; readonly percent: Expression };

/** Reads a LIMIT. A constant number of rows becomes a sort without keys. Other limits become filters on row numbers. */
export function readLimit(node: JsonObject, input: BoundRelation, reading: PlanReading): BoundRelation {
  refuseOtherKeys(node, 'LOGICAL_LIMIT', new Set(['type', 'children', 'limit_val', 'offset_val']));
  const limit = readLimitValue(optionalField(node, 'limit_val'), input, reading);
  const offset = readLimitValue(optionalField(node, 'offset_val'), input, reading);
  if ((limit.kind === 'unset' || limit.kind === 'rows') && (offset.kind === 'unset' || offset.kind === 'rows')) {
    const relation: Relation = {
      kind: 'sort',
      input: input.relation,
      keys: [],
      ...(limit.kind === 'rows' ? { limit: limit.rows } : {}),
      ...(offset.kind === 'rows' && offset.rows > 0n ? { offset: offset.rows } : {}),
      types: input.relation.types,
    };
    return { relation, bindings: input.bindings };
  }
  return limitByNumber(input, limit, offset);
}

function readLimitValue(json: JsonObject | undefined, input: BoundRelation, reading: PlanReading): LimitValue {
  if (json === undefined) return { kind: 'unset' };
  refuseOtherKeys(json, 'LIMIT', LIMIT_VALUE_KEYS);
  const type = textField(json, 'type', 'UNSET');
  const expression = (): Expression => readExpression(objectField(json, 'expression'), scopeOver(reading, [input]));
  switch (type) {
    case 'UNSET':
      return { kind: 'unset' };
    case 'CONSTANT_VALUE':
      return { kind: 'rows', rows: integerField(json, 'constant_integer') };
    case 'CONSTANT_PERCENTAGE':
      return {
        kind: 'percent',
        percent: { kind: 'constant', type: DOUBLE, value: Number(json['constant_percentage'] ?? 0) },
      };
    case 'EXPRESSION_VALUE':
      return { kind: 'row-expression', rows: expression() };
    case 'EXPRESSION_PERCENTAGE':
      return { kind: 'percent', percent: expression() };
    default:
      throw unsupported(`a LIMIT of kind ${type}`);
  }
}

/** DuckDB's maximum for LIMIT and OFFSET. */
const MAX_ROWS = 2n ** 62n;

/**
 * Applies a LIMIT that is an expression or a percentage. The plan numbers the rows, filters them by number, and sorts by number to restore
 * the order. A percentage refers to all rows, including those skipped by OFFSET, and is rounded down. NULL means no limit. As in DuckDB, a
 * value out of range raises an error if the input has rows.
 */
function limitByNumber(input: BoundRelation, limit: LimitValue, offset: LimitValue): BoundRelation {
  const width = input.relation.types.length;
  const numbered = withWindow(input.relation, windowCall('row_number', true));
  const counted = limit.kind === 'percent' ? withWindow(numbered, windowCall('count_star', false)) : numbered;
  const skipped = rowsOf(offset, constant(0n, BIGINT));
  const position = call('-', [columnOf(counted, width), skipped], BIGINT);
  const last: Expression =
    limit.kind === 'percent'
      ? shareOf(limit.percent, cast(columnOf(counted, width + 1), DOUBLE))
      : rowsOf(limit, constant(MAX_ROWS, BIGINT));
  const filtered: Relation = {
    kind: 'filter',
    input: counted,
    predicates: [
      { kind: 'comparison', operator: '>', left: position, right: constant(0n, BIGINT), type: BOOLEAN },
      { kind: 'comparison', operator: '<=', left: cast(position, last.type), right: last, type: BOOLEAN },
    ],
    types: counted.types,
  };
  const sorted: Relation = {
    kind: 'sort',
    input: filtered,
    keys: [{ expression: columnOf(counted, width), descending: false, nullsFirst: false }],
    types: counted.types,
  };
  return select({ relation: sorted, bindings: input.bindings }, allPositions(input.relation));
}

function rowsOf(value: LimitValue, otherwise: Expression): Expression {
  switch (value.kind) {
    case 'unset':
      return otherwise;
    case 'rows':
      return constant(value.rows, BIGINT);
    case 'row-expression': {
      const rows = cast(value.rows, BIGINT);
      const message = `LIMIT and OFFSET must be between 0 and ${MAX_ROWS}`;
      return coalesce(within(rows, constant(0n, BIGINT), constant(MAX_ROWS, BIGINT), message), otherwise);
    }
    case 'percent':
      throw unsupported('an OFFSET that is a percentage');
    default:
      return value satisfies never;
  }
}

/** Returns a percentage of `all` rows. NULL means all rows. */
function shareOf(percent: Expression, all: Expression): Expression {
  const [least, most] = [constant(0, DOUBLE), constant(100, DOUBLE)];
  const checked = within(cast(percent, DOUBLE), least, most, 'LIMIT must be between 0 % and 100 %');
  return call('*', [coalesce(call('/', [checked, most], DOUBLE), constant(1, DOUBLE)), all], DOUBLE);
}

/** Returns the value, or an expression that raises an error if the value is out of bounds. NULL is accepted. */
function within(value: Expression, least: Expression, most: Expression, message: string): Expression {
  const { type } = value;
  const isOutside: Expression = {
    kind: 'conjunction',
    operator: 'or',
    inputs: [
      { kind: 'comparison', operator: '<', left: value, right: least, type: BOOLEAN },
      { kind: 'comparison', operator: '>', left: value, right: most, type: BOOLEAN },
    ],
    type: BOOLEAN,
  };
  const failure = cast(call('error', [{ kind: 'constant', value: message, type: VARCHAR }], scalar('NULL')), type);
  return { kind: 'case', branches: [{ when: isOutside, then: failure }], otherwise: value, type };
}

function coalesce(value: Expression, otherwise: Expression): Expression {
  return { kind: 'operator', operator: 'coalesce', inputs: [value, otherwise], type: otherwise.type };
}

function withWindow(input: Relation, windowed: WindowCall): Relation {
  return { kind: 'window', input, calls: [windowed], types: [...input.types, windowed.type] };
}

function windowCall(name: string, isRunning: boolean): WindowCall {
  return {
    name,
    inputs: [],
    distinct: false,
    ignoreNulls: false,
    argumentOrder: [],
    partitionBy: [],
    orderBy: [],
    ...(isRunning
      ? { frame: { mode: 'rows', start: { kind: 'unbounded preceding' }, end: { kind: 'current row' } } }
      : {}),
    type: BIGINT,
  };
}

function constant(value: bigint | number, type: DataType): Expression {
  return { kind: 'constant', value, type };
}

function cast(input: Expression, type: DataType): Expression {
  return { kind: 'cast', input, isTry: false, type };
}

function call(name: string, inputs: readonly Expression[], type: DataType): Expression {
  return { kind: 'function', name, inputs, type };
}
