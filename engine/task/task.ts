import type { ErrorCode, ErrorDetails } from '../errors.ts';
import type { PlanTable, Split, Stage } from '../plan/stage.ts';
import type { ObjectIdentity } from '../store/object-store.ts';
import type { StoreRequests } from '../store/request-counts.ts';

export type JobId = string & { readonly __brand: 'JobId' };
/** `{fencing token}-{n}`: stands in every key the attempt writes. */
export type AttemptId = string & { readonly __brand: 'AttemptId' };

/** An object that a task of another stage wrote. */
export interface ProducedObject {
  readonly key: string;
  readonly identity: ObjectIdentity;
  readonly rows: number;
}

/** Where a task finds the output of a stage it reads. */
export interface TaskInput {
  readonly stage: number;
  /** One object per producer task, in task order. */
  readonly producers: readonly ProducedObject[];
  /** The stage's shuffle index object; absent where there is a single producer or nothing to index. */
  readonly index?: { readonly key: string; readonly identity: ObjectIdentity };
  /** Absent: `producers` are all tasks of the stage, and each object holds all partitions. */
  readonly slice?: InputSlice;
}

/** What of a stage's output a task is told of, where a shuffle has two levels. */
export interface InputSlice {
  /** The place of the first of `producers` in a row of the index, and how many entries a row has. */
  readonly firstProducer: number;
  readonly rowProducers: number;
  /** The number of the first partition that the objects hold. */
  readonly firstPartition: number;
}

/** Everything an executor gets to run one attempt of one task. */
export interface Task {
  readonly job: JobId;
  readonly stage: Stage;
  /** 0 to `stage.taskCount - 1`. */
  readonly index: number;
  readonly attempt: AttemptId;
  /** All tables of the plan; the fragment's scans index them. Only those it scans need their files. */
  readonly tables: readonly PlanTable[];
  /** This task's splits, by table index. */
  readonly splits: readonly { readonly table: number; readonly splits: readonly Split[] }[];
  readonly inputs: readonly TaskInput[];
  /** The key its output object is written under. */
  readonly outputKey: string;
  readonly columns: readonly string[];
  readonly timeZone: string;
  readonly threads: number;
  /** What it may use. */
  readonly memoryMiB: number;
  /** When the attempt must have ended, in ms since the epoch. */
  readonly deadlineMs: number;
  /** Result bytes up to this many come back inline. */
  readonly inlineLimitBytes: number;
  readonly resultFormat: 'arrow' | 'parquet';
}

/** Where the fragment of a task is that does not travel within its message: an object of the job, known by its content. */
export interface StageReference {
  readonly key: string;
  readonly sizeBytes: number;
  /** Of the object's bytes, in lower-case hexadecimal. */
  readonly sha256: string;
}

/** A task as it is sent: its fragment within it, or, where that is long, by reference. */
export interface SentTask extends Omit<Task, 'stage'> {
  readonly stage: Stage | StageReference;
}

/** An encoded task that is passed on as it is, with the fields that this takes. */
export interface EncodedTask {
  readonly bytes: Uint8Array;
  readonly memoryMiB: number;
  readonly deadlineMs: number;
}

/** What a task's attempt read, wrote and used. */
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
 * What a task gave. `footer` is the shuffle object's own footer (where its partitions are), sent along so that the stage's index
 * can be written without reading the objects again; it is not journaled. A result object (what
 * the task's `resultFormat` says) has none.
 */
export type TaskOutput =
  | {
      readonly kind: 'object';
      readonly key: string;
      readonly identity: ObjectIdentity;
      readonly rows: number;
      readonly footer?: Uint8Array;
    }
  /** The result of the query, small enough to come back with the outcome: what the task's `resultFormat` says. */
  | { readonly kind: 'inline'; readonly bytes: Uint8Array; readonly rows: number };

/** How an attempt ended. A value, never an exception. */
export type TaskOutcome =
  | { readonly kind: 'succeeded'; readonly output: TaskOutput; readonly statistics: TaskStatistics }
  | {
      readonly kind: 'failed';
      readonly code: ErrorCode;
      readonly message: string;
      readonly retryable: boolean;
      readonly details: ErrorDetails;
      /** What it had asked of stores; absent where that is nothing, or not known. */
      readonly requests?: StoreRequests;
    }
  /** It was not run: there was no room. `unavailableReason`: who was asked, where the reason is that there was nobody to run it. */
  | { readonly kind: 'throttled'; readonly unavailableReason?: string }
  /** `limit`: what had passed, where it was not the attempt's own deadline. `requests` as of a failed one. */
  | { readonly kind: 'timed-out'; readonly limit?: string; readonly requests?: StoreRequests }
  /** The executor vanished: killed, crashed, connection lost. */
  | { readonly kind: 'lost'; readonly message: string };

export type FailedOutcome = Extract<TaskOutcome, { kind: 'failed' }>;
