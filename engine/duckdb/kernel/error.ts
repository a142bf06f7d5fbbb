import { type ErrorDetails, FabricError } from '../../errors.ts';
import type { Library, Pointer } from './library.ts';

/** An error reported by DuckDB. `taskError` (executors) or the binder turns it into a `FabricError`. */
export class DuckdbError extends Error {
  /**
   * The type as DuckDB prints it, in lower case: `parser`, `binder`, `catalog`, `conversion`, `out of memory`, `io`, `interrupt`,
   * `internal`, `fatal`, ...
   */
  readonly type: string;

  /** `message` is DuckDB's whole message, which begins with its type: `Conversion Error: ...`. */
  constructor(message: string) {
    super(message.trimEnd());
    this.name = 'DuckdbError';
    this.type = /^([A-Za-z ]+?) Error: /.exec(message)?.[1]?.toLowerCase() ?? 'unknown';
  }
}

/** Whether the process, or the system, has reached its limit of open files. */
export function isTooManyFiles({ message }: DuckdbError): boolean {
  return /Too many open files/.test(message);
}

/** Whether a disk is full. DuckDB passes on the system's message. */
export function isDiskFull({ message }: DuckdbError): boolean {
  return /No space left on device|Disk quota exceeded/.test(message);
}

/** Throws and frees the error that a C API function returned, if it returned one. */
export function throwErrorData(library: Library, error: Pointer): void {
  if (error === 0) return;
  const message = library.duckdb.error_data_message(error);
  library.duckdb.destroy_error_data([error]);
  throw new DuckdbError(message);
}

/** A file by the path given to DuckDB and the location known to the user. */
export interface NamedFile {
  readonly path: string;
  readonly location: string;
}

/** Matches errors that concern the files a fragment reads rather than the query. */
const FILE_ERROR = /parquet|thrift|TProtocol|magic bytes|snappy|zstd|gzip|brotli|lz4|decompress|corrupt|Out of buffer/i;

/**
 * Translates a task's DuckDB error for the user. Only this function maps DuckDB's error types to codes. Paths become the locations the user
 * knows; `scratch` paths, positions in the rendered SQL and advice about unavailable settings are removed.
 */
export function taskError(error: DuckdbError, files: readonly NamedFile[], scratch: string): FabricError {
  const named = files.find((file) => error.message.includes(file.path));
  const message = userMessage(error.message, files, scratch);
  const details: ErrorDetails = named === undefined ? {} : { file: named.location };
  switch (error.type) {
    case 'out of memory':
      return new FabricError('OUT_OF_MEMORY', outOfMemoryMessage(message), { cause: error });
    case 'permission':
      return new FabricError('LOCATION_NOT_ALLOWED', message, { cause: error, details });
    case 'invalid':
      // DuckDB has no specific type for these; damaged Parquet metadata causes one.
      return files.length > 0
        ? inputInvalid(error, message, named, files)
        : new FabricError('QUERY_FAILED', message, { cause: error });
    case 'io':
    case 'invalid input':
    case 'serialization':
    case 'not implemented':
      return FILE_ERROR.test(message) && files.length > 0
        ? inputInvalid(error, message, named, files)
        : new FabricError('QUERY_FAILED', message, { cause: error, details });
    default:
      return new FabricError('QUERY_FAILED', message, { cause: error, details });
  }
}

/** Returns whether the instance must be discarded after this error. */
export function isPoisoned(error: DuckdbError): boolean {
  return error.type === 'internal' || error.type === 'fatal';
}

function outOfMemoryMessage(message: string): string {
  // The rest names DuckDB settings that users cannot change.
  const reason = message.replace(/\n+Possible solutions:[\s\S]*$/, '');
  return `The task needs more memory than it has. Give it more (setting memory) or split the work into more tasks (setting fanout). ${reason}`;
}

function inputInvalid(
  error: DuckdbError,
  message: string,
  named: NamedFile | undefined,
  files: readonly NamedFile[],
): FabricError {
  const file = named ?? (files.length === 1 ? files[0] : undefined);
  const where =
    file?.location ??
    `one of ${files
      .map((each) => each.location)
      .slice(0, 5)
      .join(', ')}`;
  return new FabricError('INPUT_INVALID', `The file ${where} cannot be read: ${message}`, {
    cause: error,
    details: file === undefined ? {} : { file: file.location },
  });
}

function userMessage(message: string, files: readonly NamedFile[], scratch: string): string {
  // The position refers to the fragment's SQL, which the user never wrote.
  let text = message.replace(/\n+LINE \d+:[\s\S]*$/, '').replace(/ when casting from source column c\d+/, '');
  // Users cannot change this DuckDB setting.
  text = text.replace(/\s+Use "SET [^"]*" .*$/, '');
  for (const file of files) text = text.replaceAll(file.path, file.location);
  return text.replaceAll(scratch, '(scratch)');
}
