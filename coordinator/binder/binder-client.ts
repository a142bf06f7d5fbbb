import { FabricError } from '../../engine/errors.ts';
import type { LogicalPlan } from '../../engine/plan/logical-plan.ts';
import { FooterCache } from '../../engine/scan/footer-cache.ts';
import type { ParquetFile } from '../../engine/scan/parquet-file.ts';
import { type Catalog, tableOfLocations } from '../catalog/discover.ts';
import { type PinContext, type PinnedTable, pinTable } from '../catalog/pin-table.ts';
import { TextSamples } from '../catalog/text-samples.ts';
import { type Settings, withSettings } from '../settings.ts';
import { BinderProcess, type BinderProcessOptions } from './binder-process.ts';
import type { BinderFile, BinderTable, CheckAnswer } from './binder-protocol.ts';

/** The number of footer bytes to keep for later queries. */
const FOOTER_CACHE_BYTES = 64 << 20;

/** A bound script. `settings` are those of the request with the script's SETs applied. */
export type BoundScript =
  | {
      /** `query` includes DESCRIBE and SHOW TABLES, whose rows are constants in the plan. `explain`: the plan is to be shown, not run. */
      readonly kind: 'query' | 'explain';
      readonly plan: LogicalPlan;
      readonly settings: Settings;
      /** The Parquet layout of a file, by the indexes of its table in the plan and of the file in its table. Throws `INTERNAL` for other formats. */
      layout(table: number, file: number): ParquetFile;
    }
  /** The script holds only views and settings. */
  | { readonly kind: 'no-query'; readonly settings: Settings };

export interface BindOptions {
  /** The settings that apply unless the script's SETs change them. Their timeout limits binding, in addition to the process's own limit. */
  readonly settings: Settings;
  /** Decides whether to ask DuckDB for row estimates, from the size of the input files and the resolved settings. Absent: always. */
  readonly needsEstimates?: (inputBytes: number, settings: Settings) => boolean;
  /** Aborting ends the binder process and rejects with `CANCELLED`. */
  readonly signal?: AbortSignal;
}

/**
 * Binds scripts in a child process, one at a time. The result is a bound and optimized logical plan without stages:
 * `coordinator/planner` distributes it afterwards, in the coordinator's process.
 */
export interface BinderClient {
  /** Starts the process before it is needed. */
  warm(): void;
  /**
   * Checks a script, pins its inputs and binds it. The script may hold views and settings, then at most one statement that returns rows.
   * Rejects with the codes for statements, inputs and planning (`engine/errors.ts`). After `PLAN_MEMORY`, `PLAN_TIMEOUT` and
   * `PLANNER_CRASHED` the process is replaced.
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
  const { rows } = checked;
  const settings = withSettings(options.settings, checked.settings);
  if (rows === undefined) return { kind: 'no-query', settings };
  const pinned = await pinInputs(checked, catalog, context);
  const { timeZone, timeoutMs } = settings;
  const tables = [...pinned].map(([key, table]) => binderTable(key, table));
  const wantsEstimates = rows === 'explain' || (options.needsEstimates?.(inputBytesOf(tables), settings) ?? true);
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

/** Pins the inputs of a checked script. The keys are those of its check. */
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
  const pinFiles = checked.files.map(async ({ key, locations, format }): Promise<readonly [string, PinnedTable]> => {
    const table = await tableOfLocations(locations.join(', '), locations, format, context.inputs);
    return [key, await pinTable(table, context)];
  });
  return new Map(await Promise.all([...pinTables, ...pinFiles]));
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
    if (layout === undefined) throw new FabricError('INTERNAL', `File ${file} of table ${table} has no Parquet layout`);
    return layout;
  };
}
