import type { ObjectIdentity } from '../store/object-store.ts';
import type { CombineGrid } from './blocks.ts';
import type { Expression } from './expression.ts';
import type { Relation } from './relation.ts';
import type { DataType } from './types.ts';

/** A stage's number within its graph. */
export type StageId = number & { readonly __brand: 'StageId' };

/** One pinned input file of a table: a read that finds another identity fails with `INPUT_CHANGED`. */
export interface InputFile {
  /**
   * The file's location as the user would write it: an absolute path or `s3://bucket/key`. Also the value of the virtual column `filename`.
   */
  readonly location: string;
  readonly identity: ObjectIdentity;
}

/** A table of a plan: pinned files and their columns. */
export interface PlanTable {
  /** The name known to the user, for messages and EXPLAIN. */
  readonly name: string;
  readonly files: readonly InputFile[];
  readonly columns: readonly { readonly name: string; readonly type: DataType }[];
}

/** The part of one file that one task reads. */
export interface Split {
  /** Index into the plan table's files. */
  readonly file: number;
  /** If absent, the whole file. Otherwise a run of whole Parquet row groups, as rows `[start, end)` of the file. */
  readonly rows?: { readonly start: number; readonly end: number };
  /** The number of rows, if the format states it. */
  readonly rowCount?: number;
  /** Bytes to read for it, in all needed columns: the basis of task sizes and estimates. */
  readonly sizeBytes: number;
}

/** The layout of a stage's output. */
export type StageOutput =
  /**
   * Rows go to partition `hash(keys) % partitions`. Without keys, everything goes to partition 0. `blocks`: runs of partitions that a
   * combiner reads at once.
   */
  | {
      readonly kind: 'hash';
      readonly keys: readonly Expression[];
      readonly partitions: number;
      readonly blocks?: number;
    }
  /**
   * For a combining stage. It regroups the partitions of the one stage it reads: each of its objects holds one block of partitions from
   * one block of producers.
   */
  | ({ readonly kind: 'combined'; readonly partitions: number; readonly producers: number } & CombineGrid)
  /** One partition, read by inputs of mode `all` or `forward`. */
  | { readonly kind: 'single' }
  /** The rows of the query. */
  | { readonly kind: 'result' };

/** The scans of a stage's fragment that are split, each with the splits of every task. */
export interface StageScan {
  /** Index into the plan's tables. A fragment scans a table at most once; otherwise the planner repeats the table. */
  readonly table: number;
  /** `tasks[t]` is what task t reads. A scan that every task reads whole has the same splits for each. */
  readonly tasks: readonly (readonly Split[])[];
}

/** LZ4 frames, as Arrow's `LZ4_FRAME`. */
export type ShuffleCompression = 'lz4';

/** A fragment of a plan, run by `taskCount` tasks, each on its part of the inputs. */
export interface Stage {
  readonly id: StageId;
  readonly root: Relation;
  readonly taskCount: number;
  readonly scans: readonly StageScan[];
  readonly output: StageOutput;
  /** Stages whose output this one reads: all must have succeeded before it starts. */
  readonly dependsOn: readonly StageId[];
  /** Threads per task. Fragments that read shuffles run on one. */
  readonly threads: number;
  /** Compression of the Arrow bodies of its shuffle output; if absent, none. Readers detect it in the bodies. */
  readonly shuffleCompression?: ShuffleCompression;
}

/** A planned query, which a job runs. Stages are in a valid execution order; the last one returns the result. */
export interface StageGraph {
  readonly tables: readonly PlanTable[];
  readonly stages: readonly Stage[];
  /** The names and types of the result's columns, as DuckDB returns them. Names may repeat. */
  readonly columns: readonly { readonly name: string; readonly type: DataType }[];
  readonly timeZone: string;
  /** The number of key prefixes of the job's objects, a power of two; if absent, one, as for all but large jobs. */
  readonly keyPrefixes?: number;
  /** Why the query runs in one task, if the fan-out asked for more. */
  readonly singleTaskReason?: string;
}
