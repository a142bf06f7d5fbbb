import type { volley } from '../../../proto/generated/volley.js';
import type { Expression } from '../expression.ts';
import type { JoinCondition, Relation, ScanColumn, ScanFormat, SharedId } from '../relation.ts';
import type { DataType } from '../types.ts';
import {
  decodeAggregateCall,
  decodeExpression,
  decodeExpressions,
  decodeSortKeys,
  decodeWindowCall,
} from './decode-expressions.ts';
import { type DecodedTypes, typeAt } from './decode-types.ts';
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
import { invalid, required, tooNew } from './faults.ts';
import { bigintFromSigned, bigintFromUnsigned } from './integers.ts';
import { outputWidth } from './output-width.ts';

/** The tables and definitions that a relation may refer to. */
export interface RelationScope {
  readonly types: DecodedTypes;
  /** The number of tables in the plan. */
  readonly tables: number;
  /** The number of columns of each enclosing definition. */
  readonly shared: ReadonlyMap<SharedId, number>;
}

/** The fields that all relations have. */
interface Common {
  readonly types: readonly DataType[];
  readonly estimatedRows?: number;
}

/**
 * Decodes a relation and everything below it. Checks that every column, table and definition it reads exists, and that it has the required
 * number of columns.
 */
export function decodeRelation(message: volley.Relation.$Shape | null | undefined, scope: RelationScope): Relation {
  const node = required(message, 'a relation');
  const types = (node.types ?? []).map((index) => typeAt(scope.types, index));
  const estimate = node.estimatedRows;
  const relation = decodeNode(node, scope, {
    types,
    ...(estimate === null || estimate === undefined ? {} : { estimatedRows: estimate }),
  });
  const width = outputWidth(relation);
  if (width !== undefined && width !== types.length)
    throw invalid(`a ${relation.kind} relation has ${types.length} columns instead of ${width}`);
  return relation;
}

function decodeNode(node: volley.Relation.$Shape, scope: RelationScope, common: Common): Relation {
  switch (node.node) {
    case 'scan':
      return decodeScan(node.scan, scope, common);
    case 'tableFunction':
      return { ...common, kind: 'table-function', ...decodeTableFunction(node.tableFunction, scope, 0) };
    case 'values':
      return { ...common, kind: 'values', rows: decodeRows(node.values, scope, common.types.length) };
    case 'project':
      return decodeProject(node.project, scope, common);
    case 'filter':
      return decodeFilter(node.filter, scope, common);
    case 'aggregate':
      return decodeAggregate(node.aggregate, scope, common);
    case 'join':
      return decodeJoin(node.join, scope, common);
    case 'asofJoin':
      return decodeAsofJoin(node.asofJoin, scope, common);
    case 'positionalJoin':
      return decodePositionalJoin(node.positionalJoin, scope, common);
    case 'sample':
      return decodeSample(node.sample, scope, common);
    case 'sort':
      return decodeSort(node.sort, scope, common);
    case 'distinct':
      return decodeDistinct(node.distinct, scope, common);
    case 'window':
      return decodeWindow(node.window, scope, common);
    case 'unnest':
      return decodeUnnest(node.unnest, scope, common);
    case 'lateralFunction':
      return decodeLateralFunction(node.lateralFunction, scope, common);
    case 'setOperation':
      return decodeSetOperation(node.setOperation, scope, common);
    case 'with':
      return decodeWith(node.with, scope, common);
    case 'recursive':
      return decodeRecursive(node.recursive, scope, common);
    case 'shared':
      return decodeShared(node.shared, scope, common);
    case 'input':
      return { ...common, kind: 'input', stage: node.input.stage ?? 0, mode: inputModes.decode(node.input.mode) };
    case undefined:
      throw tooNew('it contains a relation of an unknown kind');
    default:
      return node satisfies never;
  }
}

/** Returns the scope of expressions over the concatenated columns of these relations. */
function over(scope: RelationScope, ...inputs: readonly Relation[]) {
  return { types: scope.types, columns: inputs.reduce((sum, input) => sum + input.types.length, 0) };
}

function sharing(scope: RelationScope, id: SharedId, definition: Relation): RelationScope {
  return { ...scope, shared: new Map(scope.shared).set(id, definition.types.length) };
}

function decodePositions(messages: readonly number[] | null | undefined, count: number, what: string): number[] {
  const positions = [...(messages ?? [])];
  const wrong = positions.find((position) => position >= count);
  if (wrong !== undefined) throw invalid(`${what} ${wrong} does not exist (count: ${count})`);
  return positions;
}

