import type { ArrowField } from '../arrow/batch.ts';
import type { BodyCodec } from '../arrow/compression.ts';
import type { ErrorCode, ErrorDetails } from '../errors.ts';

/** The `workerData` of the kernel worker. */
export interface KernelStart {
  /** Folders and files that the worker may read, absolute and without symlinks. */
  readonly folders: readonly string[];
  readonly files: readonly string[];
  /** The folder that the worker may write to. */
  readonly scratch: string;
  /** One Int32: the id of the run that must stop. It is in shared memory because a busy worker receives no messages. */
  readonly stop: SharedArrayBuffer;
}

/** The output format of a fragment's rows. */
export type KernelOutput =
  /**
   * A shuffle object with columns `fields`. If `numbered`, the SQL returns an additional column, the partition number
   * (UINTEGER). Otherwise all rows go to partition 0.
   */
  | {
      readonly kind: 'shuffle';
      readonly fields: readonly ArrowField[];
      readonly partitions: number;
      /** As in `PartitionWriterOptions`. */
      readonly blocks?: number;
      readonly codec?: BodyCodec;
      readonly numbered: boolean;
      readonly memoryLimitBytes: number;
      readonly spillDirectory: string;
    }
  /** An Arrow IPC stream with columns `fields`, sent as rows arrive. */
  | { readonly kind: 'stream'; readonly fields: readonly ArrowField[] }
  /** A Parquet file at `path`, written by the SQL itself. The output has no bytes. */
  | { readonly kind: 'parquet'; readonly path: string };

/** An input of the fragment, read in SQL as `volley_input(number)`. */
export interface KernelInput {
  readonly number: number;
  /** The fields that each stream must have. */
  readonly fields: readonly ArrowField[];
  /**
   * Complete Arrow IPC streams, each in a separate, transferable ArrayBuffer. `key` is the key of the object that the
   * stream comes from.
   */
  readonly streams: readonly { readonly key: string; readonly bytes: Uint8Array<ArrayBuffer> }[];
}

/**
 * A request to the kernel worker. Each request receives one answer. `run` starts a fragment and returns its first
 * bytes, `more` returns the next bytes, and `stop` discards the rest.
 */
export type KernelRequest =
  | {
      readonly kind: 'run';
      readonly id: number;
      readonly sql: string;
      readonly inputs: readonly KernelInput[];
      readonly output: KernelOutput;
      readonly threads: number;
      readonly memoryLimitMiB: number;
      readonly timeZone: string;
      /** As in `SessionSettings`. */
      readonly lateMaterialization: boolean;
    }
  | { readonly kind: 'more'; readonly id: number }
  | { readonly kind: 'stop'; readonly id: number };

/** The totals of a finished output. */
export interface KernelEnd {
  readonly rows: number;
  /** The footer of a shuffle object. */
  readonly footer?: Uint8Array;
}

/** An error serialized between threads. */
export type KernelFailure =
  | { readonly kind: 'duckdb'; readonly message: string }
  | {
      readonly kind: 'fabric';
      readonly code: ErrorCode;
      readonly message: string;
      readonly retryable: boolean;
      readonly details: ErrorDetails;
    };

export type KernelAnswer =
  /** Sent once, when the worker is ready for requests. `connection` is the handle to interrupt. */
  | { readonly kind: 'ready'; readonly connection: number }
  /** Sent once instead of `ready` if the worker cannot start. */
  | { readonly kind: 'broken'; readonly failure: KernelFailure }
  /** The last answer of an output has `end`. */
  | { readonly kind: 'bytes'; readonly id: number; readonly bytes: Uint8Array<ArrayBuffer>; readonly end?: KernelEnd }
  | { readonly kind: 'stopped'; readonly id: number }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: KernelFailure };
