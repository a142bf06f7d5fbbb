import type { LogicalPlan } from '../../engine/plan/logical-plan.ts';
import type { Relation, ScanColumn, ScanFormat } from '../../engine/plan/relation.ts';
import type { PlanTable, Split, Stage, StageGraph, StageId, StageOutput } from '../../engine/plan/stage.ts';
import type { ObjectIdentity } from '../../engine/store/object-store.ts';
import {
  boolean,
  comparisonOperators,
  count,
  type Draw,
  double,
  drawAggregateCall,
  drawExpression,
  drawExpressions,
  drawSortKeys,
  drawType,
  drawTypes,
  drawWindowCall,
  integer,
  length,
  maybe,
  one,
  position,
  small,
  text,
  times,
} from './arbitrary.ts';

/** The scope of a relation: the number of tables, and the widths of enclosing definitions and readable stages. */
export interface PlanScope {
  readonly tables: number;
  readonly shared: ReadonlyMap<number, number>;
  readonly stages: ReadonlyMap<number, number>;
}

type Kind = Relation['kind'];
const leaves: readonly Kind[] = ['scan', 'table-function', 'values', 'shared', 'input'];
const inner: readonly Kind[] = [
  ...([
    'project',
    'filter',
    'aggregate',
    'join',
    'asof-join',
    'positional-join',
    'sample',
    'sort',
    'distinct',
  ] as const),
  ...(['window', 'unnest', 'lateral-function', 'set-operation', 'with', 'recursive'] as const),
];

/** A valid relation of any kind, nested up to `depth`. `width` is the required number of columns. */
function drawRelation(draw: Draw, scope: PlanScope, depth = 3, width?: number): Relation {
  if (width !== undefined) return drawProject(draw, scope, depth, width);
  const possible = leaves.filter(
    (kind) =>
      (kind !== 'scan' || scope.tables > 0) &&
      (kind !== 'shared' || scope.shared.size > 0) &&
      (kind !== 'input' || scope.stages.size > 0),
  );
  const kind = one(draw, depth === 0 || draw.left-- <= 0 ? possible : [...possible, ...inner]);
  return drawKind(draw, scope, depth, kind);
}

function drawProject(draw: Draw, scope: PlanScope, depth: number, width: number): Relation {
  const input = drawRelation(draw, scope, Math.max(0, depth - 1));
  const expressions = times(width, () => drawExpression(draw, input.types.length, 1));
  return { kind: 'project', ...columns(draw, width), input, expressions };
}

function columns(draw: Draw, width: number) {
  return { types: drawTypes(draw, width), ...maybe(draw, 'estimatedRows', () => Math.abs(double(draw))) };
}

function drawKind(draw: Draw, scope: PlanScope, depth: number, kind: Kind): Relation {
  const below = (width?: number) => drawRelation(draw, scope, depth - 1, width);
  switch (kind) {
    case 'scan':
      return drawScan(draw, scope);
    case 'table-function': {
      const call = drawTableFunction(draw, 0);
      return { kind, ...columns(draw, call.output.length), ...call };
    }
    case 'values': {
      const width = length(draw, 3);
      const row = () => times(width, () => drawExpression(draw, 0));
      return { kind, ...columns(draw, width), rows: times(length(draw, 3), row) };
    }
    case 'shared': {
      const [id, width] = one(draw, [...scope.shared]);
      return { kind, ...columns(draw, width), id };
    }
    case 'input': {
      const [stage, width] = one(draw, [...scope.stages]);
      return { kind, ...columns(draw, width), stage, mode: one(draw, ['partition', 'all', 'forward']) };
    }
    case 'with': {
      const [definition, id] = [below(), small(draw)];
      const shared = new Map(scope.shared).set(id, definition.types.length);
      const body = drawRelation(draw, { ...scope, shared }, depth - 1);
      return { kind, ...columns(draw, body.types.length), id, definition, body };
    }
    case 'recursive': {
      const [anchor, id] = [below(), small(draw)];
      const shared = new Map(scope.shared).set(id, anchor.types.length);
      const step = drawRelation(draw, { ...scope, shared }, depth - 1, anchor.types.length);
      return { kind, ...columns(draw, anchor.types.length), id, all: boolean(draw), anchor, step };
    }
    case 'set-operation': {
      const width = length(draw, 3);
      const inputs = times(length(draw, 3, 1), () => below(width));
      const operation = one(draw, ['union', 'except', 'intersect'] as const);
      return { kind, ...columns(draw, width), operation, all: boolean(draw), inputs };
    }
    case 'join':
    case 'asof-join':
    case 'positional-join':
      return drawJoin(draw, kind, below(), below());
    default:
      return drawOverOne(draw, kind, below());
  }
}

