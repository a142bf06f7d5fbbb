import type { AggregateCall, FrameBound, WindowCall } from '../../plan/expression.ts';
import { quoteIdentifier } from '../../plan/types.ts';
import { castSql } from './constants.ts';
import { type ColumnSql, expressionSql, sortKeysSql } from './expressions.ts';

/** Renders an aggregate call. The SQL has exactly the call's type. */
export function aggregateSql(call: AggregateCall, column: ColumnSql): string {
  const order = call.orderBy.length > 0 ? ` ORDER BY ${sortKeysSql(call.orderBy, column)}` : '';
  const filter = call.filter === undefined ? '' : ` FILTER (WHERE ${expressionSql(call.filter, column)})`;
  return castSql(`${invocation(call, order, column)}${filter}`, call.type);
}

/** Renders a window function call. The SQL has exactly the call's type. */
export function windowSql(call: WindowCall, column: ColumnSql): string {
  const order = call.argumentOrder.length > 0 ? ` ORDER BY ${sortKeysSql(call.argumentOrder, column)}` : '';
  const nulls = call.ignoreNulls ? ' IGNORE NULLS' : '';
  const filter = call.filter === undefined ? '' : ` FILTER (WHERE ${expressionSql(call.filter, column)})`;
  const partitions = call.partitionBy.map((partition) => expressionSql(partition, column));
  const over = [
    ...(partitions.length > 0 ? [`PARTITION BY ${partitions.join(', ')}`] : []),
    ...(call.orderBy.length > 0 ? [`ORDER BY ${sortKeysSql(call.orderBy, column)}`] : []),
    ...(call.frame === undefined ? [] : [frameSql(call.frame, column)]),
  ];
  return castSql(`${invocation(call, `${order}${nulls}`, column)}${filter} OVER (${over.join(' ')})`, call.type);
}

function invocation(call: AggregateCall | WindowCall, suffix: string, column: ColumnSql): string {
  if (call.name === 'count_star') return 'count(*)';
  const inputs = call.inputs.map((input) => expressionSql(input, column)).join(', ');
  return `${quoteIdentifier(call.name)}(${call.distinct ? 'DISTINCT ' : ''}${inputs}${suffix})`;
}

function frameSql(frame: NonNullable<WindowCall['frame']>, column: ColumnSql): string {
  const bounds = `${boundSql(frame.start, column)} AND ${boundSql(frame.end, column)}`;
  const exclude = frame.exclude === undefined ? '' : ` EXCLUDE ${frame.exclude.toUpperCase()}`;
  return `${frame.mode.toUpperCase()} BETWEEN ${bounds}${exclude}`;
}

function boundSql(bound: FrameBound, column: ColumnSql): string {
  switch (bound.kind) {
    case 'unbounded preceding':
    case 'unbounded following':
    case 'current row':
      return bound.kind.toUpperCase();
    case 'preceding':
    case 'following':
      return `${expressionSql(bound.offset, column)} ${bound.kind.toUpperCase()}`;
    default:
      return bound satisfies never;
  }
}
