import type { Expression, FrameBound, SortKey, WindowCall } from '../../plan/expression.ts';
import { aggregateName, CALL_KEYS, readArguments } from './aggregates.ts';
import { readExpression, readSortKeys } from './expressions.ts';
import { flagField, objectsField, optionalField, refuseOtherKeys, textField, unsupported } from './fields.ts';
import type { JsonObject } from './parse-json.ts';
import type { Scope } from './scope.ts';
import { readType } from './types.ts';

const WINDOW_KEYS = new Set([
  ...CALL_KEYS,
  'partitions',
  'orders',
  'filters',
  'ignore_nulls',
  'start',
  'end',
  'start_expr',
  'end_expr',
  'offset_expr',
  'default_expr',
  'exclude_clause',
  'distinct',
  'arg_orders',
]);

const WINDOW_NAMES: Readonly<Record<string, string>> = {
  WINDOW_ROW_NUMBER: 'row_number',
  WINDOW_RANK: 'rank',
  WINDOW_RANK_DENSE: 'dense_rank',
  WINDOW_PERCENT_RANK: 'percent_rank',
  WINDOW_CUME_DIST: 'cume_dist',
  WINDOW_NTILE: 'ntile',
  WINDOW_LEAD: 'lead',
  WINDOW_LAG: 'lag',
  WINDOW_FIRST_VALUE: 'first_value',
  WINDOW_LAST_VALUE: 'last_value',
  WINDOW_NTH_VALUE: 'nth_value',
  WINDOW_FILL: 'fill',
};

type Frame = NonNullable<WindowCall['frame']>;

const EXCLUSIONS: Readonly<Record<string, NonNullable<Frame['exclude']>>> = {
  CURRENT_ROW: 'current row',
  GROUP: 'group',
  TIES: 'ties',
};

/** Reads a window function call of the plan JSON. */
export function readWindow(json: JsonObject, scope: Scope): WindowCall {
  const kind = textField(json, 'expression_class');
  if (kind !== 'BOUND_WINDOW') throw unsupported(`the window expression ${kind}`);
  refuseOtherKeys(json, kind, WINDOW_KEYS);
  const optional = (key: string): readonly Expression[] => {
    const child = optionalField(json, key);
    return child === undefined ? [] : [readExpression(child, scope)];
  };
  const [filter] = optional('filters');
  const orderBy = readSortKeys(objectsField(json, 'orders'), scope);
  const frame = readFrame(json, orderBy, scope);
  return {
    name: windowName(json),
    inputs: [...readArguments(json, scope), ...optional('offset_expr'), ...optional('default_expr')],
    distinct: flagField(json, 'distinct'),
    ignoreNulls: flagField(json, 'ignore_nulls'),
    ...(filter === undefined ? {} : { filter }),
    argumentOrder: readSortKeys(objectsField(json, 'arg_orders'), scope),
    partitionBy: objectsField(json, 'partitions').map((partition) => readExpression(partition, scope)),
    orderBy,
    ...(frame === undefined ? {} : { frame }),
    type: readType(json['return_type']),
  };
}

function windowName(json: JsonObject): string {
  const type = textField(json, 'type');
  if (type === 'WINDOW_AGGREGATE') return aggregateName(textField(json, 'name'));
  const name = WINDOW_NAMES[type];
  if (name === undefined) throw unsupported(`the window function ${type}`);
  return name;
}

function readFrame(json: JsonObject, orderBy: readonly SortKey[], scope: Scope): Frame | undefined {
  const [start, end] = [textField(json, 'start'), textField(json, 'end')];
  if (start === '' && end === '') return undefined;
  const exclusion = textField(json, 'exclude_clause', 'NO_OTHER');
  const exclude = EXCLUSIONS[exclusion];
  if (exclude === undefined && exclusion !== 'NO_OTHER') throw unsupported(`EXCLUDE ${exclusion}`);
  return {
    mode: frameMode(start, end),
    start: readBound(start, optionalField(json, 'start_expr'), orderBy, scope),
    end: readBound(end, optionalField(json, 'end_expr'), orderBy, scope),
    ...(exclude === undefined ? {} : { exclude }),
  };
}

function frameMode(start: string, end: string): Frame['mode'] {
  const bounds = [start, end];
  if (bounds.some((bound) => bound.endsWith('_ROWS'))) return 'rows';
  if (bounds.some((bound) => bound.endsWith('_GROUPS'))) return 'groups';
  return 'range';
}

function readBound(
  kind: string,
  expression: JsonObject | undefined,
  orderBy: readonly SortKey[],
  scope: Scope,
): FrameBound {
  switch (kind) {
    case 'UNBOUNDED_PRECEDING':
      return { kind: 'unbounded preceding' };
    case 'UNBOUNDED_FOLLOWING':
      return { kind: 'unbounded following' };
    case 'CURRENT_ROW_RANGE':
    case 'CURRENT_ROW_ROWS':
    case 'CURRENT_ROW_GROUPS':
      return { kind: 'current row' };
    case 'EXPR_PRECEDING_ROWS':
    case 'EXPR_PRECEDING_GROUPS':
      return { kind: 'preceding', offset: readOffset(kind, expression, scope) };
    case 'EXPR_FOLLOWING_ROWS':
    case 'EXPR_FOLLOWING_GROUPS':
      return { kind: 'following', offset: readOffset(kind, expression, scope) };
    case 'EXPR_PRECEDING_RANGE':
    case 'EXPR_FOLLOWING_RANGE':
      return rangeBound(kind, readOffset(kind, expression, scope), orderBy);
    default:
      throw unsupported(`the window frame bound ${kind}`);
  }
}

function readOffset(kind: string, expression: JsonObject | undefined, scope: Scope): Expression {
  if (expression === undefined) throw unsupported(`the window frame bound ${kind} without an offset`);
  return readExpression(expression, scope);
}

/**
 * Returns a bound of a RANGE frame. The plan contains the boundary value `order key ± offset`, but SQL takes only the offset. The optimizer
 * removes an offset of 0. The boundary value is then the order key, which means the current row.
 */
function rangeBound(kind: string, border: Expression, orderBy: readonly SortKey[]): FrameBound {
  const [key] = orderBy;
  if (key === undefined) throw unsupported(`the window frame bound ${kind} without an ORDER BY`);
  const inner = withoutCasts(border);
  if (JSON.stringify(inner, exact) === JSON.stringify(withoutCasts(key.expression), exact))
    return { kind: 'current row' };
  const isPreceding = kind === 'EXPR_PRECEDING_RANGE';
  const [, offset] = inner.kind === 'function' ? inner.inputs : [];
  const sign = isPreceding !== key.descending ? '-' : '+';
  if (inner.kind !== 'function' || inner.name !== sign || inner.inputs.length !== 2 || offset === undefined) {
    throw unsupported(`a window frame bound ${kind} that does not have the form order key ${sign} offset`);
  }
  return { kind: isPreceding ? 'preceding' : 'following', offset };
}

function withoutCasts(expression: Expression): Expression {
  return expression.kind === 'cast' ? withoutCasts(expression.input) : expression;
}

/** Replaces bigints, which JSON cannot represent, so that expressions can be compared as text. */
const exact = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}n` : value);
