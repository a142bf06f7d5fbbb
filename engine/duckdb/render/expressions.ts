import { FabricError } from '../../errors.ts';
import { isVolatile } from '../../plan/columns.ts';
import type { ComparisonOperator, Expression, SortKey } from '../../plan/expression.ts';
import { type DataType, quoteIdentifier, sameType, typeSql } from '../../plan/types.ts';
import { castSql, constantSql, isUnnameable } from './constants.ts';
import { withoutWidening } from './decimals.ts';

/** Returns the SQL of a column by its position in the relation that an expression reads. */
export type ColumnSql = (index: number) => string;

/** Renders a scalar expression. The SQL has exactly the expression's type. */
export function expressionSql(expression: Expression, column: ColumnSql): string {
  const sql = (child: Expression): string => expressionSql(child, column);
  switch (expression.kind) {
    case 'column':
      return column(expression.index);
    case 'constant':
      return constantSql(expression.value, expression.type);
    case 'cast':
      return renderCast(expression, column);
    case 'comparison':
      return renderComparison(expression, column);
    case 'conjunction':
      return joinedBy(expression.operator === 'and' ? ' AND ' : ' OR ', expression.inputs.map(sql));
    case 'between':
      return renderBetween(expression, column);
    case 'case': {
      const branches = expression.branches.map((branch) => `WHEN ${sql(branch.when)} THEN ${sql(branch.then)}`);
      return `CASE ${branches.join(' ')} ELSE ${sql(expression.otherwise)} END`;
    }
    case 'operator':
      return renderOperator(expression, column);
    case 'function':
      return renderFunction(expression, column);
    case 'lambda': {
      const [list, ...rest] = expression.inputs.map(sql);
      const lambda = `lambda ${expression.parameters.map(quoteIdentifier).join(', ')}: ${sql(expression.body)}`;
      const call = `${quoteIdentifier(expression.name)}(${[list, lambda, ...rest].join(', ')})`;
      return castSql(call, expression.type);
    }
    case 'parameter':
      return quoteIdentifier(expression.name);
    default:
      return expression satisfies never;
  }
}

/** Returns the columns of a SELECT, named c0 to cn. An empty list becomes one placeholder column. */
export function named(columns: readonly string[]): string {
  return columns.map((column, index) => `${column} AS c${index}`).join(', ') || '1 AS c0';
}

/** Returns the conjunction of predicates, or true if the list is empty. */
export function allOf(predicates: readonly string[]): string {
  return predicates.length === 0 ? 'true' : predicates.join(' AND ');
}

/** Renders the keys of an ORDER BY. */
export function sortKeysSql(keys: readonly SortKey[], column: ColumnSql): string {
  return keys
    .map((key) => {
      const direction = key.descending ? 'DESC' : 'ASC';
      return `${expressionSql(key.expression, column)} ${direction} NULLS ${key.nullsFirst ? 'FIRST' : 'LAST'}`;
    })
    .join(', ');
}

function joinedBy(separator: string, inputs: readonly string[]): string {
  return `(${inputs.join(separator)})`;
}

type Of<Kind extends Expression['kind']> = Extract<Expression, { kind: Kind }>;

function renderCast(expression: Of<'cast'>, column: ColumnSql): string {
  const { input, type } = expression;
  if (!isUnnameable(type)) {
    return `${expression.isTry ? 'TRY_CAST' : 'CAST'}(${expressionSql(input, column)} AS ${typeSql(type)})`;
  }
  // For an unnameable type, cast each field separately if the fields are accessible.
  if (type.kind === 'struct' && input.kind === 'function' && input.name === 'row') {
    const fields = input.inputs.map((field, index) => {
      const fieldType = type.fields[index]?.type ?? field.type;
      return expressionSql({ kind: 'cast', input: field, isTry: expression.isTry, type: fieldType }, column);
    });
    return `row(${fields.join(', ')})`;
  }
  if (sameType(input.type, type)) return expressionSql(input, column);
  throw new FabricError('PLAN_UNSUPPORTED', 'Volley does not support casts to a struct without field names yet.');
}

const RANGE_OPERATORS: ReadonlySet<ComparisonOperator> = new Set(['<', '<=', '>', '>=']);

/**
 * Returns whether a comparison bounds a nested value. DuckDB's optimizer folds two such predicates of a filter into a BETWEEN, which its
 * filters support only for flat types.
 */
export function isNestedRange(operator: ComparisonOperator, type: DataType): boolean {
  return RANGE_OPERATORS.has(operator) && !isFlat(type);
}

function isFlat({ kind }: DataType): boolean {
  return kind === 'scalar' || kind === 'decimal' || kind === 'enum';
}

/** Hides a predicate from the optimizer, which folds only predicates at the top level of a filter. NULL stays NULL. */
export function unfoldable(predicate: string): string {
  return `((${predicate}) = true)`;
}

