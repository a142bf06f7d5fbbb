import type { AggregateCall, Expression } from '../../engine/plan/expression.ts';
import { BIGINT, BOOLEAN, type DataType, DOUBLE, HUGEINT, VARCHAR } from '../../engine/plan/types.ts';

/** An aggregate call in two phases. */
export interface TwoPhase {
  /** What each task computes over its rows. */
  readonly partials: readonly AggregateCall[];
  /** What is computed over those, given the partials' columns in the order above. */
  readonly finals: (partials: readonly Expression[]) => readonly AggregateCall[];
  /** The answer, from the finals' columns. Its type is the call's. */
  readonly finish: (finals: readonly Expression[]) => Expression;
}

/** Aggregates that a row counted twice does not change. */
const IDEMPOTENT: ReadonlySet<string> = new Set([
  'min',
  'max',
  'any_value',
  'bool_and',
  'bool_or',
  'bit_and',
  'bit_or',
]);
/** Aggregates that are their own merge: the same call over partial answers gives the answer. */
const SELF_MERGING: ReadonlySet<string> = new Set([...IDEMPOTENT, 'bit_xor', 'product']);
const ROW_COUNTS: ReadonlySet<string> = new Set(['count', 'count_star', 'count_if', 'countif']);

/** Sums of wider decimals could pass 38 digits where DuckDB's own average, which adds up 128-bit integers, does not. */
const WIDEST_AVERAGED_DECIMAL = 28;
/** Digits a sum can gain over its summands: 10^12 rows in one group. */
const SUM_DIGITS = 12;

/**
 * The two-phase form of a call, or `undefined` where there is none that gives exactly the same answer. `disjoint` says that no value
 * of a DISTINCT call's arguments occurs in two tasks, which lets that call be merged like any other.
 */
export function twoPhase(call: AggregateCall, disjoint: boolean): TwoPhase | undefined {
  if (call.orderBy.length > 0) return undefined;
  const [first, ...more] = call.inputs;
  if (call.distinct && !disjoint && !(IDEMPOTENT.has(call.name) && more.length === 0)) return undefined;
  if (ROW_COUNTS.has(call.name)) return countTwoPhase(call);
  if (first === undefined || more.length > 0) return undefined;
  if (SELF_MERGING.has(call.name)) return selfMerging(call, call.name);
  if (call.name === 'sum' || call.name === 'sum_no_overflow') {
    return isAddable(call.type) ? selfMerging(call, 'sum') : undefined;
  }
  if (call.name === 'avg') return averageTwoPhase(call, first.type);
  if (call.name === 'first' || call.name === 'last' || call.name === 'arbitrary') return positionTwoPhase(call);
  return undefined;
}

function selfMerging(call: AggregateCall, merge: string): TwoPhase {
  return {
    partials: [call],
    finals: (partials) => partials.map((partial) => plainCall(merge, [partial], call.type)),
    finish: ([answer]) => required(answer),
  };
}

function countTwoPhase(call: AggregateCall): TwoPhase {
  return {
    partials: [call],
    finals: (partials) => partials.map((partial) => plainCall('sum', [partial], HUGEINT)),
    finish: ([total]) => cast(required(total), call.type),
  };
}

/** DuckDB's average is a sum divided by a count, both kept exact for integers and decimals until the division. */
function averageTwoPhase(call: AggregateCall, input: DataType): TwoPhase | undefined {
  const sumType = averageSumType(input);
  if (sumType === undefined || call.type.kind !== 'scalar' || call.type.name !== 'DOUBLE') return undefined;
  return {
    partials: [
      { ...call, name: 'sum', type: sumType },
      { ...call, name: 'count', type: BIGINT },
    ],
    finals: ([sum, count]) => [
      plainCall('sum', [required(sum)], sumType),
      plainCall('sum', [required(count)], HUGEINT),
    ],
    finish: ([sum, count]) => average(required(sum), required(count), input),
  };
}

function averageSumType(input: DataType): DataType | undefined {
  if (input.kind === 'decimal') {
    return input.width <= WIDEST_AVERAGED_DECIMAL ? { kind: 'decimal', width: 38, scale: input.scale } : undefined;
  }
  if (input.kind !== 'scalar') return undefined;
  if (input.name === 'DOUBLE' || input.name === 'FLOAT') return DOUBLE;
  return ['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'HUGEINT'].includes(input.name) ? HUGEINT : undefined;
}

/**
 * The last step of DuckDB's AVG, bit for bit: of a DECIMAL, the unscaled sum as DOUBLE by the count times the scale, which is not the
 * quotient of the two in the last bit; of all else the plain quotient.
 */
function average(sum: Expression, count: Expression, input: DataType): Expression {
  const rows = cast(count, DOUBLE);
  if (input.kind !== 'decimal' || input.scale === 0) return divide(cast(sum, DOUBLE), rows);
  const power = 10n ** BigInt(input.scale);
  const scale: Expression = { kind: 'constant', value: Number(power), type: DOUBLE };
  const divisor: Expression = { kind: 'function', name: '*', inputs: [rows, scale], type: DOUBLE };
  return divide(cast(unscaled(sum, input, power), DOUBLE), divisor);
}

function unscaled(sum: Expression, input: Extract<DataType, { kind: 'decimal' }>, power: bigint): Expression {
  if (input.width + SUM_DIGITS + input.scale <= 38) {
    const factor: Expression = {
      kind: 'constant',
      value: power,
      type: { kind: 'decimal', width: input.scale + 1, scale: 0 },
    };
    return cast({ kind: 'function', name: '*', inputs: [sum, factor], type: sum.type }, HUGEINT);
  }
  // The product would not fit DECIMAL(38): take the point out of the text instead.
  const text = (value: string): Expression => ({ kind: 'constant', value, type: VARCHAR });
  return cast(
    { kind: 'function', name: 'replace', inputs: [cast(sum, VARCHAR), text('.'), text('')], type: VARCHAR },
    HUGEINT,
  );
}

/** A task without rows has no first row, and its NULL must not be taken for one: count along. */
function positionTwoPhase(call: AggregateCall): TwoPhase {
  const counting: AggregateCall = { ...call, name: 'count_star', inputs: [], distinct: false, type: BIGINT };
  return {
    partials: [call, counting],
    finals: ([value, rows]) => {
      const zero: Expression = { kind: 'constant', value: 0n, type: BIGINT };
      const filter: Expression = {
        kind: 'comparison',
        operator: '>',
        left: required(rows),
        right: zero,
        type: BOOLEAN,
      };
      return [{ ...plainCall(call.name, [required(value)], call.type), filter }];
    },
    finish: ([answer]) => required(answer),
  };
}

function isAddable(type: DataType): boolean {
  return type.kind === 'decimal' || (type.kind === 'scalar' && ['HUGEINT', 'BIGINT', 'DOUBLE'].includes(type.name));
}

function plainCall(name: string, inputs: readonly Expression[], type: DataType): AggregateCall {
  return { name, inputs, distinct: false, orderBy: [], type };
}

function cast(input: Expression, type: DataType): Expression {
  return { kind: 'cast', input, isTry: false, type };
}

function divide(dividend: Expression, divisor: Expression): Expression {
  return { kind: 'function', name: '/', inputs: [dividend, divisor], type: DOUBLE };
}

function required(expression: Expression | undefined): Expression {
  if (expression === undefined) throw new RangeError('A phase of an aggregate lacks a column of the one before.');
  return expression;
}
