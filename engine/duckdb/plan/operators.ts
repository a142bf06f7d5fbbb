import type { Expression } from '../../plan/expression.ts';
import type { Relation } from '../../plan/relation.ts';
import { BIGINT } from '../../plan/types.ts';
import { readAggregate } from './aggregates.ts';
import { collatedSetOperation } from './collated-sets.ts';
import { readConstant } from './constants.ts';
import { readMaterialized, readRecursive, readReference } from './definitions.ts';
import { readExpression, readSortKeys } from './expressions.ts';
import {
  countField,
  countOf,
  flagField,
  integerField,
  listField,
  objectField,
  objectsField,
  optionalField,
  refuseOtherKeys,
  textField,
  unsupported,
} from './fields.ts';
import { readCrossProduct, readDelimGet, readJoin, readPositionalJoin } from './joins.ts';
import { readLimit } from './limits.ts';
import type { JsonObject } from './parse-json.ts';
import { withPruning } from './pruning.ts';
import { type BoundRelation, type Environment, ownBindings, type PlanReading, scopeOver, select } from './reading.ts';
import { readGet } from './table-functions.ts';
import { readChunk, readDummy, readEmpty, readExpressionRows } from './values.ts';
import { readWindow } from './windows.ts';

/** Reads an operator of the plan JSON and everything below it. */
export function readOperator(node: JsonObject, environment: Environment, reading: PlanReading): BoundRelation {
  const bound = readByType(node, environment, reading);
  const estimatedRows = reading.estimates.get(node);
  return estimatedRows === undefined ? bound : { ...bound, relation: { ...bound.relation, estimatedRows } };
}

function readByType(node: JsonObject, environment: Environment, reading: PlanReading): BoundRelation {
  const type = textField(node, 'type');
  const input = (): BoundRelation => readOnlyChild(node, environment, reading);
  switch (type) {
    case 'LOGICAL_GET':
      return readGet(node, environment, reading);
    case 'LOGICAL_PROJECTION':
      return readProjection(node, input(), reading);
    case 'LOGICAL_FILTER':
      return readFilter(node, input(), reading);
    case 'LOGICAL_AGGREGATE_AND_GROUP_BY':
      return readAggregation(node, input(), reading);
    case 'LOGICAL_COMPARISON_JOIN':
    case 'LOGICAL_ANY_JOIN':
    case 'LOGICAL_DELIM_JOIN':
    case 'LOGICAL_ASOF_JOIN':
      return readJoin(node, environment, reading);
    case 'LOGICAL_CROSS_PRODUCT':
      return readCrossProduct(node, environment, reading);
    case 'LOGICAL_POSITIONAL_JOIN':
      return readPositionalJoin(node, environment, reading);
    case 'LOGICAL_DELIM_GET':
      return readDelimGet(node, environment);
    case 'LOGICAL_MATERIALIZED_CTE':
      return readMaterialized(node, environment, reading);
    case 'LOGICAL_RECURSIVE_CTE':
      return readRecursive(node, environment, reading);
    case 'LOGICAL_CTE_REF':
      return readReference(node, environment);
    case 'LOGICAL_ORDER_BY':
      return readOrder(node, input(), reading);
    case 'LOGICAL_TOP_N':
      return readTopN(node, input(), reading);
    case 'LOGICAL_LIMIT':
      return readLimit(node, input(), reading);
    case 'LOGICAL_DISTINCT':
      return readDistinct(node, input(), reading);
    case 'LOGICAL_WINDOW':
      return readWindows(node, input(), reading);
    case 'LOGICAL_UNNEST':
      return readUnnest(node, input(), reading);
    case 'LOGICAL_SAMPLE':
      return readSample(node, input());
    case 'LOGICAL_UNION':
      return readSetOperation(node, 'union', environment, reading);
    case 'LOGICAL_EXCEPT':
      return readSetOperation(node, 'except', environment, reading);
    case 'LOGICAL_INTERSECT':
      return readSetOperation(node, 'intersect', environment, reading);
    case 'LOGICAL_CHUNK_GET':
      return readChunk(node);
    case 'LOGICAL_EXPRESSION_GET':
      return readExpressionRows(node, environment, reading);
    case 'LOGICAL_DUMMY_SCAN':
      return readDummy(node);
    case 'LOGICAL_EMPTY_RESULT':
      return readEmpty(node);
    default:
      throw unsupported(`the operator ${type}`);
  }
}

function readOnlyChild(node: JsonObject, environment: Environment, reading: PlanReading): BoundRelation {
  const [child, ...others] = objectsField(node, 'children');
  if (child === undefined || others.length > 0)
    throw unsupported(`a ${textField(node, 'type')} without exactly one input`);
  return reading.read(child, environment);
}

