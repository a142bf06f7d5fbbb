import type { volley } from '../../../proto/generated/volley.js';
import type { AggregateCall, Expression, FrameBound, SortKey, WindowCall } from '../expression.ts';
import { encodeConstant } from './encode-constants.ts';
import type { TypeTable } from './encode-types.ts';
import { comparisonOperators, connectives, frameExclusions, frameModes, syntaxOperators } from './enumerations.ts';
import { uint32 } from './integers.ts';

/** Encodes an expression and everything below it. Adds its types to the table. */
export function encodeExpression(expression: Expression, types: TypeTable): volley.Expression.$Properties {
  return { type: types.indexOf(expression.type), ...encodeNode(expression, types) };
}

/** Encodes expressions in order. */
export function encodeExpressions(
  expressions: readonly Expression[],
  types: TypeTable,
): volley.Expression.$Properties[] {
  return expressions.map((expression) => encodeExpression(expression, types));
}

function encodeNode(expression: Expression, types: TypeTable): volley.Expression.$Properties {
  const one = (input: Expression) => encodeExpression(input, types);
  const all = (inputs: readonly Expression[]) => encodeExpressions(inputs, types);
  switch (expression.kind) {
    case 'column':
      return { column: uint32(expression.index) };
    case 'constant':
      return { constant: encodeConstant(expression.value) };
    case 'cast':
      return { cast: { input: one(expression.input), isTry: expression.isTry } };
    case 'comparison': {
      const operator = comparisonOperators.encode(expression.operator);
      return { comparison: { operator, left: one(expression.left), right: one(expression.right) } };
    }
    case 'conjunction':
      return { conjunction: { connective: connectives.encode(expression.operator), inputs: all(expression.inputs) } };
    case 'between': {
      const { lowerInclusive, upperInclusive } = expression;
      const [input, lower, upper] = [one(expression.input), one(expression.lower), one(expression.upper)];
      return { between: { input, lower, upper, lowerInclusive, upperInclusive } };
    }
    case 'case': {
      const branches = expression.branches.map(({ when, then }) => ({ condition: one(when), value: one(then) }));
      return { caseWhen: { branches, otherwise: one(expression.otherwise) } };
    }
    case 'operator':
      return { syntax: { operator: syntaxOperators.encode(expression.operator), inputs: all(expression.inputs) } };
    case 'function': {
      const names = expression.names === undefined ? null : { names: [...expression.names] };
      return { functionCall: { name: expression.name, inputs: all(expression.inputs), names } };
    }
    case 'lambda': {
      const { name, parameters } = expression;
      const inputs = all(expression.inputs);
      return { lambdaCall: { name, inputs, parameters: [...parameters], body: one(expression.body) } };
    }
    case 'parameter':
      return { parameter: expression.name };
    default:
      return expression satisfies never;
  }
}

/** Encodes sort keys in order. */
export function encodeSortKeys(keys: readonly SortKey[], types: TypeTable): volley.SortKey.$Properties[] {
  return keys.map(({ expression, descending, nullsFirst }) => ({
    expression: encodeExpression(expression, types),
    descending,
    nullsFirst,
  }));
}

/** Encodes one aggregate call. */
export function encodeAggregateCall(call: AggregateCall, types: TypeTable): volley.AggregateCall.$Properties {
  return {
    name: call.name,
    inputs: encodeExpressions(call.inputs, types),
    distinct: call.distinct,
    filter: call.filter === undefined ? null : encodeExpression(call.filter, types),
    orderBy: encodeSortKeys(call.orderBy, types),
    type: types.indexOf(call.type),
  };
}

/** Encodes one window function call. */
export function encodeWindowCall(call: WindowCall, types: TypeTable): volley.WindowCall.$Properties {
  return {
    name: call.name,
    inputs: encodeExpressions(call.inputs, types),
    distinct: call.distinct,
    ignoreNulls: call.ignoreNulls,
    filter: call.filter === undefined ? null : encodeExpression(call.filter, types),
    argumentOrder: encodeSortKeys(call.argumentOrder, types),
    partitionBy: encodeExpressions(call.partitionBy, types),
    orderBy: encodeSortKeys(call.orderBy, types),
    frame: call.frame === undefined ? null : encodeFrame(call.frame, types),
    type: types.indexOf(call.type),
  };
}

function encodeFrame(frame: NonNullable<WindowCall['frame']>, types: TypeTable): volley.Frame.$Properties {
  return {
    mode: frameModes.encode(frame.mode),
    start: encodeFrameBound(frame.start, types),
    end: encodeFrameBound(frame.end, types),
    exclude: frame.exclude === undefined ? null : frameExclusions.encode(frame.exclude),
  };
}

function encodeFrameBound(bound: FrameBound, types: TypeTable): volley.FrameBound.$Properties {
  switch (bound.kind) {
    case 'unbounded preceding':
      return { unboundedPreceding: {} };
    case 'unbounded following':
      return { unboundedFollowing: {} };
    case 'current row':
      return { currentRow: {} };
    case 'preceding':
      return { preceding: encodeExpression(bound.offset, types) };
    case 'following':
      return { following: encodeExpression(bound.offset, types) };
    default:
      return bound satisfies never;
  }
}
