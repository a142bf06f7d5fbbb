import type { volley } from '../../../proto/generated/volley.js';
import type { JoinCondition, Relation, ScanColumn, ScanFormat } from '../relation.ts';
import {
  encodeAggregateCall,
  encodeExpression,
  encodeExpressions,
  encodeSortKeys,
  encodeWindowCall,
} from './encode-expressions.ts';
import type { TypeTable } from './encode-types.ts';
import {
  asofJoinTypes,
  comparisonOperators,
  inputModes,
  joinTypes,
  jsonLayouts,
  sampleMethods,
  setOperations,
  virtualColumns,
} from './enumerations.ts';
import { longFromBigint } from './integers.ts';

type RelationOf<Kind extends Relation['kind']> = Extract<Relation, { kind: Kind }>;

/** Encodes a relation and everything below it. Adds its types to the table. */
export function encodeRelation(relation: Relation, types: TypeTable): volley.Relation.$Properties {
  return {
    types: relation.types.map(types.indexOf),
    estimatedRows: relation.estimatedRows ?? null,
    ...encodeNode(relation, types),
  };
}

function encodeNode(relation: Relation, types: TypeTable): volley.Relation.$Properties {
  switch (relation.kind) {
    case 'scan':
      return { scan: encodeScan(relation, types) };
    case 'table-function':
      return { tableFunction: encodeTableFunction(relation, types) };
    case 'values':
      return { values: { rows: encodeRows(relation.rows, types) } };
    case 'project':
      return { project: encodeProject(relation, types) };
    case 'filter':
      return { filter: encodeFilter(relation, types) };
    case 'aggregate':
      return { aggregate: encodeAggregate(relation, types) };
    case 'join':
      return { join: encodeJoin(relation, types) };
    case 'asof-join':
      return { asofJoin: encodeAsofJoin(relation, types) };
    case 'positional-join':
      return { positionalJoin: encodePositionalJoin(relation, types) };
    case 'sample':
      return { sample: encodeSample(relation, types) };
    case 'sort':
      return { sort: encodeSort(relation, types) };
    case 'distinct':
      return { distinct: encodeDistinct(relation, types) };
    case 'window':
      return { window: encodeWindow(relation, types) };
    case 'unnest':
      return { unnest: encodeUnnest(relation, types) };
    case 'lateral-function':
      return { lateralFunction: encodeLateralFunction(relation, types) };
    case 'set-operation':
      return { setOperation: encodeSetOperation(relation, types) };
    case 'with':
      return { with: encodeWith(relation, types) };
    case 'recursive':
      return { recursive: encodeRecursive(relation, types) };
    case 'shared':
      return { shared: relation.id };
    case 'input':
      return { input: { stage: relation.stage, mode: inputModes.encode(relation.mode) } };
    default:
      return relation satisfies never;
  }
}

function encodeScan(scan: RelationOf<'scan'>, types: TypeTable): volley.Scan.$Properties {
  return {
    table: scan.table,
    format: encodeScanFormat(scan.format),
    columns: scan.columns.map((column) => ({ type: types.indexOf(column.type), ...encodeScanColumn(column) })),
    filters: encodeExpressions(scan.filters, types),
    pruning: encodeExpressions(scan.pruning, types),
    output: [...scan.output],
  };
}

function encodeScanFormat(format: ScanFormat): volley.ScanFormat.$Properties {
  switch (format.kind) {
    case 'parquet':
      return { parquet: { unionByName: format.unionByName ?? null } };
    case 'csv':
      return { csv: { ...format.options } };
    case 'json':
      return { json: { layout: jsonLayouts.encode(format.layout) } };
    default:
      return format satisfies never;
  }
}

function encodeScanColumn(column: ScanColumn): volley.ScanColumn.$Properties {
  switch (column.kind) {
    case 'table':
      return { table: column.name };
    case 'partition':
      return { partition: column.name };
    case 'virtual':
      return { virtual: virtualColumns.encode(column.name) };
    case 'none':
      return { none: {} };
    default:
      return column satisfies never;
  }
}

function encodeTableFunction(
  call: RelationOf<'table-function'> | RelationOf<'lateral-function'>,
  types: TypeTable,
): volley.TableFunction.$Properties {
  return {
    name: call.name,
    arguments: encodeExpressions(call.arguments, types),
    columnCount: call.columnCount,
    output: [...call.output],
  };
}

function encodeRows(rows: RelationOf<'values'>['rows'], types: TypeTable): volley.ExpressionList.$Properties[] {
  return rows.map((row) => ({ expressions: encodeExpressions(row, types) }));
}

function encodeProject(project: RelationOf<'project'>, types: TypeTable): volley.Project.$Properties {
  return {
    input: encodeRelation(project.input, types),
    expressions: encodeExpressions(project.expressions, types),
  };
}

