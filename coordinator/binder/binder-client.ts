import { FabricError } from '../../engine/errors.ts';
import type { LogicalPlan } from '../../engine/plan/logical-plan.ts';
import { FooterCache } from '../../engine/scan/footer-cache.ts';
import type { ParquetFile } from '../../engine/scan/parquet-file.ts';
import { type Catalog, tableOfLocations } from '../catalog/discover.ts';
import { type PinContext, type PinnedTable, pinTable } from '../catalog/pin-table.ts';
import { TextSamples } from '../catalog/text-samples.ts';
import { defaultSettings, withSettings } from '../settings.ts';
import { BinderProcess, type BinderProcessOptions } from './binder-process.ts';
import type { BinderFile, BinderTable, CheckAnswer } from './binder-protocol.ts';
import type { FilesWanted } from './sql/check-script.ts';

/** Footer bytes kept for later queries. */
const FOOTER_CACHE_BYTES = 64 << 20;

/** The SETs of a script, in order. */
export type ScriptSettings = readonly (readonly [name: string, value: string])[];

/** What a script came to. `settings` are its SETs, in order, for whoever runs the plan. */
export type BoundScript =
  | {
      /** `query` also for DESCRIBE and SHOW TABLES, whose rows are constants of their plan. `explain`: the plan is to be shown, not run. */
      readonly kind: 'query' | 'explain';
      readonly plan: LogicalPlan;
      readonly settings: ScriptSettings;
      /** The layout of a file of one of the plan's tables, by index; throws `INTERNAL` for files that are not Parquet. */
      layout(table: number, file: number): ParquetFile;
    }
  /** Views and settings only. */
  | { readonly kind: 'nothing'; readonly settings: ScriptSettings };

export interface BindOptions {
  /** The session's time zone, where the script sets none. */
  readonly timeZone: string;
  /** How long planning may take, where the script sets no timeout and the process's own limit is not less. */
  readonly timeoutMs?: number;
  /** Whether the plan is worth DuckDB's estimates, from the bytes of its input files and the script's SETs. Absent: always. */
  readonly wantsEstimates?: (inputBytes: number, settings: ScriptSettings) => boolean;
  /** Aborting ends the binder at work and rejects with `CANCELLED`. */
  readonly signal?: AbortSignal;
}

/**
 * Plans scripts in a process of its own: what it gives is bound and optimized, but knows of no stages; `coordinator/planner` distributes it
 * afterwards, in the coordinator's process. Requests wait for one another.
 */
export interface BinderClient {
  /** Starts the process before it is needed. */
  warm(): void;
  /**
   * Checks, pins and plans a script with views and settings before at most one statement that gives rows. Rejects with the codes of the
   * statement, the inputs and planning (`engine/errors.ts`); after `PLAN_MEMORY`, `PLAN_TIMEOUT` and `PLANNER_CRASHED` the process is
   * replaced.
   */
  bind(script: string, catalog: Catalog, options: BindOptions): Promise<BoundScript>;
  /** Ends the process. Idempotent. */
  close(): Promise<void>;
}

/** A client whose process starts with the first request or `warm`. */
export function createBinderClient(options: BinderProcessOptions): BinderClient {
  const binder = new BinderProcess(options);
  const footers = new FooterCache(FOOTER_CACHE_BYTES);
  const samples = new TextSamples(binder.samplesFolder);
  return {
    warm: () => binder.start(),
    bind: (script, catalog, options) =>
      samples.during(() => bindScript(binder, { inputs: catalog.inputs, footers, samples }, script, catalog, options)),
    close: () => binder.close(),
  };
}

async function bindScript(
  binder: BinderProcess,
  context: PinContext,
  script: string,
  catalog: Catalog,
  options: BindOptions,
): Promise<BoundScript> {
  const { signal } = options;
  const tableNames = catalog.tables.map((table) => table.name);
  const knownNames = [...tableNames, ...catalog.unreadable.map((table) => table.name)];
  const checked = await binder.request({ kind: 'check', script, tableNames: knownNames }, signal);
  if (checked.kind !== 'checked') throw new FabricError('INTERNAL', `The binder answered a check with ${checked.kind}`);
  const { settings, rows } = checked;
  if (rows === undefined) return { kind: 'nothing', settings };
  const pinned = await pinInputs(checked, catalog, context);
  const { timeZone, timeoutMs = options.timeoutMs } = withSettings(defaultSettings(options.timeZone), settings);
  const tables = [...pinned].map(([key, table]) => binderTable(key, table));
  const wantsEstimates = rows === 'explain' || (options.wantsEstimates?.(inputBytesOf(tables), settings) ?? true);
  const request = { kind: 'bind', script, tableNames, tables, timeZone, wantsEstimates } as const;
  const answer = await binder.request(request, signal, timeoutMs);
  if (answer.kind !== 'bound')
    throw new FabricError('INTERNAL', `The binder answered a bind request with ${answer.kind}`);
  const { plan } = answer;
  return {
    kind: rows === 'explain' ? 'explain' : 'query',
    plan,
    settings,
    layout: layoutsOf(plan, [...pinned.values()]),
  };
}

function inputBytesOf(tables: readonly BinderTable[]): number {
  return tables.flatMap(({ files }) => files).reduce((sum, { identity }) => sum + identity.sizeBytes, 0);
}

/** Pins what a script reads, by the names and keys of its check. */
async function pinInputs(
  checked: CheckAnswer,
  catalog: Catalog,
  context: PinContext,
): Promise<ReadonlyMap<string, PinnedTable>> {
  const unreadable = catalog.unreadable.find(({ name }) => checked.tables.includes(name));
  if (unreadable !== undefined) throw unreadable.error;
  const byName = new Map(catalog.tables.map((table) => [table.name, table]));
  const pinTables = checked.tables.map(async (name): Promise<readonly [string, PinnedTable]> => {
    const table = byName.get(name);
    if (table === undefined)
      throw new FabricError('INTERNAL', `The binder asked for the table ${name}, which the catalog lacks`);
    return [name, await pinTable(table, context)];
  });
  const pinFiles = checked.files.map(async (wanted): Promise<readonly [string, PinnedTable]> => {
    const { key, locations, format } = wanted;
    const table = await tableOfLocations(tableNameOf(wanted), locations, format, context.inputs);
    return [key, await pinTable(table, context)];
  });
  return new Map(await Promise.all([...pinTables, ...pinFiles]));
}

function tableNameOf(wanted: FilesWanted): string {
  return wanted.locations.join(', ');
}

function binderTable(key: string, table: PinnedTable): BinderTable {
  const { name, format } = table;
  const files: readonly BinderFile[] =
    table.format === 'parquet'
      ? table.files.map(({ location, identity, footer }) => ({ location, identity, footer: footer.bytes }))
      : table.files.map(({ location, identity, samplePath }) => ({
          location,
          identity,
          ...(samplePath === undefined ? {} : { samplePath }),
        }));
  return { key, name, format, files };
}

function layoutsOf(plan: LogicalPlan, pinned: readonly PinnedTable[]): (table: number, file: number) => ParquetFile {
  const layouts = new Map<string, ParquetFile>();
  for (const table of pinned) {
    if (table.format !== 'parquet') continue;
    for (const file of table.files) layouts.set(file.location, file.footer.layout);
  }
  return (table, file) => {
    const location = plan.tables[table]?.files[file]?.location;
    const layout = location === undefined ? undefined : layouts.get(location);
    if (layout === undefined)
      throw new FabricError('INTERNAL', `There is no Parquet layout of file ${file} of table ${table}`);
    return layout;
  };
}