function decodeScan(message: volley.Scan.$Shape, scope: RelationScope, common: Common): Relation {
  const table = message.table ?? 0;
  if (table >= scope.tables) throw invalid(`a scan reads table ${table} of a plan with ${scope.tables} tables`);
  const columns = (message.columns ?? []).map((column) => decodeScanColumn(column, scope.types));
  const overColumns = { types: scope.types, columns: columns.length };
  return {
    ...common,
    kind: 'scan',
    table,
    format: decodeScanFormat(message.format),
    columns,
    filters: decodeExpressions(message.filters, overColumns),
    pruning: decodeExpressions(message.pruning, overColumns),
    output: decodePositions(message.output, columns.length, 'scanned column'),
  };
}

function decodeScanFormat(message: volley.ScanFormat.$Shape | null | undefined): ScanFormat {
  const format = required(message, 'the format of a scan');
  switch (format.kind) {
    case 'parquet': {
      const { unionByName } = format.parquet;
      return { kind: 'parquet', ...(typeof unionByName === 'boolean' ? { unionByName } : {}) };
    }
    case 'csv': {
      const dialect = format.csv;
      return {
        kind: 'csv',
        options: {
          delimiter: dialect.delimiter ?? '',
          quote: dialect.quote ?? '',
          escape: dialect.escape ?? '',
          header: dialect.header ?? false,
          nullText: dialect.nullText ?? '',
        },
      };
    }
    case 'json':
      return { kind: 'json', layout: jsonLayouts.decode(format.json.layout) };
    case undefined:
      throw tooNew('it contains a scan of an unknown format');
    default:
      return format satisfies never;
  }
}

function decodeScanColumn(message: volley.ScanColumn.$Shape, types: DecodedTypes): ScanColumn {
  const type = typeAt(types, message.type);
  switch (message.kind) {
    case 'table':
      return { kind: 'table', name: message.table, type };
    case 'partition':
      return { kind: 'partition', name: message.partition, type };
    case 'virtual':
      return { kind: 'virtual', name: virtualColumns.decode(message.virtual), type };
    case 'none':
      return { kind: 'none', type };
    case undefined:
      throw tooNew('it contains a scanned column of an unknown kind');
    default:
      return message satisfies never;
  }
}

function decodeTableFunction(message: volley.TableFunction.$Shape, scope: RelationScope, columns: number) {
  const columnCount = message.columnCount ?? 0;
  return {
    name: message.name ?? '',
    arguments: decodeExpressions(message.arguments, { types: scope.types, columns }),
    columnCount,
    output: decodePositions(message.output, columnCount, 'table function column'),
  };
}

function decodeRows(message: volley.Values.$Shape, scope: RelationScope, width: number): Expression[][] {
  return (message.rows ?? []).map(({ expressions }) => {
    const row = decodeExpressions(expressions, { types: scope.types, columns: 0 });
    if (row.length !== width) throw invalid(`a row has ${row.length} values for ${width} columns`);
    return row;
  });
}

function decodeProject(message: volley.Project.$Shape, scope: RelationScope, common: Common): Relation {
  const input = decodeRelation(message.input, scope);
  return { ...common, kind: 'project', input, expressions: decodeExpressions(message.expressions, over(scope, input)) };
}

function decodeFilter(message: volley.Filter.$Shape, scope: RelationScope, common: Common): Relation {
  const input = decodeRelation(message.input, scope);
  return { ...common, kind: 'filter', input, predicates: decodeExpressions(message.predicates, over(scope, input)) };
}

function decodeAggregate(message: volley.Aggregate.$Shape, scope: RelationScope, common: Common): Relation {
  const input = decodeRelation(message.input, scope);
  const overInput = over(scope, input);
  const groups = decodeExpressions(message.groups, overInput);
  const positions = (set: volley.Positions.$Shape) => decodePositions(set.positions, groups.length, 'group');
  return {
    ...common,
    kind: 'aggregate',
    input,
    groups,
    groupingSets: (message.groupingSets ?? []).map(positions),
    aggregates: (message.aggregates ?? []).map((call) => decodeAggregateCall(call, overInput)),
    groupingCalls: (message.groupingCalls ?? []).map(positions),
  };
}

function decodeJoin(message: volley.Join.$Shape, scope: RelationScope, common: Common): Relation {
  const joinType = joinTypes.decode(message.joinType);
  return { ...common, kind: 'join', joinType, ...decodeJoinParts(message, scope) };
}

function decodeAsofJoin(message: volley.AsofJoin.$Shape, scope: RelationScope, common: Common): Relation {
  const joinType = asofJoinTypes.decode(message.joinType);
  return { ...common, kind: 'asof-join', joinType, ...decodeJoinParts(message, scope) };
}

function decodeJoinParts(message: volley.Join.$Shape | volley.AsofJoin.$Shape, scope: RelationScope) {
  const left = decodeRelation(message.left, scope);
  const right = decodeRelation(message.right, scope);
  const condition = (part: volley.JoinCondition.$Shape): JoinCondition => ({
    left: decodeExpression(part.left, over(scope, left)),
    operator: comparisonOperators.decode(part.operator),
    right: decodeExpression(part.right, over(scope, right)),
  });
  return {
    left,
    right,
    conditions: (message.conditions ?? []).map(condition),
    ...(message.residual ? { residual: decodeExpression(message.residual, over(scope, left, right)) } : {}),
    outputLeft: decodePositions(message.outputLeft, left.types.length, 'left column'),
    outputRight: decodePositions(message.outputRight, right.types.length, 'right column'),
  };
}

