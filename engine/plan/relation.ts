import type { AggregateCall, ComparisonOperator, Expression, SortKey, WindowCall } from './expression.ts';
import type { DataType } from './types.ts';

/** How to read the files of a scan. */
export type ScanFormat =
  /** `unionByName`: files may lack columns of the table; their values are NULL. */
  | { readonly kind: 'parquet'; readonly unionByName?: boolean }
  | { readonly kind: 'csv'; readonly options: CsvDialect }
  | { readonly kind: 'json'; readonly layout: 'array' | 'newline-delimited' };

/** The dialect of a CSV file. `nullText`: the field that means NULL. */
export interface CsvDialect {
  readonly delimiter: string;
  readonly quote: string;
  readonly escape: string;
  readonly header: boolean;
  readonly nullText: string;
}

/**
 * A column of a scan: a column of the table, a `name=value` part of the files' locations (Hive partitioning), a virtual column, or a
 * constant (if the scan only counts rows).
 */
export type ScanColumn =
  | { readonly kind: 'table'; readonly name: string; readonly type: DataType }
  | { readonly kind: 'partition'; readonly name: string; readonly type: DataType }
  | { readonly kind: 'virtual'; readonly name: 'filename' | 'file_row_number' | 'file_index'; readonly type: DataType }
  | { readonly kind: 'none'; readonly type: DataType };

/** The rows that a join returns in addition to matching pairs. */
export type JoinType =
  | 'inner'
  | 'left'
  | 'right'
  | 'full'
  | 'semi'
  | 'anti'
  | 'right-semi'
  | 'right-anti'
  /** Left columns and one boolean: whether the row has a match, with the NULL semantics of IN. */
  | 'mark'
  /** Like left, but more than one match is an error: a scalar subquery. */
  | 'single';

/** `left` reads the join's left relation, `right` its right one. */
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

/** The fields of every operator. */
interface Operator {
  /** The types of the output columns, in order. */
  readonly types: readonly DataType[];
  /** The optimizer's row estimate, if known. A hint: correctness must not depend on it. */
  readonly estimatedRows?: number;
}

/**
 * A relational operator, bound and typed: the plan IR, logical and physical. Expressions refer to the output columns of `input` by
 * position, so nodes need no names.
 */
export type Relation = Operator &
  /**
   * Rows of files. `filters` are over `columns` (position i is `columns[i]`); the output is `columns` at the positions of `output`.
   * `filters` select rows. `pruning` (same positions) follows from them or from operators above, and only serves to skip row groups.
   */
  (
    | {
        readonly kind: 'scan';
        /** Index into the plan's table list. The splits of a task say which files it reads. */
        readonly table: number;
        readonly format: ScanFormat;
        readonly columns: readonly ScanColumn[];
        readonly filters: readonly Expression[];
        readonly pruning: readonly Expression[];
        readonly output: readonly number[];
      }
    /** A table function over constants: `range`, `generate_series`, ... `output` lists positions of its columns. */
    | {
        readonly kind: 'table-function';
        readonly name: string;
        readonly arguments: readonly Expression[];
        readonly columnCount: number;
        readonly output: readonly number[];
      }
    /** Constant rows; their expressions read no columns. No rows: the empty relation. */
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
     * Output: groups, aggregates, grouping functions. `groupingSets` contains positions in `groups`. One set of all groups is a plain
     * GROUP BY; no groups is a scalar aggregate (one row on empty input). `groupingCalls` are GROUPING(..) over positions.
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
     * `outputLeft` and `outputRight` are positions in each side's columns. Output: left ++ right; semi and anti: left only; right-semi and
     * right-anti: right only; mark: left ++ one boolean. The right side is the build side. `residual` reads left ++ right (all columns of
     * both sides); rows match if the conditions and `residual` are true.
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
     * Matches each left row with the nearest right row by the inequality (one of the conditions; the others are equalities). Columns as
     * for `join`.
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
    /** Row n of the left with row n of the right; the shorter side is padded with NULLs. Output: left ++ right. */
    | { readonly kind: 'positional-join'; readonly left: Relation; readonly right: Relation }
    /** A random sample: a share or a number of rows. `seed` is from REPEATABLE. */
    | {
        readonly kind: 'sample';
        readonly input: Relation;
        readonly method: 'system' | 'bernoulli' | 'reservoir';
        readonly size:
          | { readonly kind: 'percent'; readonly percent: number }
          | { readonly kind: 'rows'; readonly rows: bigint };
        readonly seed?: bigint;
      }
    /** Sort, top-n (keys and a limit) or limit (no keys). */
    | {
        readonly kind: 'sort';
        readonly input: Relation;
        readonly keys: readonly SortKey[];
        readonly limit?: bigint;
        readonly offset?: bigint;
      }
    /** Without `on`: distinct rows. With it: the first row, by `orderBy`, of each value of `on`. */
    | {
        readonly kind: 'distinct';
        readonly input: Relation;
        readonly on?: readonly Expression[];
        readonly orderBy: readonly SortKey[];
      }
    /** Output: the input's columns, then one for each call. */
    | {
        readonly kind: 'window';
        readonly input: Relation;
        readonly calls: readonly WindowCall[];
      }
    /** Output: the input's columns, then one for each unnested list or struct expression. */
    | {
        readonly kind: 'unnest';
        readonly input: Relation;
        readonly lists: readonly Expression[];
      }
    /**
     * A table function called for each input row, its arguments over that row. Output: the function's columns at the positions of
     * `output`, then the input's.
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
    /** Defines `id` for everything in `body`. Evaluated once. */
    | {
        readonly kind: 'with';
        readonly id: SharedId;
        readonly definition: Relation;
        readonly body: Relation;
      }
    /**
     * WITH RECURSIVE: the rows of `anchor`, then those of `step`, repeated until it returns none. In `step`, `shared` with this `id` reads
     * the rows of the previous iteration. Without `all`, rows seen before are dropped.
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
     * Physical: the output of another stage. `partition`: task t reads partition t of every producer's output; `all`: every task reads all
     * of it (broadcast or gathered; one partition); `forward`: task t reads the output of producer task t; `combine`: task t reads its
     * block of partitions of its block of producers, as in `blocks.ts`.
     */
    | {
        readonly kind: 'input';
        readonly stage: number;
        readonly mode: InputMode;
      }
  );

/** How a task reads the output of another stage. */
export type InputMode = 'partition' | 'all' | 'forward' | 'combine';

/** The relations a relation reads directly. */
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
