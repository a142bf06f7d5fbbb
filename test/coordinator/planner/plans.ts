import { type DistributeSettings, distribute } from '../../../coordinator/planner/distribute.ts';
import type { FabricModel } from '../../../coordinator/price/fabric-model.ts';
import { lambdaPrice, S3_STANDARD } from '../../../coordinator/price/store-model.ts';
import type { AggregateCall, Expression } from '../../../engine/plan/expression.ts';
import type { LogicalPlan } from '../../../engine/plan/logical-plan.ts';
import { inputsOf, type JoinType, type Relation } from '../../../engine/plan/relation.ts';
import type { PlanTable, Stage, StageGraph } from '../../../engine/plan/stage.ts';
import { BIGINT, BOOLEAN, type DataType, VARCHAR } from '../../../engine/plan/types.ts';
import type { ParquetFile } from '../../../engine/scan/parquet-file.ts';
import { known } from './layouts.ts';

/** Builders of plans for the planner tests. All columns are BIGINT by default. */

export function col(index: number, type: DataType = BIGINT): Expression {
  return { kind: 'column', index, type };
}

export function int(value: number | bigint): Expression {
  return { kind: 'constant', value: BigInt(value), type: BIGINT };
}

export function text(value: string): Expression {
  return { kind: 'constant', value, type: VARCHAR };
}

export function compare(left: Expression, operator: '=' | '<' | '>' | '<>', right: Expression): Expression {
  return { kind: 'comparison', operator, left, right, type: BOOLEAN };
}

export function call(name: string, inputs: readonly Expression[], type: DataType = BIGINT): AggregateCall {
  return { name, inputs, distinct: false, orderBy: [], type };
}

/** Returns a scan of a table with the columns `a`, `b` and so on. */
export function scan(table: number, width: number, estimatedRows = 100_000): Relation {
  const names = Array.from({ length: width }, (_none, index) => String.fromCharCode(97 + index));
  return {
    kind: 'scan',
    table,
    format: { kind: 'parquet' },
    columns: names.map((name) => ({ kind: 'table', name, type: BIGINT })),
    filters: [],
    pruning: [],
    output: [...names.keys()],
    types: names.map(() => BIGINT),
    estimatedRows,
  };
}

export function join(
  joinType: JoinType,
  left: Relation,
  right: Relation,
  keys: readonly (readonly [number, number])[],
  operator: '=' | '<' | 'is not distinct from' = '=',
): Relation {
  const leftOnly = joinType === 'semi' || joinType === 'anti' || joinType === 'mark';
  const rightOnly = joinType === 'right-semi' || joinType === 'right-anti';
  const outputLeft = rightOnly ? [] : [...left.types.keys()];
  const outputRight = leftOnly ? [] : [...right.types.keys()];
  const mark = joinType === 'mark' ? [BOOLEAN] : [];
  return {
    kind: 'join',
    joinType,
    left,
    right,
    conditions: keys.map(([l, r]) => ({
      left: col(l, left.types[l] ?? BIGINT),
      operator,
      right: col(r, right.types[r] ?? BIGINT),
    })),
    outputLeft,
    outputRight,
    types: [...(rightOnly ? [] : left.types), ...mark, ...(leftOnly ? [] : right.types)],
  };
}

export function aggregate(input: Relation, groups: readonly Expression[], calls: readonly AggregateCall[]): Relation {
  return {
    kind: 'aggregate',
    input,
    groups,
    groupingSets: [[...groups.keys()]],
    aggregates: calls,
    groupingCalls: [],
    types: [...groups.map((group) => group.type), ...calls.map((made) => made.type)],
  };
}

/** Returns the layout of a file with `rowGroups` row groups, each with 1000 rows and 10,000 bytes per column. */
export function parquetFile(rowGroups: number, columns = 'abcdef', firstValue = 0): ParquetFile {
  return {
    rows: rowGroups * 1000,
    footerBytes: 100,
    rowGroups: Array.from({ length: rowGroups }, (_none, group) => ({
      firstRow: group * 1000,
      rows: 1000,
      chunks: [...columns].map((name, index) => ({
        column: name,
        start: 4 + (group * columns.length + index) * 10_000,
        sizeBytes: 10_000,
        statistics: {
          min: BigInt(firstValue + group * 1000),
          max: BigInt(firstValue + group * 1000 + 999),
          nullCount: 0,
        },
      })),
    })),
  };
}

export const LAPTOP: FabricModel = {
  concurrency: 4,
  coresPerTask: 4,
  memoryMiBPerTask: 4096,
  readBytesPerSecond: 500e6,
  invokeSeconds: 0.005,
  sharedCores: true,
};

export const CLOUD: FabricModel = {
  concurrency: 256,
  coresPerTask: 2,
  memoryMiBPerTask: 3072,
  readBytesPerSecond: 75e6,
  invokeSeconds: 0.05,
  sharedCores: false,
};

/** The fabric `CLOUD` with the prices of S3 and Lambda. */
export const IN_CLOUD: FabricModel = { ...CLOUD, cloud: { store: S3_STANDARD, price: lambdaPrice(3072) } };

/**
 * A fabric with expensive reads. A read costs a cent and takes 0.1 s, and each task makes one read at a time, so shuffles of eight by eight
 * tasks are combined. Tasks have so little memory that larger shuffles need more than two combiners.
 */
export const DEAR_READS: FabricModel = {
  ...CLOUD,
  memoryMiBPerTask: 2,
  cloud: {
    store: { ...S3_STANDARD, getDollars: 0.01, getSeconds: 0.1, readsAtOnce: 1 },
    price: lambdaPrice(2),
  },
};

export const FORCED: DistributeSettings = { fanout: 4, broadcastLimitBytes: 1_000_000 };
export const HASH_ONLY: DistributeSettings = { fanout: 4, broadcastLimitBytes: 0 };

/** Distributes a plan over tables of one file each. `files[t]` is the layout of table t, or its number of row groups. */
export function distributed(
  root: Relation,
  files: readonly (number | ParquetFile)[],
  settings: DistributeSettings = FORCED,
  fabric: FabricModel = LAPTOP,
  locations: readonly string[] = files.map((_file, index) => `/data/t${index}.parquet`),
): StageGraph {
  const layouts = files.map((file) => (typeof file === 'number' ? parquetFile(file) : file));
  const tables: readonly PlanTable[] = files.map((_file, index) => ({
    name: `t${index}`,
    files: [{ location: locations[index] ?? '', identity: { sizeBytes: 1000, version: '1' } }],
    columns: [],
  }));
  const plan: LogicalPlan = {
    root,
    tables,
    columns: root.types.map((type, index) => ({ name: `c${index}`, type })),
    timeZone: 'UTC',
  };
  return distribute(plan, { layout: (table) => known(layouts[table]), fabric, settings });
}

/** Describes each stage in one line: `operators over sources x tasks -> output`. */
export function outline(graph: StageGraph): readonly string[] {
  return graph.stages.map((stage) => `${shape(stage.root)} x${stage.taskCount} -> ${outputOutline(stage)}`);
}

function outputOutline(stage: Stage): string {
  if (stage.output.kind !== 'hash') return stage.output.kind;
  const keys = stage.output.keys.map((key) => (key.kind === 'column' ? key.index : key.kind));
  return `hash(${keys.join(',')})`;
}

function shape(relation: Relation): string {
  if (relation.kind === 'scan') return `t${relation.table}`;
  if (relation.kind === 'input') return `${relation.mode} ${relation.stage}`;
  const name = relation.kind === 'join' ? relation.joinType : relation.kind;
  return `${name}(${inputsOf(relation).map(shape).join(', ')})`;
}
