import type { Expression } from '../../plan/expression.ts';
import { scalar, VARCHAR } from '../../plan/types.ts';
import { readConstant } from './constants.ts';
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

const AGGREGATE_DATA_KEYS = new Set([
  'separator',
  'quantiles',
  'order',
  'desc',
  'sample_size',
  'min',
  'max',
  // These keys repeat the types of the call.
  'return_type',
  'arguments',
  'check_overflow',
  'variable_return_type',
]);

/**
 * Returns the constant arguments of an aggregate that remain only in its `function_data`. `count` is the number of arguments still in the
 * call.
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
  if (first === undefined) throw unsupported(`${name} without quantiles`);
  const argument: Expression = givesList(call) ? listOf(quantiles) : first;
  if (data['sample_size'] === undefined) return [argument];
  return [argument, { kind: 'constant', type: scalar('INTEGER'), value: BigInt(countField(data, 'sample_size')) }];
}

/** Returns whether a quantile call returns a list of quantiles. A single quantile of a list column also has a list type. */
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
 * Converts quantiles for a descending order. DuckDB represents `percentile_cont(q) WITHIN GROUP (ORDER BY x DESC)` as the quantile -q.
 * Since 0 has no negative, quantiles that are all 0 become 1, the equivalent in ascending order. In a list with other quantiles, their sign
 * decides the order.
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
    throw unsupported('a quantile that is not a number');
  });
}
