import fc from 'fast-check';
import type {
  AggregateCall,
  ComparisonOperator,
  ConstantValue,
  Expression,
  FrameBound,
  SortKey,
  SyntaxOperator,
  WindowCall,
} from '../../engine/plan/expression.ts';
import type { DataType, ScalarTypeName, StructField } from '../../engine/plan/types.ts';

/**
 * Makes the random choices for a generated value. `left` is the number of types, expressions and relations that may be added. At 0, the rest
 * is as small as possible.
 */
export interface Draw {
  /** A whole number from 0 to just below `limit`, which is at most 2^32. */
  below(limit: number): number;
  left: number;
}

/**
 * Turns `make` into an arbitrary. Plans are large, so fast-check chooses only a seed and a size, and shrinks only the size. Shrinkable
 * values would need gigabytes of memory.
 */
export function drawn<Value>(make: (draw: Draw) => Value, size = 100): fc.Arbitrary<Value> {
  return fc.record({ seed: fc.integer(), left: fc.nat(size) }).map(({ seed, left }) => make(createDraw(seed, left)));
}

/** Deterministic choices from a seed (the generator mulberry32). */
function createDraw(seed: number, left: number): Draw {
  let state = seed;
  return {
    left,
    below(limit) {
      state = (state + 0x6d2b79f5) | 0;
      const mixed = Math.imul(state ^ (state >>> 15), state | 1);
      const random = mixed ^ (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61));
      return Math.floor((((random ^ (random >>> 14)) >>> 0) / 2 ** 32) * limit);
    },
  };
}

/** The minimum and maximum of each scalar type with integer constants. BIGNUM has no limits, so its values here are stand-ins. */
export const integerRanges: Partial<Record<ScalarTypeName, readonly [bigint, bigint]>> = {
  TINYINT: [-(2n ** 7n), 2n ** 7n - 1n],
  SMALLINT: [-(2n ** 15n), 2n ** 15n - 1n],
  INTEGER: [-(2n ** 31n), 2n ** 31n - 1n],
  BIGINT: [-(2n ** 63n), 2n ** 63n - 1n],
  HUGEINT: [-(2n ** 127n), 2n ** 127n - 1n],
  UTINYINT: [0n, 2n ** 8n - 1n],
  USMALLINT: [0n, 2n ** 16n - 1n],
  UINTEGER: [0n, 2n ** 32n - 1n],
  UBIGINT: [0n, 2n ** 64n - 1n],
  UHUGEINT: [0n, 2n ** 128n - 1n],
  BIGNUM: [-(2n ** 1000n), 2n ** 1000n],
  DATE: [-(2n ** 31n), 2n ** 31n - 1n],
  TIME: [0n, 86_400_000_000n],
  TIME_NS: [0n, 86_400_000_000_000n],
  'TIME WITH TIME ZONE': [0n, 2n ** 64n - 1n],
  TIMESTAMP: [-(2n ** 63n), 2n ** 63n - 1n],
  TIMESTAMP_S: [-(2n ** 63n), 2n ** 63n - 1n],
  TIMESTAMP_MS: [-(2n ** 63n), 2n ** 63n - 1n],
  TIMESTAMP_NS: [-(2n ** 63n), 2n ** 63n - 1n],
  'TIMESTAMP WITH TIME ZONE': [-(2n ** 63n), 2n ** 63n - 1n],
  UUID: [0n, 2n ** 128n - 1n],
};

const otherScalars = ['BOOLEAN', 'FLOAT', 'DOUBLE', 'VARCHAR', 'BLOB', 'BIT', 'INTERVAL', 'JSON', 'NULL'] as const;

/** Every scalar type. */
export const scalarNames: readonly ScalarTypeName[] = [
  ...otherScalars,
  // This cast is safe because the type of `integerRanges` fixes its keys.
  ...(Object.keys(integerRanges) as ScalarTypeName[]),
];

const texts = fc.sample(fc.string({ unit: 'binary', maxLength: 12 }), { seed: 1, numRuns: 300 });
const doubles = fc.sample(fc.double(), { seed: 1, numRuns: 300 });
const byteArrays = fc.sample(fc.uint8Array({ maxLength: 30 }), { seed: 1, numRuns: 100 });

/** Any well-formed text, including NUL. */
export const text = (draw: Draw): string => one(draw, texts);
/** Any number, including NaN and infinities. */
export const double = (draw: Draw): number => one(draw, doubles);
export const bytes = (draw: Draw): Uint8Array => one(draw, byteArrays);
export const boolean = (draw: Draw): boolean => draw.below(2) === 1;
/** A count of rows or bytes. */
export const count = (draw: Draw): number => Number(integer(draw, 0n, BigInt(Number.MAX_SAFE_INTEGER)));
/** A number with 32 bits on the wire. */
export const small = (draw: Draw): number => Number(integer(draw, 0n, 2n ** 32n - 1n));

