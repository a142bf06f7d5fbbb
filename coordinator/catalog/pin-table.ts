import { FabricError } from '../../engine/errors.ts';
import type { InputFile } from '../../engine/plan/stage.ts';
import type { FooterCache } from '../../engine/scan/footer-cache.ts';
import type { InputSources } from '../../engine/scan/input-sources.ts';
import { type ParquetFooter, readParquetFooter } from '../../engine/scan/parquet-footer.ts';
import { settleAll } from '../../engine/store/settle-all.ts';
import type { CatalogTable } from './discover.ts';
import type { TextSamples } from './text-samples.ts';

/** The number of files opened concurrently while a table is pinned. */
const CONCURRENCY = 16;

/** A table as read by one query. Every file has a fixed version, and Parquet files include their footers. */
export type PinnedTable =
  | { readonly format: 'parquet'; readonly name: string; readonly files: readonly PinnedParquetFile[] }
  | { readonly format: 'csv' | 'json'; readonly name: string; readonly files: readonly PinnedTextFile[] };

export interface PinnedParquetFile extends InputFile {
  readonly footer: ParquetFooter;
}

export interface PinnedTextFile extends InputFile {
  /** The path of a local file that contains the beginning of a remote file. */
  readonly samplePath?: string;
}

/** The services needed to pin a table. */
export interface PinContext {
  readonly inputs: InputSources;
  readonly footers: FooterCache;
  readonly samples: TextSamples;
}

/**
 * Pins all files of a table and checks that their columns agree. Rejects with `LOCATION_NOT_ALLOWED`, `INPUT_NOT_FOUND`, `INPUT_INVALID`
 * (naming the file and, if columns differ, the column) and `INPUT_CHANGED`.
 */
export async function pinTable(table: CatalogTable, context: PinContext): Promise<PinnedTable> {
  const { name, format } = table;
  switch (format) {
    case 'parquet': {
      const files = await pinEach(table.files, (path) => pinParquet(path, context));
      checkColumns(table.name, files);
      return { format, name, files };
    }
    case 'csv':
    case 'json':
      return { format, name, files: await pinEach(table.files, (path) => pinText(path, format, context)) };
    case 'arrow':
      throw new FabricError(
        'INPUT_INVALID',
        `The table ${name} has Arrow IPC files, which are not supported yet. Convert them to Parquet.`,
      );
    default:
      return format satisfies never;
  }
}

/** Pins files with a fixed number of workers. Queueing each file at a concurrency limiter would take seconds for a table of 100,000 files. */
async function pinEach<T>(paths: readonly string[], pin: (path: string) => Promise<T>): Promise<readonly T[]> {
  const pinned = new Array<T>(paths.length);
  const queue = paths.entries();
  const worker = async (): Promise<void> => {
    // The workers share one iterator, from which each takes its next path.
    for (const [index, path] of queue) pinned[index] = await pin(path);
  };
  await settleAll(Array.from({ length: Math.min(CONCURRENCY, paths.length) }, () => worker()));
  return pinned;
}

async function pinParquet(location: string, { inputs, footers }: PinContext): Promise<PinnedParquetFile> {
  const file = await inputs.at(location).open(location);
  try {
    const input: InputFile = { location, identity: file.identity };
    const cached = footers.get(input);
    if (cached !== undefined) return { ...input, footer: cached };
    const footer = await readParquetFooter(location, file.identity.sizeBytes, (range) => file.read(range));
    await file.verify();
    footers.put(input, footer);
    return { ...input, footer };
  } finally {
    await file.close();
  }
}

async function pinText(
  location: string,
  format: 'csv' | 'json',
  { inputs, samples }: PinContext,
): Promise<PinnedTextFile> {
  const source = inputs.at(location);
  const file = await source.open(location);
  try {
    const input: InputFile = { location, identity: file.identity };
    if (source.isLocal) return input;
    return { ...input, samplePath: await samples.take(input, format, (range) => file.read(range)) };
  } finally {
    await file.close();
  }
}

/** Throws if the columns of the files differ. Every file must have the columns of the first file, in any order. */
function checkColumns(table: string, files: readonly PinnedParquetFile[]): void {
  const [first, ...others] = files;
  if (first === undefined) return;
  const expected = new Map(first.footer.columns.map((column) => [column.name, column.type]));
  for (const file of others) {
    const found = new Map(file.footer.columns.map((column) => [column.name, column.type]));
    for (const name of new Set([...expected.keys(), ...found.keys()])) {
      const [here, there] = [found.get(name), expected.get(name)];
      if (here === there) continue;
      const has = (type: string | undefined): string => (type === undefined ? 'is missing' : `is ${type}`);
      throw new FabricError(
        'INPUT_INVALID',
        `The files of table ${table} differ: column ${name} ${has(here)} in ${file.location} but ${has(there)} in ${first.location}. Correct one of the files, or make two tables with --table.`,
        { details: { table, column: name, location: file.location } },
      );
    }
  }
}
