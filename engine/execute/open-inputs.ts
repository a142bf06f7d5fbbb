import { mkdtemp } from 'node:fs/promises';
import { FabricError } from '../errors.ts';
import { collectColumns } from '../plan/columns.ts';
import type { Relation } from '../plan/relation.ts';
import type { InputFile, Split } from '../plan/stage.ts';
import { walk } from '../plan/transform.ts';
import type { FooterCache } from '../scan/footer-cache.ts';
import type { AllowedRoots } from '../scan/locations.ts';
import { isKeyAllowed, isObjectLocation } from '../scan/object-location.ts';
import { Gate } from '../store/gate.ts';
import { settleAll } from '../store/settle-all.ts';
import type { Task } from '../task/task.ts';
import { type FetchContext, type FilePart, fetchFile, type InputStore } from './fetch-files.ts';
import {
  type HeldFiles,
  type LocalInput,
  localFiles,
  maxHeldFiles,
  notReadable,
  openLocalInput,
  type TableInput,
} from './local-inputs.ts';

/** The sources of a process's input files. */
export interface ReadableInputs {
  /** Local files and folders that are read in place. */
  readonly allowed: AllowedRoots;
  /** Stores to fetch from; the longest matching prefix wins. */
  readonly stores: readonly InputStore[];
  /** Footers of fetched files. */
  readonly footers: FooterCache;
}

export interface OpenOptions {
  /** A folder of this task. */
  readonly scratch: string;
  /** Memory limit of concurrent reads. */
  readonly maxBytesInFlight: number;
  /** Whether the inputs are no longer needed. */
  readonly isStopped: () => boolean;
  /** Takes the files that are read in place. They must stay open until DuckDB has read them. */
  readonly held: HeldFiles;
}

/** A task's files, ready to be read. `inputBytes`: bytes fetched, or to be read in place. */
export interface OpenedInputs {
  readonly tables: readonly TableInput[];
  readonly inputBytes: number;
}

/** Concurrent opens of files and reads of stores. */
const CONCURRENCY = 16;

/**
 * Opens the files of a task's splits as the planned versions, and fetches the needed parts of files in stores. Copies the needed parts of
 * local files if there are too many to hold open. Rejects as `openLocalInput` and `fetchFile` do.
 */
export async function openInputs(task: Task, sources: ReadableInputs, options: OpenOptions): Promise<OpenedInputs> {
  const splits = splitsOf(task);
  const wanted = wantedFiles(task, splits);
  // A separate folder: an abandoned fetch may still be writing when the next task starts.
  const folder = wanted.size === 0 ? '' : await mkdtemp(`${options.scratch}/inputs-`);
  const count = { bytes: 0 };
  let failure: { readonly error: unknown } | undefined;
  const context: FetchContext = {
    footers: sources.footers,
    gate: new Gate(CONCURRENCY, options.maxBytesInFlight),
    isStopped: () => failure !== undefined || options.isStopped(),
    count,
  };
  const files = new Gate(CONCURRENCY, Number.POSITIVE_INFINITY);
  const opened = new Map<string, LocalInput>();
  await settleAll(
    [...wanted].map(([id, each], index) =>
      files.pass(1, async () => {
        // One missing file fails the task.
        if (failure !== undefined) throw failure.error;
        try {
          const path = pathIn(folder, index, each.file.location);
          opened.set(
            id,
            await openOne(each, sources, context, path, index < maxHeldFiles() ? options.held : undefined),
          );
        } catch (error) {
          failure ??= { error };
          throw failure.error;
        }
      }),
    ),
  );
  const tables = splits.map(({ table, reads }) => ({
    table,
    reads: reads.map(({ file, split }) => ({ input: known(opened, file), split })),
  }));
  const inPlace = tables.flatMap(({ reads }) => reads.filter(({ input }) => input.origin.kind === 'in-place'));
  const inputBytes = inPlace.reduce((sum, { split }) => sum + split.sizeBytes, count.bytes);
  return { tables, inputBytes };
}

