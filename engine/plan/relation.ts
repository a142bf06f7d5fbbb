import type { AggregateCall, ComparisonOperator, Expression, SortKey, WindowCall } from './expression.ts';
import type { DataType } from './types.ts';

/** How to read the files of a scan. */
export type ScanFormat =
  /** With `unionByName`, files may lack columns of the table. The values of a missing column are NULL. */
  | { readonly kind: 'parquet'; readonly unionByName?: boolean }
  | { readonly kind: 'csv'; readonly options: CsvDialect }
  | { readonly kind: 'json'; readonly layout: 'array' | 'newline-delimited' };

/** The dialect of a CSV file. A field that equals `nullText` is NULL. */
export interface CsvDialect {
  readonly delimiter: string;
  readonly quote: string;
  readonly escape: string;
  readonly header: boolean;
  readonly nullText: string;
}

/**
 * A column of a scan. It is a column of the table, a `name=value` part of the files' locations (Hive partitioning), a virtual column, or a
 * placeholder if the scan only counts rows.
 */
export type ScanColumn =
  | { readonly kind: 'table'; readonly name: string; readonly type: DataType }
  | { readonly kind: 'partition'; readonly name: string; readonly type: DataType }
  | { readonly kind: 'virtual'; readonly name: 'filename' | 'file_row_number' | 'file_index'; readonly type: DataType }
  | { readonly kind: 'none'; readonly type: DataType };

/** The type of a join, which determines the rows and columns that it returns. */
export type JoinType =
  | 'inner'
  | 'left'
  | 'right'
  | 'full'
  | 'semi'
  | 'anti'
  | 'right-semi'
  | 'right-anti'
  /** Returns the left columns and a boolean that is true if the row has a match. NULLs follow the semantics of IN. */
  | 'mark'
  /** Like `left`, but more than one match is an error. Scalar subqueries use it. */
  | 'single';

/** A condition of a join. `left` reads the join's left relation, and `right` reads its right relation. */
export interface JoinCondition {
  readonly left: Expression;
  readonly operator: ComparisonOperator;
  readonly right: Expression;
}

/**
 * Identifies a definition that several parts of a plan read: a materialized CTE, the delim side of a delim join, or a recursion's previous
 * iteration.
 */
export type SharedId = number;

/** The fields that all operators have. */
interface Operator {
  /** The types of the output columns, in order. */
  readonly types: readonly DataType[];
  /** The optimizer's row estimate, if known. Correctness must not depend on it. */
  readonly estimatedRows?: number;
}

/**
 * A bound and typed relational operator. It is the IR of logical and physical plans. Expressions refer to the output columns of `input` by
 * position, so operators need no names.
 */
