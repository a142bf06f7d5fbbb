import type { AggregateCall, Expression, SortKey, WindowCall } from './expression.ts';
import type { DataType } from './types.ts';

/** Returns a reference to the column at a position. */
export function column(index: number, type: DataType): Expression {
  return { kind: 'column', index, type };
}

/** Returns one column expression for each type, at positions `first`, `first + 1`, ... */
export function columnsOfTypes(types: readonly DataType[], first = 0): readonly Expression[] {
  return types.map((type, position) => column(first + position, type));
}

/** Returns the direct children of an expression, including the body of a lambda. */
function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'column':
    case 'constant':
    case 'parameter':
      return [];
    case 'cast':
      return [expression.input];
    case 'comparison':
      return [expression.left, expression.right];
    case 'between':
      return [expression.input, expression.lower, expression.upper];
    case 'case':
      return [...expression.branches.flatMap((branch) => [branch.when, branch.then]), expression.otherwise];
    case 'conjunction':
    case 'operator':
    case 'function':
      return expression.inputs;
    case 'lambda':
      return [...expression.inputs, expression.body];
    default:
      return expression satisfies never;
  }
}

/** Returns an expression with `change` applied to its children. */
function mapChildren(expression: Expression, change: (child: Expression) => Expression): Expression {
  switch (expression.kind) {
    case 'column':
    case 'constant':
    case 'parameter':
      return expression;
    case 'cast':
      return { ...expression, input: change(expression.input) };
    case 'comparison':
      return { ...expression, left: change(expression.left), right: change(expression.right) };
    case 'between':
      return {
        ...expression,
        input: change(expression.input),
        lower: change(expression.lower),
        upper: change(expression.upper),
      };
    case 'case':
      return {
        ...expression,
        branches: expression.branches.map(({ when, then: result }) => ({ when: change(when), then: change(result) })),
        otherwise: change(expression.otherwise),
      };
    case 'conjunction':
    case 'operator':
    case 'function':
      return { ...expression, inputs: expression.inputs.map(change) };
    case 'lambda':
      return { ...expression, inputs: expression.inputs.map(change), body: change(expression.body) };
    default:
      return expression satisfies never;
  }
}

/** Adds the positions of all columns that the expressions read to `into`, and returns `into`. */
export function collectColumns(expressions: readonly Expression[], into: Set<number> = new Set()): Set<number> {
  for (const expression of expressions) {
    if (expression.kind === 'column') into.add(expression.index);
    else collectColumns(childrenOf(expression), into);
  }
  return into;
}

/** Returns the new position of a column. Called only for columns that are read. */
export type ColumnMapping = (index: number) => number;

/** Returns the expression with its columns renumbered. */
export function remapColumns(expression: Expression, mapping: ColumnMapping): Expression {
  if (expression.kind === 'column') return { ...expression, index: mapping(expression.index) };
  return mapChildren(expression, (child) => remapColumns(child, mapping));
}

/** Returns the expression with each column replaced by the expression that computes it. */
export function substituteColumns(expression: Expression, sources: readonly Expression[]): Expression {
  if (expression.kind !== 'column') return mapChildren(expression, (child) => substituteColumns(child, sources));
  const source = sources[expression.index];
  if (source === undefined)
    throw new RangeError(
      `An expression reads column ${expression.index}, but there are only ${sources.length} columns.`,
    );
  return source;
}

/** Returns sort keys with `change` applied to every expression. */
export function mapSortKeys(keys: readonly SortKey[], change: (input: Expression) => Expression): readonly SortKey[] {
  return keys.map((key) => ({ ...key, expression: change(key.expression) }));
}

/** Returns all expressions of an aggregate call. */
export function aggregateExpressions(call: AggregateCall): readonly Expression[] {
  const filter = call.filter === undefined ? [] : [call.filter];
  return [...call.inputs, ...filter, ...call.orderBy.map((key) => key.expression)];
}

/** Returns an aggregate call with `change` applied to every expression. */
export function mapAggregateCall(call: AggregateCall, change: (input: Expression) => Expression): AggregateCall {
  return {
    ...call,
    inputs: call.inputs.map(change),
    ...(call.filter === undefined ? {} : { filter: change(call.filter) }),
    orderBy: mapSortKeys(call.orderBy, change),
  };
}

/** Returns all expressions of a window call, including the offsets of its frame. */
export function windowExpressions(call: WindowCall): readonly Expression[] {
  const bounds = call.frame === undefined ? [] : [call.frame.start, call.frame.end];
  return [
    ...call.inputs,
    ...(call.filter === undefined ? [] : [call.filter]),
    ...call.argumentOrder.map((key) => key.expression),
    ...call.partitionBy,
    ...call.orderBy.map((key) => key.expression),
    ...bounds.flatMap((bound) => ('offset' in bound ? [bound.offset] : [])),
  ];
}

/** Returns a window call with `change` applied to every expression. */
export function mapWindowCall(call: WindowCall, change: (input: Expression) => Expression): WindowCall {
  const frame = call.frame;
  return {
    ...call,
    inputs: call.inputs.map(change),
    ...(call.filter === undefined ? {} : { filter: change(call.filter) }),
    argumentOrder: mapSortKeys(call.argumentOrder, change),
    partitionBy: call.partitionBy.map(change),
    orderBy: mapSortKeys(call.orderBy, change),
    ...(frame === undefined
      ? {}
      : {
          frame: {
            ...frame,
            start: 'offset' in frame.start ? { ...frame.start, offset: change(frame.start.offset) } : frame.start,
            end: 'offset' in frame.end ? { ...frame.end, offset: change(frame.end.offset) } : frame.end,
          },
        }),
  };
}

/** Returns a key for a plan value. Two values have the same key if and only if they are equal. Not for display. */
export function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === 'bigint') return `${part}n`;
    if (typeof part === 'number' && (!Number.isFinite(part) || Object.is(part, -0)))
      return `${Object.is(part, -0) ? '-0' : part}f`;
    return part;
  });
}

/** Returns whether two plan values are equal. */
export function isEqual(left: unknown, right: unknown): boolean {
  return canonicalText(left) === canonicalText(right);
}

const VOLATILE_FUNCTIONS: ReadonlySet<string> = new Set([
  'random',
  'uuid',
  'uuidv4',
  'uuidv7',
  'gen_random_uuid',
  'nextval',
  'currval',
  'setseed',
]);

/** Returns whether an expression may return different values for the same row. */
export function isVolatile(expression: Expression): boolean {
  if (expression.kind === 'function' && VOLATILE_FUNCTIONS.has(expression.name)) return true;
  return childrenOf(expression).some(isVolatile);
}
