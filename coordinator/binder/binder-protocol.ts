import type { ErrorCode, ErrorDetails } from '../../engine/errors.ts';
import type { LogicalPlan } from '../../engine/plan/logical-plan.ts';
import type { ObjectIdentity } from '../../engine/store/object-store.ts';
import type { RequestedFiles, RowsStatement } from './sql/check-script.ts';

/** The options of a binder, passed as JSON in its first argument. All paths are absolute. */
export interface BinderStart {
  /** An existing folder that no other process uses. The binder writes only to this folder. */
  readonly scratchFolder: string;
  /** The local files and folders that CSV and JSON inputs may be read from, with symlinks resolved. */
  readonly localRoots: readonly string[];
  /** The memory limit. The process exits when it exceeds the limit. */
  readonly memoryLimitMiB: number;
}

/**
 * An input file as sent to the binder. A Parquet file has the bytes of its footer. A remote text file has the path of a sample. A local
 * text file is read at its location.
 */
export interface BinderFile {
  readonly location: string;
  readonly identity: ObjectIdentity;
  readonly footer?: Uint8Array;
  /** The path of a local file that contains the beginning of a remote text file. */
  readonly samplePath?: string;
}

/** A catalog table, or files named in the script. `key` identifies it in the answer to the check. */
export interface BinderTable {
  readonly key: string;
  /** The table's name in messages and EXPLAIN. */
  readonly name: string;
  readonly format: 'parquet' | 'csv' | 'json';
  readonly files: readonly BinderFile[];
}

/** A request to check a script and to list the inputs needed to bind it. */
export interface CheckRequest {
  readonly kind: 'check';
  readonly script: string;
  readonly tableNames: readonly string[];
}

/**
 * A request to bind and optimize a script's statement over the tables listed by its check. The binder checks the script again, because the
 * answer to the check contains no parse tree and the binder does not trust its caller.
 */
export interface BindRequest {
  readonly kind: 'bind';
  readonly script: string;
  /** The names of all readable tables. In a check request, `tableNames` includes unreadable tables. */
  readonly tableNames: readonly string[];
  readonly tables: readonly BinderTable[];
  readonly timeZone: string;
  /** Whether to include DuckDB's row estimates in the plan. The estimates require a second run of the optimizer. */
  readonly wantsEstimates: boolean;
  /** The maximum size of the plan, in parts (see `countParts`). If absent, only the memory of the binder limits it. */
  readonly maxPlanParts?: number;
}

export type BinderRequest = CheckRequest | BindRequest;

export interface CheckAnswer {
  readonly kind: 'checked';
  readonly settings: readonly (readonly [name: string, value: string])[];
  /** The kind of the statement that returns rows. Absent if no statement returns rows. */
  readonly rows?: RowsStatement['kind'];
  readonly tables: readonly string[];
  readonly files: readonly RequestedFiles[];
}

export interface BoundAnswer {
  readonly kind: 'bound';
  readonly plan: LogicalPlan;
}

export interface FailedAnswer {
  readonly kind: 'failed';
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryable: boolean;
  readonly details: ErrorDetails;
}

export type BinderAnswer = CheckAnswer | BoundAnswer | FailedAnswer;

/** A request or answer with an id. An answer repeats the id of its request. Only one request is in progress at a time. */
export interface Numbered<T> {
  readonly kind: 'numbered';
  readonly id: number;
  readonly body: T;
}

/** Names the text file whose columns the binder is about to determine, or no file when it is done. Errors about limits name this file. */
export interface ReadingNotice {
  readonly kind: 'reading';
  readonly location?: string;
}

/** A message from a binder: an answer, a file it is reading, or a notice that it has exceeded its memory limit and will exit. */
export type BinderMessage = Numbered<BinderAnswer> | ReadingNotice | { readonly kind: 'too-large' };
