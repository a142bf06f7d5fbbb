import type { AggregateCall, Expression } from '../../../engine/plan/expression.ts';
import { BIGINT, BOOLEAN, type DataType, DOUBLE, HUGEINT, VARCHAR } from '../../../engine/plan/types.ts';

/**
 * The two-phase form of a call, or `undefined` if no such form has exactly the same result. `isDisjoint`: no value of a DISTINCT
 * call's arguments occurs in two tasks, so the call can be merged like any other.
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

/** How one aggregate call is computed in two phases. */
export interface TwoPhase {
  /** The calls that each task computes over its rows. */
  readonly partials: readonly AggregateCall[];
  /** The calls that merge them, given the columns of the partials in that order. */
  readonly finals: (partials: readonly Expression[]) => readonly AggregateCall[];
  /** The call's result, from the columns of the finals. It has the call's type. */
  readonly finish: (finals: readonly Expression[]) => Expression;
}

/** Aggregates whose result is the same if a row is counted twice. */
const IDEMPOTENT: ReadonlySet<string> = new Set([
  'min',
  'max',
  'any_value',
  'bool_and',
  'bool_or',
  'bit_and',
  'bit_or',
]);
/** Aggregates that merge themselves: the same call over partial results computes the result. */
const SELF_MERGING: ReadonlySet<string> = new Set([...IDEMPOTENT, 'bit_xor', 'product']);
const ROW_COUNTS: ReadonlySet<string> = new Set(['count', 'count_star', 'count_if', 'countif']);

/** The sum of a wider decimal could exceed 38 digits. DuckDB's AVG adds 128-bit integers, which would not overflow. */
const WIDEST_AVERAGED_DECIMAL = 28;
/** The number of digits by which a sum can exceed its inputs, for 10^12 rows in one group. */
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
 * The last step of DuckDB's AVG, bit for bit. For a DECIMAL it divides the unscaled sum, as DOUBLE, by the count times the scale, which
 * can differ from the plain quotient in the last bit. For other types it is the plain quotient.
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

/** Also counts rows: a task without rows returns NULL, which must not be mistaken for its first value. */
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
  if (expression === undefined) throw new RangeError('A phase of an aggregate lacks a column of the previous phase.');
  return expression;
}