function readProjection(node: JsonObject, input: BoundRelation, reading: PlanReading): BoundRelation {
  refuseOtherKeys(node, 'LOGICAL_PROJECTION', new Set(['type', 'children', 'table_index', 'expressions']));
  const scope = scopeOver(reading, [input]);
  const expressions = objectsField(node, 'expressions').map((expression) => readExpression(expression, scope));
  return {
    relation: {
      kind: 'project',
      input: input.relation,
      expressions,
      types: expressions.map((expression) => expression.type),
    },
    bindings: ownBindings(countField(node, 'table_index'), expressions.length),
  };
}

function readFilter(node: JsonObject, input: BoundRelation, reading: PlanReading): BoundRelation {
  refuseOtherKeys(node, 'LOGICAL_FILTER', new Set(['type', 'children', 'expressions', 'projection_map']));
  const scope = scopeOver(reading, [input]);
  const predicates = objectsField(node, 'expressions').map((expression) => readExpression(expression, scope));
  const estimatedRows = reading.estimates.get(node);
  const filtered: BoundRelation =
    predicates.length === 0
      ? input
      : {
          relation: {
            kind: 'filter',
            input: withPruning(input.relation, predicates),
            predicates,
            types: input.relation.types,
            ...(estimatedRows === undefined ? {} : { estimatedRows }),
          },
          bindings: input.bindings,
        };
  const kept = listField(node, 'projection_map').map((position) => countOf(position, 'FILTER'));
  return kept.length === 0 ? filtered : select(filtered, kept);
}

function readAggregation(node: JsonObject, input: BoundRelation, reading: PlanReading): BoundRelation {
  refuseOtherKeys(
    node,
    'LOGICAL_AGGREGATE_AND_GROUP_BY',
    new Set([
      'type',
      'children',
      'expressions',
      'group_index',
      'aggregate_index',
      'groupings_index',
      'groups',
      'grouping_sets',
      'grouping_functions',
      'distinct_validity',
    ]),
  );
  const scope = scopeOver(reading, [input]);
  const positions = (key: string): readonly (readonly number[])[] =>
    listField(node, key).map((set) => (Array.isArray(set) ? set : []).map((position) => countOf(position, key)));
  const groups = objectsField(node, 'groups').map((group) => readExpression(group, scope));
  const aggregates = objectsField(node, 'expressions').map((call) => readAggregate(call, scope));
  const sets = positions('grouping_sets');
  const groupingCalls = positions('grouping_functions');
  return {
    relation: {
      kind: 'aggregate',
      input: input.relation,
      groups,
      groupingSets: sets.length > 0 ? sets : [groups.map((_, index) => index)],
      aggregates,
      groupingCalls,
      types: [
        ...groups.map((group) => group.type),
        ...aggregates.map((aggregate) => aggregate.type),
        ...groupingCalls.map(() => BIGINT),
      ],
    },
    bindings: [
      ...ownBindings(countField(node, 'group_index'), groups.length),
      ...ownBindings(countField(node, 'aggregate_index'), aggregates.length),
      ...groupingCalls.map((_, column) => `${integerField(node, 'groupings_index')}.${column}`),
    ],
  };
}

function readOrder(node: JsonObject, input: BoundRelation, reading: PlanReading): BoundRelation {
  refuseOtherKeys(node, 'LOGICAL_ORDER_BY', new Set(['type', 'children', 'orders', 'projections']));
  const keys = readSortKeys(objectsField(node, 'orders'), scopeOver(reading, [input]));
  const estimatedRows = reading.estimates.get(node) ?? input.relation.estimatedRows;
  const sorted: BoundRelation = {
    relation: {
      kind: 'sort',
      input: input.relation,
      keys,
      types: input.relation.types,
      ...(estimatedRows === undefined ? {} : { estimatedRows }),
    },
    bindings: input.bindings,
  };
  const kept = listField(node, 'projections').map((position) => countOf(position, 'ORDER BY'));
  return kept.length === 0 ? sorted : select(sorted, kept);
}

function readTopN(node: JsonObject, input: BoundRelation, reading: PlanReading): BoundRelation {
  refuseOtherKeys(node, 'LOGICAL_TOP_N', new Set(['type', 'children', 'orders', 'limit', 'offset']));
  const offset = integerField(node, 'offset');
  return {
    relation: {
      kind: 'sort',
      input: input.relation,
      keys: readSortKeys(objectsField(node, 'orders'), scopeOver(reading, [input])),
      limit: integerField(node, 'limit'),
      ...(offset > 0n ? { offset } : {}),
      types: input.relation.types,
    },
    bindings: input.bindings,
  };
}