export type Relation = Operator &
  /**
   * Reads rows of files. Positions in `filters` and `pruning` refer to `columns`. The output is `columns` at the positions of `output`.
   * `filters` select rows. `pruning` only serves to skip row groups, and it follows from `filters` or from operators above the scan.
   */
  (
    | {
        readonly kind: 'scan';
        /** Index into the plan's tables. The splits of a task determine which files it reads. */
        readonly table: number;
        readonly format: ScanFormat;
        readonly columns: readonly ScanColumn[];
        readonly filters: readonly Expression[];
        readonly pruning: readonly Expression[];
        readonly output: readonly number[];
      }
    /** A table function over constants, such as `range` or `generate_series`. `output` lists positions of its columns. */
    | {
        readonly kind: 'table-function';
        readonly name: string;
        readonly arguments: readonly Expression[];
        readonly columnCount: number;
        readonly output: readonly number[];
      }
    /** Constant rows. Their expressions read no columns. Without rows, the relation is empty. */
    | { readonly kind: 'values'; readonly rows: readonly (readonly Expression[])[] }
    | {
        readonly kind: 'project';
        readonly input: Relation;
        readonly expressions: readonly Expression[];
      }
    | {
        readonly kind: 'filter';
        readonly input: Relation;
        readonly predicates: readonly Expression[];
      }
    /**
     * The output is groups, then aggregates, then grouping functions. `groupingSets` contains positions in `groups`. A plain GROUP BY is
     * one set of all groups. Without groups, it is a scalar aggregate, which returns one row on empty input. `groupingCalls` are
     * GROUPING(..) calls over positions in `groups`.
     */
    | {
        readonly kind: 'aggregate';
        readonly input: Relation;
        readonly groups: readonly Expression[];
        readonly groupingSets: readonly (readonly number[])[];
        readonly aggregates: readonly AggregateCall[];
        readonly groupingCalls: readonly (readonly number[])[];
      }
    /**
     * `outputLeft` and `outputRight` are positions in each side's columns. The output is left ++ right, with these exceptions: semi and
     * anti joins return only left columns, right-semi and right-anti joins return only right columns, and mark joins return left ++ one
     * boolean.
     *
     * `residual` reads left ++ right (all columns of both sides). Rows match if the conditions and `residual` are true.
     *
     * In the binder's plan, the right side is the build side. This is not final: DuckDB on the executor optimizes the rendered fragment
     * again and may swap the sides.
     */
    | {
        readonly kind: 'join';
        readonly joinType: JoinType;
        readonly left: Relation;
        readonly right: Relation;
        readonly conditions: readonly JoinCondition[];
        readonly residual?: Expression;
        readonly outputLeft: readonly number[];
        readonly outputRight: readonly number[];
      }
    /**
     * Matches each left row with the nearest right row. One condition is the inequality that defines the nearest row, and the others are
     * equalities. The columns are as for `join`.
     */
    | {
        readonly kind: 'asof-join';
        readonly joinType: 'inner' | 'left' | 'right' | 'full' | 'semi' | 'anti';
        readonly left: Relation;
        readonly right: Relation;
        readonly conditions: readonly JoinCondition[];
        readonly residual?: Expression;
        readonly outputLeft: readonly number[];
        readonly outputRight: readonly number[];
      }
    /** Combines row n of the left with row n of the right. The shorter side is padded with NULLs. The output is left ++ right. */
    | { readonly kind: 'positional-join'; readonly left: Relation; readonly right: Relation }
    /** A random sample of the rows, with a size in percent or in rows. `seed` comes from REPEATABLE. */
    | {
        readonly kind: 'sample';
        readonly input: Relation;
        readonly method: 'system' | 'bernoulli' | 'reservoir';
        readonly size:
          | { readonly kind: 'percent'; readonly percent: number }
          | { readonly kind: 'rows'; readonly rows: bigint };
        readonly seed?: bigint;
      }
    /** A sort, a top-n (keys and a limit) or a limit (no keys). */
    | {
        readonly kind: 'sort';
        readonly input: Relation;
        readonly keys: readonly SortKey[];
        readonly limit?: bigint;
        readonly offset?: bigint;
      }
    /** Without `on`, returns the distinct rows. With `on`, returns the first row, by `orderBy`, for each value of `on`. */
    | {
        readonly kind: 'distinct';
        readonly input: Relation;
        readonly on?: readonly Expression[];
        readonly orderBy: readonly SortKey[];
      }
    /** The output is the input's columns, followed by one column for each call. */
    | {
        readonly kind: 'window';
        readonly input: Relation;
        readonly calls: readonly WindowCall[];
      }
    /** The output is the input's columns, followed by one column for each unnested list or struct expression. */
    | {
        readonly kind: 'unnest';
        readonly input: Relation;
        readonly lists: readonly Expression[];
      }
    /**
     * A table function called for each input row. Its arguments read that row. The output is the function's columns at the positions of
     * `output`, followed by the input's columns.
     */
    | {
        readonly kind: 'lateral-function';
        readonly input: Relation;
        readonly name: string;
        readonly arguments: readonly Expression[];
        readonly columnCount: number;
        readonly output: readonly number[];
      }
    | {
        readonly kind: 'set-operation';
        readonly operation: 'union' | 'except' | 'intersect';
        readonly all: boolean;
        readonly inputs: readonly Relation[];
      }
    /** Defines `id` for everything in `body`. The definition is evaluated once. */
    | {
        readonly kind: 'with';
        readonly id: SharedId;
        readonly definition: Relation;
        readonly body: Relation;
      }
    /**
     * WITH RECURSIVE. Returns the rows of `anchor`, then the rows of `step`, which is repeated until it returns no rows. In `step`,
     * `shared` with this `id` reads the rows of the previous iteration. Without `all`, rows that were returned before are dropped.
     */
    | {
        readonly kind: 'recursive';
        readonly id: SharedId;
        readonly all: boolean;
        readonly anchor: Relation;
        readonly step: Relation;
      }
    /** Reads all rows and columns of an enclosing definition. */
    | { readonly kind: 'shared'; readonly id: SharedId }
    /**
     * The output of another stage, in physical plans only. The mode determines what task t reads:
     * - `partition`: partition t of every producer's output
     * - `all`: the whole output, which is broadcast or gathered and has one partition
     * - `forward`: the output of producer task t
     * - `combine`: its block of partitions from its block of producers, as in `blocks.ts`
     */
    | {
        readonly kind: 'input';
        readonly stage: number;
        readonly mode: InputMode;
      }
  );

/** How a task reads the output of another stage. */
export type InputMode = 'partition' | 'all' | 'forward' | 'combine';

/** Returns the relations that a relation reads directly. */
export function inputsOf(relation: Relation): readonly Relation[] {
  switch (relation.kind) {
    case 'scan':
    case 'table-function':
    case 'values':
    case 'shared':
    case 'input':
      return [];
    case 'project':
    case 'filter':
    case 'aggregate':
    case 'sort':
    case 'distinct':
    case 'window':
    case 'unnest':
    case 'sample':
    case 'lateral-function':
      return [relation.input];
    case 'join':
    case 'asof-join':
    case 'positional-join':
      return [relation.left, relation.right];
    case 'set-operation':
      return relation.inputs;
    case 'with':
      return [relation.definition, relation.body];
    case 'recursive':
      return [relation.anchor, relation.step];
    default:
      return relation satisfies never;
  }
}