/** An integer in this range. The limits of the range and 0 are more frequent. */
export function integer(draw: Draw, least: bigint, most: bigint): bigint {
  const special = [least, most, least + 1n, most - 1n, 0n][draw.below(10)];
  if (special !== undefined && special >= least && special <= most) return special;
  let random = 0n;
  for (let bits = draw.below((most - least).toString(2).length + 1); bits > 0; bits--)
    random = (random << 1n) | BigInt(draw.below(2));
  return random > most - least ? most : least + random;
}

/** A length from `least` to `most`, or `least` if nothing may be added. */
export function length(draw: Draw, most: number, least = 0): number {
  return draw.left <= 0 ? least : least + draw.below(most - least + 1);
}

/** A position in a list of `among` items. */
export function position(draw: Draw, among: number): number {
  return draw.below(among);
}

/** Returns the results of `size` calls of `make`. */
export function times<Value>(size: number, make: (index: number) => Value): Value[] {
  return Array.from({ length: size }, (_, index) => make(index));
}

/** One of the given values. */
export function one<Value>(draw: Draw, values: readonly Value[]): Value {
  const value = values[draw.below(values.length)];
  if (value === undefined) throw new Error('nothing to choose from');
  return value;
}

/** An object to spread into another. It contains the named field half of the time, and is empty otherwise. */
export function maybe<Name extends string, Value>(draw: Draw, name: Name, make: () => Value): { [K in Name]?: Value } {
  return boolean(draw) ? ({ [name]: make() } as { [K in Name]?: Value }) : {};
}

/** A type of any kind, nested up to `depth`. */
export function drawType(draw: Draw, depth = 2): DataType {
  const field = (): StructField => ({ name: text(draw), type: drawType(draw, depth - 1) });
  const kinds = ['scalar', 'decimal', 'enum', 'list', 'array', 'struct', 'map', 'union'] as const;
  const kind = one(draw, depth === 0 || draw.left-- <= 0 ? kinds.slice(0, 3) : kinds);
  switch (kind) {
    case 'scalar':
      return { kind, name: one(draw, scalarNames) };
    case 'decimal': {
      const width = length(draw, 38, 1);
      return { kind, width, scale: draw.below(width + 1) };
    }
    case 'enum':
      return { kind, values: [...new Set(times(length(draw, 4, 1), () => text(draw)))] };
    case 'list':
      return { kind, child: drawType(draw, depth - 1) };
    case 'array':
      return { kind, child: drawType(draw, depth - 1), size: length(draw, 4, 1) };
    case 'struct':
      return { kind, fields: times(length(draw, 3, 1), field) };
    case 'map':
      return { kind, key: drawType(draw, depth - 1), value: drawType(draw, depth - 1) };
    case 'union':
      return { kind, members: times(length(draw, 3, 1), field) };
    default:
      return kind satisfies never;
  }
}

/** Types for `columns` columns. */
export function drawTypes(draw: Draw, columns: number): DataType[] {
  return times(columns, () => drawType(draw, 1));
}

/** A valid constant of the given type. */
export function drawConstant(draw: Draw, type: DataType): ConstantValue {
  if (draw.below(10) === 0) return null;
  switch (type.kind) {
    case 'scalar':
      return drawScalar(draw, type.name);
    case 'decimal': {
      const most = 10n ** BigInt(type.width) - 1n;
      return integer(draw, -most, most);
    }
    case 'enum':
      return one(draw, type.values);
    case 'list':
      return times(length(draw, 3), () => drawConstant(draw, type.child));
    case 'array':
      return times(type.size, () => drawConstant(draw, type.child));
    case 'struct':
      return type.fields.map((field) => drawConstant(draw, field.type));
    case 'map':
      return times(length(draw, 2), () => [drawConstant(draw, type.key), drawConstant(draw, type.value)]);
    case 'union': {
      const index = position(draw, type.members.length);
      const member = one(draw, type.members.slice(index, index + 1));
      return [BigInt(index), drawConstant(draw, member.type)];
    }
    default:
      return type satisfies never;
  }
}

function drawScalar(draw: Draw, name: ScalarTypeName): ConstantValue {
  const range = integerRanges[name];
  if (range !== undefined) return integer(draw, ...range);
  switch (name) {
    case 'BOOLEAN':
      return boolean(draw);
    case 'FLOAT':
      return Math.fround(double(draw));
    case 'DOUBLE':
      return double(draw);
    case 'BLOB':
      return bytes(draw);
    case 'BIT':
      return times(length(draw, 20), () => one(draw, ['0', '1'])).join('');
    case 'INTERVAL': {
      const [months, days] = times(2, () => Number(integer(draw, -(2n ** 31n), 2n ** 31n - 1n)));
      return { months: months ?? 0, days: days ?? 0, micros: integer(draw, -(2n ** 63n), 2n ** 63n - 1n) };
    }
    case 'NULL':
      return null;
    default:
      return text(draw);
  }
}

