import type { JoinCondition, JoinType, Relation } from '../../plan/relation.ts';
import { BOOLEAN } from '../../plan/types.ts';
import { readComparison, readExpression } from './expressions.ts';
import {
  countField,
  countOf,
  flagField,
  listField,
  objectField,
  objectsField,
  optionalField,
  refuseOtherKeys,
  textField,
  twoChildren,
  unsupported,
} from './fields.ts';
import type { JsonObject } from './parse-json.ts';
import {
  allPositions,
  type BoundRelation,
  type DelimSide,
  type Environment,
  type PlanReading,
  scopeOver,
} from './reading.ts';

const JOIN_KEYS = new Set([
  'type',
  'children',
  'join_type',
  'mark_index',
  'mark_types',
  'left_projection_map',
  'right_projection_map',
  'conditions',
  'condition',
  'predicate',
  'duplicate_eliminated_columns',
  'delim_flipped',
]);

const JOIN_TYPES: Readonly<Record<string, JoinType>> = {
  INNER: 'inner',
  LEFT: 'left',
  RIGHT: 'right',
  OUTER: 'full',
  FULL: 'full',
  SEMI: 'semi',
  ANTI: 'anti',
  RIGHT_SEMI: 'right-semi',
  RIGHT_ANTI: 'right-anti',
  MARK: 'mark',
  SINGLE: 'single',
};

/** Reads a COMPARISON_JOIN, ANY_JOIN, ASOF_JOIN or DELIM_JOIN. */
export function readJoin(node: JsonObject, environment: Environment, reading: PlanReading): BoundRelation {
  refuseOtherKeys(node, textField(node, 'type'), JOIN_KEYS);
  const [leftNode, rightNode] = twoChildren(node);
  const eliminated = objectsField(node, 'duplicate_eliminated_columns');
  if (eliminated.length === 0) {
    return joined(node, reading.read(leftNode, environment), reading.read(rightNode, environment), reading);
  }
  return readDelimJoin(node, eliminated, environment, reading);
}

/**
 * Reads a delim join. One side is materialized. The DELIM_GETs of the other side read the distinct values of some columns of the
 * materialized side.
 */
function readDelimJoin(
  node: JsonObject,
  eliminated: readonly JsonObject[],
  environment: Environment,
  reading: PlanReading,
): BoundRelation {
  const [leftNode, rightNode] = twoChildren(node);
  const isFlipped = flagField(node, 'delim_flipped');
  const side = reading.read(isFlipped ? rightNode : leftNode, environment);
  const scope = scopeOver(reading, [side]);
  const delim: DelimSide = {
    id: reading.nextSharedId(),
    types: side.relation.types,
    columns: eliminated.map((column) => readExpression(column, scope)),
  };
  const other = reading.read(isFlipped ? leftNode : rightNode, { ...environment, delim });
  const shared: BoundRelation = {
    relation: { kind: 'shared', id: delim.id, types: delim.types, ...estimateOf(side.relation) },
    bindings: side.bindings,
  };
  const body = isFlipped ? joined(node, other, shared, reading) : joined(node, shared, other, reading);
  return {
    relation: {
      kind: 'with',
      id: delim.id,
      definition: side.relation,
      body: body.relation,
      types: body.relation.types,
    },
    bindings: body.bindings,
  };
}

function estimateOf(relation: Relation): { readonly estimatedRows?: number } {
  return relation.estimatedRows === undefined ? {} : { estimatedRows: relation.estimatedRows };
}

/** Reads a DELIM_GET. */
export function readDelimGet(node: JsonObject, environment: Environment): BoundRelation {
  const { delim } = environment;
  if (delim === undefined) throw unsupported('a DELIM_GET outside a delim join');
  const types = delim.columns.map((column) => column.type);
  const table = countField(node, 'table_index');
  return {
    relation: {
      kind: 'distinct',
      orderBy: [],
      types,
      input: {
        kind: 'project',
        expressions: delim.columns,
        types,
        input: { kind: 'shared', id: delim.id, types: delim.types },
      },
    },
    bindings: types.map((_, column) => `${table}.${column}`),
  };
}

