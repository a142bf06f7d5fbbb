import type { AggregateCall, Expression } from '../../../engine/plan/expression.ts';
import { BIGINT, BOOLEAN, type DataType, DOUBLE, HUGEINT, VARCHAR } from '../../../engine/plan/types.ts';

/**
 * Returns the two-phase form of a call, or `undefined` if no such form gives exactly the same result. `isDisjoint` means that no argument
 * value of a DISTINCT call occurs in two tasks, so that the call can be merged like any other call.
 *
 *     count(b)   ->   partials: count(b)              finals: sum(count)               finish: cast(sum as BIGINT)
 *     avg(b)     ->   partials: sum(b), count(b)      finals: sum(sum), sum(count)     finish: sum / count
 *     max(b)     ->   partials: max(b)                finals: max(max)                 finish: max
 */
export function twoPhase(call: AggregateCall, isDisjoint: boolean): TwoPhase | undefined {
  if (call.orderBy.length > 0) return undefined;
  const [first, ...more] = call.inputs;
  if (call.distinct && !isDisjoint && !(IDEMPOTENT.has(call.name) && more.length === 0)) return undefined;
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

/** The calls and expressions that compute an aggregate call in two phases. */
export interface TwoPhase {
  /** The calls that each task computes over its rows. */
  readonly partials: readonly AggregateCall[];
  /** Returns the calls that merge the partial results. `partials` contains the columns of these results, in order. */
  readonly finals: (partials: readonly Expression[]) => readonly AggregateCall[];
  /** Returns the expression for the call's result, given the columns of the finals. The expression has the call's type. */
  readonly finish: (finals: readonly Expression[]) => Expression;
}

/** Aggregates whose result does not change if a row is counted twice. */
const IDEMPOTENT: ReadonlySet<string> = new Set([
  'min',
  'max',
  'any_value',
  'bool_and',
  'bool_or',
  'bit_and',
  'bit_or',
]);
/** Aggregates that are merged by the same aggregate over their partial results. */
const SELF_MERGING: ReadonlySet<string> = new Set([...IDEMPOTENT, 'bit_xor', 'product']);
const ROW_COUNTS: ReadonlySet<string> = new Set(['count', 'count_star', 'count_if', 'countif']);

/**
 * The maximum width of decimals whose AVG runs in two phases. The sum of wider decimals could exceed 38 digits. DuckDB's AVG adds 128-bit
 * integers, which would not overflow.
 */
const WIDEST_AVERAGED_DECIMAL = 28;
/** The number of extra digits that a sum may need, for 10^12 rows in one group. */
const SUM_DIGITS = 12;

function selfMerging(call: AggregateCall, merge: string): TwoPhase {
  return {
    partials: [call],
    finals: (partials) => partials.map((partial) => plainCall(merge, [partial], call.type)),
    finish: ([result]) => required(result),
  };
}

function countTwoPhase(call: AggregateCall): TwoPhase {
  return {
    partials: [call],
    finals: (partials) => partials.map((partial) => plainCall('sum', [partial], HUGEINT)),
    finish: ([total]) => cast(required(total), call.type),
  };
}

/**
 * Returns the two-phase form of AVG. DuckDB computes AVG as a sum divided by a count. For integers and decimals, both are exact until the
 * division.
 */
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
 * Reproduces the last step of DuckDB's AVG bit for bit. For a DECIMAL, DuckDB divides the unscaled sum, as a DOUBLE, by the count times the
 * scale. This can differ from the plain quotient in the last bit. For other types, the result is the plain quotient.
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
  // The product would not fit into DECIMAL(38), so remove the decimal point from the text instead.
  const text = (value: string): Expression => ({ kind: 'constant', value, type: VARCHAR });
  return cast(
    { kind: 'function', name: 'replace', inputs: [cast(sum, VARCHAR), text('.'), text('')], type: VARCHAR },
    HUGEINT,
  );
}

/**
 * Returns the two-phase form of a call that selects one row's value. The partials also count rows, because a task without rows returns
 * NULL, which must not be mistaken for a value.
 */
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
    finish: ([result]) => required(result),
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
  if (expression === undefined)
    throw new RangeError('A phase of an aggregate is missing a column of the previous phase.');
  return expression;
}
