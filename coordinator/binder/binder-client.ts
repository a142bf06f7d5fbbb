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

/** The maximum size of the footer cache, in bytes. */
const FOOTER_CACHE_BYTES = 64 << 20;

/** A bound script. `settings` holds the request's settings after the script's SET statements. */
export type BoundScript =
  | {
      /**
       * `query` also covers DESCRIBE and SHOW TABLES, whose plans contain the rows as constants. The plan of an `explain` is shown, not
       * run.
       */
      readonly kind: 'query' | 'explain';
      readonly plan: LogicalPlan;
      readonly settings: Settings;
      /**
       * Returns the Parquet layout of a file. `table` is the table's index in the plan, and `file` is the file's index in the table. Throws
       * `INTERNAL` for other formats.
       */
      layout(table: number, file: number): ParquetFile;
    }
  /** The script contains only views and settings. */
  | { readonly kind: 'no-query'; readonly settings: Settings };

export interface BindOptions {
  /**
   * The settings before the script's SET statements. The `timeoutMs` of the resulting settings limits binding, in addition to the limit of
   * the binder process.
   */
  readonly settings: Settings;
  /**
   * Returns whether to request row estimates from DuckDB, given the size of the input files and the resulting settings. If this
   * function is absent, estimates are always requested.
   */
  readonly needsEstimates?: (inputBytes: number, settings: Settings) => boolean;
  /** The maximum size of the plan, in parts (see `countParts`). `bind` rejects larger plans with `PLAN_MEMORY`. */
  readonly maxPlanParts?: number;
  /** When it aborts, `bind` rejects with `CANCELLED`, and the binder process is ended if it is running the request. */
  readonly signal?: AbortSignal;
}

/**
 * Binds scripts in a child process, one at a time. The result is a bound and optimized logical plan. The planner (`coordinator/planner`)
 * later divides it into stages, in the coordinator's process.
 */
export interface BinderClient {
  /** Starts the process ahead of the first request. */
  warm(): void;
  /**
   * Checks a script, pins its inputs and binds it. A script may contain views, settings and at most one statement that returns rows.
   * Rejects with the codes for statements, inputs and planning (`engine/errors.ts`). After `PLAN_MEMORY`, `PLAN_TIMEOUT` and
   * `PLANNER_CRASHED`, the process is replaced.
   */
  bind(script: string, catalog: Catalog, options: BindOptions): Promise<BoundScript>;
  /** Ends the process. Idempotent. */
  close(): Promise<void>;
}

/** Creates a client. The first request, or a call to `warm`, starts the client's process. */
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
  if (checked.kind !== 'checked')
    throw new FabricError('INTERNAL', `The binder answered a check with ${checked.kind}.`);
  const { rows } = checked;
  const settings = withSettings(options.settings, checked.settings);
  if (rows === undefined) return { kind: 'no-query', settings };
  const pinned = await pinInputs(checked, catalog, context);
  const { timeZone, timeoutMs } = settings;
  const tables = [...pinned].map(([key, table]) => binderTable(key, table));
  const wantsEstimates = rows === 'explain' || (options.needsEstimates?.(inputBytesOf(tables), settings) ?? true);
  const { maxPlanParts } = options;
  const size = maxPlanParts === undefined ? {} : { maxPlanParts };
  const request = { kind: 'bind', script, tableNames, tables, timeZone, wantsEstimates, ...size } as const;
  const answer = await binder.request(request, signal, timeoutMs);
  if (answer.kind !== 'bound')
    throw new FabricError('INTERNAL', `The binder answered a bind request with ${answer.kind}.`);
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

/**
 * Pins the inputs of a checked script. The result maps the names of catalog tables, and the keys of files named in the script, to pinned
 * tables.
 */
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
      throw new FabricError('INTERNAL', `The binder requested the table ${name}, which is not in the catalog.`);
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
    if (layout === undefined)
      throw new FabricError('INTERNAL', `File ${file} of table ${table} has no Parquet layout.`);
    return layout;
  };
}
