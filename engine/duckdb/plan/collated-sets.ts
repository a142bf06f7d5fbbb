import type { Expression, WindowCall } from '../../plan/expression.ts';
import type { JoinCondition, Relation } from '../../plan/relation.ts';
import { BIGINT, VARCHAR } from '../../plan/types.ts';
import { countOf, listField, objectOf, objectsField, optionalField, textField, unsupported } from './fields.ts';
import type { JsonObject, JsonValue } from './parse-json.ts';
import { allPositions, columnOf } from './reading.ts';

/** The function for each part of a collation's name. DuckDB compares the functions' results instead of the text. */
const COLLATION_FUNCTIONS: Readonly<Record<string, string>> = { NOCASE: 'lower', NOACCENT: 'strip_accents' };

/**
 * Returns a plan for an EXCEPT or INTERSECT whose first input has collated columns. Returns undefined if no column is collated. DuckDB
 * turns the operation into a join when it builds the physical plan, and only then applies the collations. The expressions of the logical
 * plan therefore lack them.
 */
export function collatedSetOperation(
  operation: 'except' | 'intersect',
  isAll: boolean,
  node: JsonObject,
  inputs: readonly [Relation, Relation],
): Relation | undefined {
  const [left, right] = inputs;
  const collations = physicalCollations(node, left);
  if (!collations.some((name) => name !== '')) return undefined;
  const keysOf = (side: Relation): readonly Expression[] =>
    allPositions(left).map((index) => collated(columnOf(side, index), collations[index] ?? ''));
  const width = left.types.length;
  const [leftSide, rightSide] = isAll ? [numbered(left, keysOf(left)), numbered(right, keysOf(right))] : inputs;
  const pairs = (leftKeys: readonly Expression[], rightKeys: readonly Expression[]): readonly JoinCondition[] =>
    leftKeys.flatMap((key, index) => {
      const partner = rightKeys[index];
      return partner === undefined ? [] : [{ left: key, operator: 'is not distinct from', right: partner }];
    });
  const numbers = isAll ? pairs([columnOf(leftSide, width)], [columnOf(rightSide, width)]) : [];
  const kept: Relation = {
    kind: 'join',
    joinType: operation === 'except' ? 'anti' : 'semi',
    left: leftSide,
    right: rightSide,
    conditions: [...pairs(keysOf(leftSide), keysOf(rightSide)), ...numbers],
    outputLeft: allPositions(left),
    outputRight: [],
    types: left.types,
  };
  return isAll ? kept : { kind: 'distinct', input: kept, orderBy: [], types: left.types };
}

/** Numbers equal rows, so that each row matches at most one row of the other side. */
function numbered(input: Relation, partitionBy: readonly Expression[]): Relation {
  const call: WindowCall = {
    name: 'row_number',
    inputs: [],
    distinct: false,
    ignoreNulls: false,
    argumentOrder: [],
    partitionBy,
    orderBy: [],
    type: BIGINT,
  };
  return { kind: 'window', input, calls: [call], types: [...input.types, BIGINT] };
}

function collated(column: Expression, collation: string): Expression {
  const parts = collation.split('.').filter((part) => part !== '');
  return parts.reduce((input: Expression, part): Expression => {
    const name = COLLATION_FUNCTIONS[part.toUpperCase()];
    if (name === undefined) throw unsupported(`an EXCEPT or INTERSECT of columns with the collation ${collation}`);
    return { kind: 'function', name, inputs: [input], type: VARCHAR };
  }, column);
}

/** Returns the collation of each column after DuckDB has removed projections that change nothing. An empty string means no collation. */
function physicalCollations(node: JsonObject, relation: Relation): readonly string[] {
  const [child] = objectsField(node, 'children');
  const changesNothing =
    textField(node, 'type') === 'LOGICAL_PROJECTION' &&
    relation.kind === 'project' &&
    relation.expressions.length === relation.input.types.length &&
    relation.expressions.every((expression, index) => expression.kind === 'column' && expression.index === index);
  if (!changesNothing || child === undefined) return logicalCollations(node);
  return physicalCollations(child, relation.input);
}

function logicalCollations(node: JsonObject): readonly string[] {
  const type = textField(node, 'type');
  const children = objectsField(node, 'children');
  const [first, second] = children;
  const ofTypes = (key: string): readonly string[] => listField(node, key).map(collationOf);
  const ofExpressions = (key: string): readonly string[] => objectsField(node, key).map(expressionCollation);
  const ofChild = (mapKey?: string): readonly string[] => {
    const all = first === undefined ? [] : logicalCollations(first);
    const kept = mapKey === undefined ? [] : listField(node, mapKey).map((position) => countOf(position, mapKey));
    return kept.length === 0 ? all : kept.map((position) => all[position] ?? '');
  };
  switch (type) {
    case 'LOGICAL_PROJECTION':
      return ofExpressions('expressions');
    case 'LOGICAL_AGGREGATE_AND_GROUP_BY':
      return [...ofExpressions('groups'), ...ofExpressions('expressions')];
    case 'LOGICAL_FILTER':
      return ofChild('projection_map');
    case 'LOGICAL_ORDER_BY':
      return ofChild('projections');
    case 'LOGICAL_LIMIT':
    case 'LOGICAL_TOP_N':
    case 'LOGICAL_DISTINCT':
    case 'LOGICAL_SAMPLE':
    case 'LOGICAL_UNION':
    case 'LOGICAL_EXCEPT':
    case 'LOGICAL_INTERSECT':
    case 'LOGICAL_WINDOW':
      return ofChild();
    case 'LOGICAL_MATERIALIZED_CTE':
      return second === undefined ? [] : logicalCollations(second);
    case 'LOGICAL_CTE_REF':
    case 'LOGICAL_CHUNK_GET':
      return ofTypes('chunk_types');
    case 'LOGICAL_EXPRESSION_GET':
      return ofTypes('expr_types');
    default:
      return [];
  }
}

function expressionCollation(json: JsonObject): string {
  const constant = optionalField(json, 'value');
  return collationOf(json['return_type'] ?? constant?.['type']);
}

function collationOf(json: JsonValue | undefined): string {
  if (json === undefined) return '';
  const info = optionalField(objectOf(json, 'a type'), 'type_info');
  return info === undefined ? '' : textField(info, 'collation');
}
