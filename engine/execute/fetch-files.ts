import { FabricError } from '../errors.ts';
import { foldName } from '../plan/fold-name.ts';
import type { InputFile } from '../plan/stage.ts';
import { PERMISSIVE_BLOOM_FILTER } from '../scan/bloom-filter.ts';
import { neededBytes } from '../scan/byte-ranges.ts';
import type { FooterCache } from '../scan/footer-cache.ts';
import { inputChanged, notFound, sameIdentity } from '../scan/local-file.ts';
import { inputFailure } from '../scan/object-source.ts';
import { type ParquetFooter, readParquetFooter } from '../scan/parquet-footer.ts';
import { type PlacedBytes, type SparseFileRequest, writeSparseFile } from '../scan/sparse-file.ts';
import { isErrno, isSystemError } from '../store/file-errors.ts';
import type { Gate } from '../store/gate.ts';
import type { ByteRange, ObjectStore } from '../store/object-store.ts';
import { scratchFull } from '../task/resource-errors.ts';

/** The store of the input files whose location begins with `prefix`. The rest of the location is the key. */
export interface InputStore {
  readonly prefix: string;
  /** Readable keys: objects, or folders with everything below them. Everything is readable if the list is absent or contains an empty key. */
  readonly allowed?: readonly string[];
  readonly store: ObjectStore;
}

/**
 * The part of a file that a scan reads. `columns` are column names of the table. `mayLackColumns` is true if the file
 * may lack some of them.
 */
export type FilePart =
  | { readonly kind: 'whole' }
  | {
      readonly kind: 'parquet';
      readonly columns: readonly string[];
      readonly mayLackColumns: boolean;
      readonly rows?: { readonly start: number; readonly end: number };
    };

export interface FetchRequest {
  readonly file: InputFile;
  readonly store: Pick<ObjectStore, 'get' | 'head'>;
  readonly key: string;
  readonly parts: readonly FilePart[];
  /** The path of the local copy. */
  readonly path: string;
}

/** The limits and counters that the fetches of a task share. */
export interface FetchContext {
  readonly footers: FooterCache;
  /** Limits concurrent reads. */
  readonly gate: Gate;
  /** Returns whether the files are no longer needed. */
  readonly isStopped: () => boolean;
  /** Bytes fetched from the stores so far. */
  readonly count: { bytes: number };
}

/**
 * Writes a local file with the bytes of an input file that the parts need, at their original offsets. The rest of the
 * file is a hole. Every read is bound to the pinned identity. Rejects with `INPUT_NOT_FOUND`, `INPUT_CHANGED`,
 * `INPUT_INVALID` for a file that is not Parquet, `STORE_FAILED` or `SCRATCH_FULL` if the local file cannot be written,
 * and otherwise with the store's error.
 */
export async function fetchFile(request: FetchRequest, context: FetchContext): Promise<void> {
  const { file, path } = request;
  const { location, identity } = file;
  let isRead = false;
  const read = (range: ByteRange): Promise<Uint8Array> => {
    isRead = true;
    return readRange(request, context, range);
  };
  const isWhole = request.parts.some(({ kind }) => kind === 'whole');
  const needed = isWhole
    ? { ranges: [{ start: 0, end: identity.sizeBytes }] }
    : await neededOfParquet(request, context, read);
  try {
    await writeSparseFile({ path, sizeBytes: identity.sizeBytes, read, gate: context.gate, ...needed });
  } catch (error) {
    throw isSystemError(error) ? scratchFailure(error, `the fetched part of ${location}`) : error;
  }
  // If all bytes were cached, no read has verified that the file is unchanged.
  if (!isRead) await checkIdentity(request);
}

type Needed = Pick<SparseFileRequest, 'ranges' | 'known' | 'standIns'>;

async function neededOfParquet(
  { file, parts }: FetchRequest,
  { footers, gate }: FetchContext,
  read: (range: ByteRange) => Promise<Uint8Array>,
): Promise<Needed> {
  const { location, identity } = file;
  const { sizeBytes } = identity;
  let footer = footers.get(file);
  let known: PlacedBytes | undefined;
  if (footer === undefined) {
    footer = await readParquetFooter(location, sizeBytes, async (range) => {
      const bytes = await gate.pass(range.end - range.start, () => read(range));
      // The first read usually contains data before the footer. These bytes need no second read.
      known ??= { start: range.start, bytes };
      return bytes;
    });
    footers.put(file, footer);
  }
  if (known === undefined || known.bytes.length < footer.bytes.length) {
    known = { start: sizeBytes - footer.bytes.length, bytes: footer.bytes };
  }
  const { columns, layout } = footer;
  const reads = parts.flatMap((part) =>
    part.kind === 'parquet' ? [{ ...part, columns: columnsIn(columns, part.columns, part.mayLackColumns) }] : [],
  );
  const { ranges, bloomFilters } = neededBytes(layout, sizeBytes, reads);
  const standIns = bloomFilters.map((start) => ({ start, bytes: PERMISSIVE_BLOOM_FILTER }));
  return { ranges, known, standIns };
}

/**
 * Returns the file columns that DuckDB reads for the given table columns. Names are case-insensitive, and DuckDB
 * renames duplicates within a file. If a name is ambiguous, all candidates are included.
 */
function columnsIn(
  columns: ParquetFooter['columns'],
  wanted: readonly string[],
  mayLackColumns: boolean,
): ReadonlySet<string> {
  const byName = new Map(columns.map(({ name }) => [foldName(name), name]));
  const found = wanted.map((name) => byName.get(foldName(name)));
  const isPlain = byName.size === columns.length && (mayLackColumns || !found.includes(undefined));
  return new Set(isPlain ? found.filter((name) => name !== undefined) : columns.map(({ name }) => name));
}

async function readRange(
  { file, store, key }: FetchRequest,
  { count, isStopped }: FetchContext,
  range: ByteRange,
): Promise<Uint8Array> {
  const { location, identity } = file;
  if (isStopped()) throw new FabricError('CANCELLED', `The task stopped before it read the file ${location}.`);
  try {
    const bytes = await store.get(key, range, identity);
    count.bytes += bytes.length;
    return bytes;
  } catch (error) {
    throw inputFailure(error, location);
  }
}

async function checkIdentity({ file, store, key }: FetchRequest): Promise<void> {
  const { location, identity } = file;
  const found = await store.head(key).catch((error) => {
    throw inputFailure(error, location);
  });
  if (found === undefined) throw notFound(location);
  if (!sameIdentity(found, identity)) throw inputChanged(location);
}

/** The error for a failed system call in the scratch folder. `what` is the data that was to be stored there. */
export function scratchFailure(error: unknown, what: string): FabricError {
  const isFull = isErrno(error, 'ENOSPC', 'EDQUOT');
  const reason = isErrno(error, 'EMFILE', 'ENFILE') ? 'too many files are open' : 'its scratch folder is not writable';
  if (isFull) return scratchFull({ reason: `The disk was full while storing ${what}.`, cause: error });
  const message = `The executor cannot store ${what}: ${reason}.`;
  return new FabricError('STORE_FAILED', message, { retryable: true, cause: error });
}
