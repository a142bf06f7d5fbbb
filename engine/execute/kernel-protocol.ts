import type { ArrowField } from '../arrow/batch.ts';
import type { BodyCodec } from '../arrow/compression.ts';
import type { ErrorCode, ErrorDetails } from '../errors.ts';

/** What the kernel worker is started with (its `workerData`). */
export interface KernelStart {
  /** Folders and files it may read, absolute and without symlinks. */
  readonly folders: readonly string[];
  readonly files: readonly string[];
  /** The folder it may write to. */
  readonly scratch: string;
  /** One Int32: the id of the run that is to stop. Shared, because a busy worker takes no messages. */
  readonly stop: SharedArrayBuffer;
}

/** What a fragment's rows become. */
export type KernelOutput =
  /** A shuffle object of `fields`. `numbered`: the SQL gives one column more, the partition's number (UINTEGER); else all rows go to partition 0. */
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
  /** An Arrow IPC stream of `fields`, made as the rows come. */
  | { readonly kind: 'stream'; readonly fields: readonly ArrowField[] }
  /** The SQL writes a Parquet file at `path` by itself; the output has no bytes. */
  | { readonly kind: 'parquet'; readonly path: string };

/** An input of the fragment, readable as `volley_input(number)`. */
export interface KernelInput {
  readonly number: number;
  /** What the streams must hold. */
  readonly fields: readonly ArrowField[];
  /** Whole Arrow IPC streams, each in an ArrayBuffer of its own, which is transferred. `key`: the object it came from. */
  readonly streams: readonly { readonly key: string; readonly bytes: Uint8Array<ArrayBuffer> }[];
}

/** Each request gets one answer. `run` starts a fragment and gives its first bytes, `more` the next ones, `stop` gives up what is left. */
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

/** How an output ended. */
export interface KernelEnd {
  readonly rows: number;
  /** Of a shuffle object. */
  readonly footer?: Uint8Array;
}

/** An error as it crosses between threads. */
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
  /** Sent once, unasked, when the worker can take requests. `connection`: the handle to interrupt. */
  | { readonly kind: 'ready'; readonly connection: number }
  /** Sent once instead, when it cannot. */
  | { readonly kind: 'broken'; readonly failure: KernelFailure }
  /** `end` with the last bytes. */
  | { readonly kind: 'bytes'; readonly id: number; readonly bytes: Uint8Array<ArrayBuffer>; readonly end?: KernelEnd }
  | { readonly kind: 'stopped'; readonly id: number }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: KernelFailure };
