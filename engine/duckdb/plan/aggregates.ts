import type { AggregateCall, Expression } from '../../plan/expression.ts';
import { erasedArguments } from './erased-arguments.ts';
import { readExpression, readSortKeys } from './expressions.ts';
import { listField, objectsField, optionalField, refuseOtherKeys, textField, unsupported } from './fields.ts';
import type { JsonObject } from './parse-json.ts';
import type { Scope } from './scope.ts';
import { readType } from './types.ts';

/** The plan JSON keys that aggregate calls and window calls share. */
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

/** SQL names of functions that the optimizer renames. */
const CALLABLE_NAMES: Readonly<Record<string, string>> = { sum_no_overflow: 'sum' };

/** Returns the SQL name of an aggregate function of the plan. */
export function aggregateName(name: string): string {
  return CALLABLE_NAMES[name] ?? name;
}

/** Reads an aggregate call of the plan JSON. */
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

/**
 * Reads the arguments of an aggregate call, including an aggregate used as a window function. Restores arguments that DuckDB's binder
 * removed.
 */
export function readArguments(json: JsonObject, scope: Scope): readonly Expression[] {
  const name = textField(json, 'name');
  const inputs = objectsField(json, 'children').map((child) => readExpression(child, scope));
  const data = optionalField(json, 'function_data') ?? {};
  const erased = erasedArguments(name, inputs.length, data, json);
  const all = [...inputs, ...erased];
  if (listField(json, 'original_arguments').length > all.length) {
    throw unsupported(`erased arguments of the aggregate ${name}`);
  }
  return all;
}
