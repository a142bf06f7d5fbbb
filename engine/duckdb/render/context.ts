import type { PlanTable } from '../../plan/stage.ts';
import type { DataType } from '../../plan/types.ts';

/** A local file that holds the part of an input file that a task reads. */
export interface SourceFile {
  /** The local path, as passed to DuckDB. */
  readonly path: string;
  /** The input file's location as the user names it. It is the value of `filename`. */
  readonly location: string;
  /** The input file's index in its table. It is the value of `file_index`. */
  readonly fileIndex: number;
  /** Rows `[start, end)` of a Parquet file, at row-group boundaries. If absent, the task reads the whole file. */
  readonly rows?: { readonly start: number; readonly end: number };
}

/** The files that a scan of one table reads in this task. Without files, the scan returns no rows. */
export interface Source {
  readonly files: readonly SourceFile[];
  /** The table's columns, in the order in which the files have them. Needed to read text formats. */
  readonly columns: PlanTable['columns'];
}

/** The context in which a fragment is rendered. */
export interface RenderContext {
  /** Returns the files of a table that the task reads. `table` is the table's index in the plan. */
  source(table: number): Source;
  /** Returns SQL that converts a column's wire form back to the type. */
  readWire(type: DataType, sql: string): string;
}