function drawOverOne(
  draw: Draw,
  kind: Exclude<
    Kind,
    | ('scan' | 'table-function' | 'values' | 'shared' | 'input')
    | ('with' | 'recursive' | 'set-operation' | 'join' | 'asof-join' | 'positional-join')
  >,
  input: Relation,
): Relation {
  const width = input.types.length;
  const positions = (among: number) => (among === 0 ? [] : times(length(draw, 3), () => position(draw, among)));
  switch (kind) {
    case 'project': {
      const expressions = drawExpressions(draw, width);
      return { kind, ...columns(draw, expressions.length), input, expressions };
    }
    case 'filter':
      return { kind, ...columns(draw, width), input, predicates: drawExpressions(draw, width) };
    case 'aggregate': {
      const groups = drawExpressions(draw, width);
      const groupingSets = times(length(draw, 2), () => positions(groups.length));
      const aggregates = times(length(draw, 2), () => drawAggregateCall(draw, width));
      const groupingCalls = times(length(draw, 2), () => positions(groups.length));
      const common = columns(draw, groups.length + aggregates.length + groupingCalls.length);
      return { kind, ...common, input, groups, groupingSets, aggregates, groupingCalls };
    }
    case 'sample': {
      const method = one(draw, ['system', 'bernoulli', 'reservoir'] as const);
      const size = boolean(draw)
        ? ({ kind: 'percent', percent: double(draw) } as const)
        : ({ kind: 'rows', rows: integer(draw, 0n, 2n ** 64n - 1n) } as const);
      const seed = maybe(draw, 'seed', () => integer(draw, -(2n ** 63n), 2n ** 63n - 1n));
      return { kind, ...columns(draw, width), input, method, size, ...seed };
    }
    case 'sort': {
      const bound = () => integer(draw, 0n, 2n ** 64n - 1n);
      const bounds = { ...maybe(draw, 'limit', bound), ...maybe(draw, 'offset', bound) };
      return { kind, ...columns(draw, width), input, keys: drawSortKeys(draw, width), ...bounds };
    }
    case 'distinct': {
      const on = maybe(draw, 'on', () => drawExpressions(draw, width));
      return { kind, ...columns(draw, width), input, ...on, orderBy: drawSortKeys(draw, width) };
    }
    case 'window': {
      const calls = times(length(draw, 2), () => drawWindowCall(draw, width));
      return { kind, ...columns(draw, width + calls.length), input, calls };
    }
    case 'unnest': {
      const lists = drawExpressions(draw, width);
      return { kind, ...columns(draw, width + lists.length), input, lists };
    }
    case 'lateral-function': {
      const call = drawTableFunction(draw, width);
      return { kind, ...columns(draw, call.output.length + width), input, ...call };
    }
    default:
      return kind satisfies never;
  }
}

function drawTableFunction(draw: Draw, width: number) {
  const columnCount = length(draw, 3, 1);
  const output = times(length(draw, 3), () => position(draw, columnCount));
  return { name: text(draw), arguments: drawExpressions(draw, width), columnCount, output };
}

function drawScan(draw: Draw, scope: PlanScope): Relation {
  const scanned = times(length(draw, 4, 1), () => drawScanColumn(draw));
  const output = times(length(draw, 4), () => position(draw, scanned.length));
  return {
    kind: 'scan',
    ...columns(draw, output.length),
    table: position(draw, scope.tables),
    format: drawScanFormat(draw),
    columns: scanned,
    filters: drawExpressions(draw, scanned.length),
    pruning: drawExpressions(draw, scanned.length),
    output,
  };
}

function drawScanFormat(draw: Draw): ScanFormat {
  const kind = one(draw, ['parquet', 'csv', 'json'] as const);
  switch (kind) {
    case 'parquet':
      return { kind, ...maybe(draw, 'unionByName', () => boolean(draw)) };
    case 'csv': {
      const texts = { delimiter: text(draw), quote: text(draw), escape: text(draw), nullText: text(draw) };
      return { kind, options: { ...texts, header: boolean(draw) } };
    }
    case 'json':
      return { kind, layout: one(draw, ['array', 'newline-delimited']) };
    default:
      return kind satisfies never;
  }
}

function drawScanColumn(draw: Draw): ScanColumn {
  const kind = one(draw, ['table', 'partition', 'virtual', 'none'] as const);
  const type = drawType(draw, 1);
  if (kind === 'none') return { kind, type };
  if (kind === 'virtual') return { kind, name: one(draw, ['filename', 'file_row_number', 'file_index']), type };
  return { kind, name: text(draw), type };
}

