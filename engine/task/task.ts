import type { ErrorCode, ErrorDetails } from '../errors.ts';
import type { PlanTable, Split, Stage } from '../plan/stage.ts';
import type { ObjectIdentity } from '../store/object-store.ts';
import type { StoreRequests } from '../store/request-counts.ts';
import type { StoredFormat } from './stored-formats.ts';

export type JobId = string & { readonly __brand: 'JobId' };
/** The attempt's id, `{fencing token}-{n}`. It is part of every key that the attempt writes. */
export type AttemptId = string & { readonly __brand: 'AttemptId' };

/** An object written by a task of another stage. */
export interface ProducedObject {
  readonly key: string;
  readonly identity: ObjectIdentity;
  readonly rows: number;
}

/** The location of a stage's output for a task that reads it. */
export interface TaskInput {
  readonly stage: number;
  /** One object for each producer task, in task order. */
  readonly producers: readonly ProducedObject[];
  /** The stage's shuffle index object. Absent if there is a single producer or nothing to index. */
  readonly index?: { readonly key: string; readonly identity: ObjectIdentity };
  /**
   * The slice of the output to read. If absent, `producers` are all tasks of the stage, and each object contains all
   * partitions.
   */
  readonly slice?: InputSlice;
}

/** The part of a stage's output that a task reads in a two-level shuffle. */
export interface InputSlice {
  /** The position of the first producer of `producers` in a row of the index, and the number of entries in a row. */
  readonly firstProducer: number;
  readonly rowProducers: number;
  /** The number of the first partition that the objects contain. */
  readonly firstPartition: number;
}

/** Everything an executor needs to run one attempt of one task. */
export interface Task {
  readonly job: JobId;
  readonly stage: Stage;
  /** The task's index, from 0 to `stage.taskCount - 1`. */
  readonly index: number;
  readonly attempt: AttemptId;
  /** All tables of the plan. The fragment's scans refer to them by index. Only scanned tables need their files. */
  readonly tables: readonly PlanTable[];
  /** This task's splits, by table index. */
  readonly splits: readonly { readonly table: number; readonly splits: readonly Split[] }[];
  readonly inputs: readonly TaskInput[];
  /** The key of the output object. */
  readonly outputKey: string;
  readonly columns: readonly string[];
  readonly timeZone: string;
  readonly threads: number;
  /** The memory that the task may use. */
  readonly memoryMiB: number;
  /** The deadline of the attempt, in ms since the epoch. */
  readonly deadlineMs: number;
  /** Results up to this size are returned inline. */
  readonly inlineLimitBytes: number;
  readonly resultFormat: StoredFormat;
}

/** A reference to a fragment that is stored as an object of the job. It is identified by its hash. */
export interface StageReference {
  readonly key: string;
  readonly sizeBytes: number;
  /** The SHA-256 of the object, in lower-case hexadecimal. */
  readonly sha256: string;
}

/** A task as it is sent, with either its fragment or, if the fragment is long, a reference to it. */
export interface SentTask extends Omit<Task, 'stage'> {
  readonly stage: Stage | StageReference;
}

/** An encoded task with the fields that are needed to forward it. */
export interface EncodedTask {
  readonly bytes: Uint8Array;
  readonly memoryMiB: number;
  readonly deadlineMs: number;
}

/** Statistics of an attempt. */
export interface TaskStatistics {
  readonly rowsRead: number;
  readonly rowsWritten: number;
  readonly inputBytes: number;
  readonly shuffleBytesRead: number;
  readonly shuffleRowsRead: number;
  readonly bytesWritten: number;
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly requests: StoreRequests;
}

/**
 * The output of a task. `footer` is the footer of a shuffle object, which locates its partitions. It is returned so
 * that the stage's index can be written without reading the objects again. It is not journaled. A result object has no
 * footer and has the task's `resultFormat`.
 */
export type TaskOutput =
  | {
      readonly kind: 'object';
      readonly key: string;
      readonly identity: ObjectIdentity;
      readonly rows: number;
      readonly footer?: Uint8Array;
    }
  /** A query result that is small enough to be returned with the outcome. */
  | { readonly kind: 'inline'; readonly bytes: Uint8Array; readonly rows: number };

/** The outcome of an attempt. It is a value, never an exception. */
export type TaskOutcome =
  | { readonly kind: 'succeeded'; readonly output: TaskOutput; readonly statistics: TaskStatistics }
  | {
      readonly kind: 'failed';
      readonly code: ErrorCode;
      readonly message: string;
      readonly retryable: boolean;
      readonly details: ErrorDetails;
      /** The store requests of the attempt. Absent if there were none or if they are unknown. */
      readonly requests?: StoreRequests;
    }
  /** The attempt did not run because there was no free slot. `unavailableReason` is set if no executor could be reached. */
  | { readonly kind: 'throttled'; readonly unavailableReason?: string }
  /**
   * The attempt exceeded a time limit. `limit` is set if the limit was not the attempt's own deadline. `requests` has
   * the same meaning as for a failed attempt.
   */
  | { readonly kind: 'timed-out'; readonly limit?: string; readonly requests?: StoreRequests }
  /** The executor was lost: it was killed, crashed or disconnected. */
  | { readonly kind: 'lost'; readonly message: string };

export type FailedOutcome = Extract<TaskOutcome, { kind: 'failed' }>;
