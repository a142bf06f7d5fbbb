import type { PlanTable } from '../../plan/stage.ts';
import type { DataType } from '../../plan/types.ts';

/** A local file that holds what a task reads of an input file. */
export interface SourceFile {
  /** Where DuckDB finds it. */
  readonly path: string;
  /** Where the input file is, as the user names it: what `filename` gives. */
  readonly location: string;
  /** The input file's index in its table: what `file_index` gives. */
  readonly fileIndex: number;
  /** Rows `[start, end)` of a Parquet file, at row-group borders. Absent: the whole file. */
  readonly rows?: { readonly start: number; readonly end: number };
}

/** What a scan of one table reads in this task. No files: no rows. */
export interface Source {
  readonly files: readonly SourceFile[];
  /** The table's columns in the files, in order: text formats are read by them. */
  readonly columns: PlanTable['columns'];
}

/** What rendering a fragment needs to know beside the fragment. */
export interface RenderContext {
  /** What the task reads of a table, by the table's index. */
  source(table: number): Source;
  /** The SQL that gives back a value of the type from the column that carries it between stages. */
  readWire(type: DataType, sql: string): string;
}