function drawJoin(
  draw: Draw,
  kind: 'join' | 'asof-join' | 'positional-join',
  left: Relation,
  right: Relation,
): Relation {
  const [leftWidth, rightWidth] = [left.types.length, right.types.length];
  if (kind === 'positional-join') return { kind, ...columns(draw, leftWidth + rightWidth), left, right };
  const positions = (width: number) => (width === 0 ? [] : times(length(draw, 3), () => position(draw, width)));
  const [outputLeft, outputRight] = [positions(leftWidth), positions(rightWidth)];
  const parts = {
    left,
    right,
    conditions: times(length(draw, 2), () => ({
      left: drawExpression(draw, leftWidth),
      operator: one(draw, comparisonOperators),
      right: drawExpression(draw, rightWidth),
    })),
    ...maybe(draw, 'residual', () => drawExpression(draw, leftWidth + rightWidth)),
    outputLeft,
    outputRight,
  };
  const both = ['inner', 'left', 'right', 'full'] as const;
  const halves = ['semi', 'anti'] as const;
  if (kind === 'asof-join') {
    const joinType = one(draw, [...both, ...halves]);
    const width = outputLeft.length + (joinType === 'semi' || joinType === 'anti' ? 0 : outputRight.length);
    return { kind, ...columns(draw, width), joinType, ...parts };
  }
  const joinType = one(draw, [...both, ...halves, 'right-semi', 'right-anti', 'mark', 'single'] as const);
  const leftCount = joinType.startsWith('right-') ? 0 : outputLeft.length;
  const rightCount = joinType === 'mark' ? 1 : /semi|anti/.test(joinType) ? 0 : outputRight.length;
  const width = joinType.startsWith('right-') ? outputRight.length : leftCount + rightCount;
  return { kind, ...columns(draw, width), joinType, ...parts };
}

/** The identity of an object version. */
export function drawIdentity(draw: Draw): ObjectIdentity {
  return { sizeBytes: count(draw), version: text(draw) };
}

/** Zero or more tables of a plan. */
export function drawTables(draw: Draw): PlanTable[] {
  return times(length(draw, 2), () => ({
    name: text(draw),
    files: times(length(draw, 2), () => ({ location: text(draw), identity: drawIdentity(draw) })),
    columns: drawColumns(draw),
  }));
}

function drawColumns(draw: Draw): PlanTable['columns'] {
  return times(length(draw, 3), () => ({ name: text(draw), type: drawType(draw) }));
}

/** The splits of a table for one task. */
export function drawSplits(draw: Draw, table: PlanTable): Split[] {
  return table.files.map((_, file) => {
    const rows = maybe(draw, 'rows', () => {
      const [a, b] = [count(draw), count(draw)];
      return { start: Math.min(a, b), end: Math.max(a, b) };
    });
    return { file, ...rows, ...maybe(draw, 'rowCount', () => count(draw)), sizeBytes: count(draw) };
  });
}

/** A stage that may read some of the earlier stages. */
export function drawStage(draw: Draw, tables: readonly PlanTable[], before: readonly Stage[]): Stage {
  const [first] = before;
  if (first !== undefined && boolean(draw)) return drawCombining(draw, before.length, first);
  const read = before.filter(() => boolean(draw));
  const stages = new Map(read.map((stage) => [Number(stage.id), stage.root.types.length]));
  const root = drawRelation(draw, { tables: tables.length, shared: new Map(), stages });
  const taskCount = length(draw, 3, 1);
  const scanned = tables.map((table, index) => ({ table, index })).filter(() => boolean(draw));
  return {
    id: before.length as StageId,
    root,
    taskCount,
    scans: scanned.map(({ table, index }) => ({
      table: index,
      tasks: times(taskCount, () => drawSplits(draw, table)),
    })),
    output: drawOutput(draw, root.types.length),
    dependsOn: read.map((stage) => stage.id),
    threads: small(draw),
    ...maybe(draw, 'shuffleCompression', () => 'lz4' as const),
  };
}

function drawOutput(draw: Draw, width: number): StageOutput {
  const kind = one(draw, ['hash', 'single', 'result'] as const);
  if (kind !== 'hash') return { kind };
  const partitions = Math.max(1, small(draw));
  const blocks = maybe(draw, 'blocks', () => 1 + position(draw, partitions));
  return { kind, keys: drawExpressions(draw, width), partitions, ...blocks };
}

/** A stage that combines the partitions of another stage. */
function drawCombining(draw: Draw, id: number, read: Stage): Stage {
  const [partitionBlocks, producerBlocks] = [length(draw, 3, 1), length(draw, 3, 1)];
  const partitions = partitionBlocks + length(draw, 3);
  const { types } = read.root;
  return {
    id: id as StageId,
    root: { kind: 'input', types, stage: read.id, mode: 'combine' },
    taskCount: partitionBlocks * producerBlocks,
    scans: [],
    output: {
      kind: 'combined',
      partitions,
      producers: producerBlocks + length(draw, 3),
      producerBlocks,
      partitionBlocks,
    },
    dependsOn: [read.id],
    threads: small(draw),
  };
}

/** A stage graph. */
export function drawStageGraph(draw: Draw): StageGraph {
  const tables = drawTables(draw);
  const stages: Stage[] = [];
  for (let left = length(draw, 3, 1); left > 0; left--) stages.push(drawStage(draw, tables, stages));
  return {
    tables,
    stages,
    columns: drawColumns(draw),
    timeZone: text(draw),
    ...maybe(draw, 'keyPrefixes', () => one(draw, [2, 64, 4096])),
    ...maybe(draw, 'singleTaskReason', () => text(draw)),
  };
}

/** A plan before distribution. */
export function drawLogicalPlan(draw: Draw): LogicalPlan {
  const tables = drawTables(draw);
  const root = drawRelation(draw, { tables: tables.length, shared: new Map(), stages: new Map() });
  return { tables, root, columns: drawColumns(draw), timeZone: text(draw) };
}
