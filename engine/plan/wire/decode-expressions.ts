import type { volley } from '../../../proto/generated/volley.js';
import type { AggregateCall, Expression, FrameBound, SortKey, WindowCall } from '../expression.ts';
import { decodeConstant } from './decode-constants.ts';
import { type DecodedTypes, typeAt } from './decode-types.ts';
import { comparisonOperators, connectives, frameExclusions, frameModes, syntaxOperators } from './enumerations.ts';
import { invalid, required, tooNew } from './faults.ts';

type Message<Shape> = Shape | null | undefined;
type Messages<Shape> = readonly Shape[] | null | undefined;

/** The columns and tables that an expression may refer to. */
export interface ExpressionScope {
  readonly types: DecodedTypes;
  /** The number of columns of the relation that the expression reads. */
  readonly columns: number;
}

/** Decodes an expression and everything below it. Checks that every column it reads exists. */
export function decodeExpression(message: Message<volley.Expression.$Shape>, scope: ExpressionScope): Expression {
  const node = required(message, 'an expression');
  const type = typeAt(scope.types, node.type);
  const one = (input: Message<volley.Expression.$Shape>) => decodeExpression(input, scope);
  const all = (inputs: Messages<volley.Expression.$Shape>) => decodeExpressions(inputs, scope);
  switch (node.node) {
    case 'column':
      if (node.column >= scope.columns)
        throw invalid(`an expression reads column ${node.column} of a relation with ${scope.columns} columns`);
      return { kind: 'column', index: node.column, type };
    case 'constant':
      return { kind: 'constant', value: decodeConstant(node.constant, type), type };
    case 'cast':
      return { kind: 'cast', input: one(node.cast.input), isTry: node.cast.isTry ?? false, type };
    case 'comparison': {
      const { left, right } = node.comparison;
      const operator = comparisonOperators.decode(node.comparison.operator);
      return { kind: 'comparison', operator, left: one(left), right: one(right), type };
    }
    case 'conjunction': {
      const operator = connectives.decode(node.conjunction.connective);
      return { kind: 'conjunction', operator, inputs: all(node.conjunction.inputs), type };
    }
    case 'between':
      return { ...decodeBetween(node.between, scope), type };
    case 'caseWhen': {
      const branches = (node.caseWhen.branches ?? []).map(({ condition, value }) => ({
        when: one(condition),
        then: one(value),
      }));
      return { kind: 'case', branches, otherwise: one(node.caseWhen.otherwise), type };
    }
    case 'syntax': {
      const operator = syntaxOperators.decode(node.syntax.operator);
      return { kind: 'operator', operator, inputs: all(node.syntax.inputs), type };
    }
    case 'functionCall': {
      const { name, names, inputs } = node.functionCall;
      const call = { kind: 'function', name: name ?? '', inputs: all(inputs), type } as const;
      return names ? { ...call, names: names.names ?? [] } : call;
    }
    case 'lambdaCall': {
      const { name, inputs, parameters, body } = node.lambdaCall;
      return {
        kind: 'lambda',
        name: name ?? '',
        inputs: all(inputs),
        parameters: parameters ?? [],
        body: one(body),
        type,
      };
    }
    case 'parameter':
      return { kind: 'parameter', name: node.parameter, type };
    case undefined:
      throw tooNew('it contains an expression of an unknown kind');
    default:
      return node satisfies never;
  }
}

/** Decodes expressions in order. */
export function decodeExpressions(messages: Messages<volley.Expression.$Shape>, scope: ExpressionScope): Expression[] {
  return (messages ?? []).map((message) => decodeExpression(message, scope));
}

function decodeBetween(message: volley.Between.$Shape, scope: ExpressionScope) {
  return {
    kind: 'between',
    input: decodeExpression(message.input, scope),
    lower: decodeExpression(message.lower, scope),
    upper: decodeExpression(message.upper, scope),
    lowerInclusive: message.lowerInclusive ?? false,
    upperInclusive: message.upperInclusive ?? false,
  } as const;
}

/** Decodes sort keys in order. */
export function decodeSortKeys(messages: Messages<volley.SortKey.$Shape>, scope: ExpressionScope): SortKey[] {
  return (messages ?? []).map(({ expression, descending, nullsFirst }) => ({
    expression: decodeExpression(expression, scope),
    descending: descending ?? false,
    nullsFirst: nullsFirst ?? false,
  }));
}

/** Decodes one aggregate call. */
export function decodeAggregateCall(message: volley.AggregateCall.$Shape, scope: ExpressionScope): AggregateCall {
  return {
    name: message.name ?? '',
    inputs: decodeExpressions(message.inputs, scope),
    distinct: message.distinct ?? false,
    ...(message.filter ? { filter: decodeExpression(message.filter, scope) } : {}),
    orderBy: decodeSortKeys(message.orderBy, scope),
    type: typeAt(scope.types, message.type),
  };
}

/** Decodes one window function call. */
export function decodeWindowCall(message: volley.WindowCall.$Shape, scope: ExpressionScope): WindowCall {
  return {
    name: message.name ?? '',
    inputs: decodeExpressions(message.inputs, scope),
    distinct: message.distinct ?? false,
    ignoreNulls: message.ignoreNulls ?? false,
    ...(message.filter ? { filter: decodeExpression(message.filter, scope) } : {}),
    argumentOrder: decodeSortKeys(message.argumentOrder, scope),
    partitionBy: decodeExpressions(message.partitionBy, scope),
    orderBy: decodeSortKeys(message.orderBy, scope),
    ...(message.frame ? { frame: decodeFrame(message.frame, scope) } : {}),
    type: typeAt(scope.types, message.type),
  };
}

function decodeFrame(message: volley.Frame.$Shape, scope: ExpressionScope): NonNullable<WindowCall['frame']> {
  return {
    mode: frameModes.decode(message.mode),
    start: decodeFrameBound(message.start, scope),
    end: decodeFrameBound(message.end, scope),
    ...(message.exclude ? { exclude: frameExclusions.decode(message.exclude) } : {}),
  };
}

function decodeFrameBound(message: Message<volley.FrameBound.$Shape>, scope: ExpressionScope): FrameBound {
  const bound = required(message, 'a bound of a window frame');
  switch (bound.kind) {
    case 'unboundedPreceding':
      return { kind: 'unbounded preceding' };
    case 'unboundedFollowing':
      return { kind: 'unbounded following' };
    case 'currentRow':
      return { kind: 'current row' };
    case 'preceding':
      return { kind: 'preceding', offset: decodeExpression(bound.preceding, scope) };
    case 'following':
      return { kind: 'following', offset: decodeExpression(bound.following, scope) };
    case undefined:
      throw tooNew('it contains a window frame bound of an unknown kind');
    default:
      return bound satisfies never;
  }
}
