import type { DataType } from './types.ts';

/** An INTERVAL as the three parts that DuckDB stores. */
export interface IntervalValue {
  readonly months: number;
  readonly days: number;
  readonly micros: bigint;
}

/**
 * The value of a constant. Its type determines the representation:
 * - integers of every width: bigint
 * - DECIMAL: the unscaled bigint (15.00 is 1500n)
 * - DATE: days since 1970-01-01, as bigint
 * - TIME, TIMESTAMP: µs as bigint (`_S`, `_MS` and `_NS`: their own unit)
 * - infinite dates and timestamps: the extreme values that DuckDB uses
 * - TIME WITH TIME ZONE: DuckDB's 64 bits. The lowest 24 bits are 57599 minus the offset in seconds, and the bits above are µs of the day
 * - UUID: the 128 bits as an unsigned bigint, in printed order
 * - FLOAT, DOUBLE: number
 * - VARCHAR: string, which may contain NUL
 * - BLOB: bytes
 * - BIT: text of 0 and 1
 * - ENUM: the text of the value
 * - LIST, ARRAY, STRUCT: the children in order
 * - MAP: `[key, value]` pairs
 * - UNION: `[index of the member as bigint, value of the member]`
 */
export type ConstantValue =
  | null
  | boolean
  | bigint
  | number
  | string
  | Uint8Array
  | IntervalValue
  | readonly ConstantValue[];

/** Comparison operators. The last two treat NULL as a value and never return NULL. */
export type ComparisonOperator = '=' | '<>' | '<' | '>' | '<=' | '>=' | 'is distinct from' | 'is not distinct from';

/** Operators with special syntax. The first input of `in` and `not in` is the value to look for. */
export type SyntaxOperator = 'not' | 'is null' | 'is not null' | 'in' | 'not in' | 'coalesce' | 'try';

/**
 * A bound, typed scalar expression. Columns are positions in the output of the relation below. In a join's conditions, each side reads its
 * own relation.
 */
export type Expression =
  | { readonly kind: 'column'; readonly index: number; readonly type: DataType }
  | { readonly kind: 'constant'; readonly value: ConstantValue; readonly type: DataType }
  | { readonly kind: 'cast'; readonly input: Expression; readonly isTry: boolean; readonly type: DataType }
  | {
      readonly kind: 'comparison';
      readonly operator: ComparisonOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly type: DataType;
    }
  | {
      readonly kind: 'conjunction';
      readonly operator: 'and' | 'or';
      readonly inputs: readonly Expression[];
      readonly type: DataType;
    }
  | {
      readonly kind: 'between';
      readonly input: Expression;
      readonly lower: Expression;
      readonly upper: Expression;
      readonly lowerInclusive: boolean;
      readonly upperInclusive: boolean;
      readonly type: DataType;
    }
  | {
      readonly kind: 'case';
      readonly branches: readonly { readonly when: Expression; readonly then: Expression }[];
      readonly otherwise: Expression;
      readonly type: DataType;
    }
  | {
      readonly kind: 'operator';
      readonly operator: SyntaxOperator;
      readonly inputs: readonly Expression[];
      readonly type: DataType;
    }
  /**
   * A function call. `names` holds the names of arguments that are passed by name, as in `struct_pack(a := 1)`. They belong to the last
   * inputs.
   */
  | {
      readonly kind: 'function';
      readonly name: string;
      readonly inputs: readonly Expression[];
      readonly names?: readonly string[];
      readonly type: DataType;
    }
  /**
   * A function with a lambda as its second argument: `name(inputs[0], lambda p0, p1: body, ...inputs.slice(1))`. The body refers to
   * columns with `column` and to parameters with `parameter` expressions.
   */
  | {
      readonly kind: 'lambda';
      readonly name: string;
      readonly inputs: readonly Expression[];
      readonly parameters: readonly string[];
      readonly body: Expression;
      readonly type: DataType;
    }
  /** A parameter of an enclosing lambda. Its name is unique within the plan. */
  | { readonly kind: 'parameter'; readonly name: string; readonly type: DataType };

/** One sort key. */
export interface SortKey {
  readonly expression: Expression;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

/** An aggregate call. `count(*)` has the name `count_star` and no arguments. */
export interface AggregateCall {
  readonly name: string;
  readonly inputs: readonly Expression[];
  readonly distinct: boolean;
  readonly filter?: Expression;
  readonly orderBy: readonly SortKey[];
  readonly type: DataType;
}

/** The start or the end of a window's frame. The frame's mode determines whether `offset` is in rows, groups or values. */
export type FrameBound =
  | { readonly kind: 'unbounded preceding' }
  | { readonly kind: 'unbounded following' }
  | { readonly kind: 'current row' }
  | { readonly kind: 'preceding'; readonly offset: Expression }
  | { readonly kind: 'following'; readonly offset: Expression };

/**
 * A window function call. `name` is the SQL name (`row_number`, `lag`, or an aggregate). `inputs` includes the offset and the default of
 * `lag` and `lead`.
 */
export interface WindowCall {
  readonly name: string;
  readonly inputs: readonly Expression[];
  readonly distinct: boolean;
  readonly ignoreNulls: boolean;
  readonly filter?: Expression;
  readonly argumentOrder: readonly SortKey[];
  readonly partitionBy: readonly Expression[];
  readonly orderBy: readonly SortKey[];
  readonly frame?: {
    readonly mode: 'rows' | 'range' | 'groups';
    readonly start: FrameBound;
    readonly end: FrameBound;
    readonly exclude?: 'current row' | 'group' | 'ties';
  };
  readonly type: DataType;
}