function readDistinct(node: JsonObject, input: BoundRelation, reading: PlanReading): BoundRelation {
  refuseOtherKeys(
    node,
    'LOGICAL_DISTINCT',
    new Set(['type', 'children', 'distinct_type', 'distinct_targets', 'order_by']),
  );
  const scope = scopeOver(reading, [input]);
  const type = textField(node, 'distinct_type', 'DISTINCT');
  if (type !== 'DISTINCT' && type !== 'DISTINCT_ON') throw unsupported(`the DISTINCT type ${type}`);
  const targets = objectsField(node, 'distinct_targets').map((target) => readExpression(target, scope));
  const isOn = targets.length > 0 && !areAllColumns(targets, input.relation);
  const order = optionalField(node, 'order_by');
  const relation: Relation = {
    kind: 'distinct',
    input: input.relation,
    ...(isOn ? { on: targets } : {}),
    orderBy: isOn && order !== undefined ? readSortKeys(objectsField(order, 'orders'), scope) : [],
    types: input.relation.types,
  };
  return { relation, bindings: input.bindings };
}

/**
 * Returns whether the targets are exactly the input's columns. A plain DISTINCT has targets too, but they exclude columns that only sort
 * the rows, and a collation turns a column into an expression.
 */
function areAllColumns(targets: readonly Expression[], input: Relation): boolean {
  const positions = new Set(targets.map((target) => (target.kind === 'column' ? target.index : -1)));
  return !positions.has(-1) && positions.size === input.types.length;
}

function readWindows(node: JsonObject, input: BoundRelation, reading: PlanReading): BoundRelation {
  refuseOtherKeys(node, 'LOGICAL_WINDOW', new Set(['type', 'children', 'window_index', 'expressions']));
  const scope = scopeOver(reading, [input]);
  const calls = objectsField(node, 'expressions').map((call) => readWindow(call, scope));
  return {
    relation: {
      kind: 'window',
      input: input.relation,
      calls,
      types: [...input.relation.types, ...calls.map((call) => call.type)],
    },
    bindings: [...input.bindings, ...ownBindings(countField(node, 'window_index'), calls.length)],
  };
}

function readUnnest(node: JsonObject, input: BoundRelation, reading: PlanReading): BoundRelation {
  refuseOtherKeys(node, 'LOGICAL_UNNEST', new Set(['type', 'children', 'unnest_index', 'expressions']));
  const scope = scopeOver(reading, [input]);
  const lists = objectsField(node, 'expressions').map((unnest) => {
    const kind = textField(unnest, 'expression_class');
    if (kind !== 'BOUND_UNNEST') throw unsupported(`the unnested expression ${kind}`);
    return readExpression(objectField(unnest, 'child'), scope);
  });
  const childTypes = lists.map((list) => {
    if (list.type.kind !== 'list' && list.type.kind !== 'array')
      throw unsupported('an unnest of a value that is not a list');
    return list.type.child;
  });
  return {
    relation: { kind: 'unnest', input: input.relation, lists, types: [...input.relation.types, ...childTypes] },
    bindings: [...input.bindings, ...ownBindings(countField(node, 'unnest_index'), lists.length)],
  };
}

const SAMPLE_METHODS = { System: 'system', Bernoulli: 'bernoulli', Reservoir: 'reservoir' } as const;

function readSample(node: JsonObject, input: BoundRelation): BoundRelation {
  refuseOtherKeys(node, 'LOGICAL_SAMPLE', new Set(['type', 'children', 'sample_options']));
  const options = objectField(node, 'sample_options');
  refuseOtherKeys(options, 'SAMPLE', new Set(['sample_size', 'is_percentage', 'method', 'seed', 'repeatable']));
  const name = textField(options, 'method');
  const method = name === 'System' || name === 'Bernoulli' || name === 'Reservoir' ? SAMPLE_METHODS[name] : undefined;
  if (method === undefined) throw unsupported(`the sampling method ${name}`);
  const size = readConstant(options['sample_size']).value;
  const seed = integerField(options, 'seed');
  const relation: Relation = {
    kind: 'sample',
    input: input.relation,
    method,
    size: flagField(options, 'is_percentage')
      ? { kind: 'percent', percent: Number(size) }
      : { kind: 'rows', rows: BigInt(Number(size)) },
    // Without a seed, the plan contains -1.
    ...(seed >= 0n ? { seed } : {}),
    types: input.relation.types,
  };
  return { relation, bindings: input.bindings };
}

function readSetOperation(
  node: JsonObject,
  operation: 'union' | 'except' | 'intersect',
  environment: Environment,
  reading: PlanReading,
): BoundRelation {
  refuseOtherKeys(
    node,
    textField(node, 'type'),
    new Set(['type', 'children', 'table_index', 'column_count', 'setop_all', 'allow_out_of_order']),
  );
  const children = objectsField(node, 'children');
  const inputs = children.map((child) => reading.read(child, environment).relation);
  const [first, second] = inputs;
  const [firstNode] = children;
  if (first === undefined || firstNode === undefined) throw unsupported(`a ${textField(node, 'type')} without inputs`);
  const all = flagField(node, 'setop_all', true);
  const collated =
    operation === 'union' || second === undefined
      ? undefined
      : collatedSetOperation(operation, all, firstNode, [first, second]);
  return {
    relation: collated ?? { kind: 'set-operation', operation, all, inputs, types: first.types },
    bindings: ownBindings(countField(node, 'table_index'), first.types.length),
  };
}
