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

/** A relation with all below it. Its types go to the table. */
export function encodeRelation(relation: Relation, types: TypeTable): volley.Relation.$Properties {
  return {
    types: relation.types.map(types.indexOf),
    estimatedRows: relation.estimatedRows ?? null,
    ...encodeNode(relation, types),
  };
}

function encodeNode(relation: Relation, types: TypeTable): volley.Relation.$Properties {
  const input = (below: Relation) => encodeRelation(below, types);
  switch (relation.kind) {
    case 'scan':
      return { scan: encodeScan(relation, types) };
    case 'table-function':
      return { tableFunction: encodeTableFunction(relation, types) };
    case 'values':
      return { values: { rows: relation.rows.map((row) => ({ expressions: encodeExpressions(row, types) })) } };
    case 'project': {
      const expressions = encodeExpressions(relation.expressions, types);
      return { project: { input: input(relation.input), expressions } };
    }
    case 'filter':
      return { filter: { input: input(relation.input), predicates: encodeExpressions(relation.predicates, types) } };
    case 'aggregate':
      return { aggregate: encodeAggregate(relation, types) };
    case 'join':
      return { join: { ...encodeJoin(relation, types), joinType: joinTypes.encode(relation.joinType) } };
    case 'asof-join':
      return { asofJoin: { ...encodeJoin(relation, types), joinType: asofJoinTypes.encode(relation.joinType) } };
    case 'positional-join':
      return { positionalJoin: { left: input(relation.left), right: input(relation.right) } };
    case 'sample':
      return { sample: encodeSample(relation, types) };
    case 'sort':
      return { sort: encodeSort(relation, types) };
    case 'distinct': {
      const on = relation.on === undefined ? null : { expressions: encodeExpressions(relation.on, types) };
      return { distinct: { input: input(relation.input), on, orderBy: encodeSortKeys(relation.orderBy, types) } };
    }
    case 'window': {
      const calls = relation.calls.map((call) => encodeWindowCall(call, types));
      return { window: { input: input(relation.input), calls } };
    }
    case 'unnest':
      return { unnest: { input: input(relation.input), lists: encodeExpressions(relation.lists, types) } };
    case 'lateral-function':
      return { lateralFunction: { ...encodeTableFunction(relation, types), input: input(relation.input) } };
    case 'set-operation': {
      const operation = setOperations.encode(relation.operation);
      return { setOperation: { operation, all: relation.all, inputs: relation.inputs.map(input) } };
    }
    case 'with':
      return { with: { id: relation.id, definition: input(relation.definition), body: input(relation.body) } };
    case 'recursive': {
      const { id, all } = relation;
      return { recursive: { id, all, anchor: input(relation.anchor), step: input(relation.step) } };
    }
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

function encodeAggregate(aggregate: RelationOf<'aggregate'>, types: TypeTable): volley.Aggregate.$Properties {
  return {
    input: encodeRelation(aggregate.input, types),
    groups: encodeExpressions(aggregate.groups, types),
    groupingSets: aggregate.groupingSets.map((positions) => ({ positions: [...positions] })),
    aggregates: aggregate.aggregates.map((call) => encodeAggregateCall(call, types)),
    groupingCalls: aggregate.groupingCalls.map((positions) => ({ positions: [...positions] })),
  };
}

function encodeJoin(
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
