import type { Relation } from '../../plan/relation.ts';
import { quoteIdentifier } from '../../plan/types.ts';
import { aggregateSql, windowSql } from './calls.ts';
import { castSql, nullSql } from './constants.ts';
import type { RenderContext } from './context.ts';
import { allOf, type ColumnSql, expressionSql, named, sortKeysSql } from './expressions.ts';
import { asofJoinSql, joinSql, positionalJoinSql } from './joins.ts';
import { scanSql } from './scans.ts';

/** Returns the SQL of a column in a SELECT from a single relation. */
const COLUMN: ColumnSql = (index) => `t.c${index}`;

type Of<Kind extends Relation['kind']> = Extract<Relation, { kind: Kind }>;

/**
 * Renders a fragment as one SELECT for DuckDB. Its columns are named c0 to cn and have exactly the fragment's types. A fragment without
 * columns returns one placeholder column. The user's names and strings are always quoted.
 */
export function renderFragment(root: Relation, context: RenderContext): string {
  return relationSql(root, context);
}

/** Renders a relation as one SELECT with columns c0 to cn, or with one placeholder column if the relation has no columns. */
function relationSql(relation: Relation, context: RenderContext): string {
  const nested = (input: Relation): string => `(${relationSql(input, context)})`;
  const over = (input: Relation): string => `FROM ${nested(input)} AS t`;
  switch (relation.kind) {
    case 'scan':
      return scanSql(relation, context);
    case 'table-function':
      return tableFunctionSql(relation);
    case 'values':
      return valuesSql(relation);
    case 'project':
      return `SELECT ${named(relation.expressions.map((expression) => expressionSql(expression, COLUMN)))} ${over(relation.input)}`;
    case 'filter': {
      const predicates = relation.predicates.map((predicate) => expressionSql(predicate, COLUMN));
      return `SELECT ${columnsOf(relation)} ${over(relation.input)} WHERE ${allOf(predicates)}`;
    }
    case 'aggregate':
      return aggregationSql(relation, over(relation.input));
    case 'join':
      return joinSql(relation, nested);
    case 'asof-join':
      return asofJoinSql(relation, nested);
    case 'positional-join':
      return positionalJoinSql(relation, nested);
    case 'sample':
      return `SELECT ${columnsOf(relation)} ${over(relation.input)} ${sampleSql(relation)}`;
    case 'sort':
      return sortSql(relation, over(relation.input));
    case 'distinct':
      return distinctSql(relation, over(relation.input));
    case 'window': {
      const calls = relation.calls.map((call) => windowSql(call, COLUMN));
      return `SELECT ${named([...inputColumns(relation.input), ...calls])} ${over(relation.input)}`;
    }
    case 'unnest': {
      const lists = relation.lists.map((list) => `unnest(${expressionSql(list, COLUMN)})`);
      return `SELECT ${named([...inputColumns(relation.input), ...lists])} ${over(relation.input)}`;
    }
    case 'lateral-function':
      return lateralSql(relation, over(relation.input));
    case 'set-operation': {
      const operator = ` ${relation.operation.toUpperCase()}${relation.all ? ' ALL' : ''} `;
      return relation.inputs.map(nested).join(operator);
    }
    case 'with':
    case 'recursive':
      return definingSql(relation, context);
    case 'shared':
      return `SELECT ${columnsOf(relation)} FROM ${sharedName(relation.id)} AS t`;
    case 'input':
      return inputSql(relation, context);
    default:
      return relation satisfies never;
  }
}

function inputColumns(input: Relation): readonly string[] {
  return input.types.map((_, index) => COLUMN(index));
}

function columnsOf(relation: Relation): string {
  return named(inputColumns(relation));
}

function sharedName(id: number): string {
  return `s${id}`;
}

/** Renders the column aliases of an item in FROM. */
function aliases(prefix: string, count: number): string {
  return count === 0 ? '' : `(${Array.from({ length: count }, (_, index) => `${prefix}${index}`).join(', ')})`;
}

function tableFunctionSql(relation: Of<'table-function'>): string {
  const inputs = relation.arguments.map((argument) => expressionSql(argument, COLUMN));
  const columns = relation.output.map((position, index) =>
    castSql(`t.x${position}`, relation.types[index] ?? { kind: 'scalar', name: 'NULL' }),
  );
  return `SELECT ${named(columns)} FROM ${quoteIdentifier(relation.name)}(${inputs.join(', ')}) AS t${aliases('x', relation.columnCount)}`;
}

function lateralSql(relation: Of<'lateral-function'>, from: string): string {
  const inputs = relation.arguments.map((argument) => expressionSql(argument, COLUMN));
  const columns = [...relation.output.map((position) => `f.x${position}`), ...inputColumns(relation.input)];
  const call = `${quoteIdentifier(relation.name)}(${inputs.join(', ')}) AS f${aliases('x', relation.columnCount)}`;
  return `SELECT ${named(columns)} ${from}, ${call}`;
}

