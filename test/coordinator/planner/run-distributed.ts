import type { DuckDBConnection } from '@duckdb/node-api';
import { expressionSql } from '../../../engine/duckdb/render/expressions.ts';
import { renderFragment } from '../../../engine/duckdb/render/relations.ts';
import { blockStart } from '../../../engine/plan/blocks.ts';
import type { Relation } from '../../../engine/plan/relation.ts';
import type { Stage, StageGraph } from '../../../engine/plan/stage.ts';
import { walk } from '../../../engine/plan/transform.ts';
import { typeSql } from '../../../engine/plan/types.ts';
import { type Answer, answerTo } from '../../engine/duckdb/plan/session.ts';

/**
 * Runs the stages of a graph sequentially in one DuckDB, with one table for the output of each stage. This tests the planner without
 * executors, shuffles or a scheduler.
 */
export async function runDistributed(connection: DuckDBConnection, graph: StageGraph): Promise<Answer> {
  for (const stage of graph.stages) {
    if (stage.output.kind === 'combined') {
      await combine(connection, stage, stage.output);
      continue;
    }
    const types = stage.root.types.map(typeSql);
    const columns = types.map((type, index) => `c${index} ${type}`);
    await connection.run(
      `CREATE OR REPLACE TEMP TABLE out_${stage.id} (${[...columns, 'task INTEGER', 'part INTEGER'].join(', ')})`,
    );
    const names = types.map((_type, index) => `x.c${index}`);
    for (let task = 0; task < stage.taskCount; task += 1) {
      const fragment = fragmentSql(graph, stage, task);
      if (task === 0) await checkTypes(connection, fragment, stage, types);
      const values = [...names, task, partitionSql(stage)];
      await connection.run(`INSERT INTO out_${stage.id} SELECT ${values.join(', ')} FROM (${fragment}) AS x`);
    }
  }
  const last = graph.stages.at(-1);
  if (last === undefined) throw new Error('The graph has no stages.');
  return answerTo(connection, `SELECT * EXCLUDE (task, part) FROM out_${last.id}`);
}

/** Runs a combining stage. Each of its tasks copies the rows of one block of partitions from one block of producers. */
async function combine(
  connection: DuckDBConnection,
  { id, root, taskCount }: Stage,
  { producers, partitions, producerBlocks, partitionBlocks }: Extract<Stage['output'], { kind: 'combined' }>,
): Promise<void> {
  if (root.kind !== 'input') throw new Error(`Stage ${id} does not read a stage to combine.`);
  await connection.run(`CREATE OR REPLACE TEMP TABLE out_${id} AS FROM out_${root.stage} LIMIT 0`);
  for (let task = 0; task < taskCount; task += 1) {
    const between = (column: string, count: number, blocks: number, at: number) =>
      `${column} >= ${blockStart(count, blocks, at)} AND ${column} < ${blockStart(count, blocks, at + 1)}`;
    const own = between('task', producers, producerBlocks, Math.floor(task / partitionBlocks));
    const part = between('part', partitions, partitionBlocks, task % partitionBlocks);
    await connection.run(
      `INSERT INTO out_${id} SELECT * REPLACE (${task} AS task) FROM out_${root.stage} WHERE ${own} AND ${part}`,
    );
  }
}

/** Returns the SQL of one task, as an executor would run it. */
function fragmentSql(graph: StageGraph, stage: Stage, task: number): string {
  const sql = renderFragment(stage.root, {
    source: (table) => {
      const splits = stage.scans.find((scan) => scan.table === table)?.tasks[task] ?? [];
      const { files = [], columns = [] } = graph.tables[table] ?? {};
      return {
        columns,
        files: splits.map((split) => {
          const location = files[split.file]?.location ?? '';
          return { path: location, location, fileIndex: split.file, ...(split.rows ? { rows: split.rows } : {}) };
        }),
      };
    },
    readWire: (_type, column) => column,
  });
  const inputs = new Map<number, Extract<Relation, { kind: 'input' }>>();
  walk(stage.root, (relation) => {
    if (relation.kind === 'input') inputs.set(relation.stage, relation);
  });
  return sql.replace(/volley_input\((\d+)\)/g, (_text, id: string) => {
    const input = inputs.get(Number(id));
    const names = input?.types.map((_type, index) => `c${index}`) ?? [];
    const where = { partition: `part = ${task}`, forward: `task = ${task}`, all: 'true', combine: 'false' }[
      input?.mode ?? 'all'
    ];
    return `(SELECT ${names.join(', ') || '1 AS c0'} FROM out_${id} WHERE ${where})`;
  });
}

async function checkTypes(
  connection: DuckDBConnection,
  fragment: string,
  stage: Stage,
  expected: readonly string[],
): Promise<void> {
  const described = (await connection.runAndReadAll(`DESCRIBE ${fragment}`)).getRowsJS().map((row) => String(row[1]));
  const differing = expected.findIndex((type, index) => type !== '"NULL"' && described[index] !== type);
  if (differing >= 0) {
    throw new Error(
      `Stage ${stage.id}, column ${differing}: planned ${expected[differing]}, DuckDB returns ${described[differing]}.`,
    );
  }
}

/** Returns the SQL expression for the partition of a row. Hash keys are rendered like any other expression. */
function partitionSql(stage: Stage): string {
  if (stage.output.kind !== 'hash' || stage.output.keys.length === 0) return '0';
  const keys = stage.output.keys.map((key) => expressionSql(key, (index) => `x.c${index}`));
  return `(hash(${keys.join(', ')}) % ${stage.output.partitions})::INTEGER`;
}
