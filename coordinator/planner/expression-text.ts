import type {
  AggregateCall,
  ConstantValue,
  Expression,
  FrameBound,
  SortKey,
  WindowCall,
} from '../../engine/plan/expression.ts';
import { type DataType, quoteLiteral, typeSql } from '../../engine/plan/types.ts';

/** The names of an expression's columns, by position. */
export type ColumnNames = readonly string[];

const INFIX: ReadonlySet<string> = new Set([
  '+',
  '-',
  '*',
  '/',
  '//',
  '%',
  '||',
  '&',
  '|',
  '<<',
  '>>',
  '^@',
  '~~',
  '!~~',
]);

/** Formats an expression as SQL-like text for people. */
export function expressionText(expression: Expression, names: ColumnNames): string {
  const text = (part: Expression) => expressionText(part, names);
  const operand = (part: Expression) => (isTight(part) ? text(part) : `(${text(part)})`);
  switch (expression.kind) {
    case 'column':
      return names[expression.index] ?? `#${expression.index}`;
    case 'constant':
      return constantText(expression.value, expression.type);
    case 'parameter':
      return expression.name;
    case 'cast':
      return `${expression.isTry ? 'try_cast' : 'cast'}(${text(expression.input)} as ${typeSql(expression.type)})`;
    case 'comparison':
      return `${operand(expression.left)} ${expression.operator} ${operand(expression.right)}`;
    case 'between':
      return betweenText(expression, operand);
    case 'conjunction':
      return expression.inputs.map(operand).join(` ${expression.operator} `);
    case 'case': {
      const branches = expression.branches.map(({ when, then: result }) => `when ${text(when)} then ${text(result)}`);
      return `case ${branches.join(' ')} else ${text(expression.otherwise)} end`;
    }
    case 'operator':
      return operatorText(expression, text, operand);
    case 'function': {
      const inputs = expression.inputs.map(text);
      if (INFIX.has(expression.name) && inputs.length === 2) {
        return expression.inputs.map(operand).join(` ${expression.name} `);
      }
      const named = inputs.map((input, index) => (expression.names ? `${expression.names[index]} := ${input}` : input));
      return `${expression.name}(${named.join(', ')})`;
    }
    case 'lambda': {
      const [first = '', ...more] = expression.inputs.map(text);
      const lambda = `lambda ${expression.parameters.join(', ')}: ${text(expression.body)}`;
      return `${expression.name}(${[first, lambda, ...more].join(', ')})`;
    }
    default:
      return expression satisfies never;
  }
}

function isTight(expression: Expression): boolean {
  if (expression.kind === 'function') return !(INFIX.has(expression.name) && expression.inputs.length === 2);
  return !['comparison', 'conjunction', 'between', 'operator'].includes(expression.kind);
}

function betweenText(
  expression: Extract<Expression, { kind: 'between' }>,
  operand: (part: Expression) => string,
): string {
  const [input, lower, upper] = [operand(expression.input), operand(expression.lower), operand(expression.upper)];
  if (expression.lowerInclusive && expression.upperInclusive) return `${input} between ${lower} and ${upper}`;
  return `${lower} ${expression.lowerInclusive ? '<=' : '<'} ${input} ${expression.upperInclusive ? '<=' : '<'} ${upper}`;
}

function operatorText(
  expression: Extract<Expression, { kind: 'operator' }>,
  text: (part: Expression) => string,
  operand: (part: Expression) => string,
): string {
  const [first] = expression.inputs;
  const rest = expression.inputs.slice(1).map(text).join(', ');
  const needle = first === undefined ? '' : operand(first);
  switch (expression.operator) {
    case 'not':
      return `not ${needle}`;
    case 'is null':
    case 'is not null':
      return `${needle} ${expression.operator}`;
    case 'in':
    case 'not in':
      return `${needle} ${expression.operator} (${rest})`;
    case 'coalesce':
    case 'try':
      return `${expression.operator}(${expression.inputs.map(text).join(', ')})`;
    default:
      return expression.operator satisfies never;
  }
}

/** Formats the keys of a sort or an ordered aggregate. */
export function sortKeysText(keys: readonly SortKey[], names: ColumnNames): string {
  return keys
    .map((key) => {
      const direction = key.descending ? ' desc' : '';
      return `${expressionText(key.expression, names)}${direction}${key.nullsFirst ? ' nulls first' : ''}`;
    })
    .join(', ');
}

/** Formats an aggregate call. */
export function aggregateText(call: AggregateCall, names: ColumnNames): string {
  const inputs = call.name === 'count_star' ? '*' : call.inputs.map((input) => expressionText(input, names)).join(', ');
  const order = call.orderBy.length > 0 ? ` order by ${sortKeysText(call.orderBy, names)}` : '';
  const filter = call.filter === undefined ? '' : ` filter (where ${expressionText(call.filter, names)})`;
  const name = call.name === 'count_star' ? 'count' : call.name;
  return `${name}(${call.distinct ? 'distinct ' : ''}${inputs}${order})${filter}`;
}

/** Formats a window call. */
export function windowText(call: WindowCall, names: ColumnNames): string {
  const inputs = call.inputs.map((input) => expressionText(input, names)).join(', ');
  const by = call.partitionBy.map((key) => expressionText(key, names)).join(', ');
  const clauses = [
    by === '' ? '' : `partition by ${by}`,
    call.orderBy.length > 0 ? `order by ${sortKeysText(call.orderBy, names)}` : '',
    call.frame === undefined
      ? ''
      : `${call.frame.mode} between ${boundText(call.frame.start, names)} and ${boundText(call.frame.end, names)}`,
  ];
  return `${call.name}(${call.distinct ? 'distinct ' : ''}${inputs}) over (${clauses.filter((clause) => clause !== '').join(' ')})`;
}

function boundText(bound: FrameBound, names: ColumnNames): string {
  return 'offset' in bound ? `${expressionText(bound.offset, names)} ${bound.kind}` : bound.kind;
}

function constantText(value: ConstantValue, type: DataType): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return quoteLiteral(value);
  if (typeof value === 'bigint') return integerText(value, type);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value instanceof Uint8Array) return `<${value.length} bytes>`;
  if ('micros' in value) return `interval '${value.months} months ${value.days} days ${value.micros} µs'`;
  return `<${typeSql(type)} of ${value.length}>`;
}

function integerText(value: bigint, type: DataType): string {
  if (type.kind === 'decimal') return decimalText(value, type.scale);
  if (type.kind !== 'scalar') return String(value);
  // Infinite dates, and years outside JavaScript's range, are shown as numbers.
  if (type.name === 'DATE' && value > -100_000_000n && value < 100_000_000n) {
    return `date '${new Date(Number(value) * 86_400_000).toISOString().slice(0, 10)}'`;
  }
  if (type.name === 'TIMESTAMP' && value > -(10n ** 17n) && value < 10n ** 17n) {
    return `timestamp '${new Date(Number(value / 1000n)).toISOString().slice(0, 19).replace('T', ' ')}'`;
  }
  return String(value);
}

function decimalText(value: bigint, scale: number): string {
  if (scale === 0) return String(value);
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
