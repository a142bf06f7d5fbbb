import type { ArrowField } from '../arrow/batch.ts';
import { wireField, writeSql } from '../duckdb/wire-types.ts';
import { FabricError } from '../errors.ts';
import type { Expression } from '../plan/expression.ts';
import { type DataType, quoteIdentifier, quoteLiteral } from '../plan/types.ts';
import type { Task } from '../task/task.ts';
import type { KernelOutput } from './kernel-protocol.ts';

/** The placeholder column for rows that have no columns and are only counted. */
const ROW_TYPE: DataType = { kind: 'scalar', name: 'TINYINT' };
const ROW_SQL = 'CAST(0 AS TINYINT)';

/** Returns the Arrow fields for rows of these types that are exchanged between stages. */
export function shuffleFields(types: readonly DataType[]): readonly ArrowField[] {
  return (types.length === 0 ? [ROW_TYPE] : types).map((type, index) => wireField(`c${index}`, type));
}

/** SQL that computes a fragment and returns its rows in the task's output form. */
export interface OutputSql {
  readonly sql: string;
  readonly output: KernelOutput;
}

export interface OutputContext {
  /** The task's own scratch folder. */
  readonly scratch: string;
  /** Memory that a shuffle output may use before it spills. */
  readonly memoryLimitBytes: number;
  /** Returns the SQL of an expression over the fragment's columns. `columns` holds their names. */
  readonly render: (expression: Expression, columns: readonly string[]) => string;
}

/** Wraps the SQL of a fragment for the task's output by adding wire types, partition numbers and column names. */
export function outputSql(fragment: string, task: Task, context: OutputContext): OutputSql {
  const { root, output } = task.stage;
  const columns = root.types.map((_, index) => `f.c${index}`);
  // A fragment without columns returns one placeholder column.
  const from = `FROM (${fragment}) AS f(${['c0', ...columns.slice(1).map((_, index) => `c${index + 1}`)].join(', ')})`;
  const written =
    root.types.length === 0 ? [ROW_SQL] : root.types.map((type, index) => writeSql(type, columns[index] ?? ''));
  switch (output.kind) {
    case 'single':
      return { sql: `SELECT ${written.join(', ')} ${from}`, output: shuffle(task, { partitions: 1 }, context, false) };
    case 'hash': {
      if (output.keys.length === 0 || output.partitions === 1) {
        return {
          sql: `SELECT ${written.join(', ')} ${from}`,
          output: shuffle(task, output, context, false),
        };
      }
      const keys = output.keys.map((key) => context.render(key, columns));
      const partition = `CAST(hash(${keys.join(', ')}) % ${output.partitions} AS UINTEGER)`;
      return {
        sql: `SELECT ${[...written, partition].join(', ')} ${from}`,
        output: shuffle(task, output, context, true),
      };
    }
    case 'result':
      if (task.columns.length !== root.types.length) {
        throw new FabricError(
          'INTERNAL',
          `The result has ${root.types.length} columns but ${task.columns.length} column names.`,
        );
      }
      return task.resultFormat === 'parquet'
        ? parquetFile(columns, from, task, context)
        : arrowStream(written, from, task);
    case 'combined':
      throw new FabricError('INTERNAL', 'A combining stage has no fragment to run.');
    default:
      return output satisfies never;
  }
}

function arrowStream(written: readonly string[], from: string, task: Task): OutputSql {
  const fields = task.stage.root.types.map((type, index) => wireField(task.columns[index] ?? '', type));
  return { sql: `SELECT ${written.join(', ')} ${from}`, output: { kind: 'stream', fields } };
}

function parquetFile(columns: readonly string[], from: string, task: Task, context: OutputContext): OutputSql {
  const path = `${context.scratch}/result.parquet`;
  const named = columns.map((column, index) => {
    const type = task.stage.root.types[index];
    return `${type === undefined ? column : parquetSql(type, column)} AS ${quoteIdentifier(task.columns[index] ?? '')}`;
  });
  return {
    sql: `COPY (SELECT ${named.join(', ')} ${from}) TO ${quoteLiteral(path)} (FORMAT parquet)`,
    output: { kind: 'parquet', path },
  };
}

/**
 * Casts types that DuckDB cannot write to Parquet without loss. It writes 128-bit integers as doubles, and times of day
 * without their zone.
 */
function parquetSql(type: DataType, column: string): string {
  if (type.kind !== 'scalar') return column;
  switch (type.name) {
    case 'HUGEINT':
    case 'UHUGEINT':
      return `CAST(${column} AS DECIMAL(38,0))`;
    case 'TIME WITH TIME ZONE':
      return `CAST(${column} AS VARCHAR)`;
    default:
      return column;
  }
}

function shuffle(
  task: Task,
  { partitions, blocks }: { readonly partitions: number; readonly blocks?: number },
  context: OutputContext,
  numbered: boolean,
): KernelOutput {
  return {
    kind: 'shuffle',
    fields: shuffleFields(task.stage.root.types),
    partitions,
    ...(blocks === undefined ? {} : { blocks }),
    ...(task.stage.shuffleCompression === undefined ? {} : { codec: task.stage.shuffleCompression }),
    numbered,
    memoryLimitBytes: context.memoryLimitBytes,
    spillDirectory: context.scratch,
  };
}
