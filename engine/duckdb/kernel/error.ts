import { type ErrorDetails, FabricError } from '../../errors.ts';
import type { Library, Pointer } from './library.ts';

/** An error reported by DuckDB. `taskError` (on executors) or the binder converts it to a `FabricError`. */
export class DuckdbError extends Error {
  /**
   * The type as DuckDB prints it, in lower case: `parser`, `binder`, `catalog`, `conversion`, `out of memory`, `io`, `interrupt`,
   * `internal`, `fatal`, ...
   */
  readonly type: string;

  /**
   * `message` is DuckDB's complete message, which begins with the error type, such as `Conversion Error: ...`. Internal errors end with a
   * stack trace, which is dropped.
   */
  constructor(message: string) {
    super(message.replace(/\n+Stack Trace:[\s\S]*$/, '').trimEnd());
    this.name = 'DuckdbError';
    this.type = /^([A-Za-z ]+?) Error: /.exec(message)?.[1]?.toLowerCase() ?? 'unknown';
  }
}

/** Returns whether the process or the system has reached its limit on open files. */
export function isTooManyFiles({ message }: DuckdbError): boolean {
  return /Too many open files/.test(message);
}

/** Returns whether a disk is full. DuckDB's message includes the message of the operating system. */
export function isDiskFull({ message }: DuckdbError): boolean {
  return /No space left on device|Disk quota exceeded/.test(message);
}

/** Throws the error that a C API function returned, if any, and frees it. */
export function throwErrorData(library: Library, error: Pointer): void {
  if (error === 0) return;
  const message = library.duckdb.error_data_message(error);
  library.duckdb.destroy_error_data([error]);
  throw new DuckdbError(plainMessage(message));
}

/** Returns the usual form of a message. The Arrow functions of the C API return errors as JSON. */
function plainMessage(message: string): string {
  if (!message.startsWith('{')) return message;
  try {
    const { exception_type, exception_message } = JSON.parse(message) as Readonly<Record<string, unknown>>;
    if (typeof exception_type !== 'string' || typeof exception_message !== 'string') return message;
    return `${exception_type} Error: ${exception_message}`;
  } catch {
    return message;
  }
}

/** A file with the path that DuckDB received and the location that the user knows. */
export interface NamedFile {
  readonly path: string;
  readonly location: string;
}

/** Matches errors about a fragment's input files rather than the query. */
const FILE_ERROR = /parquet|thrift|TProtocol|magic bytes|snappy|zstd|gzip|brotli|lz4|decompress|corrupt|Out of buffer/i;

/**
 * Converts a task's DuckDB error to an error for the user. No other function maps DuckDB's error types to codes. The message shows file
 * locations instead of local paths. It omits `scratch` paths, positions in the rendered SQL, and advice about unavailable settings.
 */
export function taskError(error: DuckdbError, files: readonly NamedFile[], scratch: string): FabricError {
  const named = files.find((file) => error.message.includes(file.path));
  const message = withLocation(userMessage(error.message, files, scratch), named);
  const details: ErrorDetails = named === undefined ? {} : { file: named.location };
  switch (error.type) {
    case 'out of memory':
      return new FabricError('OUT_OF_MEMORY', outOfMemoryMessage(message), { cause: error });
    case 'permission':
      return new FabricError('LOCATION_NOT_ALLOWED', message, { cause: error, details });
    case 'invalid':
      // DuckDB reports damaged Parquet metadata as a generic `Invalid Error`.
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

/** Adds the file to a message that does not contain it, because DuckDB names it in its advice. */
function withLocation(message: string, file: NamedFile | undefined): string {
  return file === undefined || message.includes(file.location) ? message : `${message} in file ${file.location}`;
}

/** Returns whether the DuckDB instance must be discarded after this error. */
export function isPoisoned(error: DuckdbError): boolean {
  return error.type === 'internal' || error.type === 'fatal';
}

function outOfMemoryMessage(message: string): string {
  // The removed text lists DuckDB settings that users cannot change.
  const reason = message.replace(/\n+Possible solutions:[\s\S]*$/, '');
  return `The task ran out of memory. Increase the setting memory, or increase the setting fanout to split the work into more tasks. ${reason}`;
}

function inputInvalid(
  error: DuckdbError,
  message: string,
  named: NamedFile | undefined,
  files: readonly NamedFile[],
): FabricError {
  const file = named ?? (files.length === 1 ? files[0] : undefined);
  const candidates = files.slice(0, 5).map((each) => each.location);
  const where = file === undefined ? `One of the files ${candidates.join(', ')}` : `The file ${file.location}`;
  return new FabricError('INPUT_INVALID', `${where} cannot be read: ${fileReason(message)}.`, {
    cause: error,
    details: file === undefined ? {} : { file: file.location },
  });
}

/**
 * Returns the reason why DuckDB cannot read a file, without a final full stop. DuckDB reports damaged metadata with the names of C++
 * exceptions and its internal values.
 */
export function fileReason(message: string): string {
  if (/TProtocolException|TTransport|^don't know what type/.test(message)) return 'its metadata is damaged';
  return message.trimEnd().replace(/\.$/, '');
}

function userMessage(message: string, files: readonly NamedFile[], scratch: string): string {
  // The position refers to the rendered SQL of the fragment, which the user did not write.
  let text = message.replace(/\n+LINE \d+:[\s\S]*$/, '').replace(/ when casting from source column c\d+/, '');
  text = text.replace('Attempting to execute an unsuccessful or closed pending query result\nError: ', '');
  // A line may be as long as the file.
  text = text.replace(/(Original Line: .{200}).+/, '$1…');
  // The removed advice is about DuckDB settings and reader options that users cannot change.
  text = text.replace(/\n+(?:Possible [Ss]olutions?:|\s*\* |Try (?:auto-detecting|setting '))[\s\S]*$/, '');
  text = text.replace(/\s+Use "SET [^"]*" .*$/, '');
  for (const file of files) text = text.replaceAll(file.path, file.location);
  return text.replaceAll(scratch, '(scratch)');
}
