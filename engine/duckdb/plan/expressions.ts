import type { ComparisonOperator, Expression, SortKey, SyntaxOperator } from '../../plan/expression.ts';
import { BOOLEAN } from '../../plan/types.ts';
import { readConstant } from './constants.ts';
import { countField, flagField, objectField, objectsField, refuseOtherKeys, textField, unsupported } from './fields.ts';
import { readFunction } from './functions.ts';
import type { JsonObject } from './parse-json.ts';
import type { Scope } from './scope.ts';
import { readType } from './types.ts';

const EXPRESSION_KEYS = new Set([
  'expression_class',
  'type',
  'alias',
  'query_location',
  'return_type',
  'index',
  'binding',
  'depth',
  'value',
  'child',
  'children',
  'try_cast',
  'left',
  'right',
  'input',
  'lower',
  'upper',
  'lower_inclusive',
  'upper_inclusive',
  'case_checks',
  'else_expr',
  'name',
  'arguments',
  'original_arguments',
  'catalog_name',
  'schema_name',
  'has_serialize',
  'function_data',
  'is_operator',
]);

const COMPARISONS: Readonly<Record<string, ComparisonOperator>> = {
  COMPARE_EQUAL: '=',
  COMPARE_NOTEQUAL: '<>',
  COMPARE_LESSTHAN: '<',
  COMPARE_GREATERTHAN: '>',
  COMPARE_LESSTHANOREQUALTO: '<=',
  COMPARE_GREATERTHANOREQUALTO: '>=',
  COMPARE_DISTINCT_FROM: 'is distinct from',
  COMPARE_NOT_DISTINCT_FROM: 'is not distinct from',
};

const OPERATORS: Readonly<Record<string, SyntaxOperator>> = {
  OPERATOR_NOT: 'not',
  OPERATOR_IS_NULL: 'is null',
  OPERATOR_IS_NOT_NULL: 'is not null',
  COMPARE_IN: 'in',
  COMPARE_NOT_IN: 'not in',
  OPERATOR_COALESCE: 'coalesce',
  OPERATOR_TRY: 'try',
};

/** Returns the comparison operator for a name in the plan JSON. */
export function readComparison(name: string): ComparisonOperator {
  const operator = COMPARISONS[name];
  if (operator === undefined) throw unsupported(`the comparison ${name}`);
  return operator;
}

/** Reads a scalar expression of the plan JSON. */
export function readExpression(json: JsonObject, scope: Scope): Expression {
  const read = (child: JsonObject): Expression => readExpression(child, scope);
  const kind = textField(json, 'expression_class');
  refuseOtherKeys(json, kind, EXPRESSION_KEYS);
  switch (kind) {
    case 'BOUND_REF':
      return scope.reference(countField(json, 'index'), readType(json['return_type']));
    case 'BOUND_COLUMN_REF':
      return readColumnReference(json, scope);
    case 'BOUND_CONSTANT':
      return readConstant(json['value']);
    case 'BOUND_CAST':
      return {
        kind: 'cast',
        input: read(objectField(json, 'child')),
        isTry: flagField(json, 'try_cast'),
        type: readType(json['return_type']),
      };
    case 'BOUND_COMPARISON':
      return {
        kind: 'comparison',
        operator: readComparison(textField(json, 'type')),
        left: read(objectField(json, 'left')),
        right: read(objectField(json, 'right')),
        type: BOOLEAN,
      };
    case 'BOUND_CONJUNCTION':
      return {
        kind: 'conjunction',
        operator: conjunctionOf(json),
        inputs: conjunctionInputs(json).map(read),
        type: BOOLEAN,
      };
    case 'BOUND_BETWEEN':
      return {
        kind: 'between',
        input: read(objectField(json, 'input')),
        lower: read(objectField(json, 'lower')),
        upper: read(objectField(json, 'upper')),
        lowerInclusive: flagField(json, 'lower_inclusive'),
        upperInclusive: flagField(json, 'upper_inclusive'),
        type: BOOLEAN,
      };
    case 'BOUND_CASE':
      return {
        kind: 'case',
        branches: objectsField(json, 'case_checks').map((check) => ({
          when: read(objectField(check, 'when_expr')),
          then: read(objectField(check, 'then_expr')),
        })),
        otherwise: read(objectField(json, 'else_expr')),
        type: readType(json['return_type']),
      };
    case 'BOUND_OPERATOR':
      return readOperator(json, scope);
    case 'BOUND_FUNCTION':
      return readFunction(json, scope, readExpression);
    default:
      throw unsupported(`the expression ${kind}`);
  }
}

function readColumnReference(json: JsonObject, scope: Scope): Expression {
  const binding = objectField(json, 'binding');
  if (countField(json, 'depth') !== 0) throw unsupported('a correlated column that was not decorrelated');
  const index = scope.binding(countField(binding, 'table_index'), countField(binding, 'column_index'));
  return { kind: 'column', index, type: readType(json['return_type']) };
}

function conjunctionOf(json: JsonObject): 'and' | 'or' {
  const type = textField(json, 'type');
  if (type === 'CONJUNCTION_AND') return 'and';
  if (type === 'CONJUNCTION_OR') return 'or';
  throw unsupported(`the conjunction ${type}`);
}

/**
 * Returns the inputs of a conjunction, with nested conjunctions of the same kind flattened. DuckDB nests a chain of thousands of ORs to a
 * depth of thousands.
 */
function conjunctionInputs(json: JsonObject): readonly JsonObject[] {
  const type = textField(json, 'type');
  const inputs: JsonObject[] = [];
  const pending = [...objectsField(json, 'children')].reverse();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const isSame = textField(next, 'expression_class') === 'BOUND_CONJUNCTION' && textField(next, 'type') === type;
    if (isSame) pending.push(...[...objectsField(next, 'children')].reverse());
    else inputs.push(next);
  }
  return inputs;
}

function readOperator(json: JsonObject, scope: Scope): Expression {
  const name = textField(json, 'type');
  const operator = OPERATORS[name];
  if (operator === undefined) throw unsupported(`the operator ${name}`);
  return {
    kind: 'operator',
    operator,
    inputs: objectsField(json, 'children').map((child) => readExpression(child, scope)),
    type: json['return_type'] === undefined ? BOOLEAN : readType(json['return_type']),
  };
}

/** Reads the sort keys of an ORDER BY, including one inside an aggregate or window. */
export function readSortKeys(orders: readonly JsonObject[], scope: Scope): readonly SortKey[] {
  return orders.map((order) => ({
    expression: readExpression(objectField(order, 'expression'), scope),
    descending: oneOf(order, 'type', 'DESCENDING', 'ASCENDING'),
    nullsFirst: oneOf(order, 'null_order', 'NULLS FIRST', 'NULLS LAST'),
  }));
}

function oneOf(order: JsonObject, key: string, yes: string, no: string): boolean {
  const value = textField(order, key);
  if (value !== yes && value !== no) throw unsupported(`an ORDER BY with the ${key} ${value}`);
  return value === yes;
}
