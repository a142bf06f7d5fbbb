import type { AggregateCall, Expression } from '../../plan/expression.ts';
import { scalar, VARCHAR } from '../../plan/types.ts';
import { readConstant } from './constants.ts';
import { readExpression, readSortKeys, type Scope } from './expressions.ts';
import {
  countField,
  flagField,
  listField,
  objectOf,
  objectsField,
  optionalField,
  refuseOtherKeys,
  textField,
  unsupported,
} from './fields.ts';
import type { JsonObject, JsonValue } from './parse-json.ts';
import { readType } from './types.ts';

/** What every call of a function that sees many rows may hold. */
export const CALL_KEYS = [
  'expression_class',
  'type',
  'alias',
  'query_location',
  'return_type',
  'children',
  'name',
  'arguments',
  'original_arguments',
  'catalog_name',
  'schema_name',
  'has_serialize',
  'function_data',
] as const;
const AGGREGATE_KEYS = new Set([...CALL_KEYS, 'aggregate_type', 'filter', 'order_bys']);
const AGGREGATE_DATA_KEYS = new Set([
  'separator',
  'quantiles',
  'order',
  'desc',
  'sample_size',
  'min',
  'max',
  // These repeat what the call's own types say.
  'return_type',
  'arguments',
  'check_overflow',
  'variable_return_type',
]);

/** Names the optimizer puts in place of others that SQL can call. */
const CALLABLE_NAMES: Readonly<Record<string, string>> = { sum_no_overflow: 'sum' };

/** The SQL name of an aggregate function of the plan. */
export function aggregateName(name: string): string {
  return CALLABLE_NAMES[name] ?? name;
}

/** An aggregate call of the plan JSON. */
export function readAggregate(json: JsonObject, scope: Scope): AggregateCall {
  const kind = textField(json, 'expression_class');
  if (kind !== 'BOUND_AGGREGATE') throw unsupported(`the aggregate ${kind}`);
  refuseOtherKeys(json, kind, AGGREGATE_KEYS);
  const filter = optionalField(json, 'filter');
  const order = optionalField(json, 'order_bys');
  return {
    name: aggregateName(textField(json, 'name')),
    inputs: readArguments(json, scope),
    distinct: textField(json, 'aggregate_type', 'NON_DISTINCT') === 'DISTINCT',
    ...(filter === undefined ? {} : { filter: readExpression(filter, scope) }),
    orderBy: order === undefined ? [] : readSortKeys(objectsField(order, 'orders'), scope),
    type: readType(json['return_type']),
  };
}

/** The arguments of an aggregate call, also as a window function, with those put back that binding took away. */
export function readArguments(json: JsonObject, scope: Scope): readonly Expression[] {
  const name = textField(json, 'name');
  const inputs = objectsField(json, 'children').map((child) => readExpression(child, scope));
  const data = optionalField(json, 'function_data') ?? {};
  const erased = erasedArguments(name, inputs.length, data, json);
  const all = [...inputs, ...erased];
  if (listField(json, 'original_arguments').length > all.length) {
    throw unsupported(`arguments of the aggregate ${name} that were erased`);
  }
  return all;
}

/**
 * The constant arguments of an aggregate that only its `function_data` still has. `count` is how many the call has left, `call`
 * the call itself.
 */
export function erasedArguments(
  name: string,
  count: number,
  data: JsonObject,
  call: JsonObject,
): readonly Expression[] {
  refuseOtherKeys(data, `the aggregate ${name}`, AGGREGATE_DATA_KEYS);
  if (count !== 1) return [];
  switch (name) {
    case 'string_agg':
    case 'group_concat':
    case 'listagg':
      return data['separator'] === undefined && optionalField(call, 'function_data') === undefined
        ? []
        : [{ kind: 'constant', type: VARCHAR, value: textField(data, 'separator') }];
    case 'bitstring_agg':
      return data['min'] === undefined ? [] : [readConstant(data['min']), readConstant(data['max'])];
    case 'quantile':
    case 'quantile_cont':
    case 'quantile_disc':
    case 'approx_quantile':
    case 'reservoir_quantile':
      return quantileArguments(name, data, call);
    default:
      return [];
  }
}

function quantileArguments(name: string, data: JsonObject, call: JsonObject): readonly Expression[] {
  const ascending = listField(data, 'quantiles').map(readQuantile);
  const quantiles = flagField(data, 'desc') ? descending(ascending) : ascending;
  const [first] = quantiles;
  if (first === undefined) throw unsupported(`${name} without its quantiles`);
  const argument: Expression = givesList(call) ? listOf(quantiles) : first;
  if (data['sample_size'] === undefined) return [argument];
  return [argument, { kind: 'constant', type: scalar('INTEGER'), value: BigInt(countField(data, 'sample_size')) }];
}

/** Whether a quantile call gives a list of quantiles, rather than one quantile of lists. */
function givesList(call: JsonObject): boolean {
  const type = readType(call['return_type']);
  if (type.kind !== 'list') return false;
  const [argument] = objectsField(call, 'arguments');
  return argument === undefined || textField(argument, 'id') !== 'LIST' || type.child.kind === 'list';
}

type Constant = Extract<Expression, { kind: 'constant' }>;

function listOf(constants: readonly Constant[]): Expression {
  const child = constants[0]?.type ?? scalar('DOUBLE');
  return { kind: 'constant', type: { kind: 'list', child }, value: constants.map((constant) => constant.value) };
}

function readQuantile(json: JsonValue): Constant {
  return typeof json === 'number'
    ? { kind: 'constant', type: scalar('FLOAT'), value: json }
    : readConstant(objectOf(json, 'a quantile'));
}

/**
 * `percentile_cont(q) WITHIN GROUP (ORDER BY x DESC)` is the function with -q. 0 has no negative: beside others, their sign decides;
 * alone, it is the 1 of the ascending order.
 */
function descending(quantiles: readonly Constant[]): readonly Constant[] {
  const onlyZeros = quantiles.every(({ value }) => value === 0n || value === 0);
  return quantiles.map((constant) => {
    const { value, type } = constant;
    if (typeof value === 'bigint') {
      const one = type.kind === 'decimal' ? 10n ** BigInt(type.scale) : 1n;
      return { ...constant, value: onlyZeros ? one : -value };
    }
    if (typeof value === 'number') return { ...constant, value: onlyZeros ? 1 : -value };
    throw unsupported('a quantile that is no number');
  });
}
