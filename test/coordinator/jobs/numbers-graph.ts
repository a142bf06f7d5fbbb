import type { Expression } from '../../../engine/plan/expression.ts';
import type { Relation } from '../../../engine/plan/relation.ts';
import type { InputFile, Stage, StageGraph, StageId } from '../../../engine/plan/stage.ts';
import { scalar } from '../../../engine/plan/types.ts';

/** The number of rows in the test file. Its only column, `i`, contains the numbers from 0. */
export const rowCount = 40_000;
/** The number of rows in each row group, except the last. */
export const rowGroup = 10_240;
const BIGINT = scalar('BIGINT');
const key: Expression = { kind: 'column', index: 0, type: BIGINT };

/** Scans the numbers by row group, partitions them by value, drops small odd numbers, and gathers and sorts the rest. */
export function numbersGraph(file: InputFile): StageGraph {
  const types = [BIGINT];
  const scan: Relation = {
    kind: 'scan',
    types,
    table: 0,
    format: { kind: 'parquet' },
    columns: [{ kind: 'table', name: 'i', type: BIGINT }],
    filters: [],
    pruning: [],
    output: [0],
  };
  const starts = [0, rowGroup, 2 * rowGroup, 3 * rowGroup];
  const splits = starts.map((start) => [
    { file: 0, rows: { start, end: Math.min(start + rowGroup, rowCount) }, sizeBytes: 1000 },
  ]);
  const least: Expression = { kind: 'constant', value: 100n, type: BIGINT };
  const enough: Expression = { kind: 'comparison', operator: '>=', left: key, right: least, type: scalar('BOOLEAN') };
  const partition: Relation = { kind: 'input', types, stage: 0, mode: 'partition' };
  const gathered: Relation = { kind: 'input', types, stage: 1, mode: 'all' };
  const stages: Stage[] = [
    {
      id: 0 as StageId,
      root: scan,
      taskCount: 4,
      scans: [{ table: 0, tasks: splits }],
      output: { kind: 'hash', keys: [key], partitions: 3 },
      dependsOn: [],
      threads: 1,
    },
    {
      id: 1 as StageId,
      root: { kind: 'filter', types, input: partition, predicates: [enough] },
      taskCount: 3,
      scans: [],
      output: { kind: 'single' },
      dependsOn: [0 as StageId],
      threads: 1,
    },
    {
      id: 2 as StageId,
      root: { kind: 'sort', types, input: gathered, keys: [{ expression: key, descending: false, nullsFirst: false }] },
      taskCount: 1,
      scans: [],
      output: { kind: 'result' },
      dependsOn: [1 as StageId],
      threads: 1,
    },
  ];
  const columns = [{ name: 'i', type: BIGINT }];
  return {
    tables: [{ name: 'numbers', files: [file], columns }],
    stages,
    columns,
    timeZone: 'UTC',
  };
}
