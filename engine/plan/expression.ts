import type { DataType } from './types.ts';

/** An INTERVAL in its three parts, as DuckDB stores it. */
export interface IntervalValue {
  readonly months: number;
  readonly days: number;
  readonly micros: bigint;
}

/**
 * The value of a constant. Its type determines the representation:
 *
 *     - integers of every width: bigint; DECIMAL: the unscaled bigint (15.00 is 1500n)
 *     - DATE: days since 1970-01-01; TIME, TIMESTAMP: µs (`_S`, `_MS`, `_NS`: their own unit); all bigint. Infinities are DuckDB's extremes
 *     - UUID: the 128 bits as an unsigned bigint, in printed order
 *     - FLOAT, DOUBLE: number; VARCHAR: string (may contain NUL); BLOB: bytes; ENUM: its text
 *     - TIME WITH TIME ZONE: DuckDB's 64 bits, µs of the day above the lowest 24, which are 57599 - offset in seconds; BIT: text of 0 and 1
 *     - LIST, ARRAY, STRUCT: the children in order; MAP: `[key, value]` pairs; UNION: `[index of the member as bigint, its value]`
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

/** Operators with special syntax. `in` and `not in` take the needle first. */
export type SyntaxOperator = 'not' | 'is null' | 'is not null' | 'in' | 'not in' | 'coalesce' | 'try';

/**
 * A bound, typed scalar expression. Columns are positions in the output of the relation below; a join's conditions state for each side
 * which relation they read.
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
  /** A function call. `names` is set if arguments are passed by name (`struct_pack(a := 1)`), one for each input that has one. */
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
  /** A parameter of an enclosing lambda, by its name (unique within the plan). */
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

/** Where a window's frame starts or ends. `offset`: in rows, groups or values, by the frame's mode. */
export type FrameBound =
  | { readonly kind: 'unbounded preceding' }
  | { readonly kind: 'unbounded following' }
  | { readonly kind: 'current row' }
  | { readonly kind: 'preceding'; readonly offset: Expression }
  | { readonly kind: 'following'; readonly offset: Expression };

/**
 * A window function call. `name` is the SQL name (`row_number`, `lag`, or an aggregate); inputs include offset and default of lag and lead.
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
