import { distribute } from '../../coordinator/planner/distribute.ts';
import type { FabricModel } from '../../coordinator/price/fabric-model.ts';
import type { Expression } from '../../engine/plan/expression.ts';
import type { LogicalPlan } from '../../engine/plan/logical-plan.ts';
import type { Relation } from '../../engine/plan/relation.ts';
import type { PlanTable, StageGraph } from '../../engine/plan/stage.ts';
import { BIGINT } from '../../engine/plan/types.ts';
import type { ParquetFile } from '../../engine/scan/parquet-file.ts';

/** The available queries. `stages` is the number of large stages in a query's default plan. */
export const QUERIES = {
  group: { sql: 'select k, sum(v) from t0 group by k', stages: 2, tables: 1 },
  join: { sql: 'select t0.v, sum(t1.v) from t0 join t1 using (k) group by t0.v', stages: 4, tables: 2 },
  chain: {
    sql: 'select w, max(v) from (select t0.v, sum(t1.v) w from t0 join t1 using (k) group by t0.v) group by w',
    stages: 5,
    tables: 2,
  },
} as const;

export type QueryName = keyof typeof QUERIES;

export interface QueryOptions {
  readonly query: QueryName;
  /** The number of files of each table, and the rows and bytes of each file, which has one row group. */
  readonly files: number;
  readonly fileBytes: number;
  readonly fanout: 'auto' | number;
  readonly fabric: FabricModel;
}

/**
 * The number of folders (such as one per day) that hold a table's files. Reads of the input are spread over the same
 * number of prefixes.
 */
const INPUT_FOLDERS = 32;
const ROWS_PER_FILE = 1_000_000;

/** Plans the stage graph of a query. Throws as `distribute` does. */
export function planQuery({ query, files, fileBytes, fanout, fabric }: QueryOptions): StageGraph {
  const tables = Array.from({ length: QUERIES[query].tables }, (_, table) => tableOf(table, files, fileBytes));
  const root = rootOf(query, files);
  const plan: LogicalPlan = {
    root,
    tables,
    columns: root.types.map((type, index) => ({ name: `c${index}`, type })),
    timeZone: 'UTC',
  };
  const layout = layoutOf(fileBytes);
  return distribute(plan, { layout: () => layout, fabric, settings: { fanout, broadcastLimitBytes: 0 } });
}

function rootOf(query: QueryName, files: number): Relation {
  switch (query) {
    case 'group':
      return group(scan(0, files), 0, 'sum', 1);
    case 'join':
      return group(join(files), 0, 'sum', 1);
    case 'chain':
      return group(group(join(files), 0, 'sum', 1), 1, 'max', 0);
    default:
      return query satisfies never;
  }
}

function tableOf(table: number, files: number, fileBytes: number): PlanTable {
  return {
    name: `t${table}`,
    files: Array.from({ length: files }, (_, file) => ({
      location: `s3://lake/t${table}/day=${file % INPUT_FOLDERS}/part-${file}.parquet`,
      identity: { sizeBytes: fileBytes, version: `"${file.toString(16).padStart(32, '0')}"` },
    })),
    columns: [
      { name: 'k', type: BIGINT },
      { name: 'v', type: BIGINT },
    ],
  };
}

function layoutOf(fileBytes: number): ParquetFile {
  const sizeBytes = Math.floor(fileBytes / 2);
  const statistics = { nullCount: 0 };
  const chunks = ['k', 'v'].map((column, at) => ({ column, start: 4 + at * sizeBytes, sizeBytes, statistics }));
  return { rows: ROWS_PER_FILE, footerBytes: 1000, rowGroups: [{ firstRow: 0, rows: ROWS_PER_FILE, chunks }] };
}

function column(index: number): Expression {
  return { kind: 'column', index, type: BIGINT };
}

function scan(table: number, files: number): Relation {
  return {
    kind: 'scan',
    table,
    format: { kind: 'parquet' },
    columns: ['k', 'v'].map((name) => ({ kind: 'table', name, type: BIGINT })),
    filters: [],
    pruning: [],
    output: [0, 1],
    types: [BIGINT, BIGINT],
    estimatedRows: files * ROWS_PER_FILE,
  };
}

/**
 * Builds an aggregate of one column, grouped by another. It has as many groups as rows, so that later stages stay
 * large.
 */
function group(input: Relation, by: number, name: string, of: number): Relation {
  return {
    kind: 'aggregate',
    input,
    groups: [column(by)],
    groupingSets: [[0]],
    aggregates: [{ name, inputs: [column(of)], distinct: false, orderBy: [], type: BIGINT }],
    groupingCalls: [],
    types: [BIGINT, BIGINT],
    ...(input.estimatedRows !== undefined && { estimatedRows: input.estimatedRows }),
  };
}

function join(files: number): Relation {
  return {
    kind: 'join',
    joinType: 'inner',
    left: scan(0, files),
    right: scan(1, files),
    conditions: [{ left: column(0), operator: '=', right: column(0) }],
    outputLeft: [1],
    outputRight: [1],
    types: [BIGINT, BIGINT],
    estimatedRows: files * ROWS_PER_FILE,
  };
}