function encodeFilter(filter: RelationOf<'filter'>, types: TypeTable): volley.Filter.$Properties {
  return { input: encodeRelation(filter.input, types), predicates: encodeExpressions(filter.predicates, types) };
}

function encodeAggregate(aggregate: RelationOf<'aggregate'>, types: TypeTable): volley.Aggregate.$Properties {
  return {
    input: encodeRelation(aggregate.input, types),
    groups: encodeExpressions(aggregate.groups, types),
    groupingSets: aggregate.groupingSets.map((positions) => ({ positions: [...positions] })),
    aggregates: aggregate.aggregates.map((call) => encodeAggregateCall(call, types)),
    groupingCalls: aggregate.groupingCalls.map((positions) => ({ positions: [...positions] })),
  };
}

function encodeJoin(join: RelationOf<'join'>, types: TypeTable): volley.Join.$Properties {
  return { ...encodeJoinParts(join, types), joinType: joinTypes.encode(join.joinType) };
}

function encodeAsofJoin(join: RelationOf<'asof-join'>, types: TypeTable): volley.AsofJoin.$Properties {
  return { ...encodeJoinParts(join, types), joinType: asofJoinTypes.encode(join.joinType) };
}

function encodeJoinParts(
  join: RelationOf<'join'> | RelationOf<'asof-join'>,
  types: TypeTable,
): Omit<volley.Join.$Properties, 'joinType'> {
  return {
    left: encodeRelation(join.left, types),
    right: encodeRelation(join.right, types),
    conditions: join.conditions.map((condition) => encodeCondition(condition, types)),
    residual: join.residual === undefined ? null : encodeExpression(join.residual, types),
    outputLeft: [...join.outputLeft],
    outputRight: [...join.outputRight],
  };
}

function encodeCondition(condition: JoinCondition, types: TypeTable): volley.JoinCondition.$Properties {
  return {
    operator: comparisonOperators.encode(condition.operator),
    left: encodeExpression(condition.left, types),
    right: encodeExpression(condition.right, types),
  };
}

function encodePositionalJoin(
  join: RelationOf<'positional-join'>,
  types: TypeTable,
): volley.PositionalJoin.$Properties {
  return { left: encodeRelation(join.left, types), right: encodeRelation(join.right, types) };
}

function encodeSample(sample: RelationOf<'sample'>, types: TypeTable): volley.Sample.$Properties {
  const size =
    sample.size.kind === 'percent' ? { percent: sample.size.percent } : { rows: longFromBigint(sample.size.rows) };
  return {
    input: encodeRelation(sample.input, types),
    method: sampleMethods.encode(sample.method),
    ...size,
    seed: sample.seed === undefined ? null : longFromBigint(sample.seed),
  };
}

function encodeSort(sort: RelationOf<'sort'>, types: TypeTable): volley.Sort.$Properties {
  return {
    input: encodeRelation(sort.input, types),
    keys: encodeSortKeys(sort.keys, types),
    limit: sort.limit === undefined ? null : longFromBigint(sort.limit),
    offset: sort.offset === undefined ? null : longFromBigint(sort.offset),
  };
}

function encodeDistinct(distinct: RelationOf<'distinct'>, types: TypeTable): volley.Distinct.$Properties {
  return {
    input: encodeRelation(distinct.input, types),
    on: distinct.on === undefined ? null : { expressions: encodeExpressions(distinct.on, types) },
    orderBy: encodeSortKeys(distinct.orderBy, types),
  };
}

function encodeWindow(window: RelationOf<'window'>, types: TypeTable): volley.Window.$Properties {
  return {
    input: encodeRelation(window.input, types),
    calls: window.calls.map((call) => encodeWindowCall(call, types)),
  };
}

function encodeUnnest(unnest: RelationOf<'unnest'>, types: TypeTable): volley.Unnest.$Properties {
  return { input: encodeRelation(unnest.input, types), lists: encodeExpressions(unnest.lists, types) };
}

function encodeLateralFunction(
  call: RelationOf<'lateral-function'>,
  types: TypeTable,
): volley.LateralFunction.$Properties {
  return { ...encodeTableFunction(call, types), input: encodeRelation(call.input, types) };
}

function encodeSetOperation(
  { operation, all, inputs }: RelationOf<'set-operation'>,
  types: TypeTable,
): volley.SetOperation.$Properties {
  return {
    operation: setOperations.encode(operation),
    all,
    inputs: inputs.map((input) => encodeRelation(input, types)),
  };
}

function encodeWith({ id, definition, body }: RelationOf<'with'>, types: TypeTable): volley.With.$Properties {
  return { id, definition: encodeRelation(definition, types), body: encodeRelation(body, types) };
}

function encodeRecursive(
  { id, all, anchor, step }: RelationOf<'recursive'>,
  types: TypeTable,
): volley.Recursive.$Properties {
  return { id, all, anchor: encodeRelation(anchor, types), step: encodeRelation(step, types) };
}
