import { type Catalog, type CatalogSources, createCatalog } from '../../coordinator/catalog/discover.ts';
import type { PlannedScript, PlanningOptions } from '../../coordinator/catalog/planner-client.ts';
import { openPlanner } from '../jobs/open-planner.ts';

/** Plans scripts over one catalog, in a child process. Held open. */
export interface LocalPlanner {
  /** What tasks may read: local folders and files, and `s3://bucket/prefix`. */
  readonly inputRoots: readonly string[];
  /** Plans a script. Rejects as `PlannerClient.plan` does. */
  plan(script: string, options: PlanningOptions): Promise<PlannedScript>;
  /** Ends the process. Idempotent. */
  close(): Promise<void>;
}

/** Discovers the tables and starts the process. Rejects as `createCatalog` does. */
export async function openLocalPlanner(sources: CatalogSources, scratch: string): Promise<LocalPlanner> {
  const catalog: Catalog = await createCatalog(sources);
  const client = openPlanner(catalog.places.localRoots, scratch);
  return {
    inputRoots: catalog.places.allowed,
    plan: (script, options) => client.plan(script, catalog, options),
    close: () => client.close(),
  };
}
