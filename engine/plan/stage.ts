import type { ObjectIdentity } from '../store/object-store.ts';
import type { CombineGrid } from './blocks.ts';
import type { Expression } from './expression.ts';
import type { Relation } from './relation.ts';
import type { DataType } from './types.ts';

/** A stage's number within its graph. */
export type StageId = number & { readonly __brand: 'StageId' };

/** One input file of a table, pinned: a read that finds another identity fails with `INPUT_CHANGED`. */
export interface InputFile {
  /** Where the file is, as the user would name it: an absolute path or `s3://bucket/key`. Also what the virtual column `filename` gives. */
  readonly location: string;
  readonly identity: ObjectIdentity;
}

/** A table as a plan sees it: pinned files and the columns the files hold. */
export interface PlanTable {
  /** The name the user knows it by; for messages and EXPLAIN. */
  readonly name: string;
  readonly files: readonly InputFile[];
  readonly columns: readonly { readonly name: string; readonly type: DataType }[];
}

/** What one task reads of one file. */
export interface Split {
  /** Index into the plan table's files. */
  readonly file: number;
  /** Absent: the whole file. Else a run of whole Parquet row groups, as rows `[start, end)` of the file. */
  readonly rows?: { readonly start: number; readonly end: number };
  /** How many rows that is, where the format says so. */
  readonly rowCount?: number;
  /** Bytes to be read for it, all needed columns: what task sizes and estimates are made from. */
  readonly sizeBytes: number;
}

/** How the output of a stage is laid out for its readers. */
export type StageOutput =
  /** Rows go to partition `hash(keys) % partitions`. No keys: everything to partition 0. `blocks`: runs of partitions that combiners read at once. */
  | {
      readonly kind: 'hash';
      readonly keys: readonly Expression[];
      readonly partitions: number;
      readonly blocks?: number;
    }
  /** The partitions of the stage that the only input, of mode `combine`, reads: those of all its `producers` in a block in one object. */
  | ({ readonly kind: 'combined'; readonly partitions: number; readonly producers: number } & CombineGrid)
  /** One partition, read by whoever has an input of mode `all` or `forward`. */
  | { readonly kind: 'single' }
  /** The rows of the query. */
  | { readonly kind: 'result' };

/** The scans of a stage's fragment that are cut, each with the splits of every task. */
export interface StageScan {
  /** Index into the plan's tables; a fragment scans a table in one place at most, else the planner repeats the table. */
  readonly table: number;
  /** `tasks[t]` is what task t reads. Scans that every task reads whole have the same splits for each. */
  readonly tasks: readonly (readonly Split[])[];
}

/** LZ4 frames, as Arrow's `LZ4_FRAME`. */
export type ShuffleCompression = 'lz4';

/** A fragment of a plan that `taskCount` tasks run, each on its part of the inputs. */
export interface Stage {
  readonly id: StageId;
  readonly root: Relation;
  readonly taskCount: number;
  readonly scans: readonly StageScan[];
  readonly output: StageOutput;
  /** Stages whose output this one reads: all must have succeeded before it starts. */
  readonly dependsOn: readonly StageId[];
  /** Threads one task may use. Fragments that read shuffles run on one. */
  readonly threads: number;
  /** How the Arrow bodies of its shuffle output are compressed; absent: not at all. Readers find it in the bodies. */
  readonly shuffleCompression?: ShuffleCompression;
}

/** A whole query, planned: what a job runs. Stages are in an order in which they could run one after another; the last gives the result. */
export interface StageGraph {
  readonly tables: readonly PlanTable[];
  readonly stages: readonly Stage[];
  /** The names and types of the result's columns, as DuckDB gives them. Names may repeat. */
  readonly columns: readonly { readonly name: string; readonly type: DataType }[];
  readonly timeZone: string;
  /** Over how many prefixes the keys of the job's objects are spread, a power of two; absent: one, as for all but large jobs. */
  readonly keyPrefixes?: number;
  /** Why the query runs in one task, if the fan-out asked for more. */
  readonly wholeBecause?: string;
}
