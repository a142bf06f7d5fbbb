import type { PlanTable } from '../../plan/stage.ts';
import type { DataType } from '../../plan/types.ts';

/** A local file with the part of an input file that a task reads. */
export interface SourceFile {
  /** The path for DuckDB. */
  readonly path: string;
  /** The input file's location as the user names it: the value of `filename`. */
  readonly location: string;
  /** The input file's index in its table: the value of `file_index`. */
  readonly fileIndex: number;
  /** Rows `[start, end)` of a Parquet file, at row-group boundaries. If absent, the whole file. */
  readonly rows?: { readonly start: number; readonly end: number };
}

/** The files that a scan of one table reads in this task. Without files, it returns no rows. */
export interface Source {
  readonly files: readonly SourceFile[];
  /** The table's columns in the files, in order. Needed to read text formats. */
  readonly columns: PlanTable['columns'];
}

/** The context of rendering a fragment. */
export interface RenderContext {
  /** The files that the task reads of a table, by the table's index. */
  source(table: number): Source;
  /** Returns SQL that converts a column's wire form back to the type. */
  readWire(type: DataType, sql: string): string;
}
