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

/** The sources that a process can read input files from. */
export interface ReadableInputs {
  /** Local files and folders that are read in place. */
  readonly allowed: AllowedRoots;
  /** Stores to fetch from. The longest matching prefix takes precedence. */
  readonly stores: readonly InputStore[];
  /** Footers of fetched files. */
  readonly footers: FooterCache;
}

export interface OpenOptions {
  /** The task's own scratch folder. */
  readonly scratch: string;
  /** Limit, in bytes, of concurrent reads. */
  readonly maxBytesInFlight: number;
  /** Returns whether the inputs are no longer needed. */
  readonly isStopped: () => boolean;
  /** Holds the files that are read in place, which must stay open until DuckDB has read them. */
  readonly held: HeldFiles;
}

/** A task's input files, ready to be read. `inputBytes` counts the bytes fetched and the bytes to be read in place. */
export interface OpenedInputs {
  readonly tables: readonly TableInput[];
  readonly inputBytes: number;
}

/** The maximum number of concurrent file opens, and of concurrent store reads. */
const CONCURRENCY = 16;

/**
 * Opens the files of a task's splits as the planned versions, and fetches the needed parts of files in stores. If there
 * are too many local files to hold open, copies the needed parts of the excess files. Rejects with the errors of
 * `openLocalInput` and `fetchFile`.
 */
export async function openInputs(task: Task, sources: ReadableInputs, options: OpenOptions): Promise<OpenedInputs> {
  const splits = splitsOf(task);
  const wanted = wantedFiles(task, splits);
  // Each task has a separate folder because an abandoned fetch may still be writing when the next task starts.
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
        // The first failure fails the task, so later files are not opened.
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
      throw new FabricError('INTERNAL', `The task reads table ${table}, but the plan has no such table.`);
    const reads = splits.map((split) => {
      const file = files[split.file];
      if (file === undefined)
        throw new FabricError(
          'INTERNAL',
          `The task reads file ${split.file} of table ${table}, but the table has no such file.`,
        );
      return { file, split };
    });
    return { table, reads };
  });
}

interface WantedFile {
  readonly file: InputFile;
  readonly parts: FilePart[];
}

/** Lists each file once, with all parts that the task's scans read. */
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

/** Fetches a file from its store, or opens a local file in place. Copies a local file that cannot be held open. */
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
  if (input === undefined) throw new FabricError('INTERNAL', `The input ${file.location} was not opened.`);
  return input;
}

function idOf({ location, identity }: InputFile): string {
  return `${identity.sizeBytes} ${identity.version} ${location}`;
}

/**
 * Returns a path that is not a prefix of another file's path, so that it can be found in an error message. Keeps the
 * location's extensions, which DuckDB uses to recognize compressed text.
 */
function pathIn(folder: string, index: number, location: string): string {
  const extensions = /(\.[A-Za-z0-9]+)*$/.exec(location.slice(location.lastIndexOf('/') + 1))?.[0] ?? '';
  return `${folder}/input-${String(index).padStart(8, '0')}${extensions.slice(-32)}`;
}
