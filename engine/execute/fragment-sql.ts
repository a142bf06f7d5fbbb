import type { RenderContext, Source } from '../duckdb/render/context.ts';
import { expressionSql } from '../duckdb/render/expressions.ts';
import { renderFragment } from '../duckdb/render/relations.ts';
import { readSql } from '../duckdb/wire-types.ts';
import { FabricError } from '../errors.ts';
import type { Task } from '../task/task.ts';
import { type OutputSql, outputSql } from './fragment-output.ts';
import type { TableInput } from './local-inputs.ts';

/** Returns the SQL for a whole task: its fragment over its inputs, in the task's output form. `limits` has the same meaning as in `OutputContext`. */
export function fragmentSql(
  task: Task,
  tables: readonly TableInput[],
  limits: { readonly scratch: string; readonly memoryLimitBytes: number },
): OutputSql {
  const context: RenderContext = {
    source: (table) => sourceOf(task, tables, table),
    readWire: readSql,
  };
  return outputSql(renderFragment(task.stage.root, context), task, {
    ...limits,
    render: (expression, columns) => expressionSql(expression, (index) => columns[index] ?? missing(index)),
  });
}

function sourceOf(task: Task, tables: readonly TableInput[], table: number): Source {
  const planTable = task.tables[table];
  if (planTable === undefined)
    throw new FabricError('INTERNAL', `The fragment scans table ${table}, but the plan has no such table.`);
  const reads = tables.find((each) => each.table === table)?.reads ?? [];
  const files = reads.map(({ input: { path, location }, split: { file, rows } }) => {
    const source = { path, location, fileIndex: file };
    return rows === undefined ? source : { ...source, rows };
  });
  return { files, columns: planTable.columns };
}

function missing(index: number): never {
  throw new FabricError('INTERNAL', `An output key reads column ${index}, but the fragment does not return it.`);
}
