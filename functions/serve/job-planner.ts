import {
  type Catalog,
  type CatalogSources,
  type CatalogTable,
  createCatalog,
  tableOfLocations,
} from '../../coordinator/catalog/discover.ts';
import type { TableFormat } from '../../coordinator/catalog/formats.ts';
import type { PlannedJob } from '../../coordinator/jobs/job-runner.ts';
import { planJob } from '../../coordinator/jobs/plan-job.ts';
import type { JobRequest, RequestedTable } from '../../coordinator/scheduler/job.ts';
import { type Settings, withSettings } from '../../coordinator/settings.ts';
import { FabricError } from '../../engine/errors.ts';
import { openBinder } from '../fabric/open-binder.ts';
import type { OpenFabric } from '../fabric/open-fabric.ts';

const DEFAULT_RESULT_TTL_MS = 3_600_000;
const FORMATS: readonly TableFormat[] = ['parquet', 'csv', 'json'];

/** Plans the requests of jobs. Held open. */
export interface JobPlanner {
  /** Throws what a request's planning would fail with, as far as it can be known without its SQL. */
  check(request: JobRequest): void;
  /** Rejects with what the job then fails with, and with `CANCELLED` where the signal aborts. */
  plan(request: JobRequest, signal: AbortSignal): Promise<PlannedJob>;
  /** Ends the binder. Idempotent. */
  close(): Promise<void>;
}

export interface JobPlannerOptions {
  readonly sources: CatalogSources;
  /** The catalog as it was found when the coordinator started: what may be read. */
  readonly catalog: Catalog;
  readonly scratch: string;
  /** For what a request does not set. */
  readonly settings: Settings;
  readonly fabric: Pick<OpenFabric, 'model' | 'attemptTimeoutMs' | 'lateWriteMs' | 'functionVersion'>;
}

/** Starts a binder for jobs over the tables of a configuration, which are looked for anew for every job. */
export function openJobPlanner(options: JobPlannerOptions): JobPlanner {
  const client = openBinder(options.catalog.places.localRoots, options.scratch);
  return {
    check: ({ settings, tables }) => {
      memoryOf(withSettings(options.settings, settings), options.fabric.model().memoryMiBPerTask);
      for (const table of tables) formatOf(table);
    },
    plan: async (request, signal) => {
      const catalog = await withTables(await createCatalog(options.sources), request.tables);
      const { model, attemptTimeoutMs, lateWriteMs, functionVersion } = options.fabric;
      const deployed = model();
      const planned = await planJob({
        planScript: (how) => client.plan(request.sql, catalog, how),
        settings: withSettings(options.settings, request.settings),
        modelFor: () => deployed,
        settle: (settings) => ({ ...settings, memoryMiB: memoryOf(settings, deployed.memoryMiBPerTask) }),
        ofThisJob: (settings) => ({
          attemptTimeoutMs,
          ...(lateWriteMs === undefined ? {} : { lateWriteMs }),
          ...(functionVersion === undefined ? {} : { functionVersion }),
          taskMemoryMiB: memoryOf(settings, deployed.memoryMiBPerTask),
          resultFormat: 'arrow',
          resultTtlMs: settings.resultTtlMs ?? DEFAULT_RESULT_TTL_MS,
        }),
        signal,
      });
      if (planned.kind !== 'query') throw givesNoRows(planned.kind);
      return planned.job;
    },
    close: () => client.close(),
  };
}

/** A catalog with the tables of one request, which may be of allowed locations only, and hide others of their names. */
async function withTables(catalog: Catalog, requested: readonly RequestedTable[]): Promise<Catalog> {
  if (requested.length === 0) return catalog;
  const own = await Promise.all(requested.map((table) => requestedTable(table, catalog)));
  const names = new Set(own.map(({ name }) => name.toLowerCase()));
  const isHidden = ({ name }: { readonly name: string }) => names.has(name.toLowerCase());
  return {
    ...catalog,
    tables: [...catalog.tables.filter((table) => !isHidden(table)), ...own],
    unreadable: catalog.unreadable.filter((table) => !isHidden(table)),
  };
}

function requestedTable(table: RequestedTable, { places }: Catalog): Promise<CatalogTable> {
  return tableOfLocations(table.name, table.locations, formatOf(table), places);
}

/** Throws `INPUT_INVALID`. */
function formatOf({ name, format }: RequestedTable): TableFormat | undefined {
  const known = FORMATS.find((each) => each === format);
  if (format !== undefined && known === undefined) {
    const message = `The table ${name} cannot have the format "${format}". Formats are: ${FORMATS.join(', ')}.`;
    throw new FabricError('INPUT_INVALID', message, { details: { table: name } });
  }
  return known;
}

function givesNoRows(kind: 'explain' | 'nothing'): FabricError {
  const message =
    kind === 'nothing'
      ? 'The SQL holds views and settings only; a job needs one statement that gives rows.'
      : 'EXPLAIN is no job: run it with volley sql --explain.';
  return new FabricError('INVALID_QUERY', message);
}

/** What a task may use. No executor has more than it has. */
function memoryOf({ memoryMiB }: Settings, deployedMiB: number): number {
  if (memoryMiB === undefined || memoryMiB <= deployedMiB) return memoryMiB ?? deployedMiB;
  const message = `The setting memory cannot be ${memoryMiB} MiB: the largest executor has ${deployedMiB} MiB.`;
  throw new FabricError('INVALID_SETTING', message, { details: { setting: 'memory', value: memoryMiB } });
}
