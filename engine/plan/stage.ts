import type { ObjectIdentity } from '../store/object-store.ts';
import type { CombineGrid } from './blocks.ts';
import type { Expression } from './expression.ts';
import type { Relation } from './relation.ts';
import type { DataType } from './types.ts';

/** A stage's number within its graph. */
export type StageId = number & { readonly __brand: 'StageId' };

/** One pinned input file of a table. A read that finds another identity fails with `INPUT_CHANGED`. */
export interface InputFile {
  /**
   * The file's location as the user would write it: an absolute path or `s3://bucket/key`. Also the value of the virtual column `filename`.
   */
  readonly location: string;
  readonly identity: ObjectIdentity;
}

/** A table of a plan, with its pinned files and their columns. */
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
  /** A run of whole Parquet row groups, as rows `[start, end)` of the file. If absent, the split is the whole file. */
  readonly rows?: { readonly start: number; readonly end: number };
  /** The number of rows, if the format records it. */
  readonly rowCount?: number;
  /** Bytes to read for the split, in all needed columns. Task sizes and estimates are based on it. */
  readonly sizeBytes: number;
}

/** The layout of a stage's output. */
export type StageOutput =
  /**
   * Rows go to partition `hash(keys) % partitions`. Without keys, all rows go to partition 0. `blocks` is the number of partition blocks,
   * if the output is combined. A combining task reads one of them.
   */
  | {
      readonly kind: 'hash';
      readonly keys: readonly Expression[];
      readonly partitions: number;
      readonly blocks?: number;
    }
  /**
   * The output of a combining stage, which regroups the partitions of the one stage it reads. Each of its objects holds one block of
   * partitions from one block of producers.
   */
  | ({ readonly kind: 'combined'; readonly partitions: number; readonly producers: number } & CombineGrid)
  /** One partition, read by inputs of mode `all` or `forward`. */
  | { readonly kind: 'single' }
  /** The result rows of the query. */
  | { readonly kind: 'result' };

/** A scan of a stage's fragment, with the splits of every task. */
export interface StageScan {
  /** Index into the plan's tables. A fragment scans a table at most once. If a query scans a table again, the planner repeats the table. */
  readonly table: number;
  /** The splits that each task reads, by task index. If every task reads the whole scan, all entries are the same. */
  readonly tasks: readonly (readonly Split[])[];
}

/** LZ4 frames, as Arrow's `LZ4_FRAME`. */
export type ShuffleCompression = 'lz4';

/** A fragment of a plan. `taskCount` tasks run it, each on its part of the inputs. */
export interface Stage {
  readonly id: StageId;
  readonly root: Relation;
  readonly taskCount: number;
  readonly scans: readonly StageScan[];
  readonly output: StageOutput;
  /** The stages whose output this stage reads. They must all succeed before it starts. */
  readonly dependsOn: readonly StageId[];
  /** Threads per task. Fragments that read shuffles run on one thread. */
  readonly threads: number;
  /**
   * Compression of the Arrow bodies of the stage's shuffle output. If absent, the bodies are not compressed. Readers detect the compression
   * in the bodies.
   */
  readonly shuffleCompression?: ShuffleCompression;
}

/** A planned query, which a job runs. The stages are in a valid execution order, and the last one returns the result. */
export interface StageGraph {
  readonly tables: readonly PlanTable[];
  readonly stages: readonly Stage[];
  /** The names and types of the result's columns, as DuckDB returns them. Names may repeat. */
  readonly columns: readonly { readonly name: string; readonly type: DataType }[];
  readonly timeZone: string;
  /** The number of key prefixes of the job's objects, a power of two. If absent, there is one prefix. Only large jobs have more. */
  readonly keyPrefixes?: number;
  /** The reason why the query runs in one task although the fan-out setting allows more. */
  readonly singleTaskReason?: string;
}