function renderComparison({ left, operator, right }: Of<'comparison'>, column: ColumnSql): string {
  const predicate = `${expressionSql(left, column)} ${operator.toUpperCase()} ${expressionSql(right, column)}`;
  return isNestedRange(operator, left.type) ? unfoldable(predicate) : `(${predicate})`;
}

/** Renders BETWEEN. The SQL evaluates a volatile input once. */
function renderBetween(expression: Of<'between'>, column: ColumnSql): string {
  const { lowerInclusive, upperInclusive } = expression;
  const [input, lower, upper] = [expression.input, expression.lower, expression.upper].map((part) =>
    expressionSql(part, column),
  );
  const wrapped = isFlat(expression.input.type) ? (predicate: string): string => `(${predicate})` : unfoldable;
  if (lowerInclusive && upperInclusive) return wrapped(`${input} BETWEEN ${lower} AND ${upper}`);
  // SQL has no BETWEEN that excludes a bound.
  const within = (value: string): string =>
    `${value} ${lowerInclusive ? '>=' : '>'} ${lower} AND ${value} ${upperInclusive ? '<=' : '<'} ${upper}`;
  if (!isVolatile(expression.input)) return wrapped(within(`${input}`));
  return `list_transform([${input}], lambda bounded: ${within('bounded')})[1]`;
}

function renderOperator(expression: Of<'operator'>, column: ColumnSql): string {
  const [first, ...rest] = expression.inputs.map((input) => expressionSql(input, column));
  switch (expression.operator) {
    case 'not':
      return `(NOT ${first})`;
    case 'is null':
      return `(${first} IS NULL)`;
    case 'is not null':
      return `(${first} IS NOT NULL)`;
    case 'in':
      return `(${first} IN (${rest.join(', ')}))`;
    case 'not in':
      return `(${first} NOT IN (${rest.join(', ')}))`;
    case 'coalesce':
      return `COALESCE(${[first, ...rest].join(', ')})`;
    case 'try':
      return `TRY(${first})`;
    default:
      return expression.operator satisfies never;
  }
}

/**
 * Renders a function call. DuckDB binds the call again and may infer another result type, since decimals gain a digit each time. The result
 * is therefore cast to the plan's type. Operators are called as functions by their quoted names.
 */
function renderFunction(expression: Of<'function'>, column: ColumnSql): string {
  const { name, names, type } = expression;
  const narrow = withoutWidening(expression);
  if (narrow !== undefined) {
    return `${quoteIdentifier(name)}(${narrow.map((input) => expressionSql(input, column)).join(', ')})`;
  }
  const slice = renderOpenSlice(expression, column);
  if (slice !== undefined) return slice;
  const inputs = expression.inputs.map((input) => expressionSql(input, column));
  if (name === 'row') return `row(${inputs.join(', ')})`;
  const unnamed = inputs.length - (names?.length ?? 0);
  const passed = inputs.map((input, index) => {
    const argument = index < unnamed ? undefined : names?.[index - unnamed];
    return argument === undefined ? input : `${quoteIdentifier(argument)} := ${input}`;
  });
  const call = `${quoteIdentifier(name)}(${passed.join(', ')})`;
  return keepsType(expression) ? call : castSql(call, type);
}

/**
 * Renders a slice without one of its bounds. The plan has an empty list in place of the missing bound. A call cannot pass that list, and
 * only brackets can omit a bound.
 */
function renderOpenSlice(expression: Of<'function'>, column: ColumnSql): string | undefined {
  if (expression.name !== 'array_slice' && expression.name !== 'list_slice') return undefined;
  const [list, begin, end, step] = expression.inputs;
  if (list === undefined || begin === undefined || end === undefined || !(isOpen(begin) || isOpen(end)))
    return undefined;
  const bound = (input: Expression, open: string): string =>
    isOpen(input) ? open : `(${expressionSql(input, column)})`;
  const stepped = step === undefined ? '' : `:(${expressionSql(step, column)})`;
  const bounds = `${bound(begin, '')}:${bound(end, step === undefined ? '' : '-')}${stepped}`;
  return castSql(`(${expressionSql(list, column)})[${bounds}]`, expression.type);
}

function isOpen(bound: Expression): boolean {
  return bound.kind === 'constant' && Array.isArray(bound.value) && bound.value.length === 0;
}

const ARITHMETIC = new Set(['+', '-', '*']);

/** Returns whether binding the call again keeps its type. This avoids a cast in the most deeply nested expressions. */
function keepsType(expression: Of<'function'>): boolean {
  const { type, inputs } = expression;
  if (type.kind !== 'scalar') return false;
  if (type.name === 'BOOLEAN') return true;
  return ARITHMETIC.has(expression.name) && inputs.every((input) => sameType(input.type, type));
}
