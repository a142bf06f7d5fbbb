import type { ErrorCode, ErrorDetails } from '../../engine/errors.ts';
import type { LogicalPlan } from '../../engine/plan/logical-plan.ts';
import type { ObjectIdentity } from '../../engine/store/object-store.ts';
import type { RequestedFiles, RowsStatement } from './sql/check-script.ts';

/** The options of a binder, passed as JSON in its first argument. All paths are absolute. */
export interface BinderStart {
  /** An existing folder of its own, the only one it writes to. */
  readonly scratchFolder: string;
  /** Local files and folders, with symlinks resolved, that CSV and JSON inputs may be read from. */
  readonly localRoots: readonly string[];
  /** The memory limit. The process ends itself above it. */
  readonly memoryLimitMiB: number;
}

/** An input file as the binder gets it: for Parquet the bytes of its footer, for text its path or that of a sample. */
export interface BinderFile {
  readonly location: string;
  readonly identity: ObjectIdentity;
  readonly footer?: Uint8Array;
  /** A local file with the beginning of a remote text file. */
  readonly samplePath?: string;
}

/** A table, or files that a script names, under its key in the check's answer. */
export interface BinderTable {
  readonly key: string;
  /** The table's name in messages and EXPLAIN. */
  readonly name: string;
  readonly format: 'parquet' | 'csv' | 'json';
  readonly files: readonly BinderFile[];
}

/** Checks a script and lists the inputs that binding it needs. */
export interface CheckRequest {
  readonly kind: 'check';
  readonly script: string;
  readonly tableNames: readonly string[];
}

/**
 * Binds and optimizes a script's statement over the tables that its check listed. The script is checked again: the check's answer holds no
 * parse, and the binder does not trust that its caller checked the script.
 */
export interface BindRequest {
  readonly kind: 'bind';
  readonly script: string;
  /** All readable tables. The check's names include unreadable ones. */
  readonly tableNames: readonly string[];
  readonly tables: readonly BinderTable[];
  readonly timeZone: string;
  /** Whether the plan has DuckDB's row estimates, which cost a second optimization. */
  readonly wantsEstimates: boolean;
}

export type BinderRequest = CheckRequest | BindRequest;

export interface CheckAnswer {
  readonly kind: 'checked';
  readonly settings: readonly (readonly [name: string, value: string])[];
  /** The kind of the statement that returns rows; absent: no statement does. */
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

/** A request or answer with a number: an answer has the number of its request. One request is in progress at a time. */
export interface Numbered<T> {
  readonly kind: 'numbered';
  readonly id: number;
  readonly body: T;
}

/** Sent before the columns of a text file are found, and without a location afterwards, so that a file can be blamed for a limit. */
export interface ReadingNotice {
  readonly kind: 'reading';
  readonly location?: string;
}

/** A message from a binder: an answer, a file it is reading, or a notice that it has exceeded its memory limit and will end. */
export type BinderMessage = Numbered<BinderAnswer> | ReadingNotice | { readonly kind: 'too-large' };