export const comparisonOperators: readonly ComparisonOperator[] = [
  ...(['=', '<>', '<', '>', '<=', '>='] as const),
  ...(['is distinct from', 'is not distinct from'] as const),
];
const syntaxOperators: readonly SyntaxOperator[] = [
  ...(['not', 'is null', 'is not null', 'in', 'not in', 'coalesce', 'try'] as const),
];

/** An expression over a relation with this many columns, nested up to `depth`. */
export function drawExpression(draw: Draw, columns: number, depth = 2): Expression {
  const type = drawType(draw, 1);
  const below = () => drawExpression(draw, columns, depth - 1);
  const several = () => times(length(draw, 3), below);
  const leaves = ['constant', 'parameter', ...(columns > 0 ? (['column'] as const) : [])] as const;
  const inner = ['cast', 'comparison', 'conjunction', 'between', 'case', 'operator', 'function', 'lambda'] as const;
  const kind = one(draw, depth === 0 || draw.left-- <= 0 ? leaves : [...leaves, ...inner]);
  switch (kind) {
    case 'column':
      return { kind, index: position(draw, columns), type };
    case 'constant':
      return { kind, value: drawConstant(draw, type), type };
    case 'parameter':
      return { kind, name: text(draw), type };
    case 'cast':
      return { kind, input: below(), isTry: boolean(draw), type };
    case 'comparison':
      return { kind, operator: one(draw, comparisonOperators), left: below(), right: below(), type };
    case 'conjunction':
      return { kind, operator: one(draw, ['and', 'or']), inputs: several(), type };
    case 'between': {
      const inclusive = { lowerInclusive: boolean(draw), upperInclusive: boolean(draw) };
      return { kind, input: below(), lower: below(), upper: below(), ...inclusive, type };
    }
    case 'case': {
      const branches = times(length(draw, 2, 1), () =>
        Object.assign({ when: below() }, { ['then' as const]: below() }),
      );
      return { kind, branches, otherwise: below(), type };
    }
    case 'operator':
      return { kind, operator: one(draw, syntaxOperators), inputs: several(), type };
    case 'function': {
      const inputs = several();
      return { kind, name: text(draw), inputs, ...maybe(draw, 'names', () => inputs.map(() => text(draw))), type };
    }
    case 'lambda': {
      const parameters = times(length(draw, 2), () => text(draw));
      return { kind, name: text(draw), inputs: several(), parameters, body: below(), type };
    }
    default:
      return kind satisfies never;
  }
}

/** Zero or more expressions. */
export function drawExpressions(draw: Draw, columns: number, least = 0): Expression[] {
  return times(length(draw, 3, least), () => drawExpression(draw, columns, 1));
}

/** Zero or more sort keys. */
export function drawSortKeys(draw: Draw, columns: number): SortKey[] {
  return drawExpressions(draw, columns).map((expression) => ({
    expression,
    descending: boolean(draw),
    nullsFirst: boolean(draw),
  }));
}

/** An aggregate call over a relation with this many columns. */
export function drawAggregateCall(draw: Draw, columns: number): AggregateCall {
  return {
    name: text(draw),
    inputs: drawExpressions(draw, columns),
    distinct: boolean(draw),
    ...maybe(draw, 'filter', () => drawExpression(draw, columns)),
    orderBy: drawSortKeys(draw, columns),
    type: drawType(draw),
  };
}

/** A window function call over a relation with this many columns. */
export function drawWindowCall(draw: Draw, columns: number): WindowCall {
  const bound = (): FrameBound => {
    const kinds = ['unbounded preceding', 'unbounded following', 'current row', 'preceding', 'following'] as const;
    const kind = one(draw, kinds);
    return kind === 'preceding' || kind === 'following' ? { kind, offset: drawExpression(draw, columns, 1) } : { kind };
  };
  return {
    name: text(draw),
    inputs: drawExpressions(draw, columns),
    distinct: boolean(draw),
    ignoreNulls: boolean(draw),
    ...maybe(draw, 'filter', () => drawExpression(draw, columns)),
    argumentOrder: drawSortKeys(draw, columns),
    partitionBy: drawExpressions(draw, columns),
    orderBy: drawSortKeys(draw, columns),
    ...maybe(draw, 'frame', () => ({
      mode: one(draw, ['rows', 'range', 'groups'] as const),
      start: bound(),
      end: bound(),
      ...maybe(draw, 'exclude', () => one(draw, ['current row', 'group', 'ties'] as const)),
    })),
    type: drawType(draw),
  };
}