function decodePositionalJoin(message: volley.PositionalJoin.$Shape, scope: RelationScope, common: Common): Relation {
  const left = decodeRelation(message.left, scope);
  const right = decodeRelation(message.right, scope);
  return { ...common, kind: 'positional-join', left, right };
}

function decodeSample(message: volley.Sample.$Shape, scope: RelationScope, common: Common): Relation {
  const sample = {
    ...common,
    kind: 'sample',
    input: decodeRelation(message.input, scope),
    method: sampleMethods.decode(message.method),
    ...(message.seed ? { seed: bigintFromSigned(message.seed) } : {}),
  } as const;
  switch (message.size) {
    case 'percent':
      return { ...sample, size: { kind: 'percent', percent: message.percent } };
    case 'rows':
      return { ...sample, size: { kind: 'rows', rows: bigintFromUnsigned(message.rows) } };
    case undefined:
      throw tooNew('it contains a sample with an unknown kind of size');
    default:
      return message satisfies never;
  }
}

function decodeSort(message: volley.Sort.$Shape, scope: RelationScope, common: Common): Relation {
  const input = decodeRelation(message.input, scope);
  return {
    ...common,
    kind: 'sort',
    input,
    keys: decodeSortKeys(message.keys, over(scope, input)),
    ...(message.limit ? { limit: bigintFromUnsigned(message.limit) } : {}),
    ...(message.offset ? { offset: bigintFromUnsigned(message.offset) } : {}),
  };
}

function decodeDistinct(message: volley.Distinct.$Shape, scope: RelationScope, common: Common): Relation {
  const input = decodeRelation(message.input, scope);
  const orderBy = decodeSortKeys(message.orderBy, over(scope, input));
  const distinct = { ...common, kind: 'distinct', input, orderBy } as const;
  return message.on ? { ...distinct, on: decodeExpressions(message.on.expressions, over(scope, input)) } : distinct;
}

function decodeWindow(message: volley.Window.$Shape, scope: RelationScope, common: Common): Relation {
  const input = decodeRelation(message.input, scope);
  const calls = (message.calls ?? []).map((call) => decodeWindowCall(call, over(scope, input)));
  return { ...common, kind: 'window', input, calls };
}

function decodeUnnest(message: volley.Unnest.$Shape, scope: RelationScope, common: Common): Relation {
  const input = decodeRelation(message.input, scope);
  return { ...common, kind: 'unnest', input, lists: decodeExpressions(message.lists, over(scope, input)) };
}

function decodeLateralFunction(message: volley.LateralFunction.$Shape, scope: RelationScope, common: Common): Relation {
  const input = decodeRelation(message.input, scope);
  return { ...common, kind: 'lateral-function', input, ...decodeTableFunction(message, scope, input.types.length) };
}

function decodeSetOperation(message: volley.SetOperation.$Shape, scope: RelationScope, common: Common): Relation {
  const inputs = (message.inputs ?? []).map((input) => decodeRelation(input, scope));
  if (inputs.length === 0 || inputs.some((input) => input.types.length !== common.types.length))
    throw invalid('a set operation has no inputs, or its inputs differ in the number of columns');
  const operation = setOperations.decode(message.operation);
  return { ...common, kind: 'set-operation', operation, all: message.all ?? false, inputs };
}

function decodeWith(message: volley.With.$Shape, scope: RelationScope, common: Common): Relation {
  const id = message.id ?? 0;
  const definition = decodeRelation(message.definition, scope);
  const body = decodeRelation(message.body, sharing(scope, id, definition));
  return { ...common, kind: 'with', id, definition, body };
}

function decodeRecursive(message: volley.Recursive.$Shape, scope: RelationScope, common: Common): Relation {
  const id = message.id ?? 0;
  const anchor = decodeRelation(message.anchor, scope);
  const step = decodeRelation(message.step, sharing(scope, id, anchor));
  if (step.types.length !== anchor.types.length)
    throw invalid('the step and the anchor of a recursion differ in the number of columns');
  return { ...common, kind: 'recursive', id, all: message.all ?? false, anchor, step };
}

function decodeShared(id: SharedId, scope: RelationScope, common: Common): Relation {
  const width = scope.shared.get(id);
  if (width === undefined) throw invalid(`definition ${id} is read outside its scope`);
  if (width !== common.types.length)
    throw invalid(`definition ${id} has ${width} columns, but ${common.types.length} columns are read`);
  return { ...common, kind: 'shared', id };
}