function valuesSql(relation: Of<'values'>): string {
  if (relation.rows.length === 0) return `SELECT ${named(relation.types.map(nullSql))} WHERE false`;
  const rows = relation.rows.map((row) => `(${row.map((cell) => expressionSql(cell, COLUMN)).join(', ') || '1'})`);
  return `SELECT ${columnsOf(relation)} FROM (VALUES ${rows.join(', ')}) AS t${aliases('c', Math.max(relation.types.length, 1))}`;
}

function aggregationSql(relation: Of<'aggregate'>, from: string): string {
  const groups = relation.groups.map((group) => expressionSql(group, COLUMN));
  const aggregates = relation.aggregates.map((call) => aggregateSql(call, COLUMN));
  const groupings = relation.groupingCalls.map(
    (call) => `CAST(GROUPING(${call.map((position) => groups[position]).join(', ')}) AS BIGINT)`,
  );
  return `SELECT ${named([...groups, ...aggregates, ...groupings])} ${from}${groupBySql(relation, groups)}`;
}

/**
 * Renders the GROUP BY. Groups are referenced by their position in the SELECT, so that each group is written and evaluated once. With
 * GROUPING calls, which need the text of a group, groups are referenced by text.
 */
function groupBySql(relation: Of<'aggregate'>, groups: readonly string[]): string {
  const byText = relation.groupingCalls.length > 0;
  const key = (position: number): string => (byText ? groups[position] : undefined) ?? String(position + 1);
  const [first] = relation.groupingSets;
  const isPlain = relation.groupingSets.length <= 1 && (first === undefined || first.length === groups.length);
  if (isPlain) return groups.length === 0 ? '' : ` GROUP BY ${groups.map((_, position) => key(position)).join(', ')}`;
  const sets = relation.groupingSets.map((set) => `(${set.map(key).join(', ')})`);
  return ` GROUP BY GROUPING SETS (${sets.join(', ')})`;
}

function sampleSql(relation: Of<'sample'>): string {
  const { size, seed } = relation;
  const amount = size.kind === 'percent' ? `${size.percent} PERCENT` : `${size.rows} ROWS`;
  return `TABLESAMPLE ${relation.method}(${amount})${seed === undefined ? '' : ` REPEATABLE (${seed})`}`;
}

function sortSql(relation: Of<'sort'>, from: string): string {
  const order = relation.keys.length > 0 ? ` ORDER BY ${sortKeysSql(relation.keys, COLUMN)}` : '';
  const limit = relation.limit === undefined ? '' : ` LIMIT ${relation.limit}`;
  const offset = relation.offset === undefined ? '' : ` OFFSET ${relation.offset}`;
  return `SELECT ${columnsOf(relation)} ${from}${order}${limit}${offset}`;
}

function distinctSql(relation: Of<'distinct'>, from: string): string {
  const on = relation.on?.map((expression) => expressionSql(expression, COLUMN)).join(', ');
  const order = relation.orderBy.length > 0 ? ` ORDER BY ${sortKeysSql(relation.orderBy, COLUMN)}` : '';
  return `SELECT DISTINCT ${on === undefined ? '' : `ON (${on}) `}${columnsOf(relation)} ${from}${order}`;
}

/** Renders a chain of definitions and their body with a single WITH. */
function definingSql(relation: Of<'with'> | Of<'recursive'>, context: RenderContext): string {
  const definitions: string[] = [];
  let isRecursive = false;
  let body: Relation = relation;
  while (body.kind === 'with') {
    definitions.push(`${sharedName(body.id)} AS MATERIALIZED (${relationSql(body.definition, context)})`);
    body = body.body;
  }
  if (body.kind === 'recursive') {
    const { id, anchor, step, all } = body;
    const rounds = `(${relationSql(anchor, context)}) UNION${all ? ' ALL' : ''} (${relationSql(step, context)})`;
    definitions.push(`${sharedName(id)}${aliases('c', anchor.types.length)} AS (${rounds})`);
    isRecursive = true;
    body = { kind: 'shared', id, types: body.types };
  }
  return `WITH ${isRecursive ? 'RECURSIVE ' : ''}${definitions.join(', ')} ${relationSql(body, context)}`;
}

function inputSql(relation: Of<'input'>, context: RenderContext): string {
  const columns = relation.types.map((type, index) => context.readWire(type, COLUMN(index)));
  const alias = `t${aliases('c', relation.types.length)}`;
  return `SELECT ${named(columns)} FROM volley_input(${relation.stage}) AS ${alias}`;
}