interface TableSplits {
  readonly table: number;
  readonly reads: readonly { readonly file: InputFile; readonly split: Split }[];
}

function splitsOf(task: Task): readonly TableSplits[] {
  return task.splits.map(({ table, splits }) => {
    const files = task.tables[table]?.files;
    if (files === undefined)
      throw new FabricError('INTERNAL', `the task reads table ${table}, which its plan does not have`);
    const reads = splits.map((split) => {
      const file = files[split.file];
      if (file === undefined)
        throw new FabricError('INTERNAL', `the task reads file ${split.file} of table ${table}, which has none`);
      return { file, split };
    });
    return { table, reads };
  });
}

interface WantedFile {
  readonly file: InputFile;
  readonly parts: FilePart[];
}

/** Each file once, with all parts that are read of it. */
function wantedFiles(task: Task, splits: readonly TableSplits[]): ReadonlyMap<string, WantedFile> {
  const scans = scansOf(task.stage.root);
  const wanted = new Map<string, WantedFile>();
  for (const { table, reads } of splits) {
    for (const { file, split } of reads) {
      const each = wanted.get(idOf(file)) ?? { file, parts: [] };
      wanted.set(idOf(file), each);
      for (const scan of scans) if (scan.table === table) each.parts.push(partOf(scan, split));
    }
  }
  return wanted;
}

type Scan = Relation & { readonly kind: 'scan' };

function scansOf(root: Relation): readonly Scan[] {
  const scans: Scan[] = [];
  walk(root, (relation) => {
    if (relation.kind === 'scan') scans.push(relation);
  });
  return scans;
}

function partOf({ format, columns, filters, output }: Scan, { rows }: Split): FilePart {
  if (format.kind !== 'parquet') return { kind: 'whole' };
  const positions = [...collectColumns(filters, new Set(output))];
  const names = positions.flatMap((position) => {
    const column = columns[position];
    return column?.kind === 'table' ? [column.name] : [];
  });
  const part = { kind: 'parquet', columns: names, mayLackColumns: format.unionByName === true } as const;
  return rows === undefined ? part : { ...part, rows };
}

/** Fetches a file from its store, or opens it in place; copies it if it cannot be held open. */
async function openOne(
  { file, parts }: WantedFile,
  sources: ReadableInputs,
  context: FetchContext,
  path: string,
  held: HeldFiles | undefined,
): Promise<LocalInput> {
  const { location } = file;
  const [source] = sources.stores
    .filter(({ prefix }) => location.startsWith(prefix))
    .sort((left, right) => right.prefix.length - left.prefix.length);
  if (source === undefined && held !== undefined) return openLocalInput(file, sources.allowed, path, held);
  if (source === undefined) {
    if (isObjectLocation(location)) throw notReadable(location);
    await fetchFile({ file, store: localFiles(sources.allowed), key: location, parts, path }, context);
  } else {
    const key = location.slice(source.prefix.length);
    if (!isKeyAllowed(key, source.allowed ?? [''])) throw notReadable(location);
    await fetchFile({ file, store: source.store, key, parts, path }, context);
  }
  return { path, location, file, origin: { kind: 'fetched' } };
}

function known(opened: ReadonlyMap<string, LocalInput>, file: InputFile): LocalInput {
  const input = opened.get(idOf(file));
  if (input === undefined) throw new FabricError('INTERNAL', `the input ${file.location} was not opened`);
  return input;
}

function idOf({ location, identity }: InputFile): string {
  return `${identity.sizeBytes} ${identity.version} ${location}`;
}

/**
 * A path that is not a prefix of another's, so that it can be found in a message. It keeps the location's extensions, by which DuckDB
 * recognizes compressed text.
 */
function pathIn(folder: string, index: number, location: string): string {
  const extensions = /(\.[A-Za-z0-9]+)*$/.exec(location.slice(location.lastIndexOf('/') + 1))?.[0] ?? '';
  return `${folder}/input-${String(index).padStart(8, '0')}${extensions.slice(-32)}`;
}
