import type { ErrorCode, ErrorDetails } from '../../engine/errors.ts';
import type { LogicalPlan } from '../../engine/plan/logical-plan.ts';
import type { ObjectIdentity } from '../../engine/store/object-store.ts';
import type { FilesWanted, RowsStatement } from './sql/check-script.ts';

/** What a binder is started with, as JSON in its first argument. All paths are absolute. */
export interface BinderStart {
  /** A folder of its own, which exists. Nothing else is written to. */
  readonly scratchFolder: string;
  /** Local files and folders, symlinks resolved, that CSV and JSON inputs may lie under. */
  readonly localRoots: readonly string[];
  /** The process ends itself when it holds more. */
  readonly memoryLimitMiB: number;
}

/** An input file as it crosses to the binder: Parquet by the bytes of its footer, text by its path, or that of a sample. */
export interface BinderFile {
  readonly location: string;
  readonly identity: ObjectIdentity;
  readonly footer?: Uint8Array;
  /** Where the beginning of a text file can be read that is not on this machine. */
  readonly samplePath?: string;
}

/** A table, or files a script names, under the name or key the check asked for them by. */
export interface BinderTable {
  readonly key: string;
  /** The name for messages and EXPLAIN. */
  readonly name: string;
  readonly format: 'parquet' | 'csv' | 'json';
  readonly files: readonly BinderFile[];
}

/** Checks a script, and says what planning it needs. */
export interface CheckRequest {
  readonly kind: 'check';
  readonly script: string;
  readonly tableNames: readonly string[];
}

/**
 * Binds and optimizes a script's statement on the tables that the check of the same script asked for. The script is checked again:
 * the coordinator holds no parse to send along, and nothing must be bound because somebody else says it was checked.
 */
export interface BindRequest {
  readonly kind: 'bind';
  readonly script: string;
  /** Without those that cannot be read, which the check knew as well. */
  readonly tableNames: readonly string[];
  readonly tables: readonly BinderTable[];
  readonly timeZone: string;
  /** Whether the plan is to say how many rows DuckDB expects of each operator: to find out, the query is optimized a second time. */
  readonly wantsEstimates: boolean;
}

export type BinderRequest = CheckRequest | BindRequest;

export interface CheckAnswer {
  readonly kind: 'checked';
  readonly settings: readonly (readonly [name: string, value: string])[];
  /** What its last statement is; absent where it gives no rows. */
  readonly rows?: RowsStatement['kind'];
  readonly tables: readonly string[];
  readonly files: readonly FilesWanted[];
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

/** Requests and answers cross one at a time; the number joins them. */
export interface Numbered<T> {
  readonly kind: 'numbered';
  readonly id: number;
  readonly body: T;
}

/** What a binder sends: an answer, or that it passed its memory limit, after which it ends itself. */
export type BinderMessage = Numbered<BinderAnswer> | { readonly kind: 'too-large' };
