import { type ErrorDetails, FabricError } from '../../errors.ts';
import type { Library, Pointer } from './library.ts';

/** What DuckDB refused or failed at. Becomes a `FabricError` in `taskError` (executors) or in the binder. */
export class DuckdbError extends Error {
  /** As DuckDB prints it, in lower case: `parser`, `binder`, `catalog`, `conversion`, `out of memory`, `io`, `interrupt`, `internal`, `fatal`, ... */
  readonly type: string;

  /** `message` is DuckDB's whole message, which begins with its type: `Conversion Error: ...`. */
  constructor(message: string) {
    super(message.trimEnd());
    this.name = 'DuckdbError';
    this.type = /^([A-Za-z ]+?) Error: /.exec(message)?.[1]?.toLowerCase() ?? 'unknown';
  }
}

/** Throws the error that a function of the C API gave back, if it gave one, and frees it. */
export function throwErrorData(library: Library, error: Pointer): void {
  if (error === 0) return;
  const message = library.duckdb.error_data_message(error);
  library.duckdb.destroy_error_data([error]);
  throw new DuckdbError(message);
}

/** A file as DuckDB was given it, and as the user knows it. */
export interface NamedFile {
  readonly path: string;
  readonly location: string;
}

/** What a DuckDB error of a fragment says about the files it read rather than about the query. */
const FILE_ERROR = /parquet|thrift|TProtocol|magic bytes|snappy|zstd|gzip|brotli|lz4|decompress|corrupt|Out of buffer/i;

/**
 * What a task's DuckDB error means to the user. The one place where DuckDB's error types become codes. Paths become the locations the
 * user knows; `scratch` paths, positions in the rendered SQL and advice to set what is refused are taken out.
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
      // What no part of DuckDB has a name for: seen of damaged Parquet metadata.
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

/** Whether an instance that gave this error must not be used again. */
export function isPoisoned(error: DuckdbError): boolean {
  return error.type === 'internal' || error.type === 'fatal';
}

function outOfMemoryMessage(message: string): string {
  // What follows are settings of DuckDB, which are not the user's to set.
  const reason = message.replace(/\n+Possible solutions:[\s\S]*$/, '');
  return `The task needs more memory than it has. Give it more (setting memory) or cut the work finer (setting fanout). ${reason}`;
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
  // The position is one in the SQL of the fragment, which the user never wrote.
  let text = message.replace(/\n+LINE \d+:[\s\S]*$/, '').replace(/ when casting from source column c\d+/, '');
  // A setting of DuckDB, which is not the user's to set.
  text = text.replace(/\s+Use "SET [^"]*" .*$/, '');
  for (const file of files) text = text.replaceAll(file.path, file.location);
  return text.replaceAll(scratch, '(scratch)');
}