function joined(node: JsonObject, left: BoundRelation, right: BoundRelation, reading: PlanReading): BoundRelation {
  const name = textField(node, 'join_type', 'INNER');
  const joinType = JOIN_TYPES[name];
  if (joinType === undefined) throw unsupported(`the join type ${name}`);
  const conditions = readConditions(node, left, right, reading);
  const predicate = optionalField(node, 'condition') ?? optionalField(node, 'predicate');
  const residual =
    predicate === undefined ? {} : { residual: readExpression(predicate, scopeOver(reading, [left, right])) };
  const outputLeft = outputOf(node, 'left_projection_map', left);
  const outputRight = outputOf(node, 'right_projection_map', right);
  const { types, bindings } = outputColumns(joinType, node, left, right, outputLeft, outputRight);
  const shape = {
    left: left.relation,
    right: right.relation,
    conditions,
    ...residual,
    outputLeft: joinType === 'right-semi' || joinType === 'right-anti' ? [] : outputLeft,
    outputRight: joinType === 'semi' || joinType === 'anti' || joinType === 'mark' ? [] : outputRight,
    types,
  };
  if (textField(node, 'type') !== 'LOGICAL_ASOF_JOIN')
    return { relation: { kind: 'join', joinType, ...shape }, bindings };
  switch (joinType) {
    case 'inner':
    case 'left':
    case 'right':
    case 'full':
    case 'semi':
    case 'anti':
      return { relation: { kind: 'asof-join', joinType, ...shape }, bindings };
    case 'right-semi':
    case 'right-anti':
    case 'mark':
    case 'single':
      throw unsupported(`an ASOF join of type ${name}`);
    default:
      return joinType satisfies never;
  }
}

function readConditions(
  node: JsonObject,
  left: BoundRelation,
  right: BoundRelation,
  reading: PlanReading,
): readonly JoinCondition[] {
  const [leftScope, rightScope] = [scopeOver(reading, [left]), scopeOver(reading, [right])];
  return objectsField(node, 'conditions').map((condition) => {
    refuseOtherKeys(condition, 'a join condition', new Set(['left', 'right', 'comparison']));
    return {
      left: readExpression(objectField(condition, 'left'), leftScope),
      operator: readComparison(textField(condition, 'comparison')),
      right: readExpression(objectField(condition, 'right'), rightScope),
    };
  });
}

/** Reads the positions in a projection map. Returns all positions if there is no map. */
function outputOf(node: JsonObject, key: string, side: BoundRelation): readonly number[] {
  const map = listField(node, key).map((position) => countOf(position, key));
  return map.length > 0 ? map : allPositions(side.relation);
}

function outputColumns(
  joinType: JoinType,
  node: JsonObject,
  left: BoundRelation,
  right: BoundRelation,
  outputLeft: readonly number[],
  outputRight: readonly number[],
): Pick<BoundRelation, 'bindings'> & Pick<Relation, 'types'> {
  const of = (side: BoundRelation, positions: readonly number[]) => ({
    types: positions.flatMap((position) => side.relation.types[position] ?? []),
    bindings: positions.map((position) => side.bindings[position] ?? ''),
  });
  const [ofLeft, ofRight] = [of(left, outputLeft), of(right, outputRight)];
  switch (joinType) {
    case 'semi':
    case 'anti':
      return ofLeft;
    case 'right-semi':
    case 'right-anti':
      return ofRight;
    case 'mark':
      return {
        types: [...ofLeft.types, BOOLEAN],
        bindings: [...ofLeft.bindings, `${countField(node, 'mark_index')}.0`],
      };
    case 'inner':
    case 'left':
    case 'right':
    case 'full':
    case 'single':
      return { types: [...ofLeft.types, ...ofRight.types], bindings: [...ofLeft.bindings, ...ofRight.bindings] };
    default:
      return joinType satisfies never;
  }
}

/** Reads a CROSS_PRODUCT, which is an inner join without conditions. */
export function readCrossProduct(node: JsonObject, environment: Environment, reading: PlanReading): BoundRelation {
  refuseOtherKeys(node, 'LOGICAL_CROSS_PRODUCT', new Set(['type', 'children']));
  return readJoin({ ...node, join_type: 'INNER' }, environment, reading);
}

/** Reads a POSITIONAL_JOIN. */
export function readPositionalJoin(node: JsonObject, environment: Environment, reading: PlanReading): BoundRelation {
  refuseOtherKeys(node, 'LOGICAL_POSITIONAL_JOIN', new Set(['type', 'children']));
  const [left, right] = twoChildren(node).map((child) => reading.read(child, environment));
  if (left === undefined || right === undefined) throw unsupported('a POSITIONAL join without exactly two inputs');
  return {
    relation: {
      kind: 'positional-join',
      left: left.relation,
      right: right.relation,
      types: [...left.relation.types, ...right.relation.types],
    },
    bindings: [...left.bindings, ...right.bindings],
  };
}
